"""Reads the bare ERMS delivery: `content/<case>/erms.xml` with the case's files beside it, and no METS.

A delivery may hold several ERMS documents, and each of them several cases. Files outside `content/` are kept;
schemas and Schematron under `metadata/` describe the delivery, any other is told (EARKIV-CASE-11). Who
delivers under which agreement is in the side-car; without one, nobody has said.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from ingest.domain.descriptions import TypedText
from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Dialect, Organisation, Reading, Submission, Unreadable
from ingest.formats.described_sources import described_in
from ingest.formats.erms_reader import ErmsDescription, is_erms, read_erms
from ingest.formats.linked_files import LinkedFiles
from ingest.formats.side_car import SideCar
from ingest.formats.views import PackageView
from ingest.formats.xml import XmlRefused
from ingest.formats.xml_violations import refusal, schema_faults

ERMS_SCHEMA = "erms-3.0"
CONTENT = "content"
_USUAL_NAME = "erms.xml"
_SCHEMA_SUFFIXES = frozenset({".xsd", ".sch"})


def read(view: PackageView, side_car: SideCar | None) -> Reading | Unreadable:
    """Read a bare ERMS delivery with its side-car, if it has one.

    Raises:
        schemas.SchemasMissing: the schemas are not installed.
        OSError: a file cannot be read.
    """
    sources = erms_documents(view)
    if not sources:
        none = Violation(rule="EARKIV-PKG-2", location=Location(file=""), detail="no ERMS document")
        return Unreadable(violations=(none,), dialect=Dialect.ERMS)
    delivery = _Delivery(view)
    for source in sources:
        delivery.take(source)
    if not delivery.read:
        return Unreadable(violations=tuple(delivery.violations), dialect=Dialect.ERMS)
    schemas = tuple(path for path in view.entries if _is_schema(path))
    descriptors = (*sources, *schemas)
    return Reading(
        submission=_submission([description for _, description in delivery.read], side_car),
        descriptors=descriptors,
        references=(),
        complete_listing=False,
        described_in=described_in(delivery.read),
        violations=(
            *delivery.violations,
            *delivery.files.violations,
            *_outside(view, frozenset(descriptors)),
        ),
    )


def erms_documents(view: PackageView) -> tuple[PackagePath, ...]:
    """Find the ERMS documents: those of the usual name, else every XML file that is one by its content."""
    xml = tuple(path for path in view.entries if path.lower().endswith(".xml"))
    usual = tuple(path for path in xml if PurePosixPath(path).name.lower() == _USUAL_NAME)
    return usual or tuple(_by_content(view, xml))


def _by_content(view: PackageView, paths: tuple[PackagePath, ...]) -> Iterator[PackagePath]:
    for path in paths:
        with view.open(path) as source:
            if is_erms(source):
                yield path


class _Delivery:
    """The ERMS documents of one delivery, as far as they have been read."""

    def __init__(self, view: PackageView) -> None:
        self._view = view
        self.files = LinkedFiles(view.entries)
        self.read: list[tuple[PackagePath, ErmsDescription]] = []
        self.violations: list[Violation] = []

    def take(self, source: PackagePath) -> None:
        """Read one document; its links are counted from its folder, from the root and from `content/`."""
        resolve = self.files.of_erms(source)
        with self._view.local(source) as local:
            try:
                description = read_erms(local, resolve, schema=ERMS_SCHEMA)
            except XmlRefused as refused:
                self.violations.append(refusal(source, refused))
                return
            if description is None or not description.schema_valid:
                self.violations.extend(schema_faults(source, local, ERMS_SCHEMA))
        if description is not None:
            self.read.append((source, description))


def _submission(descriptions: list[ErmsDescription], side_car: SideCar | None) -> Submission:
    note = side_car or SideCar(name="")
    return Submission(
        dialect=Dialect.ERMS,
        delivery=note.delivery,
        agreement=note.agreement,
        archival_creator=note.archival_creator or _creator(descriptions),
        system=note.system,
        access_restriction=note.secrecy,
        attributes=(*note.attributes, *_attributes(descriptions)),
        cases=tuple(case for description in descriptions for case in description.cases),
        records=tuple(record for description in descriptions for record in description.records),
    )


def _creator(descriptions: list[ErmsDescription]) -> Organisation | None:
    """Give the archival creator that all documents name alike (identificationType `arkivbildare`)."""
    said = {(_said(each, "arkivbildare"), _said(each, "organisationsnummer")) for each in descriptions}
    name, number = next(iter(said))
    if len(said) > 1 or not name:
        return None
    return Organisation(name=name, identifier=f"ORG:{number}" if number else None)


def _said(description: ErmsDescription, kind: str) -> str | None:
    return next((part.text for part in description.identifications if part.type == kind), None)


def _attributes(descriptions: list[ErmsDescription]) -> Iterator[TypedText]:
    said = (
        *((f"erms:{part.type}", part.text) for d in descriptions for part in d.identifications),
        *(("erms:additionalInformation", text) for d in descriptions for text in d.additional),
    )
    return (TypedText(type=kind, text=text) for kind, text in dict.fromkeys(said))


def _is_schema(path: PackagePath) -> bool:
    parts = PurePosixPath(path)
    return parts.parts[0] == "metadata" and parts.suffix.lower() in _SCHEMA_SUFFIXES


def _outside(view: PackageView, descriptors: frozenset[PackagePath]) -> Iterator[Violation]:
    for path in view.entries:
        if path not in descriptors and not path.startswith(CONTENT + "/"):
            yield Violation(rule="EARKIV-CASE-11", location=Location(file=path))
