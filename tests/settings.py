"""Settings of a test run: the product's own, in a home apart (var/test) unless YIWANG_HOME says otherwise."""

import os
from pathlib import Path

os.environ.setdefault("YIWANG_HOME", str(Path(__file__).parents[1] / "var" / "test"))
os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "1"
)  # the browser driver keeps an event loop in our thread

from yiwang.site.settings import *  # noqa: F403
