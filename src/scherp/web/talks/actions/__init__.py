"""Whatever changes a talk. Each change locks the talk, leaves its trace, and tells who waits for news."""

from scherp.web.talks.actions.blocking import block, lift_block
from scherp.web.talks.actions.counsellor import (
    ask_whether_safe,
    read_along,
    show_earlier,
    stop_reading_along,
    take,
)
from scherp.web.talks.actions.forgetting import erase, forget
from scherp.web.talks.actions.parts import young
from scherp.web.talks.actions.refusals import (
    AlreadyTaken,
    Counsellor,
    NothingToSay,
    NotTheirTalk,
    TalkIsOver,
    TalkRefuses,
    TooFast,
)
from scherp.web.talks.actions.sharing import ask_to_share, consent_to_share, refuse_to_share
from scherp.web.talks.actions.transfer import answer_transfer, ask_transfer, put_back, withdraw_transfer
from scherp.web.talks.actions.young_person import (
    come_back,
    end,
    give_code,
    leave,
    open_talk,
    say,
    wait_now,
)

__all__ = [
    "AlreadyTaken",
    "Counsellor",
    "NotTheirTalk",
    "NothingToSay",
    "TalkIsOver",
    "TalkRefuses",
    "TooFast",
    "answer_transfer",
    "ask_to_share",
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
    "put_back",
    "read_along",
    "refuse_to_share",
    "say",
    "show_earlier",
    "stop_reading_along",
    "take",
    "wait_now",
    "withdraw_transfer",
    "young",
]
