"""FGS Paketstruktur 1.x: `sip.xml` (METS with Riksarkivet's attributes) and the cases in FGS Ärendehantering 1.0."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path, PurePosixPath

from ingest.domain.cases import Case, Record
from ingest.domain.descriptions import TypedText
from ingest.domain.documents import Document
from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath
from ingest.domain.references import ReferenceRun, References
from ingest.domain.submissions import Dialect, Reading, Unreadable
from ingest.formats.arendehantering import ROOT, CaseDescription, read_description
from ingest.formats.arendehantering_deviations import explained, without_namespace
from ingest.formats.described_sources import described_in
from ingest.formats.dialects import XmlRoot, root_of
from ingest.formats.fgs12_marks import byte_order_mark
from ingest.formats.fgs12_mets import FgsMets, read_mets
from ingest.formats.fgs12_submission import submission_of
from ingest.formats.linked_files import LinkedFiles
from ingest.formats.mets_watch import UNWATCHED, MetsWatch
from ingest.formats.views import PackageView
from ingest.formats.xml import XmlRefused
from ingest.formats.xml_violations import refusal, schema_faults

_NO_METS = "EARKIV-PKG-2"
_USUAL_NAMES = frozenset({"arendehantering.xml", "erms.xml"})
_PREMIS = "premis"


def read(view: PackageView, descriptor: PackagePath, watch: MetsWatch = UNWATCHED) -> Reading | Unreadable:
    """Read a package by its METS document, whose elements are shown to `watch`.

    Raises:
        KeyError: there is no such file.
        schemas.SchemasMissing: the schemas are not installed.
        OSError: a file cannot be read.
    """
    files = LinkedFiles(view.entries)
    with view.local(descriptor) as local:
        mets = _mets(local, descriptor, files, watch)
    if isinstance(mets, Unreadable):
        return mets
    package = _Package(view, files, mets.version.dialect)
    package.take_files(mets.references)
    return package.reading(mets, descriptor)


def read_alone(path: Path, watch: MetsWatch = UNWATCHED) -> Reading | Unreadable:
    """Read a METS document without its package: no file answers to its links, and none is looked for.

    Raises:
        schemas.SchemasMissing: the schemas are not installed.
        OSError: the file cannot be read.
    """
    source = PackagePath(path.name)
    files = LinkedFiles(())
    mets = _mets(path, source, files, watch)
    if isinstance(mets, Unreadable):
        return mets
    return Reading(
        submission=submission_of(mets),
        descriptors=(source,),
        references=mets.references,
        complete_listing=True,
        violations=(*mets.violations, *files.violations),
    )


def _mets(local: Path, source: PackagePath, files: LinkedFiles, watch: MetsWatch) -> FgsMets | Unreadable:
    try:
        mets = read_mets(local, source, files.of_mets(source), watch)
    except XmlRefused as refused:
        return Unreadable(violations=(refusal(source, refused),), dialect=Dialect.FGS_1_2)
    if mets is not None:
        return mets
    none = Violation(rule=_NO_METS, location=Location(file=source), detail="no METS")
    return Unreadable(violations=(none,), dialect=Dialect.FGS_1_2)


@dataclass(slots=True)
class _Package:
    """A package as far as it has been read: what its listed XML files turned out to be."""

    view: PackageView
    files: LinkedFiles
    dialect: Dialect
    descriptions: list[tuple[PackagePath, CaseDescription]] = field(default_factory=list)
    case_documents: list[PackagePath] = field(default_factory=list)
    preservation: list[PackagePath] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)

    def take_files(self, references: References) -> None:
        """Look into every XML file that the METS lists: case descriptions are read, PREMIS is noted.

        Only when none of them describes cases are the files looked into that it does not list.
        """
        listed = dict.fromkeys(_listed_xml(references))
        self._take_all(listed)
        if not self.case_documents:
            named = (path for path in self.view.entries if path.lower().endswith(".xml"))
            self._take_all(path for path in named if path not in listed)

    def _take_all(self, sources: Iterable[PackagePath]) -> None:
        broken = []
        for source in sources:
            with self.view.local(source) as local:
                root = root_of(local)
                if root is None:
                    broken.append(source)
                else:
                    self._take(source, local, root)
        for source in broken:
            if not self.descriptions and PurePosixPath(source).name.lower() in _USUAL_NAMES:
                with self.view.local(source) as local:
                    self._take_cases(source, local, "")

    def _take(self, source: PackagePath, local: Path, root: XmlRoot) -> None:
        match root.name:
            case name if name == ROOT:
                self._take_cases(source, local, root.namespace)
            case name if name == _PREMIS:
                self.preservation.append(source)
            case _:
                pass

    def _take_cases(self, source: PackagePath, local: Path, namespace: str) -> None:
        self.case_documents.append(source)
        try:
            description = read_description(local, namespace, self.files.of_erms(source))
        except XmlRefused as refused:
            self.violations.append(refusal(source, refused))
            return
        if not description.schema_valid:
            self.violations.extend(explained(schema_faults(source, local, description.schema)))
        self.violations.extend(byte_order_mark(source, local))
        if self.dialect is not Dialect.EARD:  # The draft is older than the namespace.
            self.violations.extend(without_namespace(source, namespace, description.line))
        self.descriptions.append((source, description))

    def reading(self, mets: FgsMets, descriptor: PackagePath) -> Reading:
        """Give all that has been read."""
        known = submission_of(mets)
        cases = tuple(case for _, description in self.descriptions for case in description.cases)
        records = tuple(record for _, description in self.descriptions for record in description.records)
        attributes = (*known.attributes, *self._attributes())
        content = {document.path for document in _documents(cases, records)}
        schemas = (path for path in self.view.entries if path.lower().endswith(".xsd") and path not in content)
        described = (descriptor, *self.case_documents, *self.preservation, *mets.metadata, *schemas)
        return Reading(
            submission=replace(known, attributes=attributes, cases=cases, records=records),
            descriptors=tuple(dict.fromkeys(described)),
            references=mets.references,
            complete_listing=True,
            violations=(*mets.violations, *self.violations, *self.files.violations),
            described_in=described_in(self.descriptions),
        )

    def _attributes(self) -> Iterator[TypedText]:
        """Give what the case descriptions say of the delivery as a whole, files of no case or record included."""
        for _, description in self.descriptions:
            yield from description.attributes
            for document in description.documents:
                yield TypedText(type="Bilaga", text=document.link)


def _documents(cases: tuple[Case, ...], records: tuple[Record, ...]) -> Iterator[Document]:
    for case in cases:
        yield from case.documents
        yield from _documents(case.parts, case.records)
    for record in records:
        yield from record.documents


def _listed_xml(references: References) -> Iterator[PackagePath]:
    for part in references.parts:
        if not isinstance(part, ReferenceRun):
            yield from _xml([part.path or ""], [part.mime_type or ""])
        else:
            columns = part.columns()
            yield from _xml(columns.paths, columns.mime_types)


def _xml(paths: Sequence[str], mime_types: Sequence[str]) -> Iterator[PackagePath]:
    for path, mime_type in zip_longest(paths, mime_types, fillvalue=""):
        if path and (path.lower().endswith(".xml") or "xml" in mime_type):
            yield PackagePath(path)
