"""Settings, read from the environment; every variable is documented in docs/reference/settings.md.

TIMBANG_DATA names the folder that holds everything that must be kept: database, sealed files,
published log, signing key. Nothing readable of a report ever stands in it.
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import lazy

DATA = Path(os.environ.get("TIMBANG_DATA", "var")).resolve()
FILES = DATA / "files"
LOG = DATA / "log"
KEYS = DATA / "keys"
TABLES = DATA / "tables"
# Indexes of people by name, and links; made from the tables, so no backup holds them.
PEOPLE = DATA / "people"
# Runs of detectors; made from the tables too.
SIGNALS = DATA / "signals"
# What the public explorer reads; made from both.
EXPLORER = DATA / "explorer"
# Projects and votes by place; made from the tables.
PLACES = DATA / "places"

DEBUG = False
DOORS = {
    "all": "timbang.web.urls",
    "public": "timbang.web.urls_public",
    "intake": "timbang.web.urls_intake",
    "desk": "timbang.web.urls_desk",
    "api": "timbang.web.urls_api",
}
DOOR = os.environ.get("TIMBANG_DOOR", "all")
if DOOR not in DOORS:
    raise ImproperlyConfigured(f"TIMBANG_DOOR: {DOOR!r} is none of {', '.join(DOORS)}")
SITE_NAME = os.environ.get("TIMBANG_SITE_NAME", "Timbang")
LOG_ORIGIN = os.environ.get("TIMBANG_LOG_ORIGIN", "timbang.invalid/log")
ALLOWED_HOSTS = os.environ.get("TIMBANG_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
HTTPS = os.environ.get("TIMBANG_HTTPS", "") == "1"


def _secret() -> str:
    """The key that signs desk sessions; it opens no report. Made at the first start."""
    path = KEYS / "session"
    if path.exists():
        return path.read_text()
    KEYS.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()


# Lazy: `timbang law` needs no data folder.
SECRET_KEY = lazy(_secret, str)()


def _database(url: str | None) -> dict[str, Any]:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "timbang.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                # FULL: an acknowledged report survives a power cut. MEMORY: no temporary files.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"TIMBANG_DATABASE_URL: only postgresql:// is allowed, not {parts.scheme}"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
    }


DATABASES = {"default": _database(os.environ.get("TIMBANG_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "timbang.ledger",
    "timbang.accounts",
    "timbang.registry",
    "timbang.reports",
    "timbang.signals",
    "timbang.cases",
    "timbang.policy",
    "timbang.publication",
    "timbang.web",
]

MIDDLEWARE = [
    "timbang.web.middleware.Headers",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "timbang.web.middleware.LawLanguage",
    "timbang.web.middleware.PlainFormLimit",
    "django.middleware.common.CommonMiddleware",
    "timbang.web.middleware.DeskSession",
    "timbang.web.middleware.DeskCsrf",
    "timbang.web.middleware.DeskAuthentication",
]
ROOT_URLCONF = DOORS[DOOR]
# Where the other doors are, when each runs alone: "https://lapor.example"; empty: the same host.
PUBLIC_URL = os.environ.get("TIMBANG_PUBLIC_URL", "").rstrip("/")
INTAKE_URL = os.environ.get("TIMBANG_INTAKE_URL", "").rstrip("/")
DESK_URL = os.environ.get("TIMBANG_DESK_URL", "").rstrip("/")
# Digests of officers: "smtps://user:password@host:465"; empty: no mail is sent.
SMTP_URL = os.environ.get("TIMBANG_SMTP_URL", "")
MAIL_FROM = os.environ.get("TIMBANG_MAIL_FROM", "")
if SMTP_URL and "@" not in MAIL_FROM:
    raise ImproperlyConfigured("TIMBANG_MAIL_FROM: the mail address that digests come from")
# An office's own schedule of retention, in place of the one that is shipped (cases/retention.yaml).
RETENTION = os.environ.get("TIMBANG_RETENTION", "")
DESK_PATH = "meja/"
INTAKE_PATH = "lapor/"
# Where other systems come in; they are told at an address of the public internet, by default.
API_PATH = os.environ.get("TIMBANG_API_PATH", "api/").strip("/") + "/"
if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)*/", API_PATH):
    raise ImproperlyConfigured("TIMBANG_API_PATH: small letters, digits and hyphens, such as api/")
API_LIMIT = int(os.environ.get("TIMBANG_API_LIMIT", "120"))
WEBHOOK_PRIVATE = os.environ.get("TIMBANG_WEBHOOK_PRIVATE", "") == "1"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "timbang.web.context.frame",
            ]
        },
    }
]
WSGI_APPLICATION = "timbang.web.wsgi.application"

AUTH_USER_MODEL = "accounts.Officer"
PASSWORD_HASHERS = ["timbang.accounts.hashers.LowMemoryArgon2"]
# The cost of one guess at a password: see accounts/keys.py.
KDF_COST = "rfc9106"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:login"

# Beside the password: a passkey, a code from an app, or the office's own sign-on.
SECOND_FACTOR = os.environ.get("TIMBANG_SECOND_FACTOR", "required")
if SECOND_FACTOR not in ("required", "optional"):
    raise ImproperlyConfigured("TIMBANG_SECOND_FACTOR: required or optional")
# The office's own sign-on (OpenID Connect); without an issuer there is none.
OIDC_ISSUER = os.environ.get("TIMBANG_OIDC_ISSUER", "").rstrip("/")
OIDC_CLIENT = os.environ.get("TIMBANG_OIDC_CLIENT", "")
OIDC_SECRET_FILE = os.environ.get("TIMBANG_OIDC_SECRET_FILE", "")
OIDC_NAME = os.environ.get("TIMBANG_OIDC_NAME", "")
if OIDC_ISSUER and not (OIDC_CLIENT and OIDC_SECRET_FILE):
    raise ImproperlyConfigured(
        "TIMBANG_OIDC_ISSUER: TIMBANG_OIDC_CLIENT and TIMBANG_OIDC_SECRET_FILE are missing"
    )

SESSION_COOKIE_NAME = "timbang_desk"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "timbang.web.errors.expired_page"

# Uploads stay in memory until they are sealed: never a readable temporary file.
FILE_UPLOAD_HANDLERS = ["timbang.reports.uploads.InMemoryHandler"]
# Large enough that an over-long text reaches the form, which then says so kindly.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "/static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

# No request is ever logged: a log line would tell when someone reported.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "CRITICAL"},
        "django.security": {"level": "CRITICAL"},
        "timbang": {"level": "INFO"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
