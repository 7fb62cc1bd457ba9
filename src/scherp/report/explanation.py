"""Everything a report says, in words, before it is drawn: why, what argues against, what is not known, what now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scherp.advice import Advice, Situation, lines, what_now
from scherp.conversation import Kind, Level
from scherp.report import against, telling, unknown
from scherp.report.quotes import Quote, choose, grouped, quote, with_telling
from scherp.report.situation import situations
from scherp.report.timeline import Timeline, timeline
from scherp.report.wording import duration
from scherp.scoring import signs_alone_reach
from scherp.signs.vocabulary import Group, signs
from scherp.texts import say

if TYPE_CHECKING:
    from scherp.conversation import Conversation, Evidence, Message, SignId, Speaker
    from scherp.report.view import View
    from scherp.scoring import Scored

_FORCE = (Group.FORCING, Group.EXPLOITING)
_NOT_DOING = (Group.OTHER_SIDE, Group.SAFE_CONTEXT)
_THREATS = frozenset({"threat_to_share", "fake_image_threat", "outing_threat", "threat_of_harm", "self_harm_demand"})


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
    """A report in words, for one reader in one language. Limits of the reader's view are applied already.

    seen: what the reader may know of what was found. who: a sentence on who steers; None where nothing is found.
    """

    view: View
    seen: Scored
    level_word: str
    meaning: str
    steering: str | None
    who: str | None
    doing: tuple[Doing, ...]
    manner: str | None
    quotes: tuple[Quote, ...]
    quotes_note: str | None
    tempo: str | None
    against: tuple[str, ...]
    unknown: tuple[str, ...]
    advice: Advice
    not_evidence: str
    source: Source
    timeline: Timeline
    labels: dict[Speaker | None, str]

    @property
    def level(self) -> Level | None:
        """The level; None where there is too little to say anything."""
        return self.seen.level


def explain(conversation: Conversation, scored: Scored, view: View, source: Source | None = None) -> Explanation:
    """Say what was found, for the reader of `view`."""
    seen = view.limits(scored)
    source = source or Source()
    advice = what_now(scored.level, view.audience, _situations(scored, view), view.country)
    heavy = telling.telling(conversation, scored, view) if _found(scored) else ()
    quotes, note = _quotes(conversation, scored, view, heavy) if _found(scored) else ((), None)
    return Explanation(
        view=view,
        seen=seen,
        level_word=level_word(scored, view),
        meaning=_meaning(scored, view),
        steering=None if seen.steering is None else view.label(seen.steering, conversation),
        who=_who(conversation, seen, view) if _found(scored) else None,
        doing=_doing(conversation, seen, view) if _found(scored) else (),
        manner=telling.sentence(heavy, conversation, view),
        quotes=quotes,
        quotes_note=note,
        tempo=_tempo(conversation, seen, view) if _found(scored) else None,
        against=against.sentences(conversation, seen, view) if _found(scored) else (),
        unknown=(*unknown.sentences(conversation, view), *source.doubts),
        advice=advice,
        not_evidence=_not_evidence(view, advice),
        source=source,
        timeline=timeline(conversation, () if scored.level is None else seen.evidence, seen.levels),
        labels={name: view.label(name, conversation) for name in (*conversation.speakers, None)},
    )


def _situations(scored: Scored, view: View) -> frozenset[Situation]:
    """What the advice must fit. Below `concern` a sign is too little to act on as if it were so; a threat never is."""
    return situations(view.situation(scored) if _warns(scored) else _threats(scored, view))


def _threats(scored: Scored, view: View) -> tuple[Evidence, ...]:
    """The threats that were seen: what to do is said of each, however little else there is."""
    return tuple(e for e in view.situation(scored) if e.sign in _THREATS)


def _not_evidence(view: View, advice: Advice) -> str:
    """What every report ends with: what not to do with it, and the numbers where the caveats do not give them."""
    said = say(f"report.not_evidence.{view.audience}", view.language)
    if any("help_at_once" in key for key in advice.caveats):
        return said
    emergency, police = lines()["emergency"].phone, lines()["police"]
    country = "danger" if police.serves(view.audience, view.country) else "danger_without_police"
    return f"{said} {say(f'report.{country}', view.language, emergency=emergency, police=police.phone)}"


def level_word(scored: Scored, view: View) -> str:
    """Give the level in a reader's words; None is "too little to say anything"."""
    return say(f"report.level.{_key(scored, view)}", view.language)


def _key(scored: Scored, view: View) -> str:
    """How the catalogue calls the level; `few` is the lowest where there were signs, but too few to warn."""
    if scored.level is None:
        return "unknown"
    if scored.level is Level.NONE and _few(scored, view):
        return "threat" if _threats(scored, view) else "few"
    return scored.level.value


def _few(scored: Scored, view: View) -> dict[SignId, None]:
    """Which signs of steering were seen; that there are any is the same for a parent, whoever the child may be."""
    return {e.sign: None for e in view.situation(scored) if e.strength}


def _meaning(scored: Scored, view: View) -> str:
    key = _key(scored, view)
    if not _warns(scored) and _threats(scored, view):
        return say("report.meaning.threat", view.language)
    if key != "few":
        return say(_meaning_key(scored, key), view.language)
    if view.limited:
        return say("report.meaning.few_not_said", view.language)
    what = "; ".join(signs()[sign].what[view.language] for sign in _few(scored, view))
    return say("report.meaning.few", view.language, what=what)


def _meaning_key(scored: Scored, key: str) -> str:
    """What the level says: of force only where who steers forces, of strong signs only where there are."""
    shown = [signs()[e.sign] for e in scored.evidence if scored.steering is None or e.speaker == scored.steering]
    if _warns(scored) and not any(sign.strong for sign in shown):
        return f"report.meaning_words.{scored.level}"
    if scored.level is Level.URGENT and not any(sign.group in _FORCE for sign in shown):
        return "report.meaning_signs.urgent"
    return f"report.meaning.{key}"


def _warns(scored: Scored) -> bool:
    return scored.level in (Level.CONCERN, Level.URGENT)


def _found(scored: Scored) -> bool:
    return scored.level not in (None, Level.NONE)


def _who(conversation: Conversation, seen: Scored, view: View) -> str:
    """Who steers: flatly only where signs alone would warn; learned words can be wrong."""
    if seen.steering is None:
        return say("report.who_not_said" if view.limited else "report.who_unknown", view.language)
    if seen.level is Level.ATTEND:
        return say("report.who_steers_unsure", view.language, who=view.label(seen.steering, conversation))
    sure = signs_alone_reach(Level.CONCERN, conversation, seen.steering)
    who = view.at_start(seen.steering, conversation)
    return say("report.who_steers" if sure else "report.who_seems_to_steer", view.language, who=who)


def _doing(conversation: Conversation, seen: Scored, view: View) -> tuple[Doing, ...]:
    """What whoever steers does; where nobody is named as steering, what everybody does."""
    counts: dict[tuple[Speaker | None, Group], dict[str, int]] = {}
    for item in seen.evidence:
        group = signs()[item.sign].group
        if group not in _NOT_DOING and (seen.steering is None or item.speaker == seen.steering):
            said = counts.setdefault((item.speaker, group), {})
            said[item.sign] = said.get(item.sign, 0) + 1
    order = list(Group)
    return tuple(
        Doing(who := view.at_start(speaker, conversation), group, _sentence(who, group, said, view))
        for (speaker, group), said in sorted(counts.items(), key=lambda entry: order.index(entry[0][1]))
    )


def _sentence(who: str, group: Group, said: dict[str, int], view: View) -> str:
    language = view.language
    phrases = []
    for sign, count in sorted(said.items(), key=lambda entry: -entry[1]):
        what = signs()[sign].what[language]
        phrases.append(what if count == 1 else say("report.times", language, what=what, count=count))
    doing = say(f"report.group.{group}", language)
    return say("report.doing", language, who=who, group=doing, what="; ".join(phrases))


def _quotes(
    conversation: Conversation, scored: Scored, view: View, heavy: tuple[Message, ...]
) -> tuple[tuple[Quote, ...], str | None]:
    """What a warning rests on: messages with signs, and a few whose words weigh most."""
    if view.limited and view.child is None:
        return (), say("report.quotes_hidden", view.language)
    by_number = {m.number: m for m in conversation.messages}
    steering = [
        item for item in view.limits(scored).evidence
        if item.strength and item.message in by_number and scored.steering in (None, item.speaker)
    ]  # fmt: skip
    readable = view.readable((by_number[n] for n in {item.message for item in steering}), scored)
    shown = with_telling(grouped([item for item in steering if item.message in readable], by_number), heavy)
    chosen = choose(shown)
    more = sum(one.times for one in shown) - sum(one.times for one in chosen)
    return tuple(quote(one, conversation, view) for one in chosen), _note(more, view)


def _note(more: int, view: View) -> str | None:
    notes = []
    if more:
        notes.append(say("report.quotes_more", view.language, count=more))
    if view.limited:
        notes.append(say("report.quotes_limited", view.language))
    return " ".join(notes) or None


def _tempo(conversation: Conversation, seen: Scored, view: View) -> str | None:
    """How fast it went; held against what is usual only where there is a warning, for elsewhere that only frightens."""
    language = view.language
    if seen.tempo_hours is not None:
        tempo = say("report.tempo", language, duration=duration(seen.tempo_hours, language))
        return say("report.tempo_compared", language, tempo=tempo) if _warns(seen) else tempo
    if seen.steering is None and view.limited:
        return None
    timed = conversation.times_trusted and all(
        m.time is not None for m in conversation.messages if m.kind is not Kind.SYSTEM
    )
    return say("report.tempo_none" if timed else "report.tempo_unknown", language)
