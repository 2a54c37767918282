"""The receipts that say what the archive has taken custody of, as they lie in the journal."""

from dataclasses import dataclass
from typing import Any

from audit.stored_objects import StoredObject
from ingest.application.inspect_journal import ReadEntry, Signatures
from ingest.application.inspect_storage import Inspector
from ingest.domain.damages import DamageKind
from ingest.domain.journal import EntryType
from ingest.formats.journal import EntryDamaged, decode_entry
from ingest.formats.receipts import verify_receipt
from ingest.formats.wire import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What an accepted receipt says of a package's generation; digests are SHA-256, one per delivered file."""

    key: str
    package: str
    generation: int
    inventory_sha256: str
    files: frozenset[str]


def claim_in(inspector: Inspector, read: ReadEntry, judged: Signatures) -> Claim | None:
    """Judge the receipt in a delivery's entry; None when there is none, it does not hold, or it refuses."""
    if read.entry.header.type is not EntryType.DELIVERY_DECIDED or not read.sound:
        return None
    document = _receipt_in(read.entry.body)
    try:
        if document is not None and verify_receipt(document, judged.hold):
            return _claim(read.key, document)
    except (KeyError, TypeError, IndexError):
        pass  # signed, and still no receipt: told like any other that does not hold
    _invalid(inspector, read.key)
    return None


def claim_at(inspector: Inspector, key: str) -> Claim | None:
    """Read again the claim of an entry that was judged sound."""
    content = inspector.content(key)
    try:
        document = None if content is None else _receipt_in(decode_entry(content).body)
    except EntryDamaged:
        return None
    return None if document is None else _claim(key, document)


def _receipt_in(body: Json) -> dict[str, Any] | None:
    document = body.get("receipt") if isinstance(body, dict) else None
    return document if isinstance(document, dict) else None


def _claim(key: str, document: dict[str, Any]) -> Claim | None:
    """Give the claim of a receipt; None when it refuses. Raises KeyError, TypeError, IndexError for what is none."""
    if document["outcome"] != "accepted":
        return None
    return Claim(
        key=key,
        package=document["package"],
        generation=document["generation"],
        inventory_sha256=document["copies"][0]["inventorySha256"],
        files=frozenset(file["sha256"] for file in document["files"]),
    )


def _invalid(inspector: Inspector, key: str) -> None:
    sv = f"Kvittot i {key} i {inspector.store} gäller inte: dess underskrift eller kontrollsummor stämmer inte."
    en = f"The receipt in {key} in {inspector.store} does not hold: its signature or its digests do not match."
    compare = ("Jämför med den levererande organisationens exemplar.", "Compare with the producer's copy.")
    inspector.found(DamageKind.INVALID_RECEIPT, key, f"{sv} {compare[0]}", f"{en} {compare[1]}")


def verify_claim(inspector: Inspector, claim: Claim, stored: StoredObject) -> None:
    """Compare a receipt with the inventory: every delivered file that it acknowledges must be in its generation."""
    states = stored.inventory.states
    held = states[claim.generation - 1].keys() if claim.generation <= len(states) else frozenset[str]()
    for digest in sorted(claim.files - held):
        sv = (
            f"Kvittot i {claim.key} i {inspector.store} kvitterar en fil (SHA-256 {digest}) som inte finns i paket "
            f"{claim.package}. Jämför med en annan kopia."
        )
        en = (
            f"The receipt in {claim.key} in {inspector.store} acknowledges a file (SHA-256 {digest}) that is not in "
            f"package {claim.package}. Compare another copy."
        )
        inspector.found(DamageKind.CONTRADICTION, claim.key, sv, en)
