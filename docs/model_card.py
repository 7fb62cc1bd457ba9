"""The figures of the model card, out of `benchmarks/evaluation.json`: in sentences, and our Dutch beside our English.

`model_card_head.md` names a figure in braces, such as `{alarm[dutch_risky]}`; no figure is typed in it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from scherp.evaluation.figures import Figure
from scherp.evaluation.intervals import Interval, Verdict
from scherp.evaluation.metrics import LOOKS, TEAM
from scherp.evaluation.tables import number, with_interval
from scherp.texts import Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Json = dict[str, Any]
LANGUAGE = Language.EN
ONE_IN = 1000
"""The prevalence at which a team's day is told: one in so many is risky."""
NOT_MEASURED = "not measured"


def in_sentences(head: str, whole: Json) -> str:
    """Fill in every figure that the head of the model card names; KeyError where the JSON has none."""
    return head.format(
        cases=_cases(whole),
        alarm={row["risky"]: counted(row["concern"]) for row in whole["found"] if row["k"] is None},
        before={row["risky"]: counted(row["before"]) for row in whole["ahead"] if not row["self_graded"]},
        wrong={row["harmless"]: counted(row["concern"]) for row in whole["false_alarms"] if row["k"] is None},
        team=_team(whole),
        bars=_bars(whole),
    )


def _cases(whole: Json) -> dict[str, str]:
    """How many cases of each register; of one that is both, the risky ones."""
    rows = sorted(whole["material"], key=lambda row: row["risky"])
    return {row["register"]: f"{row['cases']:,}" for row in rows}


def _bars(whole: Json) -> dict[str, int]:
    said = Counter(bar["verdict"] for bar in whole["bars"])
    return {"all": said.total()} | {verdict.value: said[verdict] for verdict in Verdict}


def counted(figure: Json) -> str:
    """Write a share as a count, with its interval: 9 of 54 (17 % [8–29 %])."""
    if figure["value"] is None or figure["interval"] is None:
        return NOT_MEASURED
    low, high = (round(100 * figure["interval"][end]) for end in ("low", "high"))
    hits = round(figure["value"] * figure["n"])
    return f"{hits:,} of {figure['n']:,} ({100 * figure['value']:.0f} % [{low}–{high} %])"


def _is_told(row: Json) -> bool:
    return row["level"] == "urgent" and round(1 / row["prevalence"]) == ONE_IN


def _team(whole: Json) -> dict[str, str]:
    told = {row["risky"]: in_a_day(row) for row in whole["predictive"] if _is_told(row)}
    return told | {"people": str(TEAM), "looks": str(TEAM * LOOKS), "one_in": f"{ONE_IN:,}"}


def in_a_day(row: Json) -> str:
    """Say how many of those that a team looks at are risky, out of how many conversations, and how many it misses."""
    day, at_worst = row["day"], row["at_worst"]
    if at_worst is None:
        return NOT_MEASURED
    if day is None:
        return (
            "a number of risky ones that cannot be told, for no wrong warning was seen among the harmless pieces "
            f"measured (at the bad end of both intervals {TEAM * LOOKS * at_worst:.0f} of {TEAM * LOOKS} are risky)"
        )
    watched = round(day["watched"], 2 - len(str(int(day["watched"]))))
    return (
        f"about {day['right']:.0f} of {day['looks']} to be risky ({day['looks'] * at_worst:.0f} at the bad end of both "
        f"intervals), from about {watched:,.0f} conversations in which it misses about {day['missed']:.0f}"
    )


def ours(whole: Json) -> Iterator[str]:
    """Give the table of our own conversations, Dutch beside English."""
    yield "| figure | Dutch | n | English | n |"
    yield "| --- | --- | ---: | --- | ---: |"
    for title, section, wanted, what, times in _OURS:
        both = [_figure(whole[section], what, wanted(language)) for language in ("dutch", "english")]
        cells = " | ".join(f"{_written(figure, times)} | {_size(figure)}" for figure in both)
        yield f"| {title} | {cells} |"


def _risky(language: str) -> Json:
    return {"risky": f"{language}_risky"}


def _harmless(kind: str, language: str) -> Json:
    return {"harmless": f"{language}_{kind}"}


_OURS = (
    ("alarm in the whole conversation", "found", lambda at: _risky(at) | {"k": None}, "concern", 1),
    ("`urgent` in the whole conversation", "found", lambda at: _risky(at) | {"k": None}, "urgent", 1),
    ("alarm before the first request", "ahead", lambda at: _risky(at) | {"self_graded": False}, "before", 1),
    ("who steers", "steers", _risky, "right", 1),
    *(
        (
            f"false `{level}` per 1,000 {kind} harmless",
            "false_alarms",
            lambda at, kind=kind: _harmless(kind, at) | {"k": None},
            level,
            1000,
        )
        for kind in ("hard", "everyday")
        for level in ("concern", "urgent")
    ),
    (
        "AUC at 20 messages, against hard harmless",
        "ranked",
        lambda at: _risky(at) | _harmless("hard", at) | {"k": 20},
        "auc",
        1,
    ),
    (
        "F-latency, published rule, against hard harmless",
        "latency",
        lambda at: _risky(at) | _harmless("hard", at) | {"rule": "published"},
        "f_latency",
        1,
    ),
)
"""Title, section of the JSON, what the row must say for a language, which figure of it, and how many times."""


def _figure(rows: Iterable[Json], what: str, wanted: Json) -> Figure:
    found: Json = next((row[what] for row in rows if wanted.items() <= row.items()), {})
    if not found or found["value"] is None:
        return Figure(None, None, 0, 0)
    interval = Interval(**found["interval"]) if found["interval"] else None
    return Figure(found["value"], interval, found["n"], found["sources"], found["against"])


def _written(figure: Figure, times: float) -> str:
    return with_interval(figure, LANGUAGE, times=times, digits=1 if times > 1 else 3)


def _size(figure: Figure) -> str:
    n = number(figure.n, 0, LANGUAGE)
    return f"{n} : {number(figure.against, 0, LANGUAGE)}" if figure.against else n
