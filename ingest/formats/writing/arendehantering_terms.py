"""How the case model's words are said in FGS Ärendehantering 1.0."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ingest.domain.descriptions import Party, TypedDate, TypedText
from ingest.formats import arendehantering_words as words

FGS = "http://xml.ra.se/e-arkiv/FGS-ERMS"
OWN_RELATION = "Egen relationsdefinition"
OTHER_RESTRICTION = "Annan typ"
_MOMENT = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2})?)?)?", re.ASCII)
_ZONE_AND_FRACTION = re.compile(r"(\.\d+)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)


def _inverse(table: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({theirs: ours for ours, theirs in table.items()})


_CASE_STATES = frozenset({"Öppet", "Vilande", "Stängt", "Makulerat", "Ad Acta."})
_STATUSES = _inverse(words.STATUSES)
CASE_STATUSES = {term: word for term, word in _STATUSES.items() if word in _CASE_STATES}
RECORD_STATUSES = {term: word for term, word in _STATUSES.items() if word not in _CASE_STATES}
RECORD_RELATIONS = _inverse(words.RELATIONS)
CASE_RELATIONS = {
    term: RECORD_RELATIONS[term]
    for term in ("replaces", "is_replaced_with", "reference", "referenced_by", "own_relation_definition")
}
RESTRICTIONS = _inverse(words.RESTRICTIONS)
DATES = _inverse(words.DATES)
ADDRESSES = _inverse(words.ADDRESSES)
CONTACTS = _inverse(words.CONTACTS)


def name(local: str) -> str:
    """Give the name of an Ärendehantering element."""
    return f"{{{FGS}}}{local}"


def moment(date: TypedDate | None) -> str | None:
    """Give a date as EgetTidDatum, without zone and fraction, which it cannot have; None for what it cannot be."""
    if date is None:
        return None
    said = _MOMENT.match(date.raw)
    rest = "" if said is None else date.raw[said.end() :]
    return said.group() if said is not None and _ZONE_AND_FRACTION.fullmatch(rest) else None


def says_moment(date: TypedDate | None) -> bool:
    """Say whether EgetTidDatum holds the date exactly."""
    return date is None or moment(date) == date.raw


def holds_dates(dates: tuple[TypedDate, ...], elements: frozenset[str]) -> bool:
    """Say whether these elements hold the dates exactly; only decisions (Beslutat) may be several."""
    kinds = [DATES.get(date.type, "") for date in dates]
    several = {kind for kind in kinds if kinds.count(kind) > 1}
    plain = all(date.other_type is None and says_moment(date) for date in dates)
    return plain and set(kinds) <= elements and several <= {"Beslutat"}


def holds_person(party: Party) -> bool:
    """Say whether PersonOrganisationTyp holds the party exactly."""
    beyond = (party.other_type, party.unit, party.role)
    return (
        party.name is not None
        and not any(one is not None for one in beyond)
        and not party.notes
        and (party.id_number is not None or party.id_number_type is None)
        and party.id_number_type in {None, *map(str, range(1, 7))}
        and _holds_lines(party.addresses, ADDRESSES, frozenset())
        and _holds_lines(party.contacts, CONTACTS, frozenset({"phonenumber"}))
    )


def holds_agent(party: Party) -> bool:
    """Say whether Agent holds the party exactly: a role, a name, an organisation, a unit."""
    beyond = (party.other_type, party.id_number, party.id_number_type, party.protected_identity)
    officer = party.role is not None and party.role.strip().casefold() == "handläggare"
    return (
        party.role is not None
        and party.type == ("responsible_person" if officer else "agent")
        and not any(one is not None for one in beyond)
        and not (party.notes or party.addresses or party.contacts)
    )


def _holds_lines(lines: tuple[TypedText, ...], known: Mapping[str, str], several: Iterable[str]) -> bool:
    kinds = [line.type for line in lines]
    order = [kind for kind in known if kind in kinds]
    once = all(kind in several or kinds.count(kind) == 1 for kind in kinds)
    sorted_kinds = sorted(kinds, key=lambda kind: order.index(kind) if kind in order else -1)
    return all(line.type in known and line.other_type is None for line in lines) and once and kinds == sorted_kinds
