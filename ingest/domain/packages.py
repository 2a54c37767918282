"""Packages: digital objects, their formats and scans, and where each lies in the AIP."""

from dataclasses import dataclass
from datetime import datetime

from ingest.domain.characteristics import NOTHING, Observed
from ingest.domain.conformance import Conformance
from ingest.domain.fixity import Digest, DigestAlgorithm
from ingest.domain.nested import NestedListing
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Dialect, Use


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatDesignation:
    """What a format identifier said of an object; `puid` is None when PRONOM has no match."""

    puid: str | None
    name: str = ""
    version: str = ""
    mime_type: str = ""
    basis: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clean:
    """Scanned, nothing found."""

    tool: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Infected:
    """Scanned, and something found."""

    tool: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotScanned:
    """Honestly not scanned, with the reason."""

    reason: str


ScanResult = Clean | Infected | NotScanned

UNTOLD = NotScanned(reason="no scan of it is recorded")
"""What holds for a file of whose scan nothing is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedObject:
    """A delivered file in staging: `path` as delivered, `ordinal` from 0 in delivered order, `size` in bytes."""

    ordinal: int
    path: PackagePath
    size: int
    sha256: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationRequest:
    """A staged object to be examined: its key, the name it was delivered under, the digests wanted beside SHA-256.

    `signs` is the key of the object that this one is a signature of, "" where it is none; `unscanned` says why it is
    not to be scanned, "" where it is. `deadly`: processes have been killed over it so often that once more tells of the
    object, not of the machine.
    """

    ordinal: int
    key: str
    name: str
    algorithms: tuple[DigestAlgorithm, ...]
    signs: str = ""
    unscanned: str = ""
    deadly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What one pass over a staged object found; `digests` are those of the other algorithms the producer used.

    `pulled_in` is a document type declaration that refers to other files or has entities, "" when there is none.
    `conformances` are the verdicts on the profile that its format claims, empty when it claims none. `nested` is what
    it holds as a container, None where none was opened.
    """

    ordinal: int
    format: FormatDesignation
    scan: ScanResult
    digests: tuple[Digest, ...] = ()
    inside: Observed = NOTHING
    pulled_in: str = ""
    conformances: tuple[Conformance, ...] = ()
    nested: NestedListing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedFile:
    """A delivered file as the rules see it; format and scan are None where only digests were computed."""

    path: PackagePath
    size: int
    sha256: str
    digests: tuple[Digest, ...] = ()
    format: FormatDesignation | None = None
    scan: ScanResult | None = None
    inside: Observed = NOTHING
    pulled_in: str = ""
    conformances: tuple[Conformance, ...] = ()
    nested: NestedListing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DigitalObject:
    """A delivered file with all that is known of it, and its place in the AIP."""

    ordinal: int
    path: PackagePath
    size: int
    sha256: str
    key: str
    format: FormatDesignation
    scan: ScanResult
    place: "Place"
    digests: tuple[Digest, ...] = ()
    conformances: tuple[Conformance, ...] = ()
    nested: NestedListing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedFile:
    """A metadata file that the archive itself made: its path in the AIP, its staging key and its fixity.

    `created` is when, None = with the package.
    """

    aip_path: PackagePath
    key: str
    size: int
    sha256: str
    mime_type: str = "text/xml"
    created: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a delivered file lies in the AIP; `representation` is None outside representations."""

    use: Use
    aip_path: PackagePath
    representation: str | None = None


ORIGINAL = "original"
"""The representation that holds delivered content when the producer named none."""


def place(dialect: Dialect, path: PackagePath, descriptors: frozenset[PackagePath]) -> Place:
    """Give a delivered file its place: `representations/<name>/data/`, `documentation/`, `submission/` (DESIGN §3)."""
    match dialect:
        case Dialect.EARK_2_0 | Dialect.EARK_2_1 | Dialect.EARK_2_2:
            return _place_eark(path, descriptors)
        case Dialect.CASE_PUSH | Dialect.EARD | Dialect.FGS_1_0 | Dialect.FGS_1_1 | Dialect.FGS_1_2 | Dialect.ERMS:
            return _as_submission(path) if path in descriptors else _as_content(path, ORIGINAL)


def _place_eark(path: PackagePath, descriptors: frozenset[PackagePath]) -> Place:
    match path.split("/"):
        case ["representations", name, "data", *rest] if rest and path not in descriptors:
            return _as_content(PackagePath("/".join(rest)), name)
        case ["documentation", *rest] if rest:
            return Place(use=Use.DOCUMENTATION, aip_path=path)
    return _as_submission(path)


def _as_content(path: PackagePath, representation: str) -> Place:
    aip_path = PackagePath(f"representations/{representation}/data/{path}")
    return Place(use=Use.CONTENT, aip_path=aip_path, representation=representation)


def _as_submission(path: PackagePath) -> Place:
    return Place(use=Use.METADATA, aip_path=PackagePath(f"submission/{path}"))
