"""How a moment stands on paper and on the screen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from scherp.texts import say

if TYPE_CHECKING:
    from scherp.handover.nouns import Moment
    from scherp.texts import Language


def written(moment: Moment, language: Language) -> str:
    """Give day, month, year, and the clock with its zone where it is known; or that it is unknown."""
    if moment is None:
        return say("handover.pdf.unknown", language)
    day = f"{moment.day}-{moment.month}-{moment.year}"
    return f"{day} {moment:%H:%M} (UTC{moment:%z})" if isinstance(moment, datetime) else day
