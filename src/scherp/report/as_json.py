"""A report for programs: the same explanation as plain data, with the same limits for each reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scherp.advice import words

if TYPE_CHECKING:
    from scherp.conversation import Conversation
    from scherp.report.explanation import Explanation
    from scherp.report.quotes import Quote

FORM = 1
"""Raised when a field changes its meaning or goes away."""


def as_json(explanation: Explanation, conversation: Conversation) -> dict[str, Any]:
    """Give the report as a dict of JSON values; documented in `docs/reference/json.md`."""
    view, seen = explanation.view, explanation.seen
    return {
        "form": FORM,
        "for": view.audience.value,
        "language": view.language.value,
        "conversation": {
            "platform": conversation.platform,
            "messages": len(conversation.messages),
            "people": [view.label(name, conversation) for name in conversation.speakers],
            "times_trusted": conversation.times_trusted,
        },
        "level": seen.level.value if seen.level else None,
        "risk": seen.risk,
        "alarm_at": seen.alarm_at,
        "urgent_at": seen.urgent_at,
        "steering": explanation.steering,
        "tempo_hours": seen.tempo_hours,
        "signs": [
            {
                "sign": e.sign,
                "message": e.message,
                "author": None if e.speaker is None else view.label(e.speaker, conversation),
                "strength": e.strength,
            }
            for e in seen.evidence
        ],
        "words": _words(explanation),
        "quotes": [_quote(q) for q in explanation.quotes],
    }


def _words(explanation: Explanation) -> dict[str, Any]:
    language, advice = explanation.view.language, explanation.advice
    return {
        "first": [words(key, language) for key in advice.first_words],
        "level": explanation.level_word,
        "meaning": explanation.meaning,
        "who": explanation.who,
        "doing": [d.sentence for d in explanation.doing],
        "manner": explanation.manner,
        "tempo": explanation.tempo,
        "against": list(explanation.against),
        "unknown": list(explanation.unknown),
        "do_now": [words(key, language) for key in advice.do_now],
        "keep": [words(key, language) for key in advice.keep],
        "do_not": [words(key, language) for key in advice.do_not],
        "lines": [{"name": x.name[language], "phone": x.phone, "web": x.web} for x in advice.lines],
        "caveats": [words(key, language) for key in advice.caveats],
        "not_evidence": explanation.not_evidence,
        "file": list(explanation.source.about),
        "note": explanation.quotes_note,
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "message": quote.number - 1,
        "time": quote.time.isoformat() if quote.time else None,
        "who": quote.who,
        "text": "".join(piece.text for piece in quote.pieces),
        "why": list(quote.why),
        "times": quote.times,
    }
