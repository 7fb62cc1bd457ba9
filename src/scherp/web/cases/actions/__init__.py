"""Whatever changes a case. Each change locks the case, asks who may, and leaves its trace."""

from scherp.web.cases.actions.closing import fill_in
from scherp.web.cases.actions.evidence import keep_evidence, read_evidence, read_transcript, take_out_evidence
from scherp.web.cases.actions.opening import copy_talk, open_case, own_talk
from scherp.web.cases.actions.people import add_person, add_suspect, link_identity, read_identity, read_suspects
from scherp.web.cases.actions.planning import skip_step, take_step, write_plan
from scherp.web.cases.actions.refusals import (
    AlreadyThere,
    CaseIsClosed,
    CaseRefuses,
    NoDayLikeThat,
    NoSuchAnswer,
    NotAllowed,
    NotATextExport,
    NotTheirCase,
    NotTheirTalk,
    NotWhole,
    TooLarge,
)
from scherp.web.cases.actions.writing import add_entry, add_note, add_task, finish_task, raise_flag, withdraw

__all__ = [
    "AlreadyThere",
    "CaseIsClosed",
    "CaseRefuses",
    "NoDayLikeThat",
    "NoSuchAnswer",
    "NotATextExport",
    "NotAllowed",
    "NotTheirCase",
    "NotTheirTalk",
    "NotWhole",
    "TooLarge",
    "add_entry",
    "add_note",
    "add_person",
    "add_suspect",
    "add_task",
    "copy_talk",
    "fill_in",
    "finish_task",
    "keep_evidence",
    "link_identity",
    "open_case",
    "own_talk",
    "raise_flag",
    "read_evidence",
    "read_identity",
    "read_suspects",
    "read_transcript",
    "skip_step",
    "take_out_evidence",
    "take_step",
    "withdraw",
    "write_plan",
]
