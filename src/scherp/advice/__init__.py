"""Numbers to call, first words, what to do now: one source for report, site and outreach."""

from scherp.advice.numbers import (
    Audience,
    Cost,
    Country,
    Line,
    checked_in_words,
    cost_in_words,
    hours_in_words,
    lines,
    open_in_words,
    open_now,
)
from scherp.advice.what_now import Advice, Situation, before_reading, what_now, without_chat, words

__all__ = [
    "Advice",
    "Audience",
    "Cost",
    "Country",
    "Line",
    "Situation",
    "before_reading",
    "checked_in_words",
    "cost_in_words",
    "hours_in_words",
    "lines",
    "open_in_words",
    "open_now",
    "what_now",
    "without_chat",
    "words",
]
