"""What a camera wrote beside the picture: where and when (Exif 3.0). Anything odd counts as not said."""

import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from PIL import ExifTags, Image

GPS, BASE = ExifTags.GPS, ExifTags.Base
_DATUMS = {"": "WGS-84", "WGS84": "WGS-84", "CGCS2000": "WGS-84", "GCJ02": "GCJ-02", "BD09": "BD-09"}
Position = tuple[float, float, str]


def position(exif: Image.Exif) -> Position | None:
    """Return (lon, lat, datum) in degrees; datum is WGS-84, GCJ-02 or BD-09. None if absent, odd or unknown."""
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    datum = _DATUMS.get(re.sub(r"[^A-Z0-9]", "", _text(gps.get(GPS.GPSMapDatum)).upper()))
    lon = _degrees(gps, GPS.GPSLongitude, GPS.GPSLongitudeRef, "EW", 180)
    lat = _degrees(gps, GPS.GPSLatitude, GPS.GPSLatitudeRef, "NS", 90)
    # Cameras without a fix write zeros: nobody means the Gulf of Guinea.
    if lon is None or lat is None or datum is None or (lon == 0 and lat == 0):
        return None
    return lon, lat, datum


def _degrees(gps: Mapping[int, Any], value: int, reference: int, letters: str, most: int) -> float | None:
    parts, letter = gps.get(value), _text(gps.get(reference))[:1].upper()
    if not isinstance(parts, Sequence) or len(parts) != 3 or letter not in (letters[0], letters[1]):
        return None
    try:
        degrees = sum(float(part) / 60**place for place, part in enumerate(parts))
    except (ZeroDivisionError, TypeError, ValueError):
        return None
    if not math.isfinite(degrees) or not 0 <= degrees <= most:
        return None
    return -degrees if letter == letters[1] else degrees


def taken_at(exif: Image.Exif, zone: dt.tzinfo) -> dt.datetime | None:
    """Return when the picture was taken; `zone` is the camera's where it names none."""
    inside = exif.get_ifd(ExifTags.IFD.Exif)
    written = _text(inside.get(BASE.DateTimeOriginal)) or _text(exif.get(BASE.DateTime))
    offset = _text(inside.get(BASE.OffsetTimeOriginal))
    try:
        moment = dt.datetime.strptime(written, "%Y:%m:%d %H:%M:%S").replace(tzinfo=zone)
        if re.fullmatch(r"[+-]\d\d:\d\d", offset):
            moment = moment.replace(tzinfo=dt.datetime.strptime(offset, "%z").tzinfo)
    except ValueError:
        return None
    return moment.astimezone(dt.UTC) if 1990 <= moment.year < 2100 else None


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    return value.strip("\x00 ") if isinstance(value, str) else ""
