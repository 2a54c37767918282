"""Images: read to their end by Pillow, within a budget of pixels."""

import warnings
from pathlib import Path

from ingest.adapters.probes.reading import damage_unless_read
from ingest.domain.characteristics import NOTHING, Characteristic, Observed, Trait

_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP", "JPEG2000")
MOST_PIXELS = 40_000_000
"""A page of A4 in colour at 600 dots per inch has 35 million; decoded, this takes about 160 MB."""


def probe(path: Path) -> Observed:
    """Decode every picture in the file; a broken one is damage, more than the budget is left unread and told."""
    return damage_unless_read(path, _read)


def _read(path: Path) -> Observed:
    from PIL import Image  # noqa: PLC0415 - only where there is an image

    left = MOST_PIXELS
    with warnings.catch_warnings(), Image.open(path, formats=_FORMATS) as image:
        # Pillow warns of oddities that do not keep it from reading; what does is an exception.
        warnings.simplefilter("ignore")
        for frame in range(getattr(image, "n_frames", 1)):
            image.seek(frame)
            left -= image.width * image.height
            if left < 0:
                detail = f"more than {MOST_PIXELS} pixels"
                return Observed(characteristics=(Characteristic(trait=Trait.TOO_LARGE_TO_CHECK, detail=detail),))
            image.load()
    return NOTHING
