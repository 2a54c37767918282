"""Restrictions, disposal, relations and classes as CITS ERMS has them, and whether it holds all of each."""

from itertools import chain

from ingest.domain.descriptions import Classification, Disposal, Relation, Restriction, TypedDate
from ingest.formats.writing.erms_parties import (
    holds_dates,
    holds_parties,
    name,
    termed,
    write_dates,
    write_party,
    write_text,
)
from ingest.formats.writing.erms_terms import (
    DISPOSAL_DATE_TYPES,
    ENDS,
    RELATION_TYPES,
    RESTRICTION_TYPES,
    STARTS,
    instant,
    says_instant,
)
from ingest.formats.writing.names import given
from ingest.formats.xml_writer import XmlWriter

# ------------------------------------------------------------------------------------------- restrictions


def write_restriction(parent: XmlWriter, restriction: Restriction) -> None:
    """Write a restriction; ERMS59 demands a regulation, which stays empty when there is none."""
    kind = termed(
        "restrictionType",
        restriction.type,
        RESTRICTION_TYPES,
        "otherRestrictionType",
        restriction.other_type,
    )
    with parent.element(name("restriction"), kind) as written:
        write_text(written, "explanatoryText", restriction.explanatory_text)
        written.leaf(name("regulation"), text=restriction.regulation or "")
        write_text(written, "informationClass", restriction.information_class)
        write_text(written, "securityClass", restriction.security_class)
        for agent in restriction.agents:
            write_party(written, agent)
        write_dates(written, _dates(restriction))
        for duration in restriction.durations:
            with written.element(name("duration")) as span:
                span.leaf(name("calculatedDuration"), text=duration)


def _dates(restriction: Restriction) -> tuple[TypedDate, ...]:
    edges = (restriction.starts, restriction.ends)
    return (*(date for date in edges if date is not None), *restriction.other_dates)


def holds_restrictions(restrictions: tuple[Restriction, ...]) -> bool:
    """Say whether ERMS restrictions say these exactly, start and end told from other dates by their types."""
    return all(map(_holds_restriction, restrictions))


def _holds_restriction(restriction: Restriction) -> bool:
    starts, ends = restriction.starts, restriction.ends
    others = {date.type for date in restriction.other_dates}
    return (
        restriction.regulation is not None
        and restriction.type in RESTRICTION_TYPES
        and (starts is None or starts.type in STARTS)
        and (ends is None or ends.type in ENDS)
        and others.isdisjoint(chain(STARTS, ENDS))
        and holds_dates(_dates(restriction))
        and holds_parties(restriction.agents)
    )


# ------------------------------------------------------------------------------------------- disposal


def write_disposal(parent: XmlWriter, disposal: Disposal | None) -> None:
    """Write the disposal (gallring), if ERMS can have it: ERMS126 demands a date, and none is made up."""
    if disposal is None:
        return
    dated = tuple((date, text) for date in disposal.dates if (text := instant(date)) is not None)
    if not dated:
        return
    with parent.element(name("disposal"), {"disposable": str(disposal.disposable).lower()}) as written:
        write_text(written, "disposalScheduleId", disposal.schedule_id)
        write_text(written, "disposalAction", disposal.action)
        write_text(written, "disposalPeriod", disposal.period)
        write_text(written, "disposalMandate", disposal.mandate)
        write_text(written, "disposalDescription", disposal.description)
        if disposal.comments:
            with written.element(name("disposalComments")) as comments:
                for comment in disposal.comments:
                    comments.leaf(name("disposalComment"), text=comment)
        with written.element(name("dates")) as dates:
            for date, text in dated:
                dates.leaf(name("disposalDate"), _disposal_date(date), text)


def _disposal_date(date: TypedDate) -> dict[str, str]:
    return termed("dateType", date.type, DISPOSAL_DATE_TYPES, "otherDisposalDateType", date.other_type)


def holds_disposal(disposal: Disposal | None) -> bool:
    """Say whether an ERMS disposal says this exactly."""
    if disposal is None:
        return True
    known = all(date.type in DISPOSAL_DATE_TYPES and says_instant(date) for date in disposal.dates)
    return known and bool(disposal.dates)


# ------------------------------------------------------------------------------------------- relations


def write_relation(parent: XmlWriter, relation: Relation) -> None:
    """Write a relation to another case or record."""
    kind = termed("relationType", relation.type, RELATION_TYPES, "otherRelationType", relation.other_type)
    parent.leaf(name("relation"), kind, relation.target)


def holds_relations(relations: tuple[Relation, ...]) -> bool:
    """Say whether ERMS relations say these exactly."""
    return all(relation.type in RELATION_TYPES for relation in relations)


# ------------------------------------------------------------------------------------------- classification


def write_classification(parent: XmlWriter, one: Classification) -> None:
    """Write a class by its title and codes; its scheme stands in `control`."""
    attributes = {
        "classificationId": one.id,
        "classificationCode": one.code,
        "fullyQualifiedClassificationCode": one.qualified_code,
    }
    parent.leaf(name("classification"), given(attributes), one.title or "")


def holds_classifications(classifications: tuple[Classification, ...]) -> bool:
    """Say whether ERMS says these exactly: one scheme for all, named without a version."""
    schemes = {one.scheme for one in classifications}
    return (
        len(schemes) <= 1
        and None not in schemes
        and all(one.version is None and one.title != "" for one in classifications)
    )
