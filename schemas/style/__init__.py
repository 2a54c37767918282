"""The visual language that the archivist's desk and the public reading room share: one stylesheet of tokens."""

from pathlib import Path
from typing import Final

BASE_STYLE: Final = (Path(__file__).parent / "base.css").read_text(encoding="utf-8")
"""CSS: tokens for light, dark and paper, and what pages, tables and forms look like."""
