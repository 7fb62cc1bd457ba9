"""Whatever changes a talk. Each change locks the talk, leaves its trace, and tells who waits for news."""

from scherp.web.talks.actions.blocking import block, lift_block
from scherp.web.talks.actions.counsellor import (
    ask_whether_safe,
    read_along,
    show_earlier,
    stop_reading_along,
    take,
)
from scherp.web.talks.actions.forgetting import RETENTION, erase, forget
from scherp.web.talks.actions.parts import young
from scherp.web.talks.actions.refusals import (
    AlreadyTaken,
    Counsellor,
    NothingToSay,
    NotTheirTalk,
    TalkIsOver,
    TalkRefuses,
)
from scherp.web.talks.actions.transfer import answer_transfer, ask_transfer, withdraw_transfer
from scherp.web.talks.actions.young_person import (
    come_back,
    consent_to_share,
    end,
    give_code,
    leave,
    open_talk,
    say,
)

__all__ = [
    "RETENTION",
    "AlreadyTaken",
    "Counsellor",
    "NotTheirTalk",
    "NothingToSay",
    "TalkIsOver",
    "TalkRefuses",
    "answer_transfer",
    "ask_transfer",
    "ask_whether_safe",
    "block",
    "come_back",
    "consent_to_share",
    "end",
    "erase",
    "forget",
    "give_code",
    "leave",
    "lift_block",
    "open_talk",
    "read_along",
    "say",
    "show_earlier",
    "stop_reading_along",
    "take",
    "withdraw_transfer",
    "young",
]
