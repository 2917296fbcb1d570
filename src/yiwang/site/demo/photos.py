"""Drawings that stand for photos: simple scenes, before and after the work, the same for the same seed.

Before: a story names a drawing. After: the JPEG is stored as any upload is.
"""

import io
import random
from collections.abc import Callable

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1024, 768
HORIZON = 300
Canvas = ImageDraw.ImageDraw
Rgb = tuple[int, int, int]


def draw(scene: str, seed: str, *, done: bool) -> bytes:
    """Return a JPEG of a scene; unknown scenes show the empty street. `done` draws it after the work."""
    rng = random.Random(seed)  # noqa: S311 - for show
    night = scene == "lamp"
    image = Image.new("RGB", (WIDTH, HEIGHT), (28, 34, 52) if night else (186, 203, 219))
    canvas = ImageDraw.Draw(image)
    _street(canvas, rng, night=night)
    SCENES.get(scene, _nothing)(canvas, rng, done)
    return _jpeg(image, rng)


def _street(canvas: Canvas, rng: random.Random, *, night: bool) -> None:
    shade = 38 if night else 0
    left = 0
    while left < WIDTH:
        width, top = rng.randint(120, 240), rng.randint(40, 200)
        tone = rng.randint(120, 190) - shade * 2
        canvas.rectangle((left, top, left + width, HORIZON), (tone, tone - 6, tone - 14))
        for row in range(top + 20, HORIZON - 30, 46):
            for column in range(left + 16, left + width - 24, 44):
                canvas.rectangle((column, row, column + 20, row + 26), (tone - 45, tone - 40, tone - 30))
        left += width
    canvas.rectangle((0, HORIZON, WIDTH, 400), (150 - shade, 146 - shade, 138 - shade))
    canvas.rectangle((0, 400, WIDTH, HEIGHT), (92 - shade, 94 - shade, 98 - shade))
    for start in range(-60, WIDTH, 190):
        canvas.polygon(
            [(start, 590), (start + 90, 590), (start + 76, 604), (start - 14, 604)], (206, 206, 200)
        )


def _manhole(canvas: Canvas, rng: random.Random, done: bool) -> None:
    x, y = rng.randint(380, 560), rng.randint(500, 560)
    canvas.ellipse((x - 130, y - 60, x + 130, y + 60), (60, 60, 62), outline=(40, 40, 42), width=8)
    if done:
        for step in range(-90, 91, 30):
            canvas.line((x + step, y - 38, x + step, y + 38), (84, 84, 86), 5)
    else:
        canvas.pieslice((x - 118, y - 50, x + 118, y + 50), 20, 20 + rng.randint(140, 230), (8, 8, 10))


def _heap(canvas: Canvas, rng: random.Random, done: bool) -> None:
    for _ in range(0 if done else rng.randint(40, 70)):
        x, y, size = rng.gauss(520, 130), rng.gauss(440, 46), rng.randint(18, 62)
        tone: Rgb = (rng.randint(40, 220), rng.randint(40, 200), rng.randint(40, 180))
        canvas.polygon([(x, y - size), (x + size, y + size // 2), (x - size, y + size // 2)], tone)


def _stalls(canvas: Canvas, rng: random.Random, done: bool) -> None:
    for x in () if done else range(120, 900, rng.randint(190, 260)):
        canvas.rectangle((x, 330, x + 150, 440), (120, 96, 70))
        for stripe in range(6):
            tone = (206, 60, 50) if stripe % 2 else (240, 238, 230)
            canvas.polygon(
                [(x + stripe * 28 - 10, 300), (x + stripe * 28 + 18, 300),
                 (x + stripe * 28 + 12, 340), (x + stripe * 28 - 16, 340)], tone,
            )  # fmt: skip


def _bikes(canvas: Canvas, rng: random.Random, done: bool) -> None:
    count = 4 if done else rng.randint(16, 26)
    for number in range(count):
        x, y = 90 + number * (800 // count) + rng.randint(-12, 12), 430 + rng.randint(-30, 30)
        tone = rng.choice(((36, 130, 214), (246, 196, 40), (60, 168, 92)))
        canvas.ellipse((x, y, x + 56, y + 56), outline=(30, 30, 30), width=5)
        canvas.ellipse((x + 74, y, x + 130, y + 56), outline=(30, 30, 30), width=5)
        canvas.line((x + 28, y + 28, x + 60, y - 14, x + 102, y + 28), tone, 8)


def _lamp(canvas: Canvas, _rng: random.Random, done: bool) -> None:
    for x in (180, 520, 860):
        canvas.rectangle((x, 110, x + 10, 420), (70, 74, 84))
        canvas.rectangle((x - 46, 100, x + 10, 114), (70, 74, 84))
        if done:
            canvas.polygon([(x - 40, 114), (x - 150, 430), (x + 80, 430)], (120, 112, 76))
            canvas.ellipse((x - 56, 104, x - 20, 128), (255, 240, 186))


def _road(canvas: Canvas, rng: random.Random, done: bool) -> None:
    if done:
        canvas.rectangle((340, 470, 700, 590), (58, 60, 64))
        return
    for _ in range(rng.randint(2, 4)):
        x, y, size = rng.randint(260, 720), rng.randint(460, 620), rng.randint(60, 130)
        canvas.ellipse((x - size, y - size // 3, x + size, y + size // 3), (52, 50, 48))
        for _ in range(6):
            canvas.line((x, y, x + rng.randint(-190, 190), y + rng.randint(-70, 70)), (48, 46, 44), 4)


def _flooding(canvas: Canvas, rng: random.Random, done: bool) -> None:
    if done:
        return
    canvas.rectangle((0, 460, WIDTH, HEIGHT), (104, 110, 98))
    for _ in range(26):
        x, y, size = rng.randint(0, WIDTH), rng.randint(470, HEIGHT), rng.randint(30, 110)
        canvas.arc((x, y, x + size, y + size // 4), 180, 360, (150, 156, 146), 3)


def _cars(canvas: Canvas, rng: random.Random, done: bool) -> None:
    for x in () if done else range(40, 960, 210):
        tone: Rgb = rng.choice(((196, 196, 200), (40, 44, 52), (170, 40, 40), (60, 80, 130)))
        canvas.rectangle((x, 440, x + 180, 500), tone)
        canvas.polygon([(x + 30, 440), (x + 56, 398), (x + 130, 398), (x + 156, 440)], tone)
        for wheel in (x + 24, x + 116):
            canvas.ellipse((wheel, 480, wheel + 42, 522), (24, 24, 26))


def _building(canvas: Canvas, rng: random.Random, done: bool) -> None:
    x = rng.randint(330, 520)
    canvas.rectangle((x, 160, x + 260, 420), (176, 166, 150))
    if not done:
        canvas.rectangle((x + 30, 80, x + 230, 160), (142, 176, 190), outline=(90, 96, 100), width=6)


def _dust(canvas: Canvas, rng: random.Random, done: bool) -> None:
    canvas.rectangle((120, 340, 900, 470), (74, 122, 70) if done else (178, 148, 104))
    for _ in range(0 if done else 40):
        x, y, size = rng.randint(100, 900), rng.randint(220, 430), rng.randint(20, 70)
        canvas.ellipse((x, y, x + size, y + size // 2), (196, 178, 148))


def _trees(canvas: Canvas, rng: random.Random, done: bool) -> None:
    for x in range(140, 900, 250):
        lean = 0 if done else rng.randint(-90, 90)
        canvas.line((x, 430, x + lean, 210), (88, 66, 44), 22)
        radius = 60 if done else rng.randint(90, 130)
        canvas.ellipse((x + lean - radius, 210 - radius, x + lean + radius, 210 + radius), (62, 112, 58))


def _nothing(_canvas: Canvas, _rng: random.Random, _done: bool) -> None:
    """Leave the street empty."""


SCENES: dict[str, Callable[[Canvas, random.Random, bool], None]] = {
    "manhole": _manhole,
    "rubbish": _heap,
    "stalls": _stalls,
    "bikes": _bikes,
    "lamp": _lamp,
    "road": _road,
    "flooding": _flooding,
    "parking": _cars,
    "building": _building,
    "dust": _dust,
    "trees": _trees,
}


def _jpeg(image: Image.Image, rng: random.Random) -> bytes:
    """Return the picture as a phone would give it: cropped and compressed."""
    left, top = rng.randint(0, 48), rng.randint(0, 36)
    cropped = image.crop((left, top, left + WIDTH - 48, top + HEIGHT - 36))
    stream = io.BytesIO()
    cropped.resize((800, 600)).save(stream, "JPEG", quality=76)
    return stream.getvalue()
