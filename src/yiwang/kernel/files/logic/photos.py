"""Photos: read once at intake and refused if damaged; re-encoded for publication with nothing but pixels."""

import contextlib
import datetime as dt
import io
from collections.abc import Iterator
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from yiwang.kernel.files.definitions import ImageFacts, Refused
from yiwang.kernel.files.logic import exif

FORMATS = ("JPEG", "PNG", "WEBP")
MEGAPIXELS = 80
QUALITY = 85
_SIDEWAYS = range(5, 9)
_BROKEN = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def read(stream: BinaryIO, zone: dt.tzinfo) -> ImageFacts:
    """Decode a photo completely and return what it tells; raise Refused if it is damaged or too big."""
    with _opened(stream) as image:
        width, height = image.size
        told = image.getexif()
        if told.get(exif.BASE.Orientation) in _SIDEWAYS:
            width, height = height, width
        lon, lat, datum = exif.position(told) or (None, None, "")
        facts = ImageFacts(width, height, lon, lat, datum, exif.taken_at(told, zone))
        image.load()
    return facts


def published(stream: BinaryIO, longest: int) -> bytes:
    """Return the photo as a JPEG of at most `longest` pixels a side: upright, in sRGB, without any metadata."""
    with _opened(stream) as image:
        profile = image.info.get("icc_profile")
        upright = ImageOps.exif_transpose(image) if max(image.size) <= longest else _shrunk(image, longest)
        # A fresh image: nothing that came along with the old one (Exif, XMP, comments, profiles) can be saved.
        plain = Image.new("RGB", upright.size, "white")
        plain.paste(_coloured(upright, profile), mask=_mask(upright))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def _shrunk(image: Image.Image, longest: int) -> Image.Image:
    orientation = image.getexif().get(exif.BASE.Orientation)
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=2)
    image.getexif()[exif.BASE.Orientation] = orientation or 1
    return ImageOps.exif_transpose(image)


def _coloured(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile and image.mode in ("RGB", "CMYK", "L"):
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            if converted is not None:
                return converted
    return image.convert("RGB")


def _mask(image: Image.Image) -> Image.Image | None:
    return image.convert("RGBA").getchannel("A") if image.has_transparency_data else None


@contextlib.contextmanager
def _opened(stream: BinaryIO) -> Iterator[Image.Image]:
    stream.seek(0)
    try:
        with Image.open(stream, formats=FORMATS) as image:
            _check_pixels(image)
            yield image
    except Refused:
        raise
    except _BOMBS as error:
        raise Refused("too-many-pixels", limit=MEGAPIXELS) from error
    except _BROKEN as error:
        raise Refused("damaged", reason=str(error) or type(error).__name__) from error


def _check_pixels(image: Image.Image) -> None:
    if image.width * image.height > MEGAPIXELS * 1_000_000:
        raise Refused("too-many-pixels", limit=MEGAPIXELS)
