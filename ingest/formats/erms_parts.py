"""The parts of a case or record in CITS ERMS: parties, restrictions, disposal, notes, classification."""

from collections.abc import Mapping
from itertools import chain

from lxml import etree

from ingest.domain.descriptions import (
    Classification,
    Disposal,
    ExtraId,
    IdText,
    Note,
    Party,
    Relation,
    Restriction,
    TypedDate,
    TypedText,
)
from ingest.formats.erms_words import child_text, children, flag, nested, texts, typed_date
from ingest.formats.xml_words import text_of

_STARTS = ("created", "start")
_ENDS = ("end", "expiration")


def parties(element: etree._Element) -> tuple[Party, ...]:
    """Read agents/agent."""
    return tuple(party(agent) for agent in nested(element, "agents", "agent"))


def party(agent: etree._Element) -> Party:
    """Read an agent (Agent, Motpart, Avsandare, Mottagare of Ärendehantering 1.0)."""
    number = next(children(agent, "idNumber"), None)
    return Party(
        type=agent.get("agentType") or "",
        name=child_text(agent, "name"),
        other_type=agent.get("otherAgentType"),
        organisation=child_text(agent, "organisation"),
        unit=child_text(agent, "unitName"),
        role=child_text(agent, "role"),
        id_number=None if number is None else text_of(number),
        id_number_type=None if number is None else number.get("idNumberType"),
        addresses=_lines(agent, "addressLine", "addressType", "otherAddressLineType"),
        contacts=_lines(agent, "contactLine", "contactType", "otherContactLineType"),
        protected_identity=flag(child_text(agent, "protectedIdentity")),
        notes=notes(agent),
    )


def _lines(agent: etree._Element, name: str, kind: str, other: str) -> tuple[TypedText, ...]:
    return tuple(
        TypedText(type=line.get(kind) or "", text=text_of(line), other_type=line.get(other))
        for line in nested(agent, "addressContactInformation", name)
    )


def notes(element: etree._Element) -> tuple[Note, ...]:
    """Read notes/note."""
    return tuple(
        Note(text=text_of(note), type=note.get("noteType"), date=note.get("noteDate"))
        for note in nested(element, "notes", "note")
    )


def dates(element: etree._Element) -> tuple[TypedDate, ...]:
    """Read dates/date."""
    return tuple(typed_date(date) for date in nested(element, "dates", "date"))


def restriction(element: etree._Element) -> Restriction:
    """Read a restriction: date type `created` is its start (ERMS-SVK), `end` and `expiration` are its end."""
    said = list(dates(element))
    for duration in children(element, "duration"):
        said.extend(dates(duration))
    starts = _take(said, _STARTS)
    ends = _take(said, _ENDS)
    return Restriction(
        type=element.get("restrictionType") or "",
        other_type=element.get("otherRestrictionType"),
        regulation=child_text(element, "regulation"),
        explanatory_text=child_text(element, "explanatoryText"),
        information_class=child_text(element, "informationClass"),
        security_class=child_text(element, "securityClass"),
        starts=starts,
        ends=ends,
        other_dates=tuple(said),
        durations=texts(nested(element, "duration", "calculatedDuration")),
        agents=tuple(party(agent) for agent in children(element, "agent")),
    )


def _take(said: list[TypedDate], kinds: tuple[str, ...]) -> TypedDate | None:
    """Take the first date of the first of the kinds that occurs out of the list."""
    wanted = chain.from_iterable((date for date in said if date.type == kind) for kind in kinds)
    found = next(wanted, None)
    if found is not None:
        said.remove(found)
    return found


def disposal(element: etree._Element) -> Disposal | None:
    """Read the disposal (gallring); without a readable @disposable it is to be kept, which loses nothing."""
    frame = next(children(element, "disposal"), None)
    if frame is None:
        return None
    return Disposal(
        disposable=flag(frame.get("disposable")) or False,
        action=child_text(frame, "disposalAction"),
        period=child_text(frame, "disposalPeriod"),
        mandate=child_text(frame, "disposalMandate"),
        description=child_text(frame, "disposalDescription"),
        schedule_id=child_text(frame, "disposalScheduleId"),
        comments=texts(nested(frame, "disposalComments", "disposalComment")),
        dates=tuple(typed_date(date, other="otherDisposalDateType") for date in nested(frame, "dates", "disposalDate")),
    )


def classification(element: etree._Element, scheme: Mapping[str | None, str], used: str | None) -> Classification:
    """Read a classification; `used` is the id of the scheme the case or record points at, None for none."""
    return Classification(
        code=element.get("classificationCode"),
        title=text_of(element) or None,
        scheme=scheme.get(used),
        id=element.get("classificationId"),
        qualified_code=element.get("fullyQualifiedClassificationCode"),
    )


def relation(element: etree._Element) -> Relation:
    """Read a relation; its text names the other case or record."""
    return Relation(
        type=element.get("relationType") or "",
        target=text_of(element),
        other_type=element.get("otherRelationType"),
    )


def other_title(element: etree._Element) -> TypedText:
    """Read one more title, of a named kind."""
    return TypedText(type=element.get("titleType") or "", text=text_of(element))


def extra_id(element: etree._Element) -> ExtraId:
    """Read one more identity, of a named kind."""
    return ExtraId(type=element.get("extraIdType") or "", text=text_of(element))


def identification(element: etree._Element) -> IdText:
    """Read an identification."""
    return IdText(type=element.get("identificationType") or "", text=text_of(element))
