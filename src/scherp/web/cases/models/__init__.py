"""What a case is made of. Words are sealed with the key of the case; without that key nothing of it can be read."""

from scherp.web.cases.models.access import AccessRequest, Answer, Asker, Hold, Outcome, RequestKind
from scherp.web.cases.models.break_glass import BreakGlass, Verdict
from scherp.web.cases.models.case import Case, State
from scherp.web.cases.models.closing import ClosingForm
from scherp.web.cases.models.evidence import CopyGround, EvidenceItem, Transcript
from scherp.web.cases.models.handover import Handover, HandoverState, HandoverTo, Informed, Package, WithoutParents
from scherp.web.cases.models.parts import Entry, Flag, FlagKind, Note, Part, Task
from scherp.web.cases.models.people import AgeBand, Identity, Person, PersonRole, Suspect
from scherp.web.cases.models.plan import MeldcodeStep, Plan, SkipGround
from scherp.web.cases.models.proposal import Proposal, ProposalKind, ProposalState

__all__ = [
    "AccessRequest",
    "AgeBand",
    "Answer",
    "Asker",
    "BreakGlass",
    "Case",
    "ClosingForm",
    "CopyGround",
    "Entry",
    "EvidenceItem",
    "Flag",
    "FlagKind",
    "Handover",
    "HandoverState",
    "HandoverTo",
    "Hold",
    "Identity",
    "Informed",
    "MeldcodeStep",
    "Note",
    "Outcome",
    "Package",
    "Part",
    "Person",
    "PersonRole",
    "Plan",
    "Proposal",
    "ProposalKind",
    "ProposalState",
    "RequestKind",
    "SkipGround",
    "State",
    "Suspect",
    "Task",
    "Transcript",
    "Verdict",
    "WithoutParents",
]
