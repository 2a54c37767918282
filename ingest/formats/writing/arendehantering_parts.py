"""The parts of a case or record in FGS Ärendehantering 1.0: people, restrictions, disposal, files, own elements."""

from collections.abc import Callable, Mapping

from ingest.domain.descriptions import Classification, Disposal, OwnElement, Party, Relation, Restriction
from ingest.domain.documents import Document
from ingest.formats.writing.arendehantering_terms import (
    ADDRESSES,
    CONTACTS,
    OTHER_RESTRICTION,
    OWN_RELATION,
    RESTRICTIONS,
    moment,
    name,
)
from ingest.formats.writing.names import given
from ingest.formats.xml_writer import XmlWriter

LinkOf = Callable[[Document], str]
"""Gives a document's path in the package that is written, from the package's root."""
_LARGEST = 2**31 - 1  # Bilaga/@Storlek is an xs:int.
_IDENTITY_TYPES = frozenset(map(str, range(1, 7)))


def write_text(parent: XmlWriter, local: str, text: str | None) -> None:
    """Write an element with the text; nothing for None."""
    if text is not None:
        parent.leaf(name(local), text=text)


def write_agent(parent: XmlWriter, party: Party) -> None:
    """Write Agent; it must have a Roll, and without one it is the ERMS word for what the party is."""
    with parent.element(name("Agent")) as agent:
        write_text(agent, "Roll", party.role if party.role is not None else party.other_type or party.type)
        write_text(agent, "Namn", party.name)
        write_text(agent, "Organisationsnamn", party.organisation)
        write_text(agent, "Enhetsnamn", party.unit)


def write_person(parent: XmlWriter, local: str, party: Party) -> None:
    """Write Motpart, Avsandare or Mottagare; the name it must have stays empty when there is none."""
    with parent.element(name(local)) as person:
        write_text(person, "Namn", party.name or "")
        write_text(person, "Organisation", party.organisation)
        addresses = {line.type: line.text for line in reversed(party.addresses)}
        for kind, element in ADDRESSES.items():
            write_text(person, element, addresses.get(kind))
        if party.id_number is not None:
            number_type = party.id_number_type if party.id_number_type in _IDENTITY_TYPES else None
            person.leaf(name("IDnummer"), given({"Typ": number_type}), party.id_number)
        _write_contacts(person, party)
        write_text(person, "SkyddadIdentitet", _boolean(party.protected_identity))


def _write_contacts(person: XmlWriter, party: Party) -> None:
    for kind, element in CONTACTS.items():
        lines = [line.text for line in party.contacts if line.type == kind]
        for line in lines if element == "Telefon" else lines[:1]:
            write_text(person, element, line)


def write_restriction(parent: XmlWriter, restriction: Restriction) -> None:
    """Write Restriktion; RestriktionsDatum is when it ends. A kind that 1.0 does not know is `Annan typ`."""
    known = RESTRICTIONS.get(restriction.type)
    other = restriction.other_type if known is not None else restriction.type
    attributes = {"Typ": known or OTHER_RESTRICTION, "AnnanTyp": other}
    with parent.element(name("Restriktion"), given(attributes)) as written:
        write_text(written, "ForklarandeText", restriction.explanatory_text)
        write_text(written, "Lagrum", restriction.regulation)
        write_text(written, "RestriktionsDatum", moment(restriction.ends))


def write_disposal(parent: XmlWriter, disposal: Disposal | None) -> None:
    """Write Gallring; nothing for None."""
    if disposal is None:
        return
    ends = (moment(date) for date in disposal.dates if date.type == "retention_period_end")
    with parent.element(name("Gallring"), {"Gallras": str(disposal.disposable).lower()}) as written:
        write_text(written, "GallringsFrist", disposal.period)
        write_text(written, "GallringsForklaring", disposal.mandate)
        write_text(written, "GallringsPeriodSlut", next((end for end in ends if end is not None), None))


def write_relation(parent: XmlWriter, local: str, relation: Relation, known: Mapping[str, str]) -> None:
    """Write ArendeRelation or HandlingRelation; a kind it does not know is a relation of the writer's own."""
    word = known.get(relation.type)
    other = relation.other_type if word is not None else relation.type
    parent.leaf(name(local), given({"Typ": word or OWN_RELATION, "AnnanTyp": other}), relation.target)


def class_words(one: Classification) -> str | None:
    """Give a class as Klass has it: the code and the title, None without a title."""
    if one.title is None:
        return None
    return one.title if one.code is None else f"{one.code} {one.title}"


def write_document(parent: XmlWriter, document: Document, link_of: LinkOf) -> None:
    """Write Bilaga; a size that an xs:int cannot hold is left out."""
    digest = document.digest
    small = document.size is not None and document.size <= _LARGEST
    attributes = {
        "Namn": document.name,
        "Lank": link_of(document),
        "Beskrivning": document.description,
        "Storlek": str(document.size) if small else None,
        "CharacterSet": document.character_set,
        "Mimetyp": document.mime_type,
        "Checksumma": None if digest is None else digest.value,
        "ChecksummaMetod": None if digest is None else digest.algorithm_name,
        "SchemaURI": document.schema_uri,
        "Esignatur": None if document.e_signature is None else ("Nej", "Ja")[document.e_signature],
    }
    with parent.element(name("Bilaga"), given(attributes)) as written:
        write_text(written, "Bevaras", _boolean(document.preserve))


def write_own_element(parent: XmlWriter, element: OwnElement) -> None:
    """Write EgnaElement: it has a description and no value, so one with a value stands inside it."""
    plain = element.value is None and element.type is None and element.format is None
    with parent.element(name("EgnaElement")) as outer:
        if plain:
            write_text(outer, "EgnaElementBeskrivning", element.name)
        for inner in element.elements if plain else (element,):
            _write_named(outer, inner)


def _write_named(parent: XmlWriter, element: OwnElement) -> None:
    attributes = given({"Namn": element.name, "DataTyp": element.type, "Format": element.format})
    with parent.element(name("EgetElement"), attributes) as written:
        write_text(written, "Varde", element.value)
        for inner in element.elements:
            _write_named(written, inner)


def _boolean(value: bool | None) -> str | None:  # noqa: FBT001 - a value to be written, not a switch
    return None if value is None else str(value).lower()
