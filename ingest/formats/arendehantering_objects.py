"""Cases and records of FGS Ärendehantering 1.0 (ArkivobjektArende, ArkivobjektHandling) as the canonical case model."""

from collections.abc import Iterable
from typing import Any

from lxml import etree

from ingest.domain.cases import Case, Record
from ingest.domain.descriptions import ExtraId, IdText, Note
from ingest.formats import arendehantering_parts as read
from ingest.formats.arendehantering_parts import Resolve
from ingest.formats.arendehantering_words import DATES, PERSONS, STATUSES, Parts, translated
from ingest.formats.xml_words import line_of, text_of

_REFERENCES = ("HandlingstypsReferens", "ForvaringsenhetsReferens")
_COMMON = frozenset(
    {
        "ArkivobjektID",
        "Informationsklass",
        "KlassReferens",
        *_REFERENCES,
        "ExtraID",
        "Beskrivning",
        "Forvaringsplats",
        "Gallring",
        "Agent",
        *PERSONS,
        *DATES,
        "Restriktion",
        "Notering",
        "Atkomst",
        "Bilaga",
        "EgnaElement",
        "TillkommandeXMLdata",
    }
)
_OF_CASE = _COMMON | {
    "MinaArendeoversikterKlassificering",
    "MinaArendeoversikterStatus",
    "ArendeTyp",
    "Klass",
    "ArendeRelation",
    "StatusArande",
    "Arendemening",
    "ArkivobjektListaHandlingar",
}
_OF_RECORD = _COMMON | {"Handlingstyp", "Lopnummer", "HandlingRelation", "Rubrik", "StatusHandling"}


def read_case(element: etree._Element, resolve: Resolve, scheme: str | None) -> Case:
    """Read ArkivobjektArende; `scheme` is the delivery's KlassificeringsstrukturNamn."""
    parts = Parts(element)
    records = (Parts(frame).all("ArkivobjektHandling") for frame in parts.all("ArkivobjektListaHandlingar"))
    return Case(
        **_described(parts, scheme, _OF_CASE),
        title=parts.text("Arendemening"),
        type=parts.text("ArendeTyp"),
        status=translated(STATUSES, parts.text("StatusArande")),
        relations=tuple(map(read.relation, parts.all("ArendeRelation"))),
        documents=tuple(read.document(bilaga, resolve) for bilaga in parts.all("Bilaga")),
        records=tuple(read_record(record, resolve, scheme) for listed in records for record in listed),
    )


def read_record(element: etree._Element, resolve: Resolve, scheme: str | None) -> Record:
    """Read ArkivobjektHandling."""
    parts = Parts(element)
    return Record(
        **_described(parts, scheme, _OF_RECORD),
        title=parts.text("Rubrik"),
        type=parts.text("Handlingstyp"),
        status=translated(STATUSES, parts.text("StatusHandling")),
        number=parts.text("Lopnummer"),
        relations=tuple(map(read.relation, parts.all("HandlingRelation"))),
        documents=tuple(read.document(bilaga, resolve) for bilaga in parts.all("Bilaga")),
    )


def _described(parts: Parts, scheme: str | None, known: frozenset[str]) -> dict[str, Any]:
    return {
        "id": (parts.text("ArkivobjektID") or "").strip(),
        "system_id": parts.element.get("Systemidentifierare"),
        "description": parts.text("Beskrivning"),
        "information_class": parts.text("Informationsklass"),
        "extra_ids": tuple(map(_extra_id, parts.all("ExtraID"))),
        "identifications": tuple(_references(parts)),
        "classifications": read.classifications(parts, scheme),
        "restrictions": tuple(map(read.restriction, parts.all("Restriktion"))),
        "disposal": read.disposal(parts.one("Gallring")),
        "parties": read.parties(parts.element),
        "dates": parts.dates(),
        "access": parts.text("Atkomst"),
        "locations": parts.texts("Forvaringsplats"),
        "notes": tuple(Note(text=text) for text in parts.texts("Notering")),
        "additional": read.additional(parts, known),
        "line": line_of(parts.element),
    }


def _extra_id(element: etree._Element) -> ExtraId:
    return ExtraId(type=element.get("ExtraIDTyp") or "", text=text_of(element))


def _references(parts: Parts) -> Iterable[IdText]:
    """Keep the references into the archive's own description (HandlingstypsReferens, ForvaringsenhetsReferens)."""
    return (IdText(type=name, text=text) for name in _REFERENCES for text in parts.texts(name))
