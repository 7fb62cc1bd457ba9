"""Conversations and findings made by hand: what is tested is what is told of them, not how they are judged."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from scherp.conversation import Conversation, Evidence, Level, Message
from scherp.report.as_html import as_html
from scherp.report.as_json import as_json
from scherp.report.as_text import as_text
from scherp.report.explanation import explain
from scherp.scoring import START, Scored

BEGIN = datetime(2024, 3, 13, 16, 41)  # noqa: DTZ001  a phone's own clock, as exports have it


def chat(*rows, name="Kim"):
    """(author, text) each, a minute apart."""
    messages = (
        Message(number, author, BEGIN + timedelta(minutes=number), text) for number, (author, text) in enumerate(rows)
    )
    return Conversation(name, "whatsapp", tuple(messages))


def found(conversation, *shown, steering=None, level=Level.URGENT, tempo=0.5):
    """(sign, message number) each: what was found, with all numbers of a judged conversation filled in."""
    evidence = tuple(
        Evidence(sign, number, conversation.messages[number].author, 1000)
        for sign, number in sorted(shown, key=lambda item: item[1])
    )
    quiet = level in (None, Level.NONE)
    return Scored(
        level=level,
        risk=None if level is None else 0.9,
        steering=None if quiet else steering,
        tempo_hours=None if quiet else tempo,
        alarm_at=None if quiet else 0,
        urgent_at=None,
        evidence=evidence,
        trajectory=(0.9,) * len(conversation.messages),
        levels=(level,) * len(conversation.messages),
        state=START,
    )


def as_words(explanation):
    return "\n".join(line.bullet + "".join(run.text for run in line.runs) for line in as_text(explanation))


def as_json_text(explanation, conversation):
    return json.dumps(as_json(explanation, conversation), ensure_ascii=False)


def all_three(conversation, scored, view, on_page=None):
    """The report as a terminal, a page and a program get it."""
    explanation = explain(conversation, scored, view)
    return {
        "text": as_words(explanation),
        "page": as_html(explain(conversation, scored, on_page or view)),
        "json": as_json_text(explanation, conversation),
    }
