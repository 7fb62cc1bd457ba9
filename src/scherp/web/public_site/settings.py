"""Settings of the public site, read from the environment. It has no database, no accounts and no sessions.

SCHERP_LOCAL=1           try it on this machine: plain http, this machine's names only.
SCHERP_PUBLIC_HOSTS      names it answers to, with commas between. SCHERP_PUBLIC_KEY: a long secret of its own.
SCHERP_ASSETS            where `manage.py prepare` puts static files; `var/public` if left out.
SCHERP_LEAVE_TO          where who leaves goes: a plain, busy site that gives nothing away.
SCHERP_SECURITY_CONTACT  where to report a fault (mailto: or https:); without it there is no security.txt.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from scherp.web.public_site.middleware import static_headers

LOCAL = os.environ.get("SCHERP_LOCAL") == "1"
ASSETS = Path(os.environ.get("SCHERP_ASSETS", "var/public")).absolute()
SECURITY_CONTACT = os.environ.get("SCHERP_SECURITY_CONTACT", "")
LEAVE_TO = os.environ.get("SCHERP_LEAVE_TO", "https://www.buienradar.nl/")

DEBUG = False
SECRET_KEY = os.environ.get("SCHERP_PUBLIC_KEY") or (secrets.token_urlsafe(50) if LOCAL else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SCHERP_PUBLIC_KEY to a long secret, or SCHERP_LOCAL=1 to try the site here.")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] if LOCAL else os.environ.get("SCHERP_PUBLIC_HOSTS", "").split(",")

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "scherp.web.public_site",
    "scherp.web.check",
    "scherp.web.guidance",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "scherp.web.public_site.middleware.SafeToVisit",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "scherp.web.public_site.urls"
WSGI_APPLICATION = "scherp.web.public_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["scherp.web.public_site.words.in_language"]},
    }
]
DATABASES: dict[str, object] = {}
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = False  # the words stand in texts/site.toml; the language is in the address

STATIC_URL = "/static/"
STATIC_ROOT = ASSETS / "static"
STATICFILES_DIRS = [ASSETS / "made"]
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"}}
WHITENOISE_MAX_AGE = 0 if LOCAL else 3600
WHITENOISE_IMMUTABLE_FILE_TEST = r"/check/(pyodide|engine)-"
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = not LOCAL
SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_HSTS_PRELOAD = not LOCAL
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = not LOCAL

# No address of a visitor, and no words of a page, in any log: what goes wrong, and where in the code.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}, "nowhere": {"class": "logging.NullHandler"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
