"""METS, PREMIS and ERMS of an archived package as a person at the desk reads them, in words and as they lie."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from ingest.application.archived_readings import generation_of, places_of
from ingest.application.description_documents import (
    DescriptionDocument,
    DescriptionKind,
    document_in,
    documents_in,
    lent,
)
from ingest.application.desk_packages import package_for
from ingest.application.holdings import Holding
from ingest.domain.cases import Case, Record
from ingest.domain.descriptions import TypedText
from ingest.domain.paths import PackagePath
from ingest.domain.people import Person
from ingest.domain.submissions import Reading
from ingest.domain.windows import Piece, Window, piece_of
from ingest.formats.dialects import root_of
from ingest.formats.erms_reader import ErmsDescription, read_erms
from ingest.formats.linked_files import LinkedFiles
from ingest.formats.shown_xml import laid_out
from ingest.formats.told_mets import ToldMets, tell_mets
from ingest.formats.told_premis import PremisWindows, ToldPremis, tell_premis
from ingest.formats.xml import XmlRefused
from ingest.pipeline.archived import delivered_reading
from ingest.pipeline.step import Ports

ToldT = TypeVar("ToldT")


class Untold(StrEnum):
    """Why a description is not told in words."""

    TOO_LARGE = "too large"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDescription:
    """A description of a package, and all others of its kind there."""

    package: str
    document: DescriptionDocument
    documents: tuple[DescriptionDocument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMets(ShownDescription):
    """A METS document; `file_at` says which file of the package a link of it leads to."""

    told: ToldMets | Untold
    file_at: Callable[[str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPremis(ShownDescription):
    """A PREMIS document."""

    told: ToldPremis | Untold


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldErms:
    """What a description says of cases and loose records; `attributes` is what it says of the whole delivery."""

    cases: Piece[Case]
    records: Piece[Record]
    attributes: tuple[TypedText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownErms(ShownDescription):
    """A description of cases; `places` says where in the package the files that it names lie."""

    told: ToldErms | Untold
    places: Mapping[PackagePath, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSource(ShownDescription):
    """A description as it lies, laid out for reading; None where it is too large for that or no XML."""

    text: str | None


def show_mets(package_id: str, path: str, files: Window, outline: Window, person: Person, ports: Ports) -> ShownMets:
    """Tell a METS document of a package by its path there, "" = the package's own.

    Raises NotPermitted, UnknownSubject, DamageFound, ObjectMissing.
    """
    holding = package_for(package_id, person, ports)
    document = document_in(holding, DescriptionKind.METS, path)
    told = _told(holding, document, lambda local: tell_mets(local, files=files, outline=outline))
    return ShownMets(
        package=package_id,
        document=document,
        documents=documents_in(holding, DescriptionKind.METS),
        told=told,
        file_at=_files_of(holding, document, ports),
    )


def show_premis(package_id: str, path: str, windows: PremisWindows, person: Person, ports: Ports) -> ShownPremis:
    """Tell a PREMIS document of a package. Raises as `show_mets` does."""
    holding = package_for(package_id, person, ports)
    document = document_in(holding, DescriptionKind.PREMIS, path)
    return ShownPremis(
        package=package_id,
        document=document,
        documents=documents_in(holding, DescriptionKind.PREMIS),
        told=_told(holding, document, lambda local: _premis(local, windows)),
    )


def show_erms(package_id: str, path: str, cases: Window, records: Window, person: Person, ports: Ports) -> ShownErms:
    """Tell a description of cases: the archive's ERMS, or one in the dialect of the delivery. Raises as `show_mets`."""
    holding = package_for(package_id, person, ports)
    document = document_in(holding, DescriptionKind.ERMS, path)
    told, places = _erms_told(holding, document, cases, records, ports)
    return ShownErms(
        package=package_id,
        document=document,
        documents=documents_in(holding, DescriptionKind.ERMS),
        told=told,
        places=places,
    )


def _erms_told(
    holding: Holding, document: DescriptionDocument, cases: Window, records: Window, ports: Ports
) -> tuple[ToldErms | Untold, Mapping[PackagePath, str]]:
    if document.is_delivered and not document.is_too_large:
        return _as_delivered(holding, document, cases, records, ports)
    names = {PackagePath(name): name for name in holding.inventory.files}
    return _told(holding, document, lambda local: _erms(local, names, cases, records)), names


def show_source(package_id: str, kind: DescriptionKind, path: str, person: Person, ports: Ports) -> ShownSource:
    """Give a description as it lies. Raises as `show_mets` does."""
    holding = package_for(package_id, person, ports)
    document = document_in(holding, kind, path)
    with lent(holding, document) as local:
        text = laid_out(local)
    return ShownSource(package=package_id, document=document, documents=documents_in(holding, kind), text=text)


def _told(holding: Holding, document: DescriptionDocument, tell: Callable[[Path], ToldT | None]) -> ToldT | Untold:
    if document.is_too_large:
        return Untold.TOO_LARGE
    with lent(holding, document) as local:
        try:
            told = tell(local)
        except XmlRefused:
            return Untold.UNREADABLE
    return Untold.UNREADABLE if told is None else told


def _premis(local: Path, windows: PremisWindows) -> ToldPremis | None:
    root = root_of(local)
    return None if root is None else tell_premis(local, root.namespace, windows)


def _erms(local: Path, names: Mapping[PackagePath, str], cases: Window, records: Window) -> ToldErms | None:
    files = LinkedFiles(names)
    found = read_erms(local, files.of_erms(PackagePath("erms.xml")), schema=None)
    return None if found is None else _told_erms(found, cases, records)


def _told_erms(found: ErmsDescription, cases: Window, records: Window) -> ToldErms:
    return ToldErms(
        cases=piece_of(found.cases, cases),
        records=piece_of(found.records, records),
        attributes=tuple(TypedText(type=one.type, text=one.text) for one in found.identifications),
    )


def _as_delivered(
    holding: Holding, document: DescriptionDocument, cases: Window, records: Window, ports: Ports
) -> tuple[ToldErms, Mapping[PackagePath, str]]:
    """Read with the reader of the delivery's dialect: what is of this document is told, uncorrected."""
    reading = delivered_reading(generation_of(holding, ports))
    said, source = reading.submission, PackagePath(document.delivered_path)
    of_cases, of_records = _sources(reading)
    told = ToldErms(
        cases=piece_of([one for one, at in zip(said.cases, of_cases, strict=True) if at in {source, None}], cases),
        records=piece_of(
            [one for one, at in zip(said.records, of_records, strict=True) if at in {source, None}], records
        ),
        attributes=tuple(one for one in said.attributes if len(one.text) <= _LONGEST),
    )
    return told, places_of(ports.catalogue.delivery(holding.package.delivery_id), reading, ports)


_LONGEST: Final = 2000
"""Whole XML fragments among what is said of the delivery stand in the document as it lies."""


def _sources(reading: Reading) -> tuple[list[PackagePath | None], list[PackagePath | None]]:
    """Say for each case and each loose record which document describes it; None where there is but one."""
    cases, records = len(reading.submission.cases), len(reading.submission.records)
    told: list[PackagePath | None] = [*reading.described_in] or [None] * (cases + records)
    return told[:cases], told[cases:]


def _files_of(holding: Holding, document: DescriptionDocument, ports: Ports) -> Callable[[str], str | None]:
    """Give what follows a link of a METS document to a file of the package."""
    if not document.is_delivered:
        follow = LinkedFiles(PackagePath(path) for path in holding.inventory.files).of_mets(PackagePath(document.path))
        return lambda href: follow(href, 0)
    reading = delivered_reading(generation_of(holding, ports))
    places = places_of(ports.catalogue.delivery(holding.package.delivery_id), reading, ports)
    answered = LinkedFiles(places).of_mets(PackagePath(document.delivered_path))
    return lambda href: places.get(answered(href, 0) or PackagePath(""))
