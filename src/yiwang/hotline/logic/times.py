"""Times as exports write them, in the city's time where no zone is given."""

import datetime as dt
import re
import zoneinfo

ZONE = zoneinfo.ZoneInfo("Asia/Shanghai")
FIRST = 2000
_CHINESE = re.compile(r"[年月日/.]")


def parse(written: str) -> dt.datetime | None:
    """Return the moment of `2026-11-22 09:30`, `2026/1/2`, `2026年1月2日 9:05:00` or ISO 8601; None otherwise."""
    return _iso(written.strip()) or _spelled(written.strip())


def _iso(written: str) -> dt.datetime | None:
    try:
        at = dt.datetime.fromisoformat(written)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=ZONE)


def _spelled(written: str) -> dt.datetime | None:
    numbers = re.findall(r"[0-9]+", written)
    shape = re.sub(r"[0-9]+", "0", _CHINESE.sub("-", written.replace("：", ":"))).replace(" ", "")
    if shape not in {"0-0-0", "0-0-0-", "0-0-00:0", "0-0-0-0:0", "0-0-00:0:0", "0-0-0-0:0:0"}:
        return None
    try:
        return dt.datetime(*map(int, numbers), tzinfo=ZONE)  # type: ignore[arg-type,misc]
    except (ValueError, OverflowError):
        return None
