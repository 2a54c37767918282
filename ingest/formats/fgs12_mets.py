"""Reads the METS document of an FGS Paketstruktur 1.x package (1.0, 1.1, 1.2, and the eARD draft of 2013)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from ingest.domain.findings import Location, Violation
from ingest.domain.fixity import DeclaredDigest
from ingest.domain.paths import PackagePath
from ingest.domain.references import Part, References
from ingest.domain.submissions import Dialect, FileReference
from ingest.formats.entry_store import EntryStore
from ingest.formats.fgs12_faults import untold
from ingest.formats.fgs12_marks import byte_order_mark
from ingest.formats.fgs12_versions import FgsVersion, version_of
from ingest.formats.linked_files import MetsLinks
from ingest.formats.mets_elements import (
    Agent,
    AltRecordId,
    DocumentId,
    File,
    FileRun,
    Header,
    MdRef,
    MetsElement,
    Root,
    Section,
    StructMap,
    open_mets,
    runs_of,
    stream_mets,
)
from ingest.formats.mets_watch import MetsWatch
from ingest.formats.xml_violations import schema_faults

SCHEMA = "mets-fgs-1.2"
_LEAST_AGENTS = 3
_ORIGINAL_NAME = "ext:ORIGINALFILENAME"
_MAX_DIGITS = len(str(1 << 63))


@dataclass(slots=True, kw_only=True)
class FgsMets:
    """What the METS document says, in document order.

    `parts` are those of its references, `metadata` the files that its mdRefs lead to; `structures` counts its
    structural maps.
    """

    root: Root
    version: FgsVersion
    header: Header | None = None
    agents: list[Agent] = field(default_factory=list)
    record_ids: list[AltRecordId] = field(default_factory=list)
    document_id: str | None = None
    parts: list[Part] = field(default_factory=list)
    metadata: list[PackagePath] = field(default_factory=list)
    structures: int = 0
    violations: tuple[Violation, ...] = ()

    @property
    def references(self) -> References:
        """Its entries."""
        return References(self.parts)

    @property
    def absent(self) -> frozenset[str]:
        """The elements of which the document has none at all, or of which the rules miss one for certain."""
        missed = {
            "metsHdr": self.header is None,
            "agent": len(self.agents) < _LEAST_AGENTS,
            "name": not all(agent.name for agent in self.agents),
            "altRecordID": not self.record_ids,
            "structMap": not self.structures,
        }
        return frozenset(name for name, is_missed in missed.items() if is_missed)


def read_mets(local: Path, source: PackagePath, links: MetsLinks, watch: MetsWatch) -> FgsMets | None:
    """Read the document and judge it by the schema of 1.2 (EARKIV-XML-4); None when it is no METS.

    What package rules tell is left to them, and so is what 1.0 and 1.1 have otherwise: dates with a time, older
    statuses. The draft has no schema of ours and is judged by rules alone.

    Raises:
        XmlRefused: the document is no acceptable XML.
        schemas.SchemasMissing: the schemas are not installed.
        OSError: the file cannot be read.
    """
    version = _version(local)
    if version is None:
        return None
    events = open_mets(local, schema=None if version.dialect is Dialect.EARD else SCHEMA)
    entries = EntryStore(source, links.folder, element="", original_name=_ORIGINAL_NAME)
    watching = watch.begin(source, version.dialect)
    mets = FgsMets(root=Root(line=0, attributes={}), version=version)
    for element in runs_of(events):
        watching.see(element)
        if not isinstance(element, FileRun):
            _take(element, mets, source, links)
        elif links.answer(element.column("xlink:href")):
            mets.parts.append(entries.pack(element))
        else:
            for file in element.files():
                _take(file, mets, source, links)
    watching.ended()
    faults = () if events.schema_valid else untold(schema_faults(source, local, SCHEMA), mets.absent)
    remarks = version.remarks(Location(file=source, line=mets.root.line))
    mets.violations = (*byte_order_mark(source, local), *remarks, *faults)
    return mets


def _version(local: Path) -> FgsVersion | None:
    """Read as far as the header, which has to be the first part; None when the document is no METS."""
    root, header = (*islice(stream_mets(local), 2), None, None)[:2]
    if not isinstance(root, Root):
        return None
    return version_of(root.attributes, header.attributes if isinstance(header, Header) else {})


def _take(element: MetsElement, mets: FgsMets, source: PackagePath, links: MetsLinks) -> None:
    match element:
        case Root():
            mets.root = element
        case Header():
            mets.header = element
        case Agent():
            mets.agents.append(element)
        case AltRecordId():
            mets.record_ids.append(element)
        case DocumentId():
            mets.document_id = element.text
        case File():
            mets.parts.extend(_of_file(element, source, links))
        case Section():
            found = [_reference(ref, ref.href, ref.line, source, links) for ref in element.references]
            mets.parts.extend(found)
            mets.metadata.extend(reference.path for reference in found if reference.path is not None)
        case StructMap():
            mets.structures += 1
        case _:
            pass


def _of_file(file: File, source: PackagePath, links: MetsLinks) -> Iterator[FileReference]:
    for place in file.locations:
        yield _reference(file, place.href, place.line, source, links)
    if not file.locations:
        yield _reference(file, None, file.line, source, links)


def _reference(
    listing: File | MdRef, href: str | None, line: int, source: PackagePath, links: MetsLinks
) -> FileReference:
    checksum, size = listing.checksum, listing.size or ""
    return FileReference(
        href=href or "",
        path=links(href, line) if href else None,
        source=source,
        line=line,
        size=int(size) if size.isascii() and size.isdecimal() and len(size) < _MAX_DIGITS else None,
        digest=None if checksum is None else DeclaredDigest(algorithm_name=listing.checksum_type or "", value=checksum),
        mime_type=listing.mime_type,
        original_name=listing.attribute(_ORIGINAL_NAME),
        created=listing.created,
        id=listing.id,
    )
