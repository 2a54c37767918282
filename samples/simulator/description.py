"""What a delivery holds, told in plain values: the one thing that all builders of the simulator take.

These classes share nothing with `ingest`: a test compares what a reader found with what was described here,
and the two can only agree if both are right.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Status(StrEnum):
    """How far a case has come; only the first three are finally handled."""

    CLOSED = "closed"
    AD_ACTA = "ad_acta"
    OBLITERATED = "obliterated"
    OPEN = "open"
    ON_HOLD = "on_hold"


class Direction(StrEnum):
    """Where a record comes from: to the agency, from it, or made and kept there."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"
    INTERNAL = "internal"


class Role(StrEnum):
    """What a party has to do with a case or a record; the values are ERMS agentTypes."""

    COUNTERPART = "counterpart"
    RESPONSIBLE_PERSON = "responsible_person"
    SENDER = "sender"
    RECEIVER = "receiver"


class RestrictionKind(StrEnum):
    """Why something is restricted; the values are ERMS restrictionTypes."""

    CONFIDENTIAL = "confidential"
    GDPR = "gdpr"
    INTEGRITY = "integrity"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """A format as producers state it: media type, name, version and PRONOM key."""

    media_type: str
    name: str
    version: str
    puid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file; `name` is the name a person gave it, åäö and spaces included."""

    name: str
    content: bytes
    format: FileFormat


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """A mark of secrecy or privacy, with its legal ground and the day it ends when that is known."""

    kind: RestrictionKind
    regulation: str
    explanation: str = ""
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person or organisation in a case or a record; an empty text means that nothing is said."""

    role: Role
    name: str
    organisation: str = ""
    unit: str = ""
    id_number: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    protected_identity: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """A place in a classification scheme (klassificeringsstruktur)."""

    scheme: str
    version: str
    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposal:
    """Whether a case may be disposed of (gallras), by which decision, and earliest when."""

    disposable: bool
    mandate: str
    earliest: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record (handling) and its documents; `number` is its running number in the case, from 1."""

    id: str
    number: int
    title: str
    type: str
    direction: Direction
    dated: date
    documents: tuple[Document, ...]
    parties: tuple[Party, ...] = ()
    restrictions: tuple[Restriction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case (ärende) with its records; `closed` is None while it is open."""

    id: str
    system_number: str
    title: str
    type: str
    status: Status
    classification: Classification
    opened: date
    closed: date | None
    records: tuple[Record, ...]
    decided: date | None = None
    description: str = ""
    parties: tuple[Party, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    disposal: Disposal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A named organisation and its code with its kind in front, e.g. `ORG:2120009994`."""

    name: str
    identifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A case-management system and its version."""

    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person to ask about the delivery."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One delivery: who sends what, from where, under which agreement.

    `identity` is the producer's own id, a UUID; `agreement` is "designation; date"; `created` carries its
    zone; `records` are those of no case; `documentation` and `schemas` go with a CSIP package only.
    """

    identity: str
    title: str
    created: datetime
    archival_creator: Organisation
    producer: Organisation
    preservation: Organisation
    system: System
    contact: Contact
    agreement: str
    reference_code: str
    archive: str
    cases: tuple[Case, ...] = ()
    records: tuple[Record, ...] = ()
    record_status: str = "NEW"
    documentation: tuple[Document, ...] = ()
    schemas: tuple[Document, ...] = ()
