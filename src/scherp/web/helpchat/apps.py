"""The help chat as Django knows it: it does not start on a line that cannot be understood."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured

from scherp.web.talks.line import line


class Helpchat(AppConfig):
    """Asking for help."""

    name = "scherp.web.helpchat"

    def ready(self) -> None:
        """Read the line's hours now, and not when the first young person comes."""
        try:
            line()
        except (OSError, ValueError) as wrong:
            raise ImproperlyConfigured(f"SCHERP_LINE_FILE: {wrong}") from wrong
