"""A member of staff, and a team."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from scherp.web.accounts.permissions import Permission, Role, allowed
from scherp.web.audit.recording import Actor


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
    """Somebody who works here. known_as: the name by which young people know them; talks_at_once: their own limit."""

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
