"""Draws plans and pictures: a site plan (situationsplan), a facade, a picture of a place."""

import hashlib
from pathlib import Path

import reportlab
from PIL import Image, ImageChops, ImageDraw, ImageFont

_VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
_BLACK, _WHITE = "#000000", "#ffffff"
_TYPE_FACE = ImageFont.truetype(str(_VERA), 15)
_SMALL_FACE = ImageFont.truetype(str(_VERA), 11)


def site_plan(property_name: str) -> Image.Image:
    """Draw a site plan in scale 1:400 with house, garage, road, boundary, scale bar and north arrow."""
    image = Image.new("RGB", (760, 560), _WHITE)
    pen = ImageDraw.Draw(image)
    pen.rectangle((10, 10, 749, 549), outline=_BLACK, width=2)
    _heading(pen, "SITUATIONSPLAN", f"{property_name}   Skala 1:400   2026-01-12")
    pen.polygon([(11, 440), (748, 470), (748, 530), (11, 500)], fill="#d9d9d9", outline=_BLACK)
    pen.text((300, 478), "Exempelgatan", font=_TYPE_FACE, fill=_BLACK)
    pen.polygon([(90, 110), (640, 95), (670, 445), (70, 425)], outline="#b00000", width=3)
    pen.rectangle((180, 170, 380, 300), fill="#f2e2c4", outline=_BLACK, width=2)
    pen.text((225, 225), "Bostadshus", font=_TYPE_FACE, fill=_BLACK)
    pen.rectangle((470, 250, 590, 340), fill="#cfe3cf", outline=_BLACK, width=3)
    pen.text((480, 272), "Nytt garage", font=_TYPE_FACE, fill=_BLACK)
    pen.text((480, 296), "36 m²", font=_TYPE_FACE, fill=_BLACK)
    _measure(pen, (590, 295, 652, 295), "4,5 m")
    _measure(pen, (530, 340, 530, 436), "8,0 m")
    _scale_bar(pen, 40, 525)
    _north_arrow(pen, 710, 60)
    return image


def facade(title: str) -> Image.Image:
    """Draw a garage's facades to the south and the west."""
    image = Image.new("RGB", (720, 420), _WHITE)
    pen = ImageDraw.Draw(image)
    pen.rectangle((10, 10, 709, 409), outline=_BLACK, width=2)
    _heading(pen, "FASADRITNING", f"{title}   Skala 1:100   2026-01-12")
    for left, name, opening in (
        (60, "Fasad mot söder", (120, 220, 260, 340)),
        (400, "Fasad mot väster", None),
    ):
        pen.polygon([(left - 15, 190), (left + 125, 110), (left + 265, 190)], outline=_BLACK, width=2)
        pen.rectangle((left, 190, left + 250, 340), outline=_BLACK, width=2)
        for board in range(left + 12, left + 250, 12):
            pen.line((board, 192, board, 338), fill="#a0a0a0")
        if opening:
            pen.rectangle(opening, fill=_WHITE, outline=_BLACK, width=2)
        pen.line((left - 25, 340, left + 275, 340), fill=_BLACK, width=3)
        pen.text((left + 60, 355), name, font=_TYPE_FACE, fill=_BLACK)
    return image


def noisy_place() -> Image.Image:
    """Draw a loading bay in the morning: a wall, a gate, a lorry; grainy as a picture from a telephone."""
    image = Image.new("RGB", (640, 480), "#a9c4dd")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 120, 640, 360), fill="#9b6f5a")
    for y in range(120, 360, 16):
        pen.line((0, y, 640, y), fill="#86604e")
    pen.rectangle((60, 180, 230, 360), fill="#5c6166", outline="#33363a", width=4)
    for y in range(196, 360, 18):
        pen.line((64, y, 226, y), fill="#4a4e52", width=2)
    pen.text((90, 150), "LASTKAJ 2", font=_TYPE_FACE, fill="#f4f0e6")
    pen.rectangle((0, 360, 640, 480), fill="#6d6d6a")
    pen.rectangle((280, 190, 560, 370), fill="#e8e6df", outline="#77756f", width=3)
    pen.rectangle((560, 240, 625, 370), fill="#2f5d8a", outline="#1d3c5a", width=3)
    pen.rectangle((578, 252, 620, 296), fill="#cfe0ea")
    for wheel in (330, 390, 590):
        pen.ellipse((wheel - 26, 344, wheel + 26, 396), fill="#1f1f1f")
        pen.ellipse((wheel - 11, 359, wheel + 11, 381), fill="#8d8d8d")
    return _grainy(image)


def _grainy(image: Image.Image) -> Image.Image:
    """Add grain between -6 and +6 to every pixel; the grain is the same every time."""
    grain = hashlib.shake_128(b"grain").digest(image.width * image.height)
    noise = Image.frombytes("L", image.size, bytes(level % 13 for level in grain)).convert("RGB")
    return ImageChops.add(image, noise, offset=-6)


def _heading(pen: ImageDraw.ImageDraw, title: str, details: str) -> None:
    pen.text((28, 24), title, font=_TYPE_FACE, fill=_BLACK)
    pen.text((28, 48), details, font=_SMALL_FACE, fill=_BLACK)


def _measure(pen: ImageDraw.ImageDraw, line: tuple[int, int, int, int], text: str) -> None:
    pen.line(line, fill="#004080", width=1)
    pen.text(((line[0] + line[2]) // 2 + 4, (line[1] + line[3]) // 2 + 2), text, font=_SMALL_FACE, fill="#004080")


def _scale_bar(pen: ImageDraw.ImageDraw, left: int, top: int) -> None:
    for part in range(4):
        fill = _BLACK if part % 2 == 0 else _WHITE
        pen.rectangle((left + part * 30, top, left + part * 30 + 30, top + 8), fill=fill, outline=_BLACK)
    pen.text((left + 128, top - 3), "10 m", font=_SMALL_FACE, fill=_BLACK)


def _north_arrow(pen: ImageDraw.ImageDraw, x: int, y: int) -> None:
    pen.polygon([(x, y - 34), (x - 12, y + 22), (x, y + 10), (x + 12, y + 22)], fill=_BLACK)
    pen.text((x - 6, y + 26), "N", font=_TYPE_FACE, fill=_BLACK)
