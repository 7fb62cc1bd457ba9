"""Settings of the public site, read from the environment. Without a line it has no database and keeps nothing.

SCHERP_LOCAL=1           try it on this machine: plain http, this machine's names only, secrets made here.
SCHERP_PUBLIC_HOSTS      names it answers to, with commas between. SCHERP_PUBLIC_KEY: a long secret of its own.
SCHERP_ASSETS            where `manage.py public prepare` puts static files; `var/public` if left out.
SCHERP_LEAVE_TO          where who leaves goes: a plain, busy site that gives nothing away.
SCHERP_SECURITY_CONTACT  where to report a fault (mailto: or https:); without it there is no security.txt.
SCHERP_LINE_STORE        where talks are kept (`scherp.web.stores`); without it there is no help chat.
SCHERP_LINE_KEY          a long secret for keyed hashes, and SCHERP_LINE_MASTER_KEYS: what seals the talks' keys.
SCHERP_LINE_FILE         the line's name and hours (`talks/line.toml`). SCHERP_STREAMS: live pages a process, at most.
SCHERP_ADDRESS_HEADER    the header in which the proxy says where a request comes from, such as X-Real-IP: it must set
                         it itself, always. It is hashed with a key of the day and kept nowhere.
"""

from __future__ import annotations

import os
from pathlib import Path

from scherp.web import surroundings
from scherp.web.public_site.middleware import static_headers
from scherp.web.stores import LINE, database
from scherp.web.surroundings import LOCAL, hosts, master_keys, secret, told

ASSETS = Path(os.environ.get("SCHERP_ASSETS", "var/public")).absolute()
SECURITY_CONTACT = os.environ.get("SCHERP_SECURITY_CONTACT", "")
LEAVE_TO = os.environ.get("SCHERP_LEAVE_TO", "https://www.buienradar.nl/")

globals().update(surroundings.SAFE_TO_VISIT)
LOGGING = surroundings.LOGGING
SECRET_KEY = secret("SCHERP_PUBLIC_KEY")
ALLOWED_HOSTS = hosts("SCHERP_PUBLIC_HOSTS")

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
DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000  # bytes: one long message, and no more
USE_I18N = False  # the words stand in texts/site.toml; the language is in the address

STATIC_URL = "/static/"
STATIC_ROOT = ASSETS / "static"
STATICFILES_DIRS = [ASSETS / "made"]  # and, with a line or without, the files of its pages: prepared once for both
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"}}
WHITENOISE_MAX_AGE = 0 if LOCAL else 3600
WHITENOISE_IMMUTABLE_FILE_TEST = r"/check/(pyodide|engine)-"
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers

DATABASES: dict[str, object] = {}
HAS_LINE = bool(told("SCHERP_LINE_STORE"))
if not HAS_LINE:
    STATICFILES_DIRS += [Path(__file__).parents[1] / app / "static" for app in ("helpchat", "talks")]
if HAS_LINE:
    DATABASES = {"default": {}, LINE: database(told("SCHERP_LINE_STORE"))}
    DATABASE_ROUTERS = ["scherp.web.stores.ByApp"]
    MASTER_KEYS = {LINE: master_keys("SCHERP_LINE_MASTER_KEYS")}
    LINE_KEY = secret("SCHERP_LINE_KEY")
    LINE_FILE = Path(told("SCHERP_LINE_FILE") or Path(__file__).parents[1] / "talks" / "line.toml")
    STREAMS = int(told("SCHERP_STREAMS", "500"))
    HEADER = told("SCHERP_ADDRESS_HEADER").upper().replace("-", "_")
    ADDRESS_FROM = f"HTTP_{HEADER}" if HEADER else "REMOTE_ADDR"
    TEMPLATES[0]["OPTIONS"]["context_processors"].append("scherp.web.helpchat.words.in_language")  # type: ignore[index]
    INSTALLED_APPS += ["scherp.web.helpchat", "scherp.web.talks", "scherp.web.audit", "scherp.web.sealing"]
