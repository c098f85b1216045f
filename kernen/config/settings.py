"""All settings, read from the environment; safe for production unless told otherwise.

A setting that is wrong stops the program with one sentence (ImproperlyConfigured).
KERNEN_DEMO=1 is set by `kernen demo` only: a server on this machine, with made-up people.
KERNEN_DEBUG=1 serves static files straight from the source folders, for development and tests.
"""

import logging
import os
import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("KERNEN_VAR", ROOT / "var"))


def _yes(name: str, default: bool) -> bool:
    """A variable that is 1 or 0; empty counts as not set, here and below."""
    value = os.environ.get(name) or "01"[default]
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not “{value}”.")
    return value == "1"


def _number(name: str, default: int) -> int:
    value = os.environ.get(name) or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not “{value}”.")
    return int(value)


def _names(name: str, default: list[str]) -> list[str]:
    """Names parted by commas, with or without blanks."""
    names = [part.strip() for part in os.environ.get(name, "").split(",")]
    return [one for one in names if one] or default


DEMO = _yes("KERNEN_DEMO", False)
DEBUG = _yes("KERNEN_DEBUG", False)
HTTPS = _yes("KERNEN_HTTPS", not (DEMO or DEBUG))
if DEMO and HTTPS:
    # In a demonstration whoever comes by is let in with one click.
    raise ImproperlyConfigured(
        "A demonstration is for this machine only, not for production: unset KERNEN_DEMO, "
        "or KERNEN_HTTPS for a demonstration."
    )


def _kept_secret() -> str:
    """A demo's secret key, kept beside its database so that sign-ins survive a restart."""
    path = VAR / "secret-key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


def _secret() -> str:
    secret = os.environ.get("KERNEN_SECRET_KEY", "")
    if not secret and DEMO:
        return _kept_secret()
    if len(secret) < 50 or len(set(secret)) < 5 or secret.startswith("django-insecure-"):
        raise ImproperlyConfigured(
            "Kernen does not start without a secret of its own: set KERNEN_SECRET_KEY to at least "
            "50 random characters, for example from: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
    return secret


SECRET_KEY = _secret()
THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = THIS_MACHINE if DEMO else _names("KERNEN_HOSTS", THIS_MACHINE)
#: Where the pages are, as mails lead there.
SITE = os.environ.get("KERNEN_SITE") or f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

INSTALLED_APPS = [
    "kernen.journey",
    "kernen.following",
    "kernen.decisions",
    "kernen.value",
    "kernen.measures",
    "kernen.documents",
    "kernen.initiatives",
    "kernen.parties",
    "kernen.ui",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "simple_history",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kernen.ui.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kernen.ui.middleware.SignedInMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kernen.ui.middleware.ShownDayMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kernen.journey.my_work.CountAnewMiddleware",
    "kernen.ui.once.OnceMiddleware",
]

ROOT_URLCONF = "kernen.config.urls"
WSGI_APPLICATION = "kernen.config.wsgi.application"

_LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "kernen.ui.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kernen.ui.context.page",
                "kernen.parties.context.own_organisation",
                "kernen.parties.context.foreseen",
                "kernen.journey.my_work.my_work_count",
            ],
        },
    }
]
FORM_RENDERER = "kernen.ui.forms.Renderer"


def _database() -> dict[str, Any]:
    """What DATABASE_URL names; else a file, which for a demonstration is one of its own.

    What makes and mends tables does so as their owner, where that is another."""
    file = VAR / ("demo.sqlite3" if DEMO else "kernen.sqlite3")
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{file}"
    if os.environ.get("KERNEN_AS_OWNER"):
        url = os.environ.get("KERNEN_OWNER_URL") or url
    try:
        found = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    except ValueError:
        found = {}
    if not found.get("ENGINE", "").endswith((".sqlite3", ".postgresql")) or not found["NAME"]:
        # What it says is not repeated here: it may hold a password.
        raise ImproperlyConfigured(
            "DATABASE_URL is not the address of a database: write for example "
            "postgresql://kernen:password@localhost/kernen, with %-codes for signs in the password."
        )
    return dict(found)


DATABASES = {"default": _database()}
#: The database user as which Kernen runs, told while another, who owns the tables, changes them.
RUNS_AS = (
    urlsplit(os.environ.get("DATABASE_URL", "")).username or ""
    if os.environ.get("KERNEN_AS_OWNER") and os.environ.get("KERNEN_OWNER_URL")
    else ""
)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database, so that every process counts the same failed sign-ins and knows what was sent.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# --- signing in ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "parties.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "kernen.parties.signing_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_CHANGE_EMAIL = True  # one address each; a new one counts once its link is opened
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
# Behind a proxy each visitor's own address is counted, not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = _number("KERNEN_PROXIES", int(HTTPS))

# Mails are written to a folder where one is named, as in a demonstration.
EMAIL_FILE_PATH = os.environ.get("KERNEN_EMAIL_FOLDER") or (VAR / "mail" if DEMO else None)
EMAIL_BACKEND = (
    f"django.core.mail.backends.{'filebased' if EMAIL_FILE_PATH else 'smtp'}.EmailBackend"
)
EMAIL_TIMEOUT = 20
EMAIL_HOST = os.environ.get("KERNEN_EMAIL_HOST", "localhost")
EMAIL_PORT = _number("KERNEN_EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("KERNEN_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("KERNEN_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = _yes("KERNEN_EMAIL_TLS", False)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("KERNEN_EMAIL_FROM", "kernen@localhost")

# --- secure by default --------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "kernen.ui.views.csrf_failed"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["kernen.documents.receiving.Receiving"]
DOCUMENT_MB = _number("KERNEN_DOCUMENT_MB", 50)

# --- language and formats -----------------------------------------------------------------------
LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "kernen" / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["kernen.config.formats"]

# --- documents ----------------------------------------------------------------------------------
MEDIA_ROOT = VAR / ("demo-media" if DEMO else "media")
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700


def _documents() -> dict[str, Any]:
    """Where the files lie: a folder, or a storage that speaks S3 if its bucket is named."""
    bucket = os.environ.get("KERNEN_S3_BUCKET")
    if not bucket or DEMO:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if find_spec("storages") is None:
        raise ImproperlyConfigured(
            "KERNEN_S3_BUCKET needs django-storages: pip install 'django-storages[s3]'."
        )
    named = {
        "endpoint_url": os.environ.get("KERNEN_S3_ENDPOINT"),
        "region_name": os.environ.get("KERNEN_S3_REGION"),
        "access_key": os.environ.get("KERNEN_S3_KEY"),
        "secret_key": os.environ.get("KERNEN_S3_SECRET"),
    }
    fixed = {
        "bucket_name": bucket,
        "location": "documents",
        "file_overwrite": True,  # a key is never used twice: nothing to look for first
        "max_memory_size": 5 * 1024 * 1024,  # what is read beyond lies in a temporary file
    }
    options = fixed | {name: value for name, value in named.items() if value}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


# --- static files -------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": _documents(),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

LOG = os.environ.get("KERNEN_LOG") or "INFO"
if LOG not in logging.getLevelNamesMapping():
    raise ImproperlyConfigured(f"KERNEN_LOG must be INFO, WARNING or ERROR, not “{LOG}”.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler", "level": LOG}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {name: {"level": "WARNING"} for name in ("weasyprint", "fontTools")},
}
