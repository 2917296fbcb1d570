"""Django settings, all from the environment. Every variable is documented in docs/operations.md."""

import os
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

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
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
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
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {
    "default": {
        **dj_database_url.parse(home.database_url(), conn_max_age=None, conn_health_checks=True),
        "TEST": {"NAME": os.environ.get("YIWANG_TEST_DATABASE", "test_yiwang")},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
FILES_ROOT = HOME / "files"
PACKS_ROOT = Path(os.environ.get("YIWANG_PACKS", home.packs_root()))
CITY_PACK = os.environ.get("YIWANG_PACK", "chengdu")

SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024
