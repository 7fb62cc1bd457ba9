"""Where sessions are kept: each with whose it is, so that they can be listed, and ended."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from scherp.web.accounts.models import Session
from scherp.web.stores import STAFF
from scherp.web.stores.quick import Question

if TYPE_CHECKING:
    from django.contrib.sessions.base_session import AbstractBaseSession

SINCE = "since"
"""The moment of sign-in, in a session: seconds since 1970."""


class SessionStore(DatabaseStore):
    """Django's sessions in the database, each with its member and the moment of sign-in."""

    def __init__(self, session_key: str | None = None) -> None:
        """Take a key as Django makes them; any other is nobody's, and no database is asked about it."""
        is_one = session_key is not None and session_key.isascii() and session_key.isalnum()
        super().__init__(session_key if is_one else None)

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        """Give the model of a row."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        """Look a session up, as every request does."""
        found = _SESSION(self.session_key or "", timezone.now())
        if not found:
            self._session_key = None  # as Django does: a key that is nobody's is not taken on
        return found[0][0] if found else None

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Make a row of a session's data."""
        row: Any = super().create_model_instance(data)
        row.member_id = data.get(SESSION_KEY)
        row.since = datetime.fromtimestamp(data[SINCE], UTC) if SINCE in data else None
        return row  # type: ignore[no-any-return]


_SESSION = Question(
    STAFF,
    "SELECT {session} FROM accounts_session session WHERE session_key = %s AND expire_date > %s",
    session=Session,
)
