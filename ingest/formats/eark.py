"""Reads E-ARK SIP and CSIP packages of 2.0.4, 2.1.0 and 2.2.0; FGS Paketstruktur 2.0 is 2.1.0."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ingest.domain.descriptions import TypedText
from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath
from ingest.domain.references import References, paths_of
from ingest.domain.submissions import Dialect, Reading, Submission, Unreadable
from ingest.formats.described_sources import described_in
from ingest.formats.eark_additional import AdditionalWords, read_additional
from ingest.formats.eark_files import (
    additional_words_file,
    describing,
    erms_documents,
    representation_folders,
)
from ingest.formats.eark_mets import MetsReading, dialect_of, read_mets
from ingest.formats.eark_submission import submission_of
from ingest.formats.erms_files import Resolve
from ingest.formats.erms_reader import ErmsDescription, read_erms
from ingest.formats.linked_files import LinkedFiles
from ingest.formats.mets_watch import UNWATCHED, MetsWatch
from ingest.formats.views import PackageView
from ingest.formats.xml import XmlRefused
from ingest.formats.xml_violations import refusal, schema_faults

_ERMS_2_1 = "citserms_v2_1"
_ERMS_3_0 = "citserms_v3_0"
_ERMS_SCHEMA = "erms-3.0"


def read(view: PackageView, descriptor: PackagePath, watch: MetsWatch = UNWATCHED) -> Reading | Unreadable:
    """Read a package by its root METS document `descriptor`; `watch` is shown all METS documents.

    Raises:
        KeyError: there is no such file.
        schemas.SchemasMissing: the schemas are not installed.
        OSError: a file cannot be read.
    """
    files = LinkedFiles(view.entries)
    with view.local(descriptor) as local:
        root = _root(local, descriptor, files, watch)
    if isinstance(root, Unreadable):
        return root
    package = _Package(view, files, watch, descriptor, root)
    package.take_representations()
    package.take_cases()
    package.take_additional_words()
    return package.reading()


def read_alone(path: Path, watch: MetsWatch = UNWATCHED) -> Reading | Unreadable:
    """Read a root METS document without its package: no file answers to its links, and none is looked for.

    Raises:
        schemas.SchemasMissing: the schemas are not installed.
        OSError: the file cannot be read.
    """
    source = PackagePath(path.name)
    files = LinkedFiles(())
    root = _root(path, source, files, watch)
    if isinstance(root, Unreadable):
        return root
    return Reading(
        submission=submission_of(root, _dialect(root)),
        descriptors=(source,),
        references=root.references,
        complete_listing=True,
        violations=(*root.violations, *files.violations),
    )


def _root(local: Path, source: PackagePath, files: LinkedFiles, watch: MetsWatch) -> MetsReading | Unreadable:
    try:
        reading = read_mets(local, source, files.of_mets(source), watch.begin(source, Dialect.EARK_2_2))
    except XmlRefused as refused:
        return Unreadable(violations=(refusal(source, refused),))
    if reading is None:
        location = Location(file=source)
        return Unreadable(violations=(Violation(rule="EARKIV-PKG-2", location=location, detail="no METS"),))
    return reading


class _Package:
    """A package as far as it has been read."""

    def __init__(
        self, view: PackageView, files: LinkedFiles, watch: MetsWatch, descriptor: PackagePath, root: MetsReading
    ) -> None:
        self._view = view
        self._files = files
        self._watch = watch
        self._mets = {descriptor: root}
        self._violations = list(root.violations)
        self._described: list[tuple[PackagePath, ErmsDescription]] = []
        self._attributes: list[TypedText] = []
        self._restriction: str | None = None
        self._descriptors = [descriptor]
        self._root = root

    def take_representations(self) -> None:
        """Read the METS of every representation that the root points to, lists, or that lies in its place."""
        listed = (path for path in paths_of(self._root.references) if path is not None)
        candidates = (*self._root.pointers, *listed, *self._view.entries)
        for path in dict.fromkeys(path for path in candidates if _is_representation_mets(path)):
            self._take_mets(path)

    def _take_mets(self, source: PackagePath) -> None:
        try:
            with self._view.local(source) as local:
                watch = self._watch.begin(source, _dialect(self._root))
                reading = read_mets(local, source, self._files.of_mets(source), watch)
        except XmlRefused as refused:
            self._violations.append(refusal(source, refused))
            return
        if reading is not None:
            self._mets[source] = reading
            self._violations.extend(reading.violations)

    def take_cases(self) -> None:
        """Read the ERMS documents; those before version 3.0 have no schema here and are judged by rules alone."""
        descriptive = (path for mets in self._mets.values() for path in mets.descriptive)
        kinds = frozenset(kind for mets in self._mets.values() for kind in mets.content_types)
        is_newest = _dialect(self._root) is Dialect.EARK_2_2
        announces_3_0 = _ERMS_3_0 in kinds or (is_newest and _ERMS_2_1 not in kinds)
        schema = _ERMS_SCHEMA if announces_3_0 else None
        folders = representation_folders(self._view.entries)
        for source in erms_documents(self._view, descriptive, kinds):
            if schema is None:
                older = Violation(rule="EARKIV-ERMS-1", location=Location(file=source))
                self._violations.append(older)
            self._descriptors.append(source)
            self._take_erms(source, self._files.of_erms(source, folders), schema)

    def _take_erms(self, source: PackagePath, resolve: Resolve, schema: str | None) -> None:
        with self._view.local(source) as local:
            try:
                description = read_erms(local, resolve, schema=schema)
            except XmlRefused as refused:
                self._violations.append(refusal(source, refused))
                return
            if description is None:
                return
            if schema is not None and not description.schema_valid:
                self._violations.extend(schema_faults(source, local, schema))
        self._described.append((source, description))
        said = ((f"erms:{part.type}", part.text) for part in description.identifications)
        self._note(said)
        self._note(("erms:additionalInformation", text) for text in description.additional)

    def _note(self, said: Iterable[tuple[str, str]]) -> None:
        known = ((each.type, each.text) for each in self._attributes)
        self._attributes = [TypedText(type=kind, text=text) for kind, text in dict.fromkeys((*known, *said))]

    def take_additional_words(self) -> None:
        """Read Riksarkivet's additional package description, if there is one."""
        source = additional_words_file(self._view.entries)
        words = None if source is None else self._additional_words(source)
        if words is not None:
            self._attributes.extend(words.attributes)
            self._restriction = words.access_restriction

    def _additional_words(self, source: PackagePath) -> AdditionalWords | None:
        try:
            with self._view.local(source) as local:
                return read_additional(local)
        except XmlRefused as refused:
            self._violations.append(refusal(source, refused))
            return None

    def reading(self) -> Reading:
        """Give all that has been read."""
        descriptors = (*self._mets, *self._descriptors, *describing(self._view.entries))
        return Reading(
            submission=self._submission(),
            descriptors=tuple(dict.fromkeys(descriptors)),
            references=References(part for mets in self._mets.values() for part in mets.references.parts),
            complete_listing=True,
            violations=(*self._violations, *self._files.violations),
            described_in=described_in(self._described),
        )

    def _submission(self) -> Submission:
        known = submission_of(self._root, _dialect(self._root))
        return replace(
            known,
            access_restriction=self._restriction,
            attributes=(*known.attributes, *self._attributes),
            cases=tuple(case for _, description in self._described for case in description.cases),
            records=tuple(record for _, description in self._described for record in description.records),
        )


def _dialect(root: MetsReading) -> Dialect:
    content_type = root.root.attribute("csip:CONTENTINFORMATIONTYPE")
    return dialect_of(root.root.profile or "", content_type or "")


def _is_representation_mets(path: PackagePath) -> bool:
    match path.split("/"):
        case ["representations", _, name]:
            return name.lower() == "mets.xml"
        case _:
            return False
