"""Settings, all from the environment; `.env.example` names each.

Three modes: `production`; `evaluation` (what `make run` starts: mail is delivered into a folder,
the clock may be held by the demonstration's loader); `test`.
"""

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF


def told(name: str, otherwise: str = "") -> str:
    """What the environment says; what is left empty there is as good as not said."""
    return os.environ.get(name) or otherwise


BASE_DIR = Path(__file__).resolve().parent.parent
MODE = told("ODIFUND_MODE", "evaluation")
if MODE not in {"production", "evaluation", "test"}:
    raise RuntimeError("ODIFUND_MODE is one of production, evaluation, test")
PRODUCTION = MODE == "production"
VAR = Path(told("ODIFUND_VAR", str(BASE_DIR / "var")))

SECRET_KEY = told("SECRET_KEY", "" if PRODUCTION else "for evaluation and tests only, never in production")
if PRODUCTION and (len(SECRET_KEY) < 32 or re.search(r"\s", SECRET_KEY)):
    raise RuntimeError("SECRET_KEY is missing or weak: production has 32 characters or more, no spaces")
DEBUG = False
ALLOWED_HOSTS = told("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in told("TRUSTED_ORIGINS").split(",") if origin]
PORTAL_URL = told("PORTAL_URL", "http://127.0.0.1:8000")
CLOCK_MAY_BE_HELD = not PRODUCTION

INSTALLED_APPS = [
    "odifund.core",
    "consortia",
    "tenders",
    "deliverables",
    "odifund.pages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
    "pgtrigger",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "odifund.core.http.Stamp",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "odifund.core.http.Compression",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "odifund.core.devices.Staying",
    "odifund.core.http.Refusals",
]

ROOT_URLCONF = "odifund.urls"
WSGI_APPLICATION = "odifund.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["odifund.core.templatetags.portal"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "odifund.core.http.portal",
                "odifund.core.demonstration.on_pages",
            ],
        },
    },
]

DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        told("DATABASE_URL", "postgresql:///odifund"),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
DATABASES["default"] |= {
    "ENGINE": "django.db.backends.postgresql",
    "OPTIONS": {"connect_timeout": 5, **DATABASES["default"].get("OPTIONS", {})},  # seconds
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits and the like live beside the truth: no request may wait for the broker.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}

# Sign-in: a code sent by e-mail, no passwords.
AUTH_USER_MODEL = "core.Person"
AUTHENTICATION_BACKENDS = ["odifund.core.signin.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/home/"
ACCOUNT_ADAPTER = "odifund.core.signin.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "odifund.core.signin.NameForm"
ACCOUNT_FORMS = {
    "request_login_code": "odifund.core.forms.account.AskForCode",
    "confirm_login_code": "odifund.core.forms.account.EnterCode",
    "confirm_email_verification_code": "odifund.core.forms.account.EnterFirstCode",
    "signup": "odifund.core.forms.account.Register",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "watch_by_address": "20/h/ip",
    "mail_to_address": "10/d/key",
    "report_problem": "30/h/ip",
    "send_account_code": "10/h/key",
    "try_account_code": "20/h/key",
    "recovery_code": "30/h/ip,10/h/key",
    "look_up_account": "60/h/key",
    "ask_to_join": "5/d/key",
    "add_person": "30/d/key",
}  # beside allauth's own
# Beside the code, for who wants it: passkeys, an authenticator app, recovery codes (docs/adr/0012).
MFA_ADAPTER = "odifund.core.ways.Adapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODE_DIGITS = 12  # one alone is the first step of signing in
MFA_TOTP_ISSUER = "Stimulus fund"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "odifund.core.forms.ways.SecondCode",
    "activate_totp": "odifund.core.forms.ways.ActivateAuthenticator",
    "add_webauthn": "odifund.core.forms.ways.AddPasskey",
}
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "signed_in", "form_key"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no third cookie
CSRF_FAILURE_VIEW = "odifund.core.http.form_expired"

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = MODE == "test"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
CLAMD = told("CLAMD")  # the virus scanner: unix:/run/clamav/clamd.ctl or tcp://host:3310; empty: none
if CLAMD and not re.fullmatch(r"unix:/.+|tcp://[^:/]+:\d+", CLAMD):
    raise RuntimeError("CLAMD is unix:/path/of/its/socket or tcp://host:port")
UPLOAD_LIMIT = 20 * 1024 * 1024  # bytes of one file

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "odifund"

# Mail goes through the outbox; the evaluation delivers it into a folder that /demo/mail/ shows.
MAIL_FOLDER = VAR / "mail"
EMAIL_FILE_PATH = str(MAIL_FOLDER)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if PRODUCTION or told("EMAIL_HOST")
    else "odifund.core.mail.FolderBackend"
)
EMAIL_HOST = told("EMAIL_HOST", "localhost")
EMAIL_PORT = int(told("EMAIL_PORT", "25"))
EMAIL_HOST_USER = told("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = told("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = told("EMAIL_USE_TLS") == "yes"
EMAIL_TIMEOUT = 5
CANARY_SECONDS = float(told("CANARY_SECONDS", "15"))  # between two signs that a proposal could be taken
MAIL_CLAIM = timedelta(seconds=int(told("MAIL_CLAIM_SECONDS", "300")))  # how long one mail may take
DEFAULT_FROM_EMAIL = told("MAIL_FROM", "Stimulus fund <fund@example.org>")

# Whom bidders ring. The number is one of those kept for fiction; set the real one.
CONTACT = {
    "phone": told("CONTACT_PHONE", "020 7946 0142"),
    "email": told("CONTACT_EMAIL", "fund@example.org"),
    "hours": told("CONTACT_HOURS", "Monday to Friday, 9am to 5:30pm"),
}

REDIS_URL = told("REDIS_URL", "redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = "Europe/London"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"unacked_restore_throttle": 1}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat")

# Only our own host, no inline script or style.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION and told("PLAIN_HTTP") != "yes"
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
X_FRAME_OPTIONS = "DENY"
# Rate limits count by address: the one that the proxy in front saw, and nobody else's word for it.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PRODUCTION else 0
# Subdomains and browsers' preload lists are for whoever owns the domain to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": told("LOG_LEVEL", "WARNING")},
}
