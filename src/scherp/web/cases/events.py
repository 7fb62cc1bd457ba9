"""What is put on record about cases."""

from __future__ import annotations

from enum import StrEnum


class Happened(StrEnum):
    """Something done to, or read of, a case. The id of the case is always there; words never are."""

    OPENED = "case.opened"
    LISTED = "case.listed"
    READ = "case.read"
    REFUSED = "case.refused"
    ADDED = "case.added"
    WITHDRAWN = "case.withdrawn"
    TASK_DONE = "case.task-done"
    IDENTITY_LINKED = "case.identity-linked"
    IDENTITY_READ = "case.identity-read"
    SUSPECTS_READ = "case.suspects-read"
    EVIDENCE_READ = "case.evidence-read"
    EVIDENCE_TAKEN_OUT = "case.evidence-taken-out"
    TRANSCRIPT_COPIED = "case.transcript-copied"
    TRANSCRIPT_READ = "case.transcript-read"
    EXPORTED = "case.exported"
    FORM_FILLED = "case.form-filled"
    FORM_READ = "case.form-read"
