"""Django settings, all from the environment. Every variable is documented in docs/operations.md."""

import os
from pathlib import Path

import dj_database_url

from yiwang.site import home

HOME = home.path()
DEBUG = os.environ.get("YIWANG_DEBUG", "") == "1"
SECRET_KEY = home.secret("django")
ALLOWED_HOSTS = os.environ.get("YIWANG_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("YIWANG_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "pgtrigger",
    "procrastinate.contrib.django",
    "yiwang.ui",
    "yiwang.kernel.calendar",
    "yiwang.kernel.files",
    "yiwang.kernel.ledger",
    "yiwang.kernel.outbox",
    "yiwang.kernel.releases",
    "yiwang.kernel.places",
    "yiwang.kernel.orgs",
    "yiwang.kernel.people",
    "yiwang.kernel.access",
    "yiwang.cases",
    "yiwang.hotline",
    "yiwang.operations",
    "yiwang.site",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "yiwang.ui.middleware.content_security",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "yiwang.site.actors.middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "yiwang.site.urls"
WSGI_APPLICATION = "yiwang.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "yiwang.ui.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yiwang.ui.context.processor",
            ],
        },
    }
]

DATABASES = {
    "default": {
        **dj_database_url.parse(
            home.database_url(), engine=home.database_engine(), conn_max_age=None, conn_health_checks=True
        ),
        "TEST": {"NAME": os.environ.get("YIWANG_TEST_DATABASE", "test_yiwang")},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
FILES_ROOT = HOME / "files"
SMS_SENDER = os.environ.get("YIWANG_SMS_SENDER", "yiwang.cases.actions.sending.FileSender")
LEDGER_KEY_FILE = HOME / "keys" / "ledger.pem"
PACKS_ROOT = Path(os.environ.get("YIWANG_PACKS", home.packs_root()))
CITY_PACK = os.environ.get("YIWANG_PACK", "chengdu")

# Behind HTTPS (a proxy that sets X-Forwarded-Proto and removes what clients send) cookies travel only there.
HTTPS = os.environ.get("YIWANG_HTTPS", "") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "yiwang_session"
CSRF_COOKIE_NAME = "yiwang_csrf"
LANGUAGE_COOKIE_NAME = "yiwang_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "yiwang.ui.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "yiwang": {"level": os.environ.get("YIWANG_LOG", "INFO").upper()},
        "procrastinate": {"level": "WARNING"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
    },
}
