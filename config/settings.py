"""Django's settings. What differs from machine to machine comes from `config.environment` alone."""

import os
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from config.environment import read_environment, refuse_missing_packages
from config.logs import LOGGING  # noqa: F401 (Django reads it here)
from config.stores import cache, database, email, storage

ENVIRONMENT = read_environment()
refuse_missing_packages(ENVIRONMENT)
MODE = ENVIRONMENT["OCOP_MODE"]
IS_DEMO, IS_TEST, IS_PRODUCTION = MODE == "demo", MODE == "test", MODE == "production"

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = BASE_DIR / "data"
WEB_DIR = BASE_DIR / "ocop" / "web"
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

SECRET_KEY = ENVIRONMENT["SECRET_KEY"]
ALLOWED_HOSTS = [host.strip() for host in ENVIRONMENT["ALLOWED_HOSTS"].split(",")]
SITE_URL = ENVIRONMENT["SITE_URL"].rstrip("/")
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "ocop.records",
    "ocop.places",
    "ocop.people",
    "ocop.register",
    "ocop.market",
    "ocop.programme",
    "ocop.privacy",
    "ocop.web.kit",
    "ocop.web",
]

# The order matters: a public page is answered by PublicPages, before anything that knows a session or a user.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ocop.web.kit.middleware.RequestLog",
    "ocop.web.kit.middleware.Threshold",
    "ocop.web.kit.middleware.ContentPolicy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "ocop.web.kit.middleware.ReadsDoNotWrite",
    "ocop.web.kit.middleware.PublicPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "ocop.web.kit.middleware.SessionLimits",
    "ocop.web.kit.middleware.ActingAs",
    "ocop.web.kit.middleware.SecondFactor",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted([*WEB_DIR.glob("*/templates"), *WEB_DIR.glob("*/*/templates")]),
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "ocop.web.kit.templatetags.kit"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ocop.web.kit.context.desk",
            ],
        },
    }
]
COTTON_DIR = "cotton"

# The owner's connection: whoever changes tables or copies the whole database. Serving never uses it.
_AS_OWNER = len(sys.argv) > 1 and sys.argv[1] in ("migrate", "backup", "restore", "prove_restore")
_DATABASE = database(ENVIRONMENT["MIGRATE_DATABASE_URL" if _AS_OWNER else "DATABASE_URL"], base=BASE_DIR, pooled=not (IS_TEST or _AS_OWNER))
DATABASES = {"default": _DATABASE}
if IS_TEST and _DATABASE["ENGINE"].endswith("sqlite3"):
    # A file, so that threads race for real; one a process, so that two runs beside each other do not meet.
    _DATABASE["TEST"] = {"NAME": str(VAR_DIR / f"test-{os.getpid()}.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": cache(ENVIRONMENT["CACHE_URL"])}
_STATIC_BACKEND = (
    "django.contrib.staticfiles.storage.StaticFilesStorage" if IS_TEST else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {"default": storage(ENVIRONMENT["STORAGE_URL"]), "staticfiles": {"BACKEND": _STATIC_BACKEND}}
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns of a folder that is not there yet
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "ocop.web.kit.bundles.BundleFinder",
]
STATICFILES_DIRS = sorted([*WEB_DIR.glob("portal/static"), *WEB_DIR.glob("api/static"), *WEB_DIR.glob("desk/*/static")])

vars().update(email(ENVIRONMENT["EMAIL_URL"]))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = f"OCOP Bắc Kạn <khong-tra-loi@{urlsplit(SITE_URL).hostname}>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
WITNESSES = [address.strip() for address in ENVIRONMENT["WITNESSES"].split(",") if address.strip()]
MESSENGERS = {  # which class takes a notice out of the house; docs/adr tells how to add a provider
    "email": "ocop.records.messengers.email.EmailMessenger",
    "sms": "ocop.records.messengers.console.ConsoleMessenger",
    "zalo": "ocop.records.messengers.console.ConsoleMessenger",
}
NOTICE_PHONE_CHANNEL = "sms"  # for people without e-mail: "sms" or "zalo"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [WEB_DIR / "kit" / "locale"]  # before what packages bring along
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    f"django.contrib.auth.hashers.{'MD5' if IS_TEST else 'Argon2'}PasswordHasher",  # argon2 costs 50 ms by design
]
SECOND_FACTOR_REQUIRED = not IS_DEMO
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "ocop.people.validators.EnoughCharacters"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("full_name", "phone", "email")},
    },
    {"NAME": "ocop.people.validators.NotOfKnownWords"},
]

# Sign-in (allauth): one field takes a phone number or an e-mail; accounts.username is what both lead to.
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "/viec/", "/"
ACCOUNT_ADAPTER = "ocop.web.desk.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "ocop.web.desk.people.forms.SignInForm", "signup": "ocop.web.desk.people.forms.SignUpForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # for an account that has one: adapters.ConfirmEmailStage
ACCOUNT_CHANGE_EMAIL = True  # one e-mail an account; the old one holds until the new one is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[OCOP Bắc Kạn] "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers on somebody's word
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False  # a reset never stands in for the second factor
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before changing the e-mail; factors ask anyway
ACCOUNT_SESSION_REMEMBER = True  # how long is SessionLimits' matter
ACCOUNT_USER_DISPLAY = "ocop.web.desk.people.adapters.display_name"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(SITE_URL).scheme
# Wrong passwords are counted by axes below; "login_failed" counts wrong codes of the second factor.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "6/10m/key", "signup": "20/h/ip", "reset_password": "20/h/ip,3/h/key"}
MFA_ADAPTER = "ocop.web.desk.people.adapters.MfaAdapter"
MFA_FORMS = {
    "authenticate": "ocop.web.desk.people.forms.SecondFactorForm",
    "reauthenticate": "ocop.web.desk.people.forms.SecondFactorAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "OCOP Bắc Kạn"
MFA_TOTP_TOLERANCE = 1  # phones' clocks drift; forms.OnceOnly keeps a code from working twice in the wider window
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PRODUCTION  # http://localhost
USERSESSIONS_TRACK_ACTIVITY = False  # reading does not write

# Lock-out (axes): the numbers and the page are in ocop.people.rules and ocop.web.desk.people.lockout.
TRUSTED_PROXIES = int(ENVIRONMENT["TRUSTED_PROXIES"])
AXES_HANDLER = "ocop.web.desk.people.lockout.LockoutHandler"
AXES_LOCKOUT_CALLABLE = "ocop.web.desk.people.lockout.locked"
AXES_CLIENT_IP_CALLABLE = "ocop.web.desk.people.lockout.client_ip"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # knocking on a locked door does not lock it longer
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_ENABLE_ADMIN = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "csrfmiddlewaretoken"]
SESSION_IDLE_SECONDS = 30 * 60  # officials; RELIABILITY P18
SESSION_ABSOLUTE_SECONDS = 12 * 60 * 60
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_COOKIE_NAME = "__Host-sid" if IS_PRODUCTION else "sid"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_PRODUCTION else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = IS_PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "ocop.web.kit.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_PRODUCTION
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if ENVIRONMENT["TRUSTED_PROXIES"] != "0":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
_TILES = urlsplit(ENVIRONMENT["MAP_TILES_URL"])
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *([f"{_TILES.scheme}://{_TILES.netloc}"] if _TILES.netloc else [])],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
MAP_TILES_URL = ENVIRONMENT["MAP_TILES_URL"]

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend" if IS_TEST else "django_tasks_db.DatabaseBackend"}}
