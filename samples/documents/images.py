"""Saves drawings as JPEG, PNG and TIFF."""

import io

from PIL import Image


def jpeg(image: Image.Image) -> bytes:
    """Save as JPEG (JFIF), quality 85."""
    return _saved(image, "JPEG", {"quality": 85})


def png(image: Image.Image) -> bytes:
    """Save as PNG with a palette of 32 colours."""
    return _saved(image.quantize(32), "PNG", {})


def tiff(image: Image.Image) -> bytes:
    """Save as an uncompressed bilevel TIFF at 200 dots per inch, as a scanner does with a plan."""
    return _saved(image.convert("1", dither=Image.Dither.NONE), "TIFF", {"dpi": (200, 200)})


def _saved(image: Image.Image, kind: str, settings: dict[str, object]) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **settings)
    return target.getvalue()
