"""The handover to read and to print: what, why, on which ground, who, when. Suspects on a page of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.handover.moments import written
from scherp.handover.nouns import Consent
from scherp.handover.originals import path
from scherp.handover.paper import Paper
from scherp.texts import say

if TYPE_CHECKING:
    from scherp.handover.nouns import Enclosure, Handover, LegalGround
    from scherp.texts import Language


def as_pdf(handover: Handover, fingerprint: str, language: Language) -> bytes:
    """Give the handover as a PDF; the same for the same handover, key and language."""
    paper = Paper(handover, language)
    paper.add_page()
    _front(paper, handover, language)
    _ground(paper, handover.ground, language)
    if handover.informed:
        paper.heading(_word("informed", language))
        paper.paragraph(_word(f"knows.{handover.informed.knows}", language), bold=True)
        paper.paragraph(handover.informed.how)
    paper.heading(_word("summary", language))
    for text in handover.summary:
        paper.paragraph(text)
    _people(paper, handover, language)
    _timeline(paper, handover, language)
    _enclosures(paper, handover, language)
    _how_to_verify(paper, handover, fingerprint, language)
    if handover.suspects:
        _suspects(paper, handover, language)
    return paper.finished()


def _word(key: str, language: Language, **values: object) -> str:
    return say(f"handover.pdf.{key}", language, **values)


def _front(paper: Paper, handover: Handover, language: Language) -> None:
    expires = written(handover.expires, language)
    paper.title_line(_word("title", language))
    confidential = _word("confidential", language, name=handover.to.name, sender=handover.sender, expires=expires)
    paper.paragraph(confidential, bold=True)
    paper.paragraph(_word("no_proof", language))
    told = {
        "case": handover.case,
        "id": str(handover.id),
        "sender": handover.sender,
        "to": f"{handover.to.name} ({say(f'handover.recipient.{handover.to.kind}', language)})",
        "made_at": written(handover.made_at, language),
        "expires": expires,
    }
    _pairs(paper, told, language)
    paper.heading(_word("reason", language))
    paper.paragraph(handover.reason)


def _ground(paper: Paper, ground: Consent | LegalGround, language: Language) -> None:
    if isinstance(ground, Consent):
        kind = "consent"
        told = {"consent_by": ground.by, "consent_at": written(ground.at, language), "consent_how": ground.how}
    else:
        kind = "law"
        told = {"law_name": ground.name, "law_article": ground.article, "law_reason": ground.reason}
    paper.heading(f"{_word('ground', language)}: {_word(kind, language).lower()}")
    _pairs(paper, told, language)


def _people(paper: Paper, handover: Handover, language: Language) -> None:
    paper.heading(_word("people", language))
    rows = [
        (one.pseudonym, say(f"handover.role.{one.role}", language), one.age or _word("unknown", language))
        for one in handover.people
    ]
    paper.paragraph(_word("people_about" if rows else "none", language))
    if rows:
        paper.rows(_head(("pseudonym", "role", "age"), language), rows, (3, 3, 2))


def _timeline(paper: Paper, handover: Handover, language: Language) -> None:
    paper.heading(_word("timeline", language))
    rows = [(written(one.when, language), one.what, one.source) for one in handover.timeline]
    if rows:
        paper.rows(_head(("when", "what", "source"), language), rows, (3, 7, 3))
    else:
        paper.paragraph(_word("none", language))


def _enclosures(paper: Paper, handover: Handover, language: Language) -> None:
    paper.heading(_word("enclosures", language))
    paper.paragraph(_word("enclosures_about" if handover.enclosures else "none", language))
    for number, one in enumerate(handover.enclosures, 1):
        paper.heading(f"{number}. {one.name}", small=True)
        _enclosure(paper, number, one, language)


def _enclosure(paper: Paper, number: int, one: Enclosure, language: Language) -> None:
    at = written(one.received_at, language)
    told = {
        "file": path(number, one),
        "called": one.name,
        "size": _word("bytes", language, count=len(one.data)),
        "sha256": one.sha256,
        "received": _word(
            "received_how", language, at=at, received_from=one.received_from, received_by=one.received_by
        ),
    }
    _pairs(paper, told, language)
    if one.custody:
        paper.paragraph(_word("custody", language), bold=True)
        rows = [
            (written(step.at, language), step.by, say(f"handover.deed.{step.deed}", language), step.sha256)
            for step in one.custody
        ]
        paper.rows(_head(("when", "by", "deed", "sha256"), language), rows, (5, 5, 4, 10))


def _how_to_verify(paper: Paper, handover: Handover, fingerprint: str, language: Language) -> None:
    paper.heading(_word("verify", language))
    paper.paragraph(_word("verify_how", language, sender=handover.sender))
    groups = fingerprint.split()
    for part in (groups[:8], groups[8:]):
        paper.paragraph(" ".join(part), bold=True)


def _suspects(paper: Paper, handover: Handover, language: Language) -> None:
    paper.add_page()
    paper.heading(_word("suspects", language))
    paper.paragraph(_word("suspects_about", language))
    rows = [(one.pseudonym, one.age or _word("unknown", language), one.rests_on) for one in handover.suspects]
    paper.rows(_head(("pseudonym", "age", "rests_on"), language), rows, (3, 2, 6))


def _pairs(paper: Paper, told: dict[str, str], language: Language) -> None:
    paper.pairs((_word(key, language), text) for key, text in told.items())


def _head(keys: tuple[str, ...], language: Language) -> list[str]:
    return [_word(key, language) for key in keys]
