"""The visual language of all pages: tokens, and what pages, tables and forms look like; each process serves it."""

from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent

BASE_STYLE: Final = "".join((_HERE / name).read_text(encoding="utf-8") for name in ("tokens.css", "base.css"))
"""CSS, to stand before what a part has of its own: colours, type and space as custom properties, then the shared rules.

It fetches nothing, and no part writes a colour of its own.
"""
