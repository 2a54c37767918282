"""Receipts (mottagningskvitton): what the archive answers a producer, and what exactly is signed.

The signature covers salted digests of the files and findings, not their words: a file name that is personal data can
be taken out later and the signature still holds (DESIGN §5).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ingest.domain.findings import Finding
from ingest.domain.packages import FormatDesignation
from ingest.domain.paths import PackagePath


class Outcome(StrEnum):
    """How a delivery ended; custody has passed only with `accepted`."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFile:
    """A delivered file as received: path as delivered, size in bytes, SHA-256; the format when it was identified."""

    path: PackagePath
    size: int
    sha256: str
    format: FormatDesignation | None
    salt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy of the package that was read back and compared."""

    store: str
    location: str
    inventory_sha256: str
    verified_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The answer to one delivery; `package` is None unless accepted. Unsigned for `held`.

    `test` marks the receipt of a test delivery: its package lies in the test store for a time, custody never passes.
    """

    id: str
    delivery: str
    producer: str
    delivery_id: str
    package: str | None
    generation: int | None
    outcome: Outcome
    test: bool
    dialect: str | None
    agreement: str
    agreement_version: int
    title: str
    received_at: datetime
    at: datetime
    custody_passed_at: datetime | None
    files: tuple[ReceiptFile, ...]
    copies: tuple[Copy, ...]
    findings: tuple[Finding, ...]
    findings_salt: str
