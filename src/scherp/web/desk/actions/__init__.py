"""Whatever the desk changes. A talk itself is changed by `talks.actions` only."""

from scherp.web.desk.actions.beside import add_note, add_shared, erase_shared, judge, withdraw_note
from scherp.web.desk.actions.breaks import begin_break, come_back, seen
from scherp.web.desk.actions.forgetting import erase_beside, forget
from scherp.web.desk.actions.refusals import CannotBlock, DeskRefuses, Full, NeedsReason, NeedsWords, NoConsent, OnBreak
from scherp.web.desk.actions.taking import accept, as_counsellor, block, take_later, take_next, take_other

__all__ = [
    "CannotBlock",
    "DeskRefuses",
    "Full",
    "NeedsReason",
    "NeedsWords",
    "NoConsent",
    "OnBreak",
    "accept",
    "add_note",
    "add_shared",
    "as_counsellor",
    "begin_break",
    "block",
    "come_back",
    "erase_beside",
    "erase_shared",
    "forget",
    "judge",
    "seen",
    "take_later",
    "take_next",
    "take_other",
    "withdraw_note",
]
