"""Reads one METS document of an E-ARK package (CSIP and SIP 2.0.4, 2.1.0, 2.2.0; FGS Paketstruktur 2.0)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from ingest.domain.findings import Violation
from ingest.domain.fixity import DeclaredDigest
from ingest.domain.paths import PackagePath
from ingest.domain.references import Part, ReferenceRun, References
from ingest.domain.submissions import Dialect, FileReference
from ingest.formats.entry_store import EntryStore
from ingest.formats.linked_files import MetsLinks
from ingest.formats.mets_elements import (
    Agent,
    AltRecordId,
    AmdSection,
    Div,
    DocumentId,
    File,
    FileGroup,
    FileRun,
    FileSection,
    Fptr,
    Header,
    MdRef,
    MetsElement,
    Mptr,
    Other,
    Root,
    Section,
    SectionKind,
    StructMap,
    open_mets,
    runs_of,
    stream_mets,
)
from ingest.formats.mets_watch import DocumentWatch
from ingest.formats.xml_violations import schema_faults

_VERSION_2_2 = "v2-2-0"
_TYPES_OF_2_0 = frozenset({"ERMS", "SIARD1", "SIARD2", "SIARDDK", "GeoData", "GeoVectorGML"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MetsReading:
    """What one METS document says, in document order.

    `pointers` are the documents its structural map points to (mptr), `descriptive` the files of its dmdSecs.
    `content_types` are the csip:CONTENTINFORMATIONTYPE values of the document and of its file groups.
    """

    root: Root
    header: Header | None
    agents: tuple[Agent, ...]
    record_ids: tuple[AltRecordId, ...]
    document_id: str | None
    references: References
    pointers: tuple[PackagePath, ...]
    descriptive: tuple[PackagePath, ...]
    content_types: frozenset[str]
    violations: tuple[Violation, ...]


def profile_of(local: Path) -> str | None:
    """Give mets/@PROFILE, "" when the root has none, None when the document is no METS.

    Raises:
        XmlRefused: the document is no acceptable XML as far as its root.
        OSError: the file cannot be read.
    """
    root = next(stream_mets(local), None)
    return (root.profile or "") if isinstance(root, Root) else None


def dialect_of(profile: str, content_type: str) -> Dialect:
    """Tell the version by the profile's address (SIP2), and 2.0.4 from 2.1 by how it names the type of content.

    The two share one address; csip:CONTENTINFORMATIONTYPE has had names with versions only since 2.1 (CSIP4).
    """
    if _VERSION_2_2 in profile:
        return Dialect.EARK_2_2
    return Dialect.EARK_2_0 if content_type in _TYPES_OF_2_0 else Dialect.EARK_2_1


def schema_of(profile: str) -> str:
    """Name the schema for a METS document with that profile."""
    return "mets-csip-2.2" if _VERSION_2_2 in profile else "mets-sip-2.1"


def read_mets(local: Path, source: PackagePath, links: MetsLinks, watch: DocumentWatch) -> MetsReading | None:
    """Read a METS document and judge it by its schema (EARKIV-XML-4); None when it is no METS.

    Raises:
        XmlRefused: the document is no acceptable XML.
        schemas.SchemasMissing: the schemas are not installed.
        OSError: the file cannot be read.
    """
    profile = profile_of(local)
    if profile is None:
        return None
    events = open_mets(local, schema=schema_of(profile))
    collection = _Collection(source, links)
    see = watch.see
    for element in runs_of(events):
        see(element)
        if isinstance(element, FileRun):
            collection.take_run(element)
        else:
            collection.take(element)
    watch.ended()
    faults = () if events.schema_valid else schema_faults(source, local, schema_of(profile))
    return collection.reading(faults)


class _Collection:
    """What has been read of one METS document."""

    def __init__(self, source: PackagePath, links: MetsLinks) -> None:
        self._source = source
        self._links = links
        self._entries = EntryStore(source, links.folder, element="file", original_name="OWNERID")
        self._root = Root(line=0, attributes={})
        self._header: Header | None = None
        self._agents: list[Agent] = []
        self._record_ids: list[AltRecordId] = []
        self._document_id: str | None = None
        self._references: list[Part] = []
        self._pointed: list[FileReference] = []
        self._descriptive: list[PackagePath] = []
        self._content_types: set[str] = set()

    def take(self, element: MetsElement) -> None:
        """Take in the next element."""
        match element:
            case File():
                self._references.extend(self._of_file(element))
            case Section():
                self._take_section(element)
            case Mptr():
                href = element.href or ""
                self._pointed.append(self._reference(element, href, element.line, "mptr"))
            case Root() | FileGroup():
                self._take_container(element)
            case Header():
                self._header = element
            case Agent():
                self._agents.append(element)
            case AltRecordId():
                self._record_ids.append(element)
            case DocumentId():
                self._document_id = element.text
            case AmdSection() | FileSection() | StructMap() | Div() | Fptr() | Other():
                pass
            case _:
                assert_never(element)

    def take_run(self, run: FileRun) -> None:
        """Take in the next run of files."""
        if self._links.answer(run.column("xlink:href")):
            self._references.append(self._entries.pack(run))
            return
        for file in run.files():
            self._references.extend(self._of_file(file))

    def _take_container(self, element: Root | FileGroup) -> None:
        if isinstance(element, Root):
            self._root = element
        kind = element.attribute("csip:CONTENTINFORMATIONTYPE")
        self._content_types.update([kind] if kind else [])

    def _take_section(self, section: Section) -> None:
        for pointer in section.references:
            reference = self._reference(pointer, pointer.href or "", pointer.line, section.kind.value)
            self._references.append(reference)
            if section.kind is SectionKind.DMD and reference.path is not None:
                self._descriptive.append(reference.path)

    def _of_file(self, file: File) -> Iterator[FileReference]:
        for place in file.locations:
            yield self._reference(file, place.href or "", place.line, "file")
        if not file.locations:
            yield self._reference(file, "", file.line, "file")

    def _reference(self, element: File | MdRef | Mptr, href: str, line: int, kind: str) -> FileReference:
        stated = element.attributes
        size, checksum = stated.get("SIZE", ""), stated.get("CHECKSUM")
        algorithm = stated.get("CHECKSUMTYPE", "")
        return FileReference(
            href=href,
            path=self._links(href, line) if href else None,
            source=self._source,
            line=line,
            size=int(size) if size.isdecimal() and len(size) < len(str(1 << 63)) else None,
            digest=None if checksum is None else DeclaredDigest(algorithm_name=algorithm, value=checksum),
            mime_type=stated.get("MIMETYPE"),
            original_name=stated.get("OWNERID"),
            created=stated.get("CREATED"),
            id=stated.get("ID"),
            element=kind,
        )

    def reading(self, faults: tuple[Violation, ...]) -> MetsReading:
        """Give all that has been read."""
        listed = set(_among({pointer.href for pointer in self._pointed}, self._references))
        unlisted = (pointer for pointer in self._pointed if pointer.href not in listed)
        return MetsReading(
            root=self._root,
            header=self._header,
            agents=tuple(self._agents),
            record_ids=tuple(self._record_ids),
            document_id=self._document_id,
            references=References((*self._references, *unlisted)),
            pointers=tuple(pointer.path for pointer in self._pointed if pointer.path is not None),
            descriptive=tuple(self._descriptive),
            content_types=frozenset(self._content_types),
            violations=faults,
        )


def _among(hrefs: set[str], parts: Iterable[Part]) -> Iterator[str]:
    """Give those of the links that a part lists too."""
    for part in parts if hrefs else ():
        listed = part.columns().hrefs if isinstance(part, ReferenceRun) else (part.href,)
        yield from hrefs.intersection(listed)
