"""Conversations in the bulk form, with very clear signs or none."""

from __future__ import annotations

import json


def line_of(number, *rows, timed=True):
    messages = [
        {"author": who, "time": f"2024-03-13T16:{minute:02}:00" if timed else None, "text": text}
        for minute, (who, text) in enumerate(rows)
    ]
    return json.dumps({"id": number, "messages": messages}, ensure_ascii=False)


RISKY = (
    ("Kim", "hoe oud ben jij?"), ("Lotte", "ik ben 13"), ("Kim", "vertel dit aan niemand, ons geheim"),
    ("Lotte", "ok"), ("Kim", "stuur eens een foto van jezelf"), ("Lotte", "nee dat wil ik niet"),
    ("Kim", "anders stuur ik alles door naar je klas"), ("Lotte", "ik ben bang"),
    ("Kim", "je hebt tien minuten, anders stuur ik het door aan je ouders"), ("Lotte", "stop"),
)  # fmt: skip
HARMLESS = tuple((who, text) for _ in range(6) for who, text in (("Noor", "haha ja"), ("Lotte", "tot morgen op gym")))
SHORT = (("Mees", "hoi"), ("Onbekend", "wie ben jij"))
