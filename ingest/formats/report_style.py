"""How reports and receipts look: the visual language of all pages, and what a page that is sent and printed adds."""

from pathlib import Path
from typing import Final

from schemas.style import BASE_STYLE

STYLE: Final = BASE_STYLE + (Path(__file__).parent / "report.css").read_text(encoding="utf-8")
"""CSS; the page that holds it fetches nothing."""
