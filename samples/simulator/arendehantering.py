"""Writes FGS Ärendehantering 1.0 (`Arendehantering.xml`), with or without namespace."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from enum import StrEnum

from samples.simulator.description import Case, Delivery, Direction, Party, Record, Restriction, Role
from samples.simulator.layout import Placed, identifier, require_one_kind
from samples.simulator.xml_tree import Vocabulary, file_bytes, sha256


class Namespace(StrEnum):
    """Whether the document is in Riksarkivet's namespace, or in none as older exports are."""

    PUBLISHED = "http://xml.ra.se/e-arkiv/FGS-ERMS"
    NONE = ""


_STATUS: Mapping[str, str] = {
    "closed": "Stängt",
    "ad_acta": "Ad Acta.",
    "obliterated": "Makulerat",
    "open": "Öppet",
    "on_hold": "Vilande",
}
_RESTRICTION: Mapping[str, str] = {
    "confidential": "Sekretess",
    "gdpr": "Annan typ",
    "integrity": "Integritet",
}
_RECORD_STATUS: Mapping[Direction, str] = {
    Direction.INCOMING: "Inkommen",
    Direction.OUTGOING: "Expedierad",
    Direction.INTERNAL: "Upprättad",
}


def arendehantering_xml(delivery: Delivery, placed: Sequence[Placed], namespace: Namespace) -> bytes:
    """Write a delivery's cases, or its loose records; Bilaga/@Lank is the path from the package's root.

    Raises:
        ValueError: the delivery holds both.
    """
    return file_bytes(_Writer(delivery, placed, namespace).document())


class _Writer:
    def __init__(self, delivery: Delivery, placed: Sequence[Placed], namespace: Namespace) -> None:
        self._delivery = delivery
        self._placed = placed
        self._xml = Vocabulary(namespace)

    def document(self) -> ET.Element:
        xml, delivery = self._xml, self._delivery
        require_one_kind(delivery)
        creator = xml.element("Arkivbildare", children=[xml.text("Namn", delivery.archival_creator.name)])
        children = [
            xml.element("ArkivbildarStruktur", children=[creator]),
            self._accounting() if delivery.cases else None,
            self._list("ArkivobjektListaArenden", [self._case(case) for case in delivery.cases]),
            self._list("ArkivobjektListaHandlingar", [self._record(record) for record in delivery.records]),
        ]
        return xml.element("Leveransobjekt", children=children)

    def _list(self, name: str, members: Sequence[ET.Element]) -> ET.Element | None:
        return self._xml.element(name, children=members) if members else None

    def _accounting(self) -> ET.Element:
        scheme = self._delivery.cases[0].classification
        children = [
            self._xml.text("ArkivReferens", self._delivery.reference_code),
            self._xml.text("KlassificeringsstrukturNamn", f"{scheme.scheme} {scheme.version}"),
        ]
        return self._xml.element("VerksamhetsbaseradArkivredovisning", children=children)

    def _case(self, case: Case) -> ET.Element:
        xml = self._xml
        officers = [party for party in case.parties if party.role is Role.RESPONSIBLE_PERSON]
        parts = [party for party in case.parties if party.role is Role.COUNTERPART]
        children = [
            xml.text("ArkivobjektID", case.id),
            xml.text("KlassReferens", case.classification.code),
            xml.text("ExtraID", case.system_number, {"ExtraIDTyp": "systemnummer"}),
            xml.text("ArendeTyp", case.type),
            xml.text("Avslutat", case.closed.isoformat()) if case.closed else None,
            xml.optional("Beskrivning", case.description),
            xml.text("Beslutat", case.decided.isoformat()) if case.decided else None,
            self._disposal(case),
            *(self._agent(party) for party in officers),
            xml.text("Klass", f"{case.classification.code} {case.classification.title}"),
            *(self._restriction(restriction) for restriction in case.restrictions),
            *(self._person("Motpart", party) for party in parts),
            xml.text("Skapad", case.opened.isoformat()),
            xml.text("StatusArande", _STATUS[case.status]),
            xml.text("Arendemening", case.title),
            self._list("ArkivobjektListaHandlingar", [self._record(record) for record in case.records]),
        ]
        return xml.element("ArkivobjektArende", self._system_id(case.id), children)

    def _record(self, record: Record) -> ET.Element:
        xml, day = self._xml, record.dated.isoformat()
        senders = [party for party in record.parties if party.role is Role.SENDER][:1]
        receivers = [party for party in record.parties if party.role is Role.RECEIVER]
        children = [
            xml.text("ArkivobjektID", record.id),
            xml.text("Handlingstyp", record.type),
            *(self._person("Avsandare", party) for party in senders),
            xml.text("Expedierad", day) if record.direction is Direction.OUTGOING else None,
            xml.text("Inkommen", day) if record.direction is Direction.INCOMING else None,
            xml.text("Lopnummer", str(record.number)),
            *(self._person("Mottagare", party) for party in receivers),
            xml.text("Rubrik", record.title),
            xml.text("Skapad", day),
            xml.text("StatusHandling", _RECORD_STATUS[record.direction]),
            xml.text("Upprattad", day) if record.direction is Direction.INTERNAL else None,
            *(self._restriction(restriction) for restriction in record.restrictions),
            *(self._attachment(entry) for entry in self._placed if entry.record is record),
        ]
        return xml.element("ArkivobjektHandling", self._system_id(record.id), children)

    def _attachment(self, entry: Placed) -> ET.Element:
        content = entry.document.content
        stated = {
            "Namn": entry.document.name,
            "Lank": entry.path,
            "Storlek": str(len(content)),
            "Mimetyp": entry.document.format.media_type,
            "Checksumma": sha256(content),
            "ChecksummaMetod": "SHA-256",
            "Esignatur": "Nej",
        }
        return self._xml.element("Bilaga", stated)

    def _restriction(self, restriction: Restriction) -> ET.Element:
        xml, kind = self._xml, _RESTRICTION[restriction.kind]
        other = "Dataskydd" if kind == "Annan typ" else None
        children = [
            xml.optional("ForklarandeText", restriction.explanation),
            xml.text("Lagrum", restriction.regulation),
            xml.text("RestriktionsDatum", restriction.ends.isoformat()) if restriction.ends else None,
        ]
        return xml.element("Restriktion", {"Typ": kind, "AnnanTyp": other}, children)

    def _disposal(self, case: Case) -> ET.Element | None:
        xml, disposal = self._xml, case.disposal
        if disposal is None:
            return None
        children = [
            xml.text("GallringsForklaring", disposal.mandate),
            xml.text("GallringsPeriodSlut", disposal.earliest.isoformat()),
        ]
        return xml.element("Gallring", {"Gallras": str(disposal.disposable).lower()}, children)

    def _agent(self, party: Party) -> ET.Element:
        xml = self._xml
        children = [
            xml.text("Roll", "Handläggare"),
            xml.text("Namn", party.name),
            xml.optional("Organisationsnamn", party.organisation),
            xml.optional("Enhetsnamn", party.unit),
        ]
        return xml.element("Agent", children=children)

    def _person(self, element: str, party: Party) -> ET.Element:
        xml = self._xml
        children = [
            xml.text("Namn", party.name),
            xml.optional("Organisation", party.organisation),
            xml.optional("Postort", party.city),
            xml.text("IDnummer", party.id_number, {"Typ": "1"}) if party.id_number else None,
            xml.optional("Telefon", party.phone),
            xml.optional("EPost", party.email),
            xml.text("SkyddadIdentitet", "true") if party.protected_identity else None,
        ]
        return xml.element(element, children=children)

    def _system_id(self, subject: str) -> dict[str, str | None]:
        return {"Systemidentifierare": f"UUID:{identifier(self._delivery, subject)}"}
