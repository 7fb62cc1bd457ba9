"""What both sites read from the environment, and what makes both safe to visit. Each has its own keys and names."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

LOCAL = os.environ.get("SCHERP_LOCAL") == "1"
_LOCAL_KEYS = Path("var/keys")


def told(name: str, instead: str = "") -> str:
    """Give a setting from the environment, or from the file that NAME_FILE names (a credential of systemd, say)."""
    if file := os.environ.get(f"{name}_FILE"):
        return Path(file).read_text(encoding="utf-8").strip()
    return os.environ.get(name, instead)


def secret(name: str, *, fernet: bool = False) -> str:
    """Give a secret. On this machine one is made and kept when there is none; elsewhere the site does not start."""
    if given := told(name):
        return given
    if not LOCAL:
        raise ImproperlyConfigured(f"Set {name} to a long secret, or SCHERP_LOCAL=1 to try the site here.")
    kept = Path(os.environ.get("SCHERP_LOCAL_KEYS", _LOCAL_KEYS)) / name
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(Fernet.generate_key().decode() if fernet else secrets.token_urlsafe(50), encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def master_keys(name: str) -> list[str]:
    """Give the master keys of a store, newest first: Fernet keys with commas between."""
    return secret(name, fernet=True).split(",")


def hosts(name: str) -> list[str]:
    """Give the names that a site answers to."""
    return ["localhost", "127.0.0.1", "[::1]"] if LOCAL else told(name).split(",")


SAFE_TO_VISIT: dict[str, Any] = {
    "DEBUG": False,
    "X_FRAME_OPTIONS": "DENY",
    "SECURE_REFERRER_POLICY": "no-referrer",
    "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "SECURE_SSL_REDIRECT": not LOCAL,
    "SECURE_REDIRECT_EXEMPT": [r"^gezond/$"],
    "SECURE_HSTS_SECONDS": 0 if LOCAL else 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": not LOCAL,
    "SECURE_HSTS_PRELOAD": not LOCAL,
    "CSRF_COOKIE_SECURE": not LOCAL,
    "CSRF_COOKIE_HTTPONLY": True,
    "CSRF_COOKIE_SAMESITE": "Strict",
    "CSRF_COOKIE_AGE": None,
    "SESSION_COOKIE_SECURE": not LOCAL,
    "USE_TZ": True,
    "TIME_ZONE": "Europe/Amsterdam",
    "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
}
"""Settings that hold for both sites."""

# No address of a visitor, and no words of a page, in any log: what goes wrong, and where in the code.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}, "nowhere": {"class": "logging.NullHandler"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
