"""The pictures in the README, and what is kept of each: its digest, and what the page said where it was taken."""

import hashlib
import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image

from tests.architecture.source_tree import REPOSITORY

IMAGES = REPOSITORY / "docs" / "images"
KEPT = IMAGES / "pictures.json"
WIDTH, HEIGHT = 1120, 760
"""Pixels of every picture."""
MOST_BYTES = 150_000
_COLOURS = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictured:
    """A picture as it was made; `texts` are the headings, names and controls that can be read in it."""

    name: str
    sha256: str
    language: str
    heading: str
    texts: tuple[str, ...]

    @property
    def path(self) -> Path:
        """Where the picture lies."""
        return IMAGES / self.name


def kept() -> dict[str, Pictured]:
    """Give what is kept of each picture, by name."""
    told = json.loads(KEPT.read_text(encoding="utf-8"))
    return {one["name"]: Pictured(**(one | {"texts": tuple(one["texts"])})) for one in told}


def keep(pictures: list[Pictured]) -> None:
    """Write what is kept of the pictures, in place of what was."""
    told = [asdict(one) for one in sorted(pictures, key=lambda one: one.name)]
    KEPT.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def digest(path: Path) -> str:
    """Give a picture's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def small(png: bytes) -> bytes:
    """Write a screenshot with few colours: a page of text loses nothing by it, and half its bytes."""
    made = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return made.getvalue()
