"""FGS Ärendehantering 1.0: the XML that describes the cases of a delivery, with Riksarkivet's namespace or none.

It is read by local name, one case at a time, and so also when it does not follow its schema; where it does not,
the schema's faults are told beside what was read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from ingest.domain.cases import Case, Record
from ingest.domain.descriptions import TypedText
from ingest.domain.documents import Document
from ingest.formats.arendehantering_objects import read_case, read_record
from ingest.formats.arendehantering_parts import Resolve, document
from ingest.formats.arendehantering_words import Parts
from ingest.formats.xml import Moment, stream
from ingest.formats.xml_words import canonical_xml, line_of, local_name, text_of

NAMESPACE = "http://xml.ra.se/e-arkiv/FGS-ERMS"
ROOT = "Leveransobjekt"
_ACCOUNTING = "VerksamhetsbaseradArkivredovisning"
_FLAT = ("ArkivbildarStruktur", _ACCOUNTING, "Informationsklass")
_WHOLE = ("SystemInfo", "EgnaElement", "TillkommandeXMLdata")
_TOLD = ("ArkivobjektArende", "ArkivobjektHandling", "Bilaga", *_FLAT, *_WHOLE)
_LISTS = frozenset({"ArkivobjektListaArenden", "ArkivobjektListaHandlingar"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDescription:
    """What one such XML says: cases, loose records, files of the delivery as a whole, and the rest by name.

    `schema_valid` is the verdict of `schema`, one of our schemas by its short name; `line` is that of the root.
    """

    cases: tuple[Case, ...]
    records: tuple[Record, ...]
    documents: tuple[Document, ...]
    attributes: tuple[TypedText, ...]
    schema: str
    schema_valid: bool
    line: int


@dataclass(slots=True, kw_only=True)
class _Gathered:
    cases: list[Case] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    attributes: list[TypedText] = field(default_factory=list)
    scheme: str | None = None
    line: int = 0


def schema_for(namespace: str) -> str:
    """Give the short name of the schema for a document whose root is in that namespace."""
    return "arendehantering-1.0-no-namespace" if namespace == "" else "arendehantering-1.0"


def read_description(path: Path, namespace: str, resolve: Resolve) -> CaseDescription:
    """Read the XML whose root is Leveransobjekt in `namespace` ("" for none).

    Raises:
        XmlRefused: the document is no acceptable XML.
        schemas.SchemasMissing: the schemas are not installed.
        OSError: the file cannot be read.
    """
    schema = schema_for(namespace)
    tags = [f"{{{namespace}}}{name}" if namespace else name for name in _TOLD]
    opening = f"{{{namespace}}}{ROOT}" if namespace else ROOT
    events = stream(path, schema=schema, tags=tags, openings=(opening,))
    gathered = _Gathered()
    for moment, element in events:
        if moment is Moment.START:
            gathered.line = line_of(element)
        elif _is_outermost(element):
            _take(element, resolve, gathered)
    return CaseDescription(
        cases=tuple(gathered.cases),
        records=tuple(gathered.records),
        documents=tuple(gathered.documents),
        attributes=tuple(gathered.attributes),
        schema=schema,
        schema_valid=events.schema_valid,
        line=gathered.line,
    )


def _is_outermost(element: etree._Element) -> bool:
    """Say whether an element stands directly below the root or in one of its lists, and not inside a case."""
    parent = element.getparent()
    if parent is not None and local_name(parent) in _LISTS:
        parent = parent.getparent()
    return parent is not None and parent.getparent() is None


def _take(element: etree._Element, resolve: Resolve, gathered: _Gathered) -> None:
    match local_name(element):
        case "ArkivobjektArende":
            gathered.cases.append(read_case(element, resolve, gathered.scheme))
        case "ArkivobjektHandling":
            gathered.records.append(read_record(element, resolve, gathered.scheme))
        case "Bilaga":
            gathered.documents.append(document(element, resolve))
        case name if name in _WHOLE:
            gathered.attributes.append(TypedText(type=name, text=canonical_xml(element)))
        case name:
            gathered.attributes.extend(_flat(element, name))
            if name == _ACCOUNTING:
                gathered.scheme = Parts(element).text("KlassificeringsstrukturNamn")


def _flat(element: etree._Element, name: str) -> Iterator[TypedText]:
    """Give each text inside an element by its path: `ArkivbildarStruktur/Arkivbildare/Namn`."""
    inner = list(element.iterchildren("*"))
    if not inner:
        yield TypedText(type=name, text=text_of(element))
    for child in inner:
        yield from _flat(child, f"{name}/{local_name(child)}")
