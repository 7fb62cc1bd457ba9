"""Tells Django of this app, and has it hear what the library that signs people in does."""

from __future__ import annotations

from django.apps import AppConfig


class Accounts(AppConfig):
    """Members of staff."""

    name = "scherp.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen."""
        from scherp.web.accounts import heard  # noqa: F401, PLC0415  only once the models are there
