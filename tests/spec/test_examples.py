"""The example chats say what a careful reader saw in them, marked by hand before any engine read them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from scherp.conversation import Level
from scherp.reading import choose, open_exports
from scherp.scoring import score

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
EXPECTED = tomllib.loads((EXAMPLES / "expected.toml").read_text(encoding="utf-8"))
RISKY = [name for name, chat in EXPECTED.items() if chat["risky"]]
HARMLESS = [name for name, chat in EXPECTED.items() if not chat["risky"] and chat["level"] != "cannot say"]

# What the weights get wrong today. A fixed one makes its test fail here, so that it is taken off the list.
TOO_LOW: dict[str, str] = {}
TOO_HIGH: dict[str, str] = {}


def judged(name):
    return score(choose(open_exports(str(EXAMPLES / name))))


def rank(level):
    return -1 if level is None else level.rank


def known(names, wrong):
    marks = {name: [pytest.mark.xfail(reason=why, strict=True)] for name, why in wrong.items()}
    return [pytest.param(name, marks=marks.get(name, []), id=name) for name in names]


@pytest.mark.parametrize("name", RISKY)
def test_a_risky_chat_is_at_least_worrying_and_the_right_one_steers(name):
    scored = judged(name)
    assert rank(scored.level) >= Level.CONCERN.rank
    assert scored.steering == EXPECTED[name]["steering"]


@pytest.mark.parametrize("name", known(RISKY, TOO_LOW))
def test_a_risky_chat_reaches_the_level_a_reader_gave_it(name):
    assert rank(judged(name).level) >= Level(EXPECTED[name]["level"]).rank


@pytest.mark.parametrize("name", known(HARMLESS, TOO_HIGH))
def test_a_harmless_chat_stays_at_or_under_the_level_a_reader_gave_it(name):
    assert rank(judged(name).level) <= Level(EXPECTED[name]["level"]).rank


@pytest.mark.parametrize("name", [name for name, chat in EXPECTED.items() if chat["level"] == "cannot say"])
def test_of_two_messages_nothing_can_be_said(name):
    assert judged(name).level is None


@pytest.mark.parametrize("name", EXPECTED)
def test_every_message_is_read(name):
    assert len(choose(open_exports(str(EXAMPLES / name))).messages) == EXPECTED[name]["messages"]
