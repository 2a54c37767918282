"""A submission: what a producer's descriptor says of the delivery, whichever dialect it is written in."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.domain.cases import Case, Record
from ingest.domain.descriptions import TypedText
from ingest.domain.findings import Violation
from ingest.domain.fixity import DeclaredDigest
from ingest.domain.paths import PackagePath


class Dialect(StrEnum):
    """What comes in (DESIGN §3), told by content."""

    CASE_PUSH = "case-push"
    EARD = "eard-2013"
    FGS_1_0 = "fgs-1.0"
    FGS_1_1 = "fgs-1.1"
    FGS_1_2 = "fgs-1.2"
    EARK_2_0 = "e-ark-sip-2.0.4"
    EARK_2_1 = "e-ark-sip-2.1.0"
    EARK_2_2 = "e-ark-sip-2.2.0"
    ERMS = "erms"


FGS_1 = frozenset({Dialect.EARD, Dialect.FGS_1_0, Dialect.FGS_1_1, Dialect.FGS_1_2})
"""FGS Paketstruktur 1.x and the draft it came from: their cases are in FGS Ärendehantering 1.0."""


class RecordStatus(StrEnum):
    """METS RECORDSTATUS: what kind of delivery it is (DESIGN §4)."""

    NEW = "NEW"
    SUPPLEMENT = "SUPPLEMENT"
    VERSION = "VERSION"
    REPLACEMENT = "REPLACEMENT"
    TEST = "TEST"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation with its identification code, prefix included (`ORG:2120009994`), when given."""

    name: str
    identifier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Software:
    """A system with its version."""

    name: str
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetsAgent:
    """An agent of a METS header as delivered; `note_types` answers `notes` one by one ("" = none)."""

    role: str
    type: str
    name: str
    other_role: str | None = None
    other_type: str | None = None
    notes: tuple[str, ...] = ()
    note_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Who delivers what under which agreement, with the cases and the loose records in delivered order.

    `delivery` is the producer's own id (DESIGN §4). `attributes` keeps what the descriptor says beyond the fields
    here, by its name there (`ext:ARCHIVALNAME`, `altRecordID:REFERENCECODE`, `förteckningsplan` …).
    `access_restriction` is the package's own mark (ext:ACCESSRESTRICT, accessRestrict/@restricted), None if absent.
    """

    dialect: Dialect
    delivery: str | None = None
    agreement: str | None = None
    record_status: RecordStatus = RecordStatus.NEW
    previous_package: str | None = None
    label: str | None = None
    created: str | None = None
    archival_creator: Organisation | None = None
    producer: Organisation | None = None
    system: Software | None = None
    agents: tuple[MetsAgent, ...] = ()
    access_restriction: str | None = None
    attributes: tuple[TypedText, ...] = ()
    cases: tuple[Case, ...] = ()
    records: tuple[Record, ...] = ()


class Use(StrEnum):
    """What a delivered file is for: it decides where in the AIP it lies."""

    CONTENT = "content"
    METADATA = "metadata"
    DOCUMENTATION = "documentation"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReference:
    """One entry of a descriptor that names a file.

    `href` is what was written, `path` the delivered file that answers to it (None when none does). `source` and `line`
    are the descriptor and the line in it. `size` in bytes; a digest as declared, right or wrong. `element` is the METS
    element that names the file (`file`, or `dmdSec` and the like for its mdRef), "" outside METS.
    """

    href: str
    path: PackagePath | None
    source: PackagePath
    line: int
    size: int | None = None
    digest: DeclaredDigest | None = None
    mime_type: str | None = None
    original_name: str | None = None
    created: str | None = None
    id: str | None = None
    element: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader made of a package.

    `descriptors` are the delivered files that describe the delivery (METS, case XML, PREMIS, schemas): metadata.
    `complete_listing` tells whether the dialect's descriptor must list every file (METS does, bare ERMS does not);
    `references` are its entries (a `domain.references.References` where they may be many); `claims` are what other
    descriptors (PREMIS) say of single files, and list nothing. `violations` is all that was wrong with the words
    themselves. `described_in` names the descriptor of each case and then of each loose record; empty = the first that
    lists no files.
    """

    submission: Submission
    descriptors: tuple[PackagePath, ...]
    references: Sequence[FileReference]
    complete_listing: bool
    violations: tuple[Violation, ...] = ()
    described_in: tuple[PackagePath, ...] = ()
    claims: tuple[FileReference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A package that no reader can make anything of; `violations` says why (at least one)."""

    violations: tuple[Violation, ...]
    dialect: Dialect | None = None
