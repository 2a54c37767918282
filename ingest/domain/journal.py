"""The journal: write-once, hash-chained, signed entries for what happens outside an AIP's own PREMIS (DESIGN §5).

An entry is a header, its signature, and a body. The header names subject, sequence, the digest of the header before
it, and a salted digest of the body; the chain and the signature run over headers only, so that a body can lawfully be
removed without breaking either.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SubjectKind(StrEnum):
    """What a chain of entries is about; `desk` is that of a day.

    `access` is the chain of withdrawals from a package, or of a pre-approval; `publication` that of what was carried
    over from a package to the reading room; `request` that of a request of the public, from the time when something of
    it is disposed of.
    """

    ACCESS = "access"
    ARCHIVE = "archive"
    AGREEMENT = "agreement"
    DELIVERY = "delivery"
    DESK = "desk"
    FORMAT_POLICY = "format-policy"
    PACKAGE = "package"
    REQUEST = "request"
    PRE_APPROVAL = "pre-approval"
    PUBLICATION = "publication"


class EntryType(StrEnum):
    """What an entry records.

    A later scan is an infection as soon as anything is found in one of its files. A decision on access stands in the
    chain of its package; what closes anything is withdrawn before that, in a chain of its own, which never waits. The
    withdrawal of a pre-approval stands in two chains too, so that the loss of either one's end is seen by the other.
    """

    ARCHIVE_CREATED = "archive created"
    KEY_ADDED = "key added"
    KEY_COMPROMISED = "key compromised"
    AGREEMENT_VERSION = "agreement version"
    FORMAT_POLICY_VERSION = "format policy version"
    DELIVERY_DECIDED = "delivery decided"
    PACKAGE_STORED = "package stored"
    OBJECTS_SCANNED = "objects scanned"
    INFECTION_FOUND = "infection found"
    QUARANTINE_EMPTIED = "quarantine emptied"
    ACCESS_DECIDED = "access decided"
    ACCESS_WITHDRAWN = "access withdrawn"
    PRE_APPROVAL_PROPOSED = "pre-approval proposed"
    PRE_APPROVAL_CONFIRMED = "pre-approval confirmed"
    PRE_APPROVAL_WITHDRAWN = "pre-approval withdrawn"
    RECORDS_PUBLISHED = "records published"
    DESK_USED = "desk used"
    DESK_DAY_CLOSED = "desk day closed"
    REQUEST_DISPOSED = "request disposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The chain an entry belongs to."""

    kind: SubjectKind
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the chain and the signature cover; `sequence` from 1, `previous` is "" for the first entry.

    Digests are SHA-256 in hexadecimal: `previous` of the canonical header before, `body` of salt and canonical body.
    """

    subject: Subject
    sequence: int
    previous: str
    type: EntryType
    at: datetime
    body: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainHead:
    """The last entry of a chain: its sequence (0 = no entry yet) and the digest of its canonical header."""

    sequence: int
    digest: str


EMPTY_CHAIN = ChainHead(sequence=0, digest="")


def entry_key(subject: Subject, sequence: int) -> str:
    """Give the key an entry lies under, readable and in order: `journal/<kind>/<ab>/<id>/<00000001>.json`."""
    return f"journal/{subject.kind}/{subject.id[:2]}/{subject.id}/{sequence:08d}.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalRecord:
    """What the catalogue remembers of a journal entry: its header, and the digest of the canonical header."""

    header: Header
    digest: str
