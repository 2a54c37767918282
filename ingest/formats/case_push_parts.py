"""The parts that cases and records are described with, from pushed JSON to the canonical case model."""

from dataclasses import replace

from ingest.domain.descriptions import (
    Additional,
    Classification,
    Disposal,
    ExtraId,
    IdText,
    Note,
    OwnElement,
    Party,
    Relation,
    Restriction,
    TypedDate,
    TypedText,
)
from ingest.formats.case_push_fields import Fields


def typed_text(fields: Fields) -> TypedText:
    """Read a text with its kind."""
    return TypedText(type=fields.word("type"), text=fields.word("text"), other_type=fields.text("otherType"))


def extra_id(fields: Fields) -> ExtraId:
    """Read another identity of the same thing."""
    return ExtraId(type=fields.word("type"), text=fields.word("text"))


def identification(fields: Fields) -> IdText:
    """Read an identification."""
    return IdText(type=fields.word("type"), text=fields.word("text"))


def note(fields: Fields) -> Note:
    """Read a note."""
    return Note(text=fields.word("text"), type=fields.text("type"), date=fields.text("date"))


def relation(fields: Fields) -> Relation:
    """Read a relation."""
    target = fields.word("target")
    return Relation(type=fields.word("type"), target=target, other_type=fields.text("otherType"))


def classification(fields: Fields) -> Classification:
    """Read a place in a classification scheme."""
    return Classification(
        code=fields.text("code"),
        title=fields.text("title"),
        scheme=fields.text("scheme"),
        version=fields.text("version"),
        id=fields.text("id"),
        qualified_code=fields.text("qualifiedCode"),
    )


def typed_dates(found: tuple[Fields, ...]) -> tuple[TypedDate, ...]:
    """Read dates with their kinds; one without a date is left out."""
    read = ((fields.date("date", fields.word("type")), fields.text("otherType")) for fields in found)
    return tuple(replace(date, other_type=other) for date, other in read if date is not None)


def party(fields: Fields) -> Party:
    """Read a person or organisation."""
    return Party(
        type=fields.word("type"),
        name=fields.text("name"),
        other_type=fields.text("otherType"),
        organisation=fields.text("organisation"),
        unit=fields.text("unitName"),
        role=fields.text("role"),
        id_number=fields.text("idNumber"),
        id_number_type=fields.text("idNumberType"),
        addresses=tuple(map(typed_text, fields.objects("addresses"))),
        contacts=tuple(map(typed_text, fields.objects("contacts"))),
        protected_identity=fields.flag("protectedIdentity"),
        notes=tuple(map(note, fields.objects("notes"))),
    )


def restriction(fields: Fields) -> Restriction:
    """Read a mark of secrecy or privacy."""
    return Restriction(
        type=fields.word("type"),
        other_type=fields.text("otherType"),
        regulation=fields.text("regulation"),
        explanatory_text=fields.text("explanatoryText"),
        information_class=fields.text("informationClass"),
        security_class=fields.text("securityClass"),
        starts=fields.date("starts", "start"),
        ends=fields.date("ends", "end"),
        other_dates=typed_dates(fields.objects("dates")),
        durations=fields.texts("durations"),
        agents=tuple(map(party, fields.objects("agents"))),
    )


def disposal(fields: Fields | None) -> Disposal | None:
    """Read whether something may be disposed of; None when nothing is said."""
    disposable = None if fields is None else fields.flag("disposable")
    if fields is None or disposable is None:
        return None
    return Disposal(
        disposable=disposable,
        action=fields.text("disposalAction"),
        period=fields.text("disposalPeriod"),
        mandate=fields.text("disposalMandate"),
        description=fields.text("disposalDescription"),
        schedule_id=fields.text("disposalScheduleId"),
        comments=fields.texts("disposalComments"),
        dates=typed_dates(fields.objects("dates")),
    )


def additional(fields: Fields | None) -> Additional:
    """Read what is said beyond the standard."""
    if fields is None:
        return Additional()
    own = tuple(map(_own_element, fields.objects("ownElements")))
    return Additional(own_elements=own, xml=fields.texts("xml"))


def _own_element(fields: Fields) -> OwnElement:
    return OwnElement(
        name=fields.word("name"),
        value=fields.text("value"),
        type=fields.text("type"),
        format=fields.text("format"),
        elements=tuple(map(_own_element, fields.objects("elements"))),
    )
