"""Settings of the staff's site, read from the environment.

SCHERP_LOCAL=1           try it on this machine: plain http, this machine's names only, secrets made here.
SCHERP_STAFF_HOSTS       names it answers to, with commas between. SCHERP_STAFF_KEY: a long secret of its own.
SCHERP_STAFF_ASSETS      where `manage.py staff collectstatic` puts static files; `var/staff` if left out.
SCHERP_STAFF_STORE       where accounts and cases are kept, and SCHERP_STAFF_MASTER_KEYS: what seals the cases' keys.
SCHERP_LINE_STORE        where talks are kept; SCHERP_LINE_KEY, SCHERP_LINE_MASTER_KEYS: as the public site has them.
SCHERP_LINE_FILE         the line's name and hours (`talks/line.toml`). SCHERP_STREAMS: live pages a process, at most.
SCHERP_QUEUE_RULES       the order of the queue (`desk/queue_rules.toml`). SCHERP_CANNED: sentences of your own.
SCHERP_ORGANISATION      the name on a handover. SCHERP_ORGANISATION_KEY: what signs it (Ed25519, PEM).
"""

from __future__ import annotations

import os
from pathlib import Path

from scherp.web import surroundings
from scherp.web.staff_site.middleware import static_headers
from scherp.web.stores import LINE, STAFF, database
from scherp.web.surroundings import LOCAL, hosts, master_keys, secret, told

globals().update(surroundings.SAFE_TO_VISIT)
# Within the site only: with no-referrer a browser sends `Origin: null` along with a form, and Django refuses it.
SECURE_REFERRER_POLICY = "same-origin"
LOGGING = surroundings.LOGGING
SECRET_KEY = secret("SCHERP_STAFF_KEY")
ALLOWED_HOSTS = hosts("SCHERP_STAFF_HOSTS")
ASSETS = Path(os.environ.get("SCHERP_STAFF_ASSETS", "var/staff")).absolute()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "scherp.web.staff_site",
    "scherp.web.accounts",  # above the library: ours are the pages
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "scherp.web.keeping",
    "scherp.web.desk",
    "scherp.web.cases",
    "scherp.web.talks",
    "scherp.web.audit",
    "scherp.web.sealing",
    "scherp.web.stores",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "scherp.web.staff_site.middleware.Forgets",
    "scherp.web.staff_site.middleware.SafeToUse",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "scherp.web.accounts.time_limits.TimeLimits",
    "scherp.web.staff_site.middleware.InLanguage",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "scherp.web.accounts.doors.Doors",
]
ROOT_URLCONF = "scherp.web.staff_site.urls"
WSGI_APPLICATION = "scherp.web.staff_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "scherp.web.staff_site.words.in_language",
            ]
        },
    }
]

DATABASES = {
    STAFF: database(told("SCHERP_STAFF_STORE", "var/staff.sqlite3" if LOCAL else "")),
    LINE: database(told("SCHERP_LINE_STORE", "var/line.sqlite3" if LOCAL else "")),
}
DATABASE_ROUTERS = ["scherp.web.stores.ByApp"]
MASTER_KEYS = {LINE: master_keys("SCHERP_LINE_MASTER_KEYS"), STAFF: master_keys("SCHERP_STAFF_MASTER_KEYS")}
LINE_KEY = secret("SCHERP_LINE_KEY")
LINE_FILE = Path(told("SCHERP_LINE_FILE") or Path(__file__).parents[1] / "talks" / "line.toml")
QUEUE_RULES = Path(told("SCHERP_QUEUE_RULES") or Path(__file__).parents[1] / "desk" / "queue_rules.toml")
CANNED = Path(told("SCHERP_CANNED")) if told("SCHERP_CANNED") else None
# A file that is given stays in memory: no words of a conversation lie in a temporary file.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 4_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 4_000_000
ORGANISATION = told("SCHERP_ORGANISATION")
ORGANISATION_KEY = told("SCHERP_ORGANISATION_KEY")
STREAMS = int(told("SCHERP_STREAMS", "500"))

AUTH_USER_MODEL = "accounts.Member"
AUTHENTICATION_BACKENDS = ["scherp.web.accounts.adapters.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "scherp.web.accounts.passwords.NotEasilyGuessed"},
]
ACCOUNT_ADAPTER = "scherp.web.accounts.adapters.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator gives the address; the site sends no mail
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# By account, never by address: the site knows no addresses. Attempts are counted by `accounts.actions.signing_in`.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "10/5m/key", "signup": None}
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

MFA_ADAPTER = "scherp.web.accounts.adapters.SecondFactors"
MFA_FORMS = {
    "authenticate": "scherp.web.accounts.forms.CodeAtSignIn",
    "reauthenticate": "scherp.web.accounts.forms.CodeAgain",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL  # http, on this machine only
MFA_TOTP_TOLERANCE = 1  # a step of 30 seconds either side: clocks differ, and people type
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RATE_LIMITS = {"webauthn_login": None}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

SESSION_COOKIE_NAME = "scherp_staff" if LOCAL else "__Host-scherp_staff"
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_ENGINE = "scherp.web.accounts.sessions"
SESSION_COOKIE_AGE = 30 * 60  # seconds in which nobody does anything
SIGNED_IN_AT_MOST = 10 * 60 * 60  # seconds from sign-in
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "scherp.web.staff_site.views.stale"
CSRF_COOKIE_NAME = "scherp_staff_form" if LOCAL else "__Host-scherp_staff_form"

USE_I18N = True
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
STATIC_URL = "/static/"
STATIC_ROOT = ASSETS / "static"
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"}}
WHITENOISE_MAX_AGE = 0 if LOCAL else 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers

# What each app erases when its time has come, in this order: `manage.py staff forget`.
CLOCKS = [
    "scherp.web.talks.actions.forget",
    "scherp.web.desk.actions.forget",
    "scherp.web.cases.actions.forget",
]
