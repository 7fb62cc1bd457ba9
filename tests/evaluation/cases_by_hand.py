"""Cases and judgements made by hand, so that every count is known beforehand."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from scherp.conversation import Conversation, Message
from scherp.evaluation.case import Case
from scherp.evaluation.judging import Judged, Judgement, Segment
from scherp.evaluation.metrics import Lead
from scherp.evaluation.registers import Register

CORPUS = Path(__file__).parents[2] / "corpus"
START = datetime(2026, 3, 1, 20, 0)  # noqa: DTZ001  a phone's own clock
PUSHY = ["leest je moeder je appjes", "dit blijft tussen ons he", "stuur eens een foto van jezelf"]


def said(*lines, minutes=10):
    """Messages of Kim, who steers, and Noor in turn."""
    return tuple(
        Message(n, "Noor" if n % 2 else "Kim", START + timedelta(minutes=minutes * n), text)
        for n, text in enumerate(lines)
    )


def case(*lines, risky, register=Register.OTHER, source="s1", **known):
    return Case(source, Conversation(source, "test", said(*lines)), risky, register, source, **known)


def risky_case(source="r1", **known):
    """Twenty messages; from the seventh on Kim shields and asks, over and over."""
    lines = [*["hoi", "hey"] * 3, *[line for ask in PUSHY * 3 for line in (ask, "nou ok")]]
    return case(*lines, risky=True, source=source, steering="Kim", **known)


def harmless_case(source="h1", count=20, **known):
    return case(*["ik ga naar huis", "ok tot morgen"] * (count // 2), risky=False, source=source, **known)


def judged(risky, *trajectory, register=Register.OTHER, source="s", alarm=None, urgent=None, **known):
    return Judged(
        register=register,
        source=source,
        risky=risky,
        slices=frozenset(known.pop("slices", ())),
        machine_translated=False,
        trajectory=trajectory,
        alarm_at=alarm,
        urgent_at=urgent,
        **known,
    )


def judgement(*cases, streams=(), sampled=frozenset()):
    return Judgement(tuple(cases), tuple(streams), sampled)


def many(risky, count, **known):
    """So many cases of their own source: a risky one rises to 0.9 at the 31st message, a harmless one stays low."""
    found = []
    for n in range(count):
        low = (None,) * 4 + (0.1,) * 26
        if risky:
            settled = {
                "alarm": 30,
                "urgent": 40,
                "warned_at": 35,
                "segments": (Segment(True, True),),
                "steers": n > 0,
                "request_at": 40,
                "lead": Lead(10, 2.0),
                "hidden": (("digits", 1000, 900),),
            }
            found.append(judged(True, *low, *(0.9,) * 30, **({"source": f"r{n}"} | settled | known)))
        else:
            settled = {"segments": (Segment(False, False),)}
            trajectory = known.get("trajectory", (*low, *(0.1,) * 30))
            others = {name: value for name, value in known.items() if name != "trajectory"}
            found.append(judged(False, *trajectory, **({"source": f"h{n}"} | settled | others)))
    return found
