"""Reads the METS document of an FGS Paketstruktur 1.x package (1.0, 1.1, 1.2, and the eARD draft of 2013)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.domain.findings import Violation
from ingest.domain.fixity import DeclaredDigest
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import FileReference
from ingest.formats.erms_files import Resolve
from ingest.formats.fgs12_versions import FgsVersion, version_of
from ingest.formats.mets_elements import (
    Agent,
    AltRecordId,
    DocumentId,
    File,
    Header,
    MdRef,
    MetsElement,
    Root,
    Section,
    elements_of,
    open_mets,
    stream_mets,
)
from ingest.formats.mets_watch import DocumentWatch
from ingest.formats.xml_violations import schema_faults

SCHEMA = "mets-fgs-1.2"
_DRAFT = "eARD_Paket_FGS"
_PINNED = "version12"
# FGS Paketstruktur 1.0 and 1.1 have xs:dateTime where 1.2 has xs:date.
_EARLIER_DATES = re.compile(r"\{ExtensionMETS\}(START|END)DATE': '\d{4}-\d\d-\d\dT")
_MAX_DIGITS = len(str(1 << 63))


@dataclass(slots=True, kw_only=True)
class FgsMets:
    """What the METS document says, in document order; `metadata` are the files that its mdRefs lead to."""

    root: Root
    header: Header | None = None
    agents: list[Agent] = field(default_factory=list)
    record_ids: list[AltRecordId] = field(default_factory=list)
    document_id: str | None = None
    references: list[FileReference] = field(default_factory=list)
    metadata: list[PackagePath] = field(default_factory=list)
    violations: tuple[Violation, ...] = ()

    @property
    def version(self) -> FgsVersion:
        """Which version of the specification it is written in, as root and header tell."""
        return version_of(self.root.attributes, {} if self.header is None else self.header.attributes)


def read_mets(local: Path, source: PackagePath, resolve: Resolve, watch: DocumentWatch) -> FgsMets | None:
    """Read the document and judge it by its schema (EARKIV-XML-4); None when it is no METS.

    The draft has no schema of ours and is judged by rules alone.

    Raises:
        XmlRefused: the document is no acceptable XML.
        schemas.SchemasMissing: the schemas are not installed.
        OSError: the file cannot be read.
    """
    root = next(stream_mets(local), None)
    if not isinstance(root, Root):
        return None
    profile = root.profile or ""
    events = open_mets(local, schema=None if _DRAFT in profile else SCHEMA)
    mets = FgsMets(root=root)
    see = watch.see
    for element in elements_of(events):
        see(element)
        _take(element, mets, source, resolve)
    watch.ended()
    if not events.schema_valid:
        faults = schema_faults(source, local, SCHEMA)
        mets.violations = faults if _PINNED in profile else tuple(filter(_holds_in_1_0, faults))
    return mets


def _holds_in_1_0(fault: Violation) -> bool:
    return _EARLIER_DATES.search(fault.detail) is None


def _take(element: MetsElement, mets: FgsMets, source: PackagePath, resolve: Resolve) -> None:
    match element:
        case Header():
            mets.header = element
        case Agent():
            mets.agents.append(element)
        case AltRecordId():
            mets.record_ids.append(element)
        case DocumentId():
            mets.document_id = element.text
        case File():
            mets.references.extend(_of_file(element, source, resolve))
        case Section():
            found = [_reference(ref, ref.href, ref.line, source, resolve) for ref in element.references]
            mets.references.extend(found)
            mets.metadata.extend(reference.path for reference in found if reference.path is not None)
        case _:
            pass


def _of_file(file: File, source: PackagePath, resolve: Resolve) -> Iterator[FileReference]:
    for place in file.locations:
        yield _reference(file, place.href, place.line, source, resolve)
    if not file.locations:
        yield _reference(file, None, file.line, source, resolve)


def _reference(
    listing: File | MdRef, href: str | None, line: int, source: PackagePath, resolve: Resolve
) -> FileReference:
    checksum, size = listing.checksum, listing.size or ""
    return FileReference(
        href=href or "",
        path=resolve(href, line) if href else None,
        source=source,
        line=line,
        size=int(size) if size.isascii() and size.isdecimal() and len(size) < _MAX_DIGITS else None,
        digest=None if checksum is None else DeclaredDigest(algorithm_name=listing.checksum_type or "", value=checksum),
        mime_type=listing.mime_type,
        original_name=listing.attribute("ext:ORIGINALFILENAME"),
        created=listing.created,
        id=listing.id,
    )
