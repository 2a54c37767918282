"""The visual language of all pages: tokens, and what pages, tables and forms look like; each process serves it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent
_VERSION_LENGTH: Final = 12
_LONG: Final = "public, max-age=31536000, immutable"
_SHORT: Final = "public, max-age=3600"

BASE_STYLE: Final = "".join((_HERE / name).read_text(encoding="utf-8") for name in ("tokens.css", "base.css"))
"""CSS, to stand before what a part has of its own: colours, type and space as custom properties, then the shared rules.

It fetches nothing, and no part writes a colour of its own.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A part's whole stylesheet; `version` stands in its address, and is another as soon as a letter is."""

    text: str
    version: str

    def kept_for(self, asked_version: str | None) -> str:
        """Give the Cache-Control of an answer: a year where this very version was asked for, else an hour."""
        return _LONG if asked_version == self.version else _SHORT


def sheet_with(own: Path) -> Sheet:
    """Give the base sheet followed by a part's own; raises OSError where that cannot be read."""
    text = BASE_STYLE + own.read_text(encoding="utf-8")
    return Sheet(text=text, version=hashlib.sha256(text.encode()).hexdigest()[:_VERSION_LENGTH])
