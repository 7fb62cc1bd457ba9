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
