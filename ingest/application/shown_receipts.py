"""A receipt as people are shown it: with what is known of the key that signed it."""

from typing import Any

from ingest.application.journal_keys import signing_keys
from ingest.formats.receipt_page import Shown
from ingest.pipeline.step import Ports


def shown(receipt: dict[str, Any], ports: Ports) -> Shown:
    """Give a receipt to be shown.

    Raises DamageFound where the archive's keys cannot be proven, StoreUnavailable, CatalogueUnavailable.
    """
    key_id = receipt.get("key")
    keys = signing_keys(ports) if key_id else ()
    return Shown(receipt=receipt, key=next((key for key in keys if key.id == key_id), None))
