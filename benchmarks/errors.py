"""What goes wrong on development data, by cause: which engine part to mend next, and what that would cost.

Run: make evaluate        (writes benchmarks/errors.md; needs the measuring data; half a minute)

Every case is read as shipped, and in ways that each change one thing; an error has the first cause that holds
(`scherp.evaluation.causes`). In our own conversations a reader marked every sign and the first request, blind to the
patterns; elsewhere nobody did. Counts only: no text.
"""

from __future__ import annotations

import datetime as dt
import pathlib
import sys
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared/data"
CORPUS = ROOT / "corpus"
sys.path.insert(0, str(ROOT / "src"))

from scherp.conversation import SignId  # noqa: E402  after the path
from scherp.evaluation import causes  # noqa: E402
from scherp.evaluation.causes import Late, Missed, Read, Way, Wrong, WrongPerson  # noqa: E402
from scherp.evaluation.datasets import load  # noqa: E402
from scherp.evaluation.registers import Register, pieces, renumbered  # noqa: E402
from scherp.evaluation.tables import named  # noqa: E402
from scherp.evaluation.ways import read_in_every_way  # noqa: E402
from scherp.evaluation.written import read_folder  # noqa: E402
from scherp.texts import Language, say  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from enum import StrEnum

    from scherp.evaluation.case import Case

Marks = tuple[frozenset[SignId], ...]
MOST_SIGNS = 15
ATTEND = "attend"


class Judged(NamedTuple):
    """A risky case, or a piece of a harmless one. marks: what a reader marked in each message, or None."""

    register: Register
    slices: frozenset[str]
    read: Read
    marks: Marks | None


class Kind(NamedTuple):
    """One kind of error: how it is told, of which cases, and what each cause means."""

    title: str
    note: str
    cause: Callable[[Read], StrEnum | None]
    of: Callable[[Read], bool]
    means: dict[StrEnum, str]


KINDS = (
    Kind(
        "Missed",
        "Risky conversations without an alarm (the level never reached `concern`).",
        causes.missed,
        lambda read: read.risky,
        {
            Missed.CANNOT_SAY: "too few messages to say anything",
            Missed.PATTERNS: "patterns: read as marked there is an alarm",
            Missed.NO_SIGN: "who steers shows no sign at all, as marked (where nobody marked: as found)",
            Missed.CONTEXTS: "safe contexts: if they took nothing off weak signs, there would be an alarm",
            Missed.FADING: "fading: if signs did not fade, there would be an alarm",
            Missed.WORDS: "words: if no message's words took anything away, there would be an alarm",
            Missed.THRESHOLD: "threshold: none of these alone, but `attend` was reached",
            Missed.WEIGHTS: "weights: none of these alone, and `attend` was not reached either",
        },
    ),
    Kind(
        "Late",
        "Risky conversations with an alarm, but not before the first request. Only those in which somebody marked the "
        "first request by hand: our own.",
        causes.late,
        lambda read: read.risky and read.request is not None,
        {
            Late.EARLY: "the request comes before message 5 (counted from 0)",
            Late.CANNOT_SAY: "before the request there were too few messages to say anything",
            Late.PATTERNS: "patterns: read as marked the alarm is in time",
            Late.NO_SIGN: "who steers shows no marked sign before the request",
            Late.CONTEXTS: "safe contexts: if they took nothing off weak signs, the alarm would be in time",
            Late.FADING: "fading: if signs did not fade, the alarm would be in time",
            Late.WORDS: "words: if no message's words took anything away, the alarm would be in time",
            Late.AT_REQUEST: "the alarm is at the request itself, as shipped or as marked",
            Late.THRESHOLD: "threshold: none of these, but `attend` was reached before the request",
            Late.WEIGHTS: "weights: none of these, and `attend` was not reached in time either",
        },
    ),
    Kind(
        "Wrong",
        "Harmless pieces of at most 150 messages with an alarm.",
        causes.wrong,
        lambda read: not read.risky,
        {
            Wrong.WORDS_ALONE: "words alone: no sign of steering was found up to the alarm",
            Wrong.MISREAD: "patterns: read as marked there is no alarm",
            Wrong.ONE_STRONG: "one strong sign alone (beside words) was found up to the alarm",
            Wrong.SIGNS: "signs alone: without any words, each at its full weight, there would be an alarm too",
            Wrong.HARD: "a hard conversation: read as marked there is an alarm too",
            Wrong.TOGETHER: "signs and words together, where nobody marked the signs",
        },
    ),
    Kind(
        "Wrong person",
        "Risky conversations of which it is known who steers, and the right one is not named at the end.",
        causes.wrong_person,
        lambda read: read.risky and read.steering is not None,
        {
            WrongPerson.NOBODY: "nobody is named: the level is below `attend`",
            WrongPerson.PATTERNS: "patterns: read as marked the right one is named",
            WrongPerson.WORDS: "words: signs point at the right one, words at somebody else",
            WrongPerson.SIGNS: "signs: words point at the right one, signs at somebody else",
            WrongPerson.BOTH: "neither points at the right one",
        },
    ),
)
OURS = {
    Register.DUTCH_RISKY: {Register.DUTCH_HARD, Register.DUTCH_EVERYDAY},
    Register.ENGLISH_RISKY: {Register.ENGLISH_HARD, Register.ENGLISH_EVERYDAY},
}
CHANGES = {
    Way.SHIPPED: "as shipped",
    Way.MARKED: "as marked",
    Way.NO_CONTEXTS: "contexts take nothing off",
    Way.NO_FADING: "signs do not fade",
    Way.WORDS_ADD: "words take nothing away",
    Way.SIGNS_ALONE: "signs alone, in full",
    ATTEND: "alarm from `attend`",
}


def main() -> None:
    if not DATA.is_dir():
        print("The measuring data does not lie beside the project (../shared/data): nothing is measured or written.")
        return
    judged = list(all_judged())
    page = "\n".join([*head(), *errors(judged), *changes(judged), *by_slice(judged), *by_sign(judged)]).rstrip() + "\n"
    (ROOT / "benchmarks/errors.md").write_text(page, encoding="utf-8")
    for kind in KINDS:
        print(f"{kind.title}: {sum(kind.cause(one.read) is not None for one in judged)}")


def all_judged() -> Iterator[Judged]:
    """Every case of the development data: a risky one whole, a harmless one in pieces."""
    marks = {written.id: written.signs for written in read_folder(CORPUS)}
    for case in load([*(path for path in sorted(DATA.glob("*.jsonl.gz")) if "lines" not in path.name), CORPUS]).cases:
        yield from of_case(case, marks[case.id] if case.synthetic else None)


def of_case(case: Case, marks: Marks | None) -> Iterator[Judged]:
    messages = case.messages
    for begin, end in [(0, len(messages))] if case.risky else pieces(messages):
        here = None if marks is None else marks[begin:end]
        read = read_in_every_way(
            messages if case.risky else renumbered(messages[begin:end]),
            risky=case.risky,
            marks=here,
            request=case.first_request,
            steering=case.steering,
        )
        yield Judged(case.register, case.slices, read, here)


def head() -> list[str]:
    return [
        "# What goes wrong, by cause: development data",
        "",
        "Made by `.venv/bin/python benchmarks/errors.py` (part of `make evaluate`) on "
        f"{dt.datetime.now(dt.UTC).date()}. For whoever mends the engine: which part to mend next. Counts only, of the "
        "same development data as [the evaluation](evaluation.md): not an unseen result.",
        "",
        "- Causes are told mechanically. A case is read as shipped, and in ways that each change one thing; it has the "
        "first cause in the table that holds, so causes add up to the errors.",
        "- In our own conversations (synthetic) a reader marked every sign and the first request, blind to the "
        "patterns. Elsewhere nobody did: there no error can be laid to the patterns.",
        "- *As marked*: each message shows the signs that the reader marked in it, and no others (`sexual_talk` is "
        "never marked); its words weigh as ever. It is what patterns that find everything would give with today's "
        "weights, which were learned with today's patterns. Whoever marked knew how each conversation goes on, so it "
        "flatters.",
        "- That one change would mend an error does not make it a good change: what each costs in false alarms stands "
        "under [what one change would give and cost](#what-one-change-would-give-and-cost).",
        "",
    ]


def errors(judged: list[Judged]) -> Iterator[str]:
    for kind in KINDS:
        yield from table_of(kind, judged)


def table_of(kind: Kind, judged: list[Judged]) -> Iterator[str]:
    """One kind of error: a row for each cause, a column for each register that has any."""
    every = Counter(one.register for one in judged if kind.of(one.read))
    found = Counter((kind.cause(one.read), one.register) for one in judged)
    with_any = [r for r in Register if any(found[cause, r] for cause in kind.means)]
    none_in = [r for r in Register if every[r] and r not in with_any]
    yield from (f"## {kind.title}", "", kind.note, "")
    yield from top("cause, in this order", *map(label, with_any), "all")
    for cause, meaning in kind.means.items():
        counts = [found[cause, r] for r in with_any]
        yield row(meaning, *counts, sum(counts))
    sums = [sum(found[cause, r] for cause in kind.means) for r in with_any]
    yield row("**errors**", *sums, sum(sums))
    yield row("of so many cases", *(every[r] for r in with_any), sum(every[r] for r in with_any))
    yield ""
    if none_in:
        yield "None in: " + ", ".join(f"{label(r)} ({every[r]})" for r in none_in) + "."
        yield ""


def changes(judged: list[Judged]) -> Iterator[str]:
    """Alarms with one thing changed: risky ones found, in time, and harmless ones warned about."""
    yield from ("## What one change would give and cost", "")
    yield (
        "Conversations and pieces with an alarm when one thing is changed and all else, levels too, stays as shipped; "
        "–: nobody marked them."
    )
    yield ""
    yield from top("register", "what", "of", *CHANGES.values())
    for risky, what, warns in (
        (True, "found", warned),
        (True, "found before the first request", warned_in_time),
        (False, "wrong", warned),
    ):
        for register in Register:
            here = [one.read for one in judged if one.register is register and one.read.risky is risky]
            if warns is warned_in_time:
                here = [read for read in here if read.request is not None]
            if here:
                yield row(label(register), what, len(here), *(counted(here, way, warns) for way in CHANGES))
    yield ""
    yield from at_as_many(judged)


def at_as_many(judged: list[Judged]) -> Iterator[str]:
    """What better patterns give by themselves: found, with the level set so that as many harmless ones are warned."""
    yield (
        "Finding more signs also warns more often. With the level for `concern` set anew for each of the two, so that "
        "as many of our own harmless pieces of a language have an alarm as shipped (synthetic):"
    )
    yield ""
    yield from top("language", "harmless pieces with an alarm", "found as shipped", "found as marked", "of")
    for risky, harmless in OURS.items():
        sides = [[one.read for one in judged if one.register in side] for side in ({risky}, harmless)]
        wrong = sum(read.warns(Way.SHIPPED) for read in sides[1])
        found = [
            above(*([peak(read, way) for read in side] for side in sides), wrong) for way in (Way.SHIPPED, Way.MARKED)
        ]
        yield row(label(risky), f"{wrong} of {len(sides[1])}", *found, len(sides[0]))
    yield ""


def above(risky: Iterable[float], harmless: Iterable[float], wrong: int) -> int:
    """How many risky ones are above all harmless ones but so many."""
    bound = sorted(harmless, reverse=True)[wrong]
    return sum(risk > bound for risk in risky)


def peak(read: Read, way: Way) -> float:
    risk = read.ways[way].peak
    return -1 if risk is None else risk


def counted(reads: list[Read], way: str, warns: Callable[[Read, str], bool]) -> str:
    if way != ATTEND and not any(way in read.ways for read in reads):
        return "–"
    return str(sum(warns(read, way) for read in reads))


def warned(read: Read, way: str) -> bool:
    return read.shipped.attend_at is not None if way == ATTEND else read.warns(Way(way))


def warned_in_time(read: Read, way: str) -> bool:
    if way != ATTEND:
        return read.in_time(Way(way))
    at = read.shipped.attend_at
    return at is not None and read.request is not None and at < read.request


def by_slice(judged: list[Judged]) -> Iterator[str]:
    """Whom the errors are about."""
    yield from (
        "## By slice (synthetic)",
        "",
        "Errors among the conversations of each slice; a conversation may be in several.",
        "",
    )
    yield from top("slice", "risky", "missed", "late", "wrong person", "harmless pieces", "wrong")
    for name in sorted({name for one in judged for name in one.slices}):
        here = [one.read for one in judged if name in one.slices]
        missed, late, wrong, person = (sum(kind.cause(read) is not None for read in here) for kind in KINDS)
        risky = sum(read.risky for read in here)
        yield row(say(f"evaluate.slice.{name}", Language.EN), risky, missed, late, person, len(here) - risky, wrong)
    yield ""


def by_sign(judged: list[Judged]) -> Iterator[str]:
    yield from signs_in_false_alarms(judged)
    yield from signs_unseen(judged)


def signs_in_false_alarms(judged: list[Judged]) -> Iterator[str]:
    """Each sign once a piece, the most frequent first."""
    ours, marked, outside = (Counter[SignId]() for _ in range(3))
    for one in judged:
        if causes.wrong(one.read) is None:
            continue
        seen = one.read.before_alarm
        if one.marks is None:
            outside.update({s.sign for s in seen})
        else:
            ours.update({s.sign for s in seen})
            marked.update({s.sign for s in seen if s.sign in one.marks[s.message]})
    yield from ("## Signs in false alarms", "")
    yield (
        "Harmless pieces with an alarm in which the patterns saw a sign up to the alarm; in ours, whether the reader "
        f"marked it in such a message too. At most the {MOST_SIGNS} most frequent."
    )
    yield ""
    yield from top("sign", "false alarms", "ours, marked too", "ours, not marked", "outside, nobody marked")
    for sign, count in ordered(ours + outside):
        yield row(f"`{sign}`", count, marked[sign], ours[sign] - marked[sign], outside[sign])
    yield ""


def signs_unseen(judged: list[Judged]) -> Iterator[str]:
    """Marked signs of who steers that the patterns did not see where they stand."""
    marked, unseen, chats, before = (Counter[SignId]() for _ in range(4))
    for one in judged:
        if one.marks is None or not one.read.risky:
            continue
        not_seen = [seen for seen in one.read.shows if seen not in one.read.found]
        if causes.missed(one.read):
            marked.update(seen.sign for seen in one.read.shows)
            unseen.update(seen.sign for seen in not_seen)
            chats.update({seen.sign for seen in not_seen})
        elif causes.late(one.read):
            before.update(seen.sign for seen in not_seen if seen.message < (one.read.request or 0))
    yield from ("## Marked signs that the patterns did not see (synthetic)", "")
    yield (
        "Signs that a reader marked in messages of who steers, in missed conversations: how many, how many of these "
        "the patterns did not see in that message, and in how many of the conversations; and those unseen before the "
        f"first request in conversations whose alarm was late. At most the {MOST_SIGNS} most often unseen in both."
    )
    yield ""
    yield from top(
        "sign", "marked in missed", "unseen in missed", "missed conversations", "unseen before a late request"
    )
    for sign, _ in ordered(unseen + before):
        yield row(f"`{sign}`", marked[sign], unseen[sign], chats[sign], before[sign])
    yield row("**all signs**", marked.total(), unseen.total(), "", before.total())


def ordered(counts: Counter[SignId]) -> list[tuple[SignId, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_SIGNS]


def label(register: Register) -> str:
    return named(register, Language.EN)


def top(first: str, *others: str) -> list[str]:
    return [row(first, *others), "| --- |" + " ---: |" * len(others)]


def row(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


if __name__ == "__main__":
    main()
