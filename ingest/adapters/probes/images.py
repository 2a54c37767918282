"""Images: read to their end by Pillow, within a budget of memory and of pictures in one file."""

import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from ingest.adapters.probes.reading import beyond, damage_unless_read
from ingest.domain.characteristics import NOTHING, Observed

_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP", "JPEG2000")
_SERIES = frozenset({"PNG", "TIFF", "GIF", "WEBP"})
"""Formats whose every picture is content; what follows the first in a JPEG is a camera's preview of it."""
_PIXEL_BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2}
_LARGEST_PIXEL = 4
_COPIES = {"JPEG2000": 5, "WEBP": 3, "GIF": 3}
"""How often a decoder holds the picture; once where nothing is said."""
MOST_BYTES = 136 << 20
"""A page of A4 in colour at 600 dots per inch takes 133 MiB when it is decoded."""
MOST_PICTURES = 2_000


def probe(path: Path) -> Observed:
    """Decode every picture in the file; a broken one is damage, more than the budget is left unread and told."""
    return damage_unless_read(path, _read)


def _read(path: Path) -> Observed:
    from PIL import Image  # noqa: PLC0415 - only where there is an image

    # Pillow warns of oddities that do not keep it from reading; what does is an exception.
    with warnings.catch_warnings(action="ignore"):
        try:
            with Image.open(path, formats=_FORMATS) as image:
                return _decoded(image)
        except Image.DecompressionBombError:
            return _too_large()


def _decoded(image: Any) -> Observed:  # noqa: ANN401 - a PIL.Image.Image, not imported here
    for number in _numbers(image):
        if number == MOST_PICTURES:
            return beyond(f"more than {MOST_PICTURES} pictures")
        if _bytes_to_decode(image) > MOST_BYTES:
            return _too_large()
        image.load()
    return NOTHING


def _numbers(image: Any) -> Iterator[int]:  # noqa: ANN401 - as above
    """Go from picture to picture. Their number is not asked for first: some formats would have to read them all."""
    yield 0
    for number in count(1) if image.format in _SERIES else ():
        try:
            image.seek(number)
        except EOFError:
            if number < image.n_frames:
                raise  # it states more pictures than it has
            return
        yield number


def _bytes_to_decode(image: Any) -> int:  # noqa: ANN401 - as above
    pixel: int = _PIXEL_BYTES.get(image.mode, _LARGEST_PIXEL)
    copies = _COPIES.get(image.format, 1)
    if image.info.get("progressive") or image.format == "JPEG2000":
        pixel, copies = _LARGEST_PIXEL, max(copies, 2)
    return int(image.width * image.height * pixel * copies)


def _too_large() -> Observed:
    return beyond(f"a picture of more than {MOST_BYTES} bytes when decoded")
