"""Photos and documents made on the spot."""

import io
import zipfile

from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

GPS, BASE, IFD = ExifTags.GPS, ExifTags.Base, ExifTags.IFD


def picture(width=64, height=48, mode="RGB") -> Image.Image:
    """Return a picture whose upper left corner is red."""
    image = Image.new(mode, (width, height), "blue" if mode != "L" else 99)
    image.paste("red" if mode != "L" else 9, (0, 0, width // 2, height // 2))
    return image


def saved(image: Image.Image, kind="JPEG", **options) -> io.BytesIO:
    out = io.BytesIO()
    image.save(out, kind, **options)
    out.seek(0)
    return out


def gps(lon=(104, 4, 12.0), lat=(30, 39, 36.0), refs="NE", datum: str | None = None) -> dict:
    found = {
        GPS.GPSLatitudeRef: refs[0],
        GPS.GPSLatitude: lat,
        GPS.GPSLongitudeRef: refs[1],
        GPS.GPSLongitude: lon,
    }
    return found | ({GPS.GPSMapDatum: datum} if datum is not None else {})


def exif(position: dict | None = None, taken="2026:11:20 08:15:30", offset=None, orientation=1) -> Image.Exif:
    made = Image.Exif()
    made[BASE.Orientation] = orientation
    made[BASE.Make] = "Camera"
    inside = made.get_ifd(IFD.Exif)
    inside[BASE.DateTimeOriginal] = taken
    if offset:
        inside[BASE.OffsetTimeOriginal] = offset
    if position:
        made.get_ifd(IFD.GPSInfo).update(position)
    return made


def photo(width=64, height=48, **told) -> io.BytesIO:
    """Return a JPEG as a phone writes it."""
    return saved(picture(width, height), exif=exif(**told), comment=b"private words")


def package(*names: str, content=b"x") -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, content)
    out.seek(0)
    return out


def third(number: int) -> IFDRational:
    return IFDRational(number, 3)
