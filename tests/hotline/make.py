"""The town of the flow engine's tests, with a hotline: its doors, its desk, photos and files to send."""

import datetime as dt
import functools
import io
import pathlib
import uuid

from django.conf import settings
from PIL import Image

from tests.cases import make as town
from yiwang.cases.logic import world
from yiwang.hotline import actions
from yiwang.hotline.definitions.intake import Intake
from yiwang.hotline.definitions.requests import Photo, Said
from yiwang.hotline.logic import desk, understanding
from yiwang.kernel.places.definitions import Outlines
from yiwang.kernel.places.logic import locating, outlines
from yiwang.kernel.releases import actions as releases
from yiwang.packs import loading
from yiwang.packs.pack import Pack

DATA = pathlib.Path(__file__).parent / "data"
ROOTS = [settings.PACKS_ROOT, town.DATA, DATA]
NOW = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)
WORDS = "您好，玉林东路12号院门口的雨水井盖破了。晚上没有灯。"


@functools.cache
def pack() -> Pack:
    return loading.load(DATA / "desk", roots=ROOTS)


@functools.cache
def front() -> desk.Desk:
    """Return the desk of the test pack, without a database."""
    shapes = outlines.shapes(pack().entries(Outlines).values())
    return desk.build(world.build(0, pack()), pack().entries(Intake).values(), locating.Locator(shapes))


def understood(*, by: str = "web", photos=(), **said: str):
    return understanding.understand(
        front(), front().intakes["web"], Said(**{"text": WORDS} | said), by, NOW, photos=photos
    )


def published() -> None:
    releases.publish(pack())


def staffed() -> None:
    published()
    for role, (organisation, area) in town.WHO.items():
        town.person(role, organisation, area)


def key() -> str:
    return str(uuid.uuid4())


def report(door: str = "web", **said: str):
    return actions.report(Said(**{"text": WORDS, "area": "510107007"} | said), door, key())


def picture(colour: str = "grey", where: tuple[float, float] | None = None) -> bytes:
    """Return a small JPEG, with a position (lon, lat) if one is given."""
    out = io.BytesIO()
    exif = Image.Exif()
    if where:
        exif[0x8825] = {1: "N", 2: _dms(where[1]), 3: "E", 4: _dms(where[0])}
    Image.new("RGB", (64, 48), colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


def photo(colour: str = "grey", where: tuple[float, float] | None = None) -> Photo:
    return Photo("photo.jpg", io.BytesIO(picture(colour, where)))


def _dms(degrees: float) -> tuple[float, float, float]:
    whole = int(degrees)
    minutes = int((degrees - whole) * 60)
    return float(whole), float(minutes), round((degrees - whole - minutes / 60) * 3600, 4)
