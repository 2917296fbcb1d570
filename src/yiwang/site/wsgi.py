"""The WSGI application served by `yiwang web`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.site.settings")
application = get_wsgi_application()
