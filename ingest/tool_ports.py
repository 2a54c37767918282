"""The tools that look into files and make copies of them, each a program that may fail; a part of `ingest.ports`."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ingest.domain.allowances import Effort
from ingest.domain.content_schemas import ContentCheck, ContentRequest, ContentSchema, SchemaFault
from ingest.domain.conversions import Conversion, ConversionRequest
from ingest.domain.nested import NestedListing, NestedRequest
from ingest.domain.packages import (
    Examination,
    ExaminationRequest,
    FormatDesignation,
    ScanResult,
)
from ingest.domain.texts import ExtractedText

if TYPE_CHECKING:
    # The processes that look into files load this module, and a third of all the rest with the other ports.
    from ingest.ports import ObjectStore


class Examiner(Protocol):
    """One pass over a batch of staged objects that feeds all probes: digests, format, viruses, what is inside."""

    @property
    def tool(self) -> str:
        """Name, version and signature version of the format identifier, for PREMIS."""

    def examine(self, staging: "ObjectStore", requests: Sequence[ExaminationRequest]) -> tuple[Examination, ...]:
        """Examine a batch, in order; nothing runs on after ToolFailed, ScannerBrokeOff, KilledFromOutside."""

    def prove_scanner(self) -> None:
        """Let the virus scanner look at something harmless. Raises ToolFailed when it does not."""


class NestedOpener(Protocol):
    """Opens containers that were delivered as content, strictly and within bounds, and keeps nothing of them."""

    def listing(self, staging: "ObjectStore", request: NestedRequest) -> NestedListing | None:
        """List what a container holds and all that is wrong with it; None when it is no container.

        Raises ToolFailed, KilledFromOutside, ObjectMissing, OutOfSpace.
        """


class Converter(Protocol):
    """Makes preservation copies and examines them; each tool is kept apart, and a file that harms it is an answer."""

    def convert(
        self, staging: "ObjectStore", requests: Sequence[ConversionRequest], effort: Effort
    ) -> tuple[Conversion, ...]:
        """Convert a batch of a delivery that has cost so much, answered in order; a failure leaves nothing in staging.

        A tool killed from outside is told as KILLED: the caller decides whether to ask again. Raises ToolFailed,
        ObjectMissing, and ScannerBrokeOff over a copy.
        """


class FormatIdentifier(Protocol):
    """PRONOM identification by content."""

    @property
    def tool(self) -> str:
        """Name, version and signature version, for PREMIS."""

    def identify(self, path: Path, name: str) -> FormatDesignation:
        """Identify a local file that was delivered under `name`; unknown gives `puid` None. Raises ToolFailed."""


class VirusScanner(Protocol):
    """A virus scanner."""

    def scan(self, size: int, chunks: Iterable[bytes]) -> ScanResult:
        """Scan `size` bytes, as many of them as need be. Raises ToolFailed for an outage, ScannerBrokeOff."""


class TextExtractor(Protocol):
    """Reads documents for their texts, each within bounds of time and memory; what harms it is told of the document."""

    def texts(self, store: "ObjectStore", key: str) -> ExtractedText:
        """Give the texts of an object and what of it could not be read. Raises ToolFailed, ObjectMissing."""


class ContentChecker(Protocol):
    """XML held against the content schemas of agreements, within bounds of time and memory, fetching nothing."""

    def fault_of(self, schema: ContentSchema) -> SchemaFault | None:
        """Say why a schema cannot be used; None when it can. Raises ToolFailed."""

    def check(self, staging: "ObjectStore", requests: Sequence[ContentRequest]) -> tuple[ContentCheck, ...]:
        """Check a batch of staged files, answered in order. Raises ToolFailed, ConfigurationError for a schema."""
