"""How reports and receipts look: the visual language of all pages, and what a page that is sent and printed adds."""

from pathlib import Path
from typing import Final

from schemas.style import sheet_with

STYLE: Final = sheet_with(Path(__file__).parent / "report.css").text
"""CSS; the page that holds it fetches nothing."""
