"""`make train`: from the measuring data and our own conversations to the packaged weights.

One command, without chance in it: the same data give the same weights. Writes `scoring/words.bin`,
`scoring/learned.toml` and `training/learned_from.json`, of which the model card is made.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import scherp.scoring
from scherp.conversation import Level
from scherp.evaluation.registers import PIECE, Register
from scherp.scoring.model import make_model, weights_by_hand
from scherp.scoring.words import Words, packed
from scherp.signs.vocabulary import signs
from scherp.training import packing
from scherp.training.contrasts import Learned, learned
from scherp.training.levels import exceeded_by, worst
from scherp.training.said import examples, ours, outside
from scherp.training.whole import GROUPS, Joined, joined, peak, seen, wholes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scherp.scoring import Model
    from scherp.training.said import Said
    from scherp.training.whole import Whole

FOLDS = 4
CALIBRATING = (Register.SMS, Register.IRC, Register.DUTCH_EVERYDAY, Register.ENGLISH_EVERYDAY)
"""The harmless registers that the levels rest on. Rooms may not be used; our hard ones are hard on purpose."""
CONCERN, URGENT = 0.005, 0.001
"""Of harmless pieces, at most this share reaches the level (the design)."""
MARGIN = 1.1
"""On top of the worst register: the next one may be worse."""
ATTEND = 0.5
"""Even odds, at a prior of 1 to 1."""
NOTHING_LEARNED = Joined(dict.fromkeys(GROUPS, 1.0), slope=1.0, start=-2.5)
"""Where the fit begins: signs as set by hand, even odds at 2,500. Never what an earlier run left."""
_CURVE_STEP, _CURVE_END = 500, 40_000


def main() -> None:
    """Learn everything anew and write what ships."""
    asked = argparse.ArgumentParser(prog="make train", description=__doc__)
    asked.add_argument("data", type=Path, help="the folder of the measuring data")
    asked.add_argument("corpus", type=Path, help="our own conversations")
    places = asked.parse_args()
    if not places.data.is_dir():
        sys.exit(f"{places.data} is not there. Nothing can be learned without it, and nothing was changed.")
    started = time.monotonic()
    said = [one for one in (*outside(places.data), *ours(places.corpus), *examples()) if one.words]
    tell(f"{len(said):,} messages", started)
    *apart, whole = learned_in_folds(said)
    tell("words learned", started)
    conversations = list(wholes(places.data, places.corpus))
    by_hand = weights_by_hand()
    beginning = by_hand | written(NOTHING_LEARNED)
    found = joined([(w, seen(w, m)) for w, m in judged_by_others(conversations, models(apart, beginning))])
    tell("signs and words joined", started)
    weights = by_hand | written(found)
    peaks = peaks_of(conversations, models(apart, weights))
    weights["level"] = levels(found, peaks)
    tell("levels set", started)
    save(whole, weights, learned_from(said, whole, found, peaks))
    tell("written", started)


def learned_in_folds(said: Sequence[Said]) -> list[Learned]:
    """Give what is learned without each fold of the people, then what is learned of all."""
    parts = [[one for one in said if fold(one.person) != n] for n in range(FOLDS)]
    with ProcessPoolExecutor(2) as pool:
        return list(pool.map(learned, [*parts, list(said)]))


def fold(person: str) -> int:
    """Give the fold that a person, or a conversation of our own, is in."""
    return crc32(person.encode()) // 2 % FOLDS


def models(apart: Sequence[Learned], weights: Mapping[str, Any]) -> list[Model]:
    """Give a model of each, with the same other numbers."""
    return [make_model(signs(), weights, Words(packing.tables(one))) for one in apart]


def judged_by_others(conversations: Sequence[Whole], apart: Sequence[Model]) -> list[tuple[Whole, Model]]:
    """Give each conversation with the model that was not learned from its people."""
    return [(w, apart[fold(w.person)]) for w in conversations]


def peaks_of(conversations: Sequence[Whole], apart: Sequence[Model]) -> dict[Register, list[int]]:
    """Give the most evidence in every conversation, by register."""
    peaks: dict[Register, list[int]] = {}
    for w, model in judged_by_others(conversations, apart):
        peaks.setdefault(w.register, []).append(peak(w, model))
    return peaks


def written(found: Joined) -> dict[str, Any]:
    """Give what `learned.toml` holds, but for the levels."""
    steps = range(0, _CURVE_END + 1, _CURVE_STEP)
    return {
        "group": {group.value: round(1000 * weight) for group, weight in found.groups.items()},
        "curve": {"points": [[evidence, round(found.probability(evidence), 4)] for evidence in steps]},
        "level": {level.value: 0.5 for level in (Level.ATTEND, Level.CONCERN, Level.URGENT)},
    }


def levels(found: Joined, peaks: Mapping[Register, Sequence[int]]) -> dict[str, float]:
    """Give the risk from which each level holds."""
    concern, urgent = (MARGIN * worst(peaks, CALIBRATING, share) for share in (CONCERN, URGENT))
    return {
        Level.ATTEND.value: ATTEND,
        Level.CONCERN.value: round(found.probability(concern), 4),
        Level.URGENT.value: round(found.probability(urgent), 4),
    }


def save(whole: Learned, weights: Mapping[str, Any], origin: Mapping[str, Any]) -> None:
    """Write what ships, and what the model card is made of."""
    scoring = Path(scherp.scoring.__file__).parent
    (scoring / "words.bin").write_bytes(packed(packing.tables(whole)))
    (scoring / "learned.toml").write_text(toml(weights), encoding="utf-8")
    text = json.dumps(origin, indent=1, ensure_ascii=False, sort_keys=True)
    (Path(__file__).parent / "learned_from.json").write_text(text + "\n", encoding="utf-8")


def toml(weights: Mapping[str, Any]) -> str:
    """Give the learned numbers in the form of `weights.toml`."""
    lines = [
        "# Learned: written by `make train`, never by hand. What each number means: docs/reference/weights.md.",
        "",
        "[group]",
        *(f"{group} = {weight}" for group, weight in weights["group"].items()),
        "",
        "[curve]",
        "points = [",
        *(f"  [{evidence}, {risk}]," for evidence, risk in weights["curve"]["points"]),
        "]",
        "",
        "[level]",
        *(f"{level} = {risk}" for level, risk in weights["level"].items()),
    ]
    return "\n".join(lines) + "\n"


def learned_from(
    said: Sequence[Said], whole: Learned, found: Joined, peaks: Mapping[Register, Sequence[int]]
) -> dict[str, Any]:
    """Give the counts that the model card shows; nothing that anybody wrote."""
    messages = Counter(f"{one.source} {one.lang}" for one in said)
    people: dict[str, set[str]] = {}
    for one in said:
        people.setdefault(f"{one.source} {one.lang}", set()).add(one.person)
    shares = (CONCERN, URGENT)
    return {
        "messages": dict(messages),
        "people": {name: len(who) for name, who in people.items()},
        "grams": sum(len(contrasts.risk) for contrasts in whole.by_language.values()),
        "packed": len(Words(packing.tables(whole))),
        "slope": round(found.slope, 4),
        "start": round(found.start, 4),
        "groups": {group.value: round(weight, 3) for group, weight in found.groups.items()},
        "piece": PIECE,
        "harmless": {
            register.value: {
                "pieces": len(rows),
                "exceeded_by_5_and_1_in_1000": [round(exceeded_by(rows, share)) for share in shares],
            }
            for register, rows in peaks.items()
            if register in CALIBRATING
        },
    }


def tell(what: str, started: float) -> None:
    """Say how far it is."""
    print(f"  {time.monotonic() - started:5.0f} s  {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
