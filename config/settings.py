"""Settings: one file, differences come from the environment that `./run` prepares (launch/environment.py).

SHOUWANG_VAR      folder of all data of this installation (database, archive, keys, uploads)
SHOUWANG_PROFILE  local (default) or production (TLS, secure cookies)
DATABASE_URL      PostgreSQL as the app role; DATABASE_OWNER_URL the same database as its owner (migrations)
REDIS_URL         Redis-protocol broker, redis://… or unix:///path
SHOUWANG_TODAY    YYYY-MM-DD pins the business day (foundation/accounts/clock.py)
SHOUWANG_KEYS     folder of the keys, where they do not stand with the other data
SHOUWANG_NODE_MODULES, SHOUWANG_LOCALE   front-end packages and translations, where the clone is read-only
SHOUWANG_ADDRESS  https://… under which people reach this installation (links in messages)
SHOUWANG_MAIL     smtp://user:password@host:port (smtps://, smtp+tls://) and SHOUWANG_MAIL_FROM
SHOUWANG_WEBHOOK_URL, _SECRET, _HOSTS   gateway for SMS or chat, its key, and the hosts that may be called
SHOUWANG_FILE_STORE  s3://HOST[:PORT]/BUCKET[?region=…]: sealed files lie there (access and secret key: KEYS/file_store)
SHOUWANG_ARCHIVE_STORE  the same for the batches of departmental data (Parquet)
SHOUWANG_HOSTS    host names this installation answers to, separated by commas (production)
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from config import administration, content_policy, log_output, time_limits, timetable
from config.program_limits import *  # noqa: F403  (settings of the API, all of them)
from config.staff_limits import *  # noqa: F403  (settings by role, all of them)

ROOT = Path(__file__).resolve().parent.parent


def _required(name: str) -> str:
    """Value of an environment variable that `./run` always sets; a clear sentence where it is missing."""
    if value := os.environ.get(name):
        return value
    raise ImproperlyConfigured(f"{name} is not set: start through ./run, or ./run manage COMMAND, or ./test.")


# --- this installation ------------------------------------------------------------------------------------
VAR = Path(_required("SHOUWANG_VAR"))
PROFILE = os.environ.get("SHOUWANG_PROFILE", "local")
if PROFILE not in ("local", "production"):
    raise ImproperlyConfigured(f"SHOUWANG_PROFILE is {PROFILE!r}: it must be local or production.")
PRODUCTION = PROFILE == "production"
#: Whether a proxy stands in front that overwrites X-Forwarded-Proto and adds the visitor's address to X-Forwarded-For.
BEHIND_PROXY = PRODUCTION and os.environ.get("SHOUWANG_BEHIND_PROXY") == "1"
DEBUG = False
SECRET_KEY = Path(_required("SHOUWANG_SECRET_KEY_FILE")).read_text().strip()
KEYS_DIR = Path(os.environ.get("SHOUWANG_KEYS", VAR / "keys"))
ALLOWED_HOSTS = [h for h in os.environ.get("SHOUWANG_HOSTS", "").split(",") if h] or (
    [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
SHOUWANG_TODAY = os.environ.get("SHOUWANG_TODAY") or None
if PRODUCTION and SHOUWANG_TODAY:
    raise ImproperlyConfigured("SHOUWANG_TODAY is for demonstrations and tests: the calendar decides here.")
COMPOSITION = "config.composition"

# --- apps, from the top storey down -----------------------------------------------------------------------
INSTALLED_APPS = [
    "assistance",
    "alerts",
    "monitoring",
    "households",
    "foundation.desk",
    "foundation.files",
    "foundation.inbox",
    "foundation.jobs",
    "foundation.regulations",
    "foundation.workflow",
    "foundation.accounts",
    "foundation.ledger",
    "unfold.apps.BasicAppConfig",
    "foundation.desk.admin_app.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "guardian",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",  # these three first: static files and early refusals carry them too
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "foundation.accounts.middleware.request_id",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "foundation.accounts.middleware.business_day",
    "foundation.desk.middleware.one_law",
    "foundation.accounts.middleware.living_session",
    "foundation.accounts.middleware.private_answers",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "foundation.desk.middleware.signed_out_fragments",
    "foundation.desk.middleware.own_language",
    "foundation.desk.middleware.area_focus",
    "foundation.desk.middleware.new_password_first",
    "foundation.desk.middleware.second_factor_first",
    "foundation.desk.views.walk.guided_walk",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "foundation.desk.context.shell",
            ],
        },
    }
]

# --- database and broker ----------------------------------------------------------------------------------
PROCESS = os.environ.get("SHOUWANG_PROCESS", "command")
DATABASES = {
    "default": {
        **dj_database_url.parse(_required("DATABASE_URL"), conn_max_age=60, conn_health_checks=True),
        "OPTIONS": {"options": time_limits.options(PROCESS)},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = _required("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # or what a task raised would be logged word by word
CELERY_TASK_ACKS_LATE = False  # the sweeper is the only redelivery
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_TASK_PUBLISH_RETRY = False  # a lost ring is the sweeper's business; nobody waits for the broker
_ONCE_AGAIN = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 5, **_ONCE_AGAIN}
# The sweeper's rounds do not queue behind the rings of long work; a round nobody made in time is dropped.
CELERY_TASK_QUEUES = [Queue("celery"), Queue("sweep")]
CELERY_TASK_ROUTES = {"foundation.jobs.tasks.sweep": {"queue": "sweep"}}
CELERY_BEAT_SCHEDULE = timetable.TIMETABLE

# --- long work (docs/decisions/0010-jobs-are-rows.md) -----------------------------------------------------
JOB_LEASE_SECONDS = 30  # prolonged every third of it; a killed worker's part is taken again after it
JOB_SLICE_SECONDS = 20  # how long one ring works on one job before others have their turn
JOB_RING_AGAIN_SECONDS = 20  # the sweeper rings for a job at most this often
JOB_RING_EXPIRES_SECONDS = 600
JOB_ATTEMPTS = 5  # fruitless attempts on one part before it is given up
JOB_BACKOFF_SECONDS = 5  # before the second attempt; doubles
JOB_PATIENCE_SECONDS = 60  # how long a command waits for a database that went away
JOB_KEEP_FILES_DAYS = 7  # rejected rows to fetch, and the file of a failed job that may be tried again
JOB_KEEP_DAYS = 90  # what was done stays in the ledger

# --- exports of lists (foundation/desk/exports.py) --------------------------------------------------------
EXPORT_ROWS_AT_ONCE = 5_000  # above it a job writes the file

# --- people and sessions ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "foundation.accounts.sign_in.StaffBackend",
    "guardian.backends.ObjectPermissionBackend",
]
GUARDIAN_RAISE_403 = False
ANONYMOUS_USER_NAME = None  # no guardian account for visitors
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "desk:sign_in"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "desk:home"  # which sends visitors on to the sign-in page, except in the demonstration
SESSION_ENGINE = "foundation.accounts.entry.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # pages carry the token themselves: no script reads the cookie
CSRF_FAILURE_VIEW = "foundation.desk.views.errors.csrf_failure"

# --- language, time, money --------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [Path(os.environ.get("SHOUWANG_LOCALE", ROOT / "locale"))]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# --- static files and uploads -----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
NODE_MODULES = Path(os.environ.get("SHOUWANG_NODE_MODULES", ROOT / "node_modules"))
STATICFILES_DIRS = [
    ROOT / "static",
    ("vendor/tabler", NODE_MODULES / "@tabler/core/dist"),
    ("vendor/echarts", NODE_MODULES / "echarts/dist"),
    ("vendor/htmx", NODE_MODULES / "htmx.org/dist"),
    ("vendor/signature_pad", NODE_MODULES / "signature_pad/dist"),
    ("vendor/noto-sans-sc", NODE_MODULES / "@fontsource-variable/noto-sans-sc"),
]
STATICFILES_FINDERS = [
    "foundation.desk.static_files.ChosenFilesFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STATICFILES_CHOSEN = {
    "vendor/tabler": ["css/tabler.min.css", "css/tabler.min.css.map"],
    "vendor/echarts": ["echarts.common.min.js"],
    "vendor/htmx": ["htmx.min.js"],
    "vendor/signature_pad": ["signature_pad.umd.min.js", "signature_pad.umd.min.js.map"],
    "vendor/noto-sans-sc": ["wght.css", "files/*-wght-normal.woff2"],
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# An upload is sealed while it arrives: it never lies readable in a temporary file.
FILE_UPLOAD_HANDLERS = ["foundation.files.arriving.SealingUploadHandler"]
FILES_INCOMING = VAR / "uploads" / "incoming"  # drafts, sealed; on the disk of the folder store
FILES_FOLDER = VAR / "uploads" / "kept"  # the folder store
FILES_STORE = os.environ.get("SHOUWANG_FILE_STORE", "")  # s3://HOST[:PORT]/BUCKET instead of the folder
IMPORT_LARGEST = 64 * 2**20  # of a file that is imported by page
FILES_LARGEST = 512 * 2**20  # of any upload; each kind of file has its own, lower limit
ARCHIVE_INCOMING = VAR / "archive" / "incoming"  # batches being written: subjects and names, never a number
ARCHIVE_FOLDER = VAR / "archive" / "kept"  # batches of departmental data, named by their digest
ARCHIVE_STORE = os.environ.get("SHOUWANG_ARCHIVE_STORE", "")  # s3://HOST[:PORT]/BUCKET instead of the folder
ARCHIVE_CACHE = VAR / "archive" / "cache"  # what was fetched from such a store, checked by digest
SNAPSHOT_FOLDER = VAR / "snapshots"  # the register as a comparison read it: no name, no number
FILES_FONTS = VAR / "fonts"  # own fonts of forms, for rare characters in names
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- headers (safety.md section 6) ------------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = content_policy.POLICY
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)/$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    LANGUAGE_COOKIE_NAME = "__Host-language"
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- messages that leave the platform ---------------------------------------------------------------------
SHOUWANG_ADDRESS = os.environ.get("SHOUWANG_ADDRESS", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
_mail = urlsplit(os.environ.get("SHOUWANG_MAIL", ""))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail.scheme else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or (465 if _mail.scheme == "smtps" else 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
DEFAULT_FROM_EMAIL = os.environ.get("SHOUWANG_MAIL_FROM", "shouwang@localhost")
SHOUWANG_WEBHOOK_URL = os.environ.get("SHOUWANG_WEBHOOK_URL", "")
SHOUWANG_WEBHOOK_SECRET = os.environ.get("SHOUWANG_WEBHOOK_SECRET", "")
SHOUWANG_WEBHOOK_HOSTS = [h for h in os.environ.get("SHOUWANG_WEBHOOK_HOSTS", "").split(",") if h]
if SHOUWANG_WEBHOOK_URL and len(SHOUWANG_WEBHOOK_SECRET) < 32:
    raise ImproperlyConfigured(
        "SHOUWANG_WEBHOOK_SECRET must have at least 32 characters: it signs every message."
    )

# --- log --------------------------------------------------------------------------------------------------
LOGGING = log_output.LOGGING
LOG_DAYS_FOLDER, LOG_DAYS_KEPT = log_output.LOG_DAYS_FOLDER, log_output.LOG_DAYS_KEPT
UNFOLD = administration.UNFOLD
