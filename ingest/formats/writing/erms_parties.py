"""People and organisations, notes and dates as CITS ERMS has them, and whether it holds all of each."""

from collections.abc import Iterable

from ingest.domain.descriptions import Note, Party, TypedDate, TypedText
from ingest.formats.writing.erms_terms import (
    ADDRESS_TYPES,
    AGENT_TYPES,
    CONTACT_TYPES,
    DATE_TYPES,
    ERMS,
    Vocabulary,
    instant,
    is_instant,
    says_instant,
)
from ingest.formats.writing.names import given
from ingest.formats.xml_writer import XmlWriter


def name(local: str) -> str:
    """Give the name of an ERMS element."""
    return f"{{{ERMS}}}{local}"


def write_text(parent: XmlWriter, local: str, text: str | None) -> None:
    """Write an element with the text; nothing for None."""
    if text is not None:
        parent.leaf(name(local), text=text)


def termed(attribute: str, term: str, known: Vocabulary, companion: str, other: str | None) -> dict[str, str]:
    """Give a vocabulary attribute and its companion; an unknown term stands in the companion."""
    if term in known:
        return given({attribute: term, companion: other})
    return {attribute: known.other, companion: term if other is None else other}


# ------------------------------------------------------------------------------------------- dates


def write_dates(parent: XmlWriter, dates: Iterable[TypedDate]) -> None:
    """Write `dates` with those that xs:dateTime can say; nothing when it can say none."""
    said = tuple((date, text) for date in dates if (text := instant(date)) is not None)
    if said:
        with parent.element(name("dates")) as written:
            for date, text in said:
                written.leaf(name("date"), _dated(date), text)


def _dated(date: TypedDate) -> dict[str, str]:
    return termed("dateType", date.type, DATE_TYPES, "otherDateType", date.other_type)


def holds_dates(dates: Iterable[TypedDate]) -> bool:
    """Say whether ERMS dates say these exactly."""
    return all(date.type in DATE_TYPES and says_instant(date) for date in dates)


# ------------------------------------------------------------------------------------------- notes


def write_notes(parent: XmlWriter, notes: tuple[Note, ...]) -> None:
    """Write `notes`; nothing when there is none."""
    if notes:
        with parent.element(name("notes")) as written:
            for note in notes:
                day = note.date if note.date is not None and is_instant(note.date) else None
                written.leaf(name("note"), given({"noteType": note.type, "noteDate": day}), note.text)


def holds_notes(notes: tuple[Note, ...]) -> bool:
    """Say whether ERMS notes say these exactly."""
    return all(note.date is None or is_instant(note.date) for note in notes)


# ------------------------------------------------------------------------------------------- parties


def write_party(parent: XmlWriter, party: Party) -> None:
    """Write an agent; ERMS95 demands a name, which stays empty when there is none."""
    attributes = termed("agentType", party.type, AGENT_TYPES, "otherAgentType", party.other_type)
    with parent.element(name("agent"), attributes) as agent:
        agent.leaf(name("name"), text=party.name or "")
        write_text(agent, "organisation", party.organisation)
        write_text(agent, "unitName", party.unit)
        if party.id_number is not None:
            kind = given({"idNumberType": party.id_number_type})
            agent.leaf(name("idNumber"), kind, party.id_number)
        write_text(agent, "role", party.role)
        _write_contact(agent, party)
        if party.protected_identity is not None:
            agent.leaf(name("protectedIdentity"), text=str(party.protected_identity).lower())
        write_notes(agent, party.notes)


def _write_contact(agent: XmlWriter, party: Party) -> None:
    if not party.addresses and not party.contacts:
        return
    with agent.element(name("addressContactInformation")) as contact:
        for line in party.addresses:
            kind = termed("addressType", line.type, ADDRESS_TYPES, "otherAddressLineType", line.other_type)
            contact.leaf(name("addressLine"), kind, line.text)
        for line in party.contacts:
            kind = termed("contactType", line.type, CONTACT_TYPES, "otherContactLineType", line.other_type)
            contact.leaf(name("contactLine"), kind, line.text)


def holds_parties(parties: tuple[Party, ...]) -> bool:
    """Say whether ERMS agents say these exactly."""
    return all(map(_holds_party, parties))


def _holds_party(party: Party) -> bool:
    return (
        party.name is not None
        and party.type in AGENT_TYPES
        and (party.id_number is not None or party.id_number_type is None)
        and _all_known(party.addresses, ADDRESS_TYPES)
        and _all_known(party.contacts, CONTACT_TYPES)
        and holds_notes(party.notes)
    )


def _all_known(lines: tuple[TypedText, ...], known: Vocabulary) -> bool:
    return all(line.type in known for line in lines)
