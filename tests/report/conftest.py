"""The chat that most tests tell about."""

from __future__ import annotations

import pytest
from made_by_hand import chat, found


@pytest.fixture
def kim_and_lotte():
    return chat(
        ("Kim", "hoe oud ben jij eigenlijk?"),
        ("Lotte", "ik ben 13"),
        ("Kim", "stuur eens een foto van jezelf, Lotte"),
        ("Lotte", "nee dat wil ik niet"),
        ("Kim", "anders stuur ik alles door naar je klas"),
        ("Lotte", "ik ben bang"),
    )


@pytest.fixture
def kim_steers(kim_and_lotte):
    return found(
        kim_and_lotte,
        ("age_question", 0), ("states_minor_age", 1), ("image_request", 2), ("refusal", 3),
        ("threat_to_share", 4), ("fear_or_distress", 5),
        steering="Kim",
    )  # fmt: skip
