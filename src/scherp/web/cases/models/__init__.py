"""What a case is made of. Words are sealed with the key of the case; without that key nothing of it can be read."""

from scherp.web.cases.models.case import Case, State
from scherp.web.cases.models.closing import ClosingForm
from scherp.web.cases.models.evidence import CopyGround, EvidenceItem, Transcript
from scherp.web.cases.models.parts import Entry, Flag, FlagKind, Note, Part, Task
from scherp.web.cases.models.people import AgeBand, Identity, Person, PersonRole, Suspect
from scherp.web.cases.models.plan import MeldcodeStep, Plan, SkipGround

__all__ = [
    "AgeBand",
    "Case",
    "ClosingForm",
    "CopyGround",
    "Entry",
    "EvidenceItem",
    "Flag",
    "FlagKind",
    "Identity",
    "MeldcodeStep",
    "Note",
    "Part",
    "Person",
    "PersonRole",
    "Plan",
    "SkipGround",
    "State",
    "Suspect",
    "Task",
    "Transcript",
]
