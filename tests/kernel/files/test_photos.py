"""What photos tell, what is refused, and that the public form tells nothing."""

import datetime as dt
import io
import struct
import zlib
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from tests.kernel.files import make
from tests.kernel.files.make import GPS
from yiwang.kernel.files.definitions import Refused
from yiwang.kernel.files.logic import exif, photos

ZONE = zoneinfo.ZoneInfo("Asia/Shanghai")


def facts(**told):
    return photos.read(make.photo(**told), ZONE)


def test_a_phones_photo_tells_size_place_and_time():
    found = facts(position=make.gps())
    assert (found.width, found.height, found.datum) == (64, 48, "WGS-84")
    assert (found.lon, found.lat) == pytest.approx((104.07, 30.66))
    assert found.taken_at == dt.datetime(2026, 11, 20, 8, 15, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("refs", "expected"), [("SE", (104.07, -30.66)), ("NW", (-104.07, 30.66)), ("sw", (-104.07, -30.66))]
)
def test_hemispheres(refs, expected):
    found = facts(position=make.gps(refs=refs))
    assert (found.lon, found.lat) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("written", "datum"),
    [
        ("WGS-84", "WGS-84"),
        ("wgs 84", "WGS-84"),
        ("CGCS2000", "WGS-84"),
        ("GCJ-02", "GCJ-02"),
        ("BD09", "BD-09"),
        ("", "WGS-84"),
    ],
)
def test_the_datum_is_honoured(written, datum):
    assert facts(position=make.gps(datum=written)).datum == datum


@pytest.mark.parametrize(
    "position",
    [
        None,
        make.gps(datum="TOKYO"),
        make.gps(lon=(0, 0, 0), lat=(0, 0, 0)),
        make.gps(lon=(181, 0, 0)),
        make.gps(lat=(90, 30, 0)),
        make.gps(refs="XE"),
        make.gps(lon=(104, 4)),
        {key: value for key, value in make.gps().items() if key != GPS.GPSLatitude},
        {key: value for key, value in make.gps().items() if key != GPS.GPSLongitudeRef},
    ],
)
def test_odd_positions_count_as_not_said(position):
    found = facts(position=position)
    assert (found.lon, found.lat, found.datum) == (None, None, "")


@given(
    st.dictionaries(
        st.integers(0, 31),
        st.none() | st.text() | st.binary() | st.floats() | st.tuples(st.floats(), st.text(), st.none()),
    )
)
def test_no_exif_breaks_the_reader(tags):
    class Written(Image.Exif):
        def get_ifd(self, tag):
            return tags

    exif.position(Written())
    exif.taken_at(Written(), ZONE)


@pytest.mark.parametrize(
    ("taken", "offset", "expected"),
    [
        ("2026:11:20 08:15:30", "+09:00", "2026-11-19T23:15:30+00:00"),
        ("2026:11:20 08:15:30", "junk", "2026-11-20T00:15:30+00:00"),
        ("0000:00:00 00:00:00", None, None),
        ("1970:01:01 00:00:00", None, None),
        ("yesterday", None, None),
    ],
)
def test_times(taken, offset, expected):
    found = facts(taken=taken, offset=offset).taken_at
    assert (found.isoformat() if found else None) == expected


def test_pixels_are_counted_as_displayed():
    assert (facts(orientation=6).width, facts(orientation=6).height) == (48, 64)


@pytest.mark.parametrize(
    "content",
    [
        make.photo(400, 300).getvalue()[:2000],
        make.saved(make.picture(400, 300), "PNG").getvalue()[:-40],
        b"\xff\xd8\xff\xe0 not really",
        b"\x89PNG\r\n\x1a\n",
        make.saved(make.picture(), "GIF").getvalue(),
    ],
)
def test_damaged_photos_are_refused(content):
    with pytest.raises(Refused) as refused:
        photos.read(io.BytesIO(content), ZONE)
    assert refused.value.code == "damaged"


def bomb(width: int, height: int) -> io.BytesIO:
    """Return a PNG of few bytes that says it has many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + body)


@pytest.mark.parametrize("size", [(9_000, 9_000), (10_000, 10_000)])
def test_too_many_pixels_are_refused_before_decoding(size):
    with pytest.raises(Refused, match="at most 80 million"):
        photos.read(bomb(*size), ZONE)


def test_a_monstrous_image_is_refused():
    with pytest.raises(Refused, match="too many pixels"):
        photos.read(bomb(60_000, 60_000), ZONE)


def published(stream, longest=2048) -> Image.Image:
    content = photos.published(stream, longest)
    for trace in (b"Camera", b"private", b"Exif", b"http://ns.adobe", b"ICC_PROFILE"):
        assert trace not in content
    image = Image.open(io.BytesIO(content))
    assert not image.getexif()
    assert set(image.info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }
    return image


def test_the_public_form_tells_nothing_but_pixels():
    told = make.exif(position=make.gps())
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>private</x:xmpmeta>"
    source = make.saved(make.picture(), exif=told, comment=b"private", icc_profile=profile, xmp=xmp)
    assert published(source).size == (64, 48)


def test_png_texts_are_dropped_and_glass_becomes_white():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "private")
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    image = published(make.saved(clear, "PNG", pnginfo=notes))
    assert min(image.getpixel((20, 20))) > 250


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("width", [64, 400])
def test_the_public_form_stands_upright(orientation, width):
    turned = make.picture(width, 48)
    source = make.saved(turned, exif=make.exif(orientation=orientation), quality=95)
    image = published(source, longest=100)
    expected_width, expected_height = (48, width) if orientation >= 5 else (width, 48)
    scale = min(1, 100 / max(width, 48))
    assert image.size == pytest.approx((expected_width * scale, expected_height * scale), abs=1)
    corner = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}[
        orientation
    ]
    x, y = (
        round(part * (side - 1) * 0.8 + 0.1 * side) for part, side in zip(corner, image.size, strict=True)
    )
    red, _green, blue = image.getpixel((min(x, image.width - 1), min(y, image.height - 1)))
    assert red > blue


@pytest.mark.parametrize("mode", ["L", "P", "LA", "CMYK", "I;16", "1"])
def test_every_colour_mode_can_be_published(mode):
    image = (
        Image.new("RGB", (30, 20), "white").convert("L").convert(mode)
        if mode != "I;16"
        else Image.new(mode, (30, 20))
    )
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert published(make.saved(image, kind)).mode == "RGB"


def test_a_broken_colour_profile_is_ignored():
    assert published(make.saved(make.picture(), icc_profile=b"junk")).size == (64, 48)


def test_large_photos_shrink_and_small_ones_stay():
    assert published(make.photo(3000, 1500)).size == (2048, 1024)
    assert published(make.photo(30, 20)).size == (30, 20)
