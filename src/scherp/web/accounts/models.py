"""A member of staff and a team; their sessions, what they are still to be told, and who is locked out."""

from __future__ import annotations

import uuid
from hashlib import sha256
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from scherp.web.accounts.permissions import Permission, Role, allowed
from scherp.web.audit.recording import Actor

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase


class Team(models.Model):
    """People who share cases."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class Members(BaseUserManager["Member"]):
    """Finds members of staff by their address."""

    def get_by_natural_key(self, username: str | None) -> Member:
        """Find a member whatever the capitals in the address."""
        return self.get(email__iexact=username)


class Member(AbstractBaseUser):
    """Somebody who works here. known_as: the name by which young people know them; talks_at_once: their own limit.

    password_lapses_at: set while the password is one that an administrator gave; it must be changed, and before then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    known_as = models.CharField(max_length=40)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="members")
    roles = models.JSONField(default=list)
    talks_at_once = models.PositiveSmallIntegerField(default=3)
    on_break = models.BooleanField(default=False)
    language = models.CharField(max_length=2, default="nl")
    grey = models.BooleanField(default=False)
    blur = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    password_lapses_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = Members()

    def __str__(self) -> str:
        return self.name

    @property
    def permissions(self) -> frozenset[Permission]:
        """Give everything that this member may do."""
        return allowed(frozenset(Role(role) for role in self.roles)) if self.is_active else frozenset()

    def may(self, permission: Permission) -> bool:
        """Tell whether this member may do something."""
        return permission in self.permissions

    @property
    def actor(self) -> Actor:
        """Give who this is, for the record."""
        return Actor("staff", str(self.pk))


class Notice(models.Model):
    """What somebody else did to a member's account, told from the next sign-in until they have read it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} at {self.at.isoformat()}"


class Session(AbstractBaseSession):
    """Somebody's browser, signed in or on the way to it. member: none yet before the second factor is passed."""

    member = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="sessions")
    since = models.DateTimeField(null=True)

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @property
    def mark(self) -> str:
        """Give what a page calls it: its key is a secret, and this is no way back to it."""
        return sha256(self.session_key.encode()).hexdigest()[:16]

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Give what loads and saves these."""
        from scherp.web.accounts.sessions import SessionStore  # noqa: PLC0415  which needs this model

        return SessionStore


class Lock(models.Model):
    """How often signing in with an address failed. address: its keyed hash, whether or not it is anybody's.

    until: the moment before which nobody can try again.
    """

    address = models.CharField(primary_key=True, max_length=64)
    failures = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(null=True)
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.failures} failures, until {self.until}"


class Cached(models.Model):
    """What Django's cache keeps for all workers: codes that were used, counts of attempts. The table as Django has it.

    https://docs.djangoproject.com/en/5.2/topics/cache/#database-caching
    """

    cache_key = models.CharField(primary_key=True, max_length=255)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_cache"

    def __str__(self) -> str:
        return self.cache_key
