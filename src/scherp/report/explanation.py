"""Everything a report says, in words, before it is drawn: why, what argues against, what is not known, what now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scherp.advice import Advice, lines, what_now
from scherp.conversation import Kind, Level
from scherp.report import against, unknown
from scherp.report.quotes import MOST_QUOTES, Quote, choose, quote
from scherp.report.situation import situations
from scherp.report.timeline import Timeline, timeline
from scherp.signs.vocabulary import Group, signs
from scherp.texts import say

if TYPE_CHECKING:
    from scherp.conversation import Conversation, Evidence, Speaker
    from scherp.report.view import View
    from scherp.scoring import Scored

_NOT_DOING = (Group.OTHER_SIDE, Group.SAFE_CONTEXT)


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of the file, already in words (`reading` belongs to the caller).

    about: sentences on what was read. doubts: sentences on what could not be.
    """

    about: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doing:
    """What one speaker does, of one kind, in words: "Kim shields: asks who else reads the phone (3 times)"."""

    who: str
    group: Group
    sentence: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A report in words, for one reader in one language. Limits of the reader's view are applied already."""

    view: View
    level: Level | None
    level_word: str
    meaning: str
    steering: str | None
    who: str | None
    doing: tuple[Doing, ...]
    quotes: tuple[Quote, ...]
    quotes_note: str | None
    tempo: str
    against: tuple[str, ...]
    unknown: tuple[str, ...]
    advice: Advice
    not_evidence: str
    source: Source
    timeline: Timeline
    labels: dict[Speaker | None, str]


def explain(conversation: Conversation, scored: Scored, view: View, source: Source | None = None) -> Explanation:
    """Say what was found, for the reader of `view`."""
    language = view.language
    seen = view.evidence(scored.evidence)
    source = source or Source()
    quotes, note = _quotes(conversation, scored, view)
    return Explanation(
        view=view,
        level=scored.level,
        level_word=level_word(scored.level, view),
        meaning=say(f"report.meaning.{_key(scored.level)}", language),
        steering=_steering(conversation, scored, view),
        who=_who(conversation, scored, view),
        doing=_doing(conversation, scored, seen, view),
        quotes=quotes,
        quotes_note=note,
        tempo=_tempo(conversation, scored, view),
        against=against.sentences(conversation, scored, seen, view),
        unknown=(*unknown.sentences(conversation, view), *source.doubts),
        advice=what_now(scored.level, view.audience, situations(seen), view.country),
        not_evidence=say(
            "report.not_evidence",
            language,
            emergency=lines()["emergency"].phone,
            police=lines()["police"].phone,
        ),
        source=source,
        timeline=timeline(conversation, seen, scored.levels),
        labels={name: view.label(name, conversation) for name in (*conversation.speakers, None)},
    )


def level_word(level: Level | None, view: View) -> str:
    """Give the level in a reader's words; None is "too little to say anything"."""
    return say(f"report.level.{_key(level)}", view.language)


def _key(level: Level | None) -> str:
    return "unknown" if level is None else level.value


def _steering(conversation: Conversation, scored: Scored, view: View) -> str | None:
    if scored.steering is None or (view.limited and scored.steering == view.child):
        return None
    return view.label(scored.steering, conversation)


def _who(conversation: Conversation, scored: Scored, view: View) -> str | None:
    if scored.level in (None, Level.NONE):
        return None
    if view.limited and scored.steering is not None and scored.steering == view.child:
        return say("report.who_child", view.language)
    who = _steering(conversation, scored, view)
    if who is None:
        return say("report.who_unknown", view.language)
    key = "report.who_steers_unsure" if scored.level is Level.ATTEND else "report.who_steers"
    return say(key, view.language, who=_capital(who))


def _doing(conversation: Conversation, scored: Scored, seen: tuple[Evidence, ...], view: View) -> tuple[Doing, ...]:
    """What whoever steers does; where nobody is named as steering, what everybody does."""
    if scored.level in (None, Level.NONE):
        return ()
    counts: dict[tuple[Speaker | None, Group], dict[str, int]] = {}
    for item in seen:
        group = signs()[item.sign].group
        if group not in _NOT_DOING and (scored.steering is None or item.speaker == scored.steering):
            said = counts.setdefault((item.speaker, group), {})
            said[item.sign] = said.get(item.sign, 0) + 1
    order = list(Group)
    return tuple(
        Doing(who := view.label(speaker, conversation), group, _sentence(who, group, said, view))
        for (speaker, group), said in sorted(counts.items(), key=lambda entry: order.index(entry[0][1]))
    )


def _sentence(who: str, group: Group, said: dict[str, int], view: View) -> str:
    language = view.language
    phrases = []
    for sign, count in sorted(said.items(), key=lambda entry: -entry[1]):
        what = signs()[sign].what[language]
        phrases.append(what if count == 1 else say("report.times", language, what=what, count=count))
    return say(
        "report.doing",
        language,
        who=_capital(who),
        group=say(f"report.group.{group}", language),
        what=", ".join(phrases),
    )


def _quotes(conversation: Conversation, scored: Scored, view: View) -> tuple[tuple[Quote, ...], str | None]:
    if scored.level in (None, Level.NONE):
        return (), None
    language = view.language
    if view.limited and view.child is None:
        return (), say("report.quotes_hidden", language)
    of_message: dict[int, list[Evidence]] = {}
    for item in scored.evidence:
        of_message.setdefault(item.message, []).append(item)
    allowed = {number for number, items in of_message.items() if view.may_quote(items, items[0].speaker)}
    steering = [
        item for item in view.evidence(scored.evidence)
        if item.message in allowed and (scored.steering is None or item.speaker == scored.steering)
    ]  # fmt: skip
    chosen = choose(steering)
    by_number = {m.number: m for m in conversation.messages}
    quotes = tuple(quote(by_number[n], [e for e in steering if e.message == n], conversation, view) for n in chosen)
    return quotes, _note(len({e.message for e in steering if e.strength}), view)


def _note(messages: int, view: View) -> str | None:
    notes = []
    if messages > MOST_QUOTES:
        notes.append(say("report.quotes_more", view.language, count=messages - MOST_QUOTES))
    if view.limited:
        notes.append(say("report.quotes_limited", view.language))
    return " ".join(notes) or None


def _tempo(conversation: Conversation, scored: Scored, view: View) -> str:
    language = view.language
    if scored.tempo_hours is not None:
        return say("report.tempo_fast", language, duration=duration(scored.tempo_hours, view))
    timed = conversation.times_trusted and all(
        m.time is not None for m in conversation.messages if m.kind is not Kind.SYSTEM
    )
    return say("report.tempo_none" if timed else "report.tempo_unknown", language)


def duration(hours: float, view: View) -> str:
    """Give a length of time as a person says it: minutes, hours, or days."""
    minutes = round(hours * 60)
    if minutes < 2:
        return say("report.minute", view.language)
    if minutes < 120:
        return say("report.minutes", view.language, count=minutes)
    if hours < 72:
        return say("report.hours", view.language, count=round(hours))
    return say("report.days", view.language, count=round(hours / 24))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
