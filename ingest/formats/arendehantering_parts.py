"""The parts of a case or record in FGS Ärendehantering 1.0: parties, restrictions, disposal, files, own elements."""

from collections.abc import Callable, Iterator

from lxml import etree

from ingest.domain.descriptions import (
    Additional,
    Classification,
    Disposal,
    OwnElement,
    Party,
    Relation,
    Restriction,
)
from ingest.domain.documents import Document
from ingest.domain.fixity import DeclaredDigest
from ingest.domain.paths import PackagePath
from ingest.formats.arendehantering_words import (
    ADDRESSES,
    CONTACTS,
    PERSONS,
    RELATIONS,
    RESTRICTIONS,
    Parts,
    translated,
    typed_date,
)
from ingest.formats.erms_words import flag
from ingest.formats.xml_words import canonical_xml, line_of, local_name, text_of

Resolve = Callable[[str, int], PackagePath | None]
"""Finds the delivered file for a link written at a line; None when no single file answers to it."""

_OFFICER = "handläggare"


def parties(element: etree._Element) -> tuple[Party, ...]:
    """Read Agent, Motpart, Avsandare and Mottagare, in document order."""
    return tuple(_parties(element))


def _parties(element: etree._Element) -> Iterator[Party]:
    for child in element.iterchildren("*"):
        name = local_name(child)
        if name == "Agent":
            yield _agent(Parts(child))
        elif name in PERSONS:
            yield _person(PERSONS[name], Parts(child))


def _agent(parts: Parts) -> Party:
    role = parts.text("Roll")
    officer = role is not None and role.strip().casefold() == _OFFICER
    return Party(
        type="responsible_person" if officer else "agent",
        role=role,
        name=parts.text("Namn"),
        organisation=parts.text("Organisationsnamn"),
        unit=parts.text("Enhetsnamn"),
    )


def _person(kind: str, parts: Parts) -> Party:
    number = parts.one("IDnummer")
    return Party(
        type=kind,
        name=parts.text("Namn"),
        organisation=parts.text("Organisation"),
        id_number=None if number is None else text_of(number),
        id_number_type=None if number is None else number.get("Typ"),
        addresses=parts.typed(ADDRESSES),
        contacts=parts.typed(CONTACTS),
        protected_identity=_protected(parts.text("SkyddadIdentitet")),
    )


def _protected(text: str | None) -> bool | None:
    """Read SkyddadIdentitet; a mark that cannot be read is taken as set, which reveals nothing."""
    return None if text is None else flag(text) is not False


def restriction(element: etree._Element) -> Restriction:
    """Read Restriktion; RestriktionsDatum is when it ends."""
    parts = Parts(element)
    return Restriction(
        type=translated(RESTRICTIONS, element.get("Typ")) or "",
        other_type=element.get("AnnanTyp"),
        regulation=parts.text("Lagrum"),
        explanatory_text=parts.text("ForklarandeText"),
        ends=typed_date("end", parts.one("RestriktionsDatum")),
    )


def disposal(element: etree._Element | None) -> Disposal | None:
    """Read Gallring; without a readable @Gallras it is to be kept, which loses nothing."""
    if element is None:
        return None
    parts = Parts(element)
    ends = (typed_date("retention_period_end", written) for written in parts.all("GallringsPeriodSlut"))
    return Disposal(
        disposable=flag(element.get("Gallras")) or False,
        period=parts.text("GallringsFrist"),
        mandate=parts.text("GallringsForklaring"),
        dates=tuple(date for date in ends if date is not None),
    )


def relation(element: etree._Element) -> Relation:
    """Read ArendeRelation or HandlingRelation; one without @Typ is a plain reference."""
    return Relation(
        type=translated(RELATIONS, element.get("Typ")) or "reference",
        target=text_of(element),
        other_type=element.get("AnnanTyp"),
    )


def classifications(parts: Parts, scheme: str | None) -> tuple[Classification, ...]:
    """Read KlassReferens (the code) and Klass (the words); `3.1.2 Hantera bygglov` is joined with its code 3.1.2."""
    titles = list(parts.texts("Klass"))
    joined = [_classification(code.strip(), titles, scheme) for code in parts.texts("KlassReferens")]
    return (*joined, *(Classification(title=title, scheme=scheme) for title in titles))


def _classification(code: str, titles: list[str], scheme: str | None) -> Classification:
    title = next((title for title in titles if title.split(maxsplit=1)[:1] == [code]), None)
    if title is None:
        return Classification(code=code, scheme=scheme)
    titles.remove(title)
    return Classification(code=code, title=title.strip().removeprefix(code).strip() or None, scheme=scheme)


def document(element: etree._Element, resolve: Resolve) -> Document:
    """Read Bilaga; its file is the one that Lank leads to."""
    link, line = element.get("Lank") or "", line_of(element)
    value = element.get("Checksumma")
    method = element.get("ChecksummaMetod") or ""
    return Document(
        name=element.get("Namn") or "",
        link=link,
        path=resolve(link, line),
        line=line,
        description=element.get("Beskrivning"),
        size=_size(element.get("Storlek")),
        mime_type=element.get("Mimetyp"),
        character_set=element.get("CharacterSet"),
        digest=DeclaredDigest(algorithm_name=method, value=value) if value else None,
        schema_uri=element.get("SchemaURI"),
        e_signature={"Ja": True, "Nej": False}.get(element.get("Esignatur") or ""),
        preserve=flag(Parts(element).text("Bevaras")),
    )


def _size(text: str | None) -> int | None:
    stripped = (text or "").strip()
    return int(stripped) if stripped.isascii() and stripped.isdigit() and len(stripped) < len(str(2**64)) else None


def additional(parts: Parts, known: frozenset[str]) -> Additional:
    """Read EgnaElement and TillkommandeXMLdata, and keep whole whatever child `known` does not name."""
    own = parts.all("EgnaElement")
    foreign = [inner for frame in parts.all("TillkommandeXMLdata") for inner in frame.iterchildren("*")]
    rest = [child for child in parts.element.iterchildren("*") if local_name(child) not in known]
    shaped = [element for element in own if not _has_properties(element)]
    whole = [element for element in own if _has_properties(element)]
    return Additional(
        own_elements=(*_overview(parts), *map(_own, shaped)),
        xml=tuple(canonical_xml(element) for element in (*foreign, *whole, *rest)),
    )


def _overview(parts: Parts) -> Iterator[OwnElement]:
    """Keep what the record says to the citizens' case overview (Mina ärendeöversikter)."""
    for name in ("MinaArendeoversikterKlassificering", "MinaArendeoversikterStatus"):
        yield from (OwnElement(name=name, value=text) for text in parts.texts(name))


def _has_properties(element: etree._Element) -> bool:
    return any(local_name(inner) == "Egenskaper" for inner in element.iter("*"))


def _own(element: etree._Element) -> OwnElement:
    """Read EgnaElement (the frame, with its description) or EgetElement."""
    parts = Parts(element)
    return OwnElement(
        name=element.get("Namn") or parts.text("EgnaElementBeskrivning") or "EgnaElement",
        value=parts.text("Varde"),
        type=element.get("DataTyp"),
        format=element.get("Format"),
        elements=tuple(map(_own, parts.all("EgetElement"))),
    )
