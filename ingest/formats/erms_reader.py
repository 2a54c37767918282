"""Reads CITS ERMS 3.0 (FGS Ärendehantering 2.0), and 2.1 alike, into the canonical case model.

Nothing is lost: what the model has no words for is kept as canonical XML with the case or record that says
it. Texts are kept as delivered. Cases are read one by one; only the model grows with the document.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from lxml import etree

from ingest.domain.cases import Case, Described, Record
from ingest.domain.descriptions import IdText
from ingest.formats.erms_files import Resolve, additional, documents
from ingest.formats.erms_parts import (
    classification,
    dates,
    disposal,
    extra_id,
    identification,
    notes,
    other_title,
    parties,
    relation,
    restriction,
)
from ingest.formats.erms_words import ERMS, TAG, child_text, children, nested, texts
from ingest.formats.xml import Moment, XmlRefused, stream
from ingest.formats.xml_bounds import GuardedParser
from ingest.formats.xml_words import canonical_xml, line_of, text_of

DescribedT = TypeVar("DescribedT", bound=Described)

_WHOLE = frozenset({TAG + "control", TAG + "aggregation", TAG + "record", TAG + "additionalInformation"})
_PIECE: Final = 1 << 16
_PLACES = (TAG + "currentLocation", TAG + "homeLocation")


@dataclass(frozen=True, slots=True, kw_only=True)
class ErmsDescription:
    """What one ERMS document says; `additional` is what it says of the whole delivery, as canonical XML.

    `schema_valid` is the verdict of the schema it was read with, True without one.
    """

    cases: tuple[Case, ...]
    records: tuple[Record, ...]
    schema_valid: bool
    identifications: tuple[IdText, ...] = ()
    additional: tuple[str, ...] = ()


def read_erms(path: Path, resolve: Resolve, *, schema: str | None) -> ErmsDescription | None:
    """Read an ERMS document, by a schema of the catalogue if one is named; None when it is no ERMS document.

    Raises:
        XmlRefused: the document is no acceptable XML.
        OSError: the file cannot be read.
    """
    reading = _ErmsReading(resolve)
    events = stream(path, schema=schema, tags=_WHOLE, openings={TAG + "erms"})
    for moment, element in events:
        reading.take(moment, element)
    return reading.description(schema_valid=events.schema_valid) if reading.is_erms else None


def is_erms(source: BinaryIO) -> bool:
    """Say whether the document element is ERMS's `erms`.

    A document that is refused as XML counts when it names ERMS's namespace near its start: whoever reads it then
    is told what is wrong with it.

    Raises:
        OSError: the file cannot be read.
    """
    parser = GuardedParser(schema=None)
    head = b""
    try:
        while chunk := source.read(_PIECE):
            head = head or chunk
            for _, element in parser.feed(chunk):
                return element.tag == TAG + "erms"
    except XmlRefused:
        return ERMS.encode() in head.replace(b"\0", b"")
    return False


class _ErmsReading:
    """The reading of one document: what has been read, and the classification schemes by id."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self.is_erms = False
        self._schemes: dict[str | None, str] = {}
        self._cases: list[Case] = []
        self._records: list[Record] = []
        self._identifications: list[IdText] = []
        self._additional: list[str] = []

    def take(self, moment: Moment, element: etree._Element) -> None:
        """Take in one element; those inside a case or record come again with it."""
        parent = element.getparent()
        if moment is Moment.START:
            self.is_erms = self.is_erms or parent is None
        elif self.is_erms and parent is not None:
            match str(parent.tag).removeprefix(TAG), str(element.tag).removeprefix(TAG):
                case "aggregations", "aggregation":
                    self._cases.append(_case(element, self._schemes, self._resolve))
                case "records", "record":
                    self._records.append(_record(element, self._schemes, self._resolve))
                case "erms", "control":
                    self._take_control(element)
                case "erms", "additionalInformation":
                    self._additional.append(canonical_xml(element))
                case _:
                    pass

    def _take_control(self, control: etree._Element) -> None:
        self._identifications.extend(identification(part) for part in children(control, "identification"))
        for scheme in children(control, "classificationSchema"):
            words = " ".join(texts(nested(scheme, "textualDescriptionOfClassificationSchema", "p")))
            self._schemes[scheme.get("classificationSchemaId")] = words
        if len(self._schemes) == 1:
            self._schemes[None] = next(iter(self._schemes.values()))

    def description(self, *, schema_valid: bool) -> ErmsDescription:
        """Give what has been read."""
        return ErmsDescription(
            schema_valid=schema_valid,
            cases=tuple(self._cases),
            records=tuple(self._records),
            identifications=tuple(self._identifications),
            additional=tuple(self._additional),
        )


def _case(element: etree._Element, schemes: Mapping[str | None, str], resolve: Resolve) -> Case:
    return replace(
        _described(Case, element, schemes),
        aggregation_type=element.get("aggregationType") or "",
        other_aggregation_type=element.get("otherAggregationType"),
        documents=documents(element, resolve),
        records=tuple(_record(part, schemes, resolve) for part in children(element, "record")),
        parts=tuple(_case(part, schemes, resolve) for part in children(element, "aggregation")),
    )


def _record(element: etree._Element, schemes: Mapping[str | None, str], resolve: Resolve) -> Record:
    direction = next(children(element, "direction"), None)
    return replace(
        _described(Record, element, schemes),
        type=element.get("recordType"),
        number=child_text(element, "runningNumber"),
        direction=None if direction is None else direction.get("directionDefinition"),
        physical_or_digital=element.get("recordPhysicalOrDigital"),
        documents=documents(element, resolve),
    )


def _described(kind: type[DescribedT], element: etree._Element, schemes: Mapping[str | None, str]) -> DescribedT:
    status = next(children(element, "status"), None)
    used = element.get("classificationSchemaUsed")
    return kind(
        id=child_text(element, "objectId") or "",
        system_id=element.get("systemIdentifier"),
        title=child_text(element, "title"),
        other_titles=tuple(other_title(part) for part in children(element, "otherTitle")),
        status=None if status is None else status.get("value"),
        description=child_text(element, "description"),
        information_class=child_text(element, "informationClass"),
        security_class=child_text(element, "securityClass"),
        extra_ids=tuple(extra_id(part) for part in children(element, "extraId")),
        identifications=tuple(identification(part) for part in children(element, "identification")),
        classifications=tuple(classification(part, schemes, used) for part in children(element, "classification")),
        keywords=texts(nested(element, "keywords", "keyword")),
        subjects=texts(children(element, "subject")),
        relations=tuple(relation(part) for part in children(element, "relation")),
        restrictions=tuple(restriction(part) for part in children(element, "restriction")),
        disposal=disposal(element),
        parties=parties(element),
        dates=dates(element),
        access=child_text(element, "access"),
        archival_history=texts(nested(element, "archivalHistory", "historyLine")),
        dispatch_mode=child_text(element, "dispatchMode"),
        level_name=child_text(element, "levelName"),
        parent_id=child_text(element, "parentAggregationId"),
        locations=_locations(element),
        notes=notes(element),
        additional=additional(element),
        line=line_of(element),
    )


def _locations(element: etree._Element) -> tuple[str, ...]:
    places = nested(element, "physicalLocations", "physicalLocation")
    return tuple(text_of(place) for frame in places for place in frame.iterchildren(*_PLACES))
