"""Why a case refuses; the words are `cases.refusals.KEY`."""

from __future__ import annotations

from typing import ClassVar


class CaseRefuses(Exception):
    """What was asked cannot be done with this case as it is now. `values` fill the words, and are never content."""

    key: ClassVar[str] = "refuses"

    def __init__(self, **values: object) -> None:
        super().__init__(self.key)
        self.values = values


class CaseIsClosed(CaseRefuses):
    """Nothing can be written in it any more."""

    key = "closed"


class NotTheirCase(CaseRefuses):
    """It is another team's, or this member has no team."""

    key = "not_theirs"


class NotAllowed(CaseRefuses):
    """This member's roles do not give it."""

    key = "not_allowed"


class AlreadyThere(CaseRefuses):
    """It was done before."""

    key = "already_there"


class NotWhole(CaseRefuses):
    """Something that must be said is missing."""

    key = "not_whole"


class NoDayLikeThat(CaseRefuses):
    """The day lies where it cannot be."""

    key = "no_such_day"


class NotATextExport(CaseRefuses):
    """The file is no text export of a chat: a picture, an archive, or something we do not read."""

    key = "not_a_text_export"


class TooLarge(CaseRefuses):
    """The file is larger than a case keeps."""

    key = "too_large"


class NotTheirTalk(CaseRefuses):
    """Somebody else sat at this talk, or it is erased."""

    key = "not_their_talk"


class NoSuchAnswer(CaseRefuses):
    """An answer that the form does not have."""

    key = "no_such_answer"


class AuthorCannotDecide(CaseRefuses):
    """Who proposed something does not decide on it."""

    key = "author_cannot_decide"


class NotItsWriter(CaseRefuses):
    """Who wrote a plan asks to have it approved: whoever proposes never decides, and so its writer never does."""

    key = "not_its_writer"


class TalkFirst(CaseRefuses):
    """Step 5 of the meldcode before step 3 was taken, or left out on a ground."""

    key = "talk_first"


class AccessIsOver(CaseRefuses):
    """The day until which a handover can be used has passed: it is given out or accepted no more."""

    key = "access_is_over"


class ChangedSince(CaseRefuses):
    """What was proposed changed after it was proposed; the proposal is void."""

    key = "changed_since"


class NeedsAGround(CaseRefuses):
    """What is not granted in full needs a ground in law that is for this kind of request."""

    key = "needs_a_ground"


class ParentInvolved(CaseRefuses):
    """The parent who asks is, or may be, part of what happened; nothing is given to them."""

    key = "parent_involved"


class NeedsTheirConsent(CaseRefuses):
    """The young person is 16 or older and did not agree."""

    key = "needs_their_consent"


class LawHolds(CaseRefuses):
    """A legal hold stands on the case."""

    key = "law_holds"


class NoSuchCase(CaseRefuses):
    """There is no case of that reference."""

    key = "no_such_case"


class NotForThisOrganisation(CaseRefuses):
    """The ground is none of ours, or holds for another kind of organisation."""

    key = "not_for_this_organisation"


class NothingToRestOn(CaseRefuses):
    """Consent cannot be a ground: it is not known whose is needed, or who gave it and when."""

    key = "nothing_to_rest_on"


class NotTheirsToGive(CaseRefuses):
    """Consent of somebody else than the law asks at this age and capacity, or not of everybody whom it asks."""

    key = "not_theirs_to_give"


class NotApproved(CaseRefuses):
    """It is not approved, or not as far as that."""

    key = "not_approved"


class NotToldYet(CaseRefuses):
    """The young person was not told yet, and it is not said why that cannot be: no package is made."""

    key = "not_told_yet"


class CannotBePacked(CaseRefuses):
    """The package cannot be made: there is no key to sign with, or an original is not what it was."""

    key = "cannot_be_packed"
