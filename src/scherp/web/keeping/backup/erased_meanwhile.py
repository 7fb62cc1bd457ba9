"""What was erased after the data of a backup were saved: its key is gone, and so it is erased again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.web.cases import actions as of_cases
from scherp.web.cases.actions.erasing import held
from scherp.web.cases.models import Case
from scherp.web.cases.models import State as CaseState
from scherp.web.talks import actions as of_talks
from scherp.web.talks.models import State, Talk

if TYPE_CHECKING:
    from scherp.web.audit.recording import Actor


def erase_again(*, by: Actor) -> int:
    """Erase talks and cases that have no key, and give how many. What the desk keeps of a talk goes by its clock."""
    erased = 0
    for talk in Talk.objects.filter(key=None).exclude(state=State.ERASED):
        of_talks.erase(talk=talk, by=by)
        erased += 1
    for case in Case.objects.filter(key=None).exclude(state=CaseState.ERASED):
        if not held(case):  # a hold that was lifted before it was erased is back: somebody lifts it again
            of_cases.erase(case=case, by=by)
            erased += 1
    return erased
