"""A receipt as a file that can be printed."""

from pathlib import Path
from typing import Any

from earkiv.cli.language import Voice
from earkiv.cli.report_file import write_page
from ingest.application.shown_receipts import shown
from ingest.config import Language
from ingest.formats.html_elements import ENGLISH, SWEDISH
from ingest.formats.receipt_page import receipt_page
from ingest.pipeline.step import Ports


def write_receipt(page: Path, receipt: dict[str, Any], voice: Voice, ports: Ports) -> None:
    """Write the page in the language spoken. Raises OSError, DamageFound."""
    write_page(page, receipt_page(shown(receipt, ports), SWEDISH if voice.language is Language.SWEDISH else ENGLISH))
