"""Where benchmarks live: a home apart (var/bench) with its own embedded server. Needs nothing of Django.

Before: `__main__`. After: stage, which needs Django set up.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def prepare() -> None:
    """Set up Django on the benchmark home."""
    os.environ.setdefault("YIWANG_HOME", str(ROOT / "var" / "bench"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.site.settings")
    os.environ.setdefault("YIWANG_LOG", "WARNING")
    import django  # noqa: PLC0415 - the environment comes first

    django.setup()


def server() -> str:
    """Return the server's address, started if it is the embedded one and does not run."""
    from yiwang.site import postgres  # noqa: PLC0415 - needs Django's translations

    return postgres.ensure_running()
