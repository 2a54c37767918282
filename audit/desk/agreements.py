"""Submission agreements: the list, each with its versions, two compared, and the form of the next version."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from audit.desk import agreement_texts as texts
from audit.desk.agreement_forms import FIELDS, meant, written
from audit.desk.faults import UNPROVEN
from audit.desk.pages import fault_page, page
from audit.desk.rooms import Room, sent_to
from audit.desk.visits import Visit
from ingest.application.desk_agreements import list_agreements, make_agreement, make_version, show_agreement
from ingest.application.edit_agreements import (
    EditAnswer,
    NotPermitted,
    NotThere,
    Outdated,
    Taken,
    Unchanged,
    Unusable,
    Written,
)
from ingest.domain import people
from ingest.domain.agreements import DEFAULT_AGREEMENT, SubmissionAgreement
from ingest.domain.desk_use import Trace
from ingest.domain.findings import Text
from ingest.domain.people import Deed
from ingest.errors import UnknownSubject
from schemas.numbers import whole_number


def listed(visit: Visit) -> Response:
    """List agreements."""
    found = list_agreements(visit.person, visit.desk.ports)
    return page(visit, "agreements.html", texts, agreements=found, edits=visit.person.may(Deed.EDIT_AGREEMENTS))


def one(visit: Visit) -> Response:
    """Show an agreement: its newest version, or the one that the address names."""
    shown = show_agreement(visit.at("agreement"), visit.person, visit.desk.ports)
    agreement = shown.version(_number(visit.asked("version"))) if visit.asked("version") else shown.newest
    return page(
        visit,
        "agreement.html",
        texts,
        shown=shown,
        agreement=agreement,
        fields=FIELDS,
        said=written(agreement),
        edits=visit.person.may(Deed.EDIT_AGREEMENTS) and agreement.id != DEFAULT_AGREEMENT.id,
    )


def changes(visit: Visit) -> Response:
    """Compare two versions: the newest with the one before, where the address names none."""
    shown = show_agreement(visit.at("agreement"), visit.person, visit.desk.ports)
    after = shown.version(_number(visit.asked("to"))) if visit.asked("to") else shown.newest
    number = _number(visit.asked("from")) if visit.asked("from") else max(1, after.version - 1)
    before = shown.version(number)
    one, other = written(before), written(after)
    return page(
        visit,
        "agreement_changes.html",
        texts,
        before=before,
        after=after,
        rows=[(field, one[field.name], other[field.name]) for field in FIELDS if one[field.name] != other[field.name]],
        schemas=before.content_schemas != after.content_schemas,
        numbers=[version.version for version in shown.versions],
    )


def edit(visit: Visit) -> Response:
    """Show the form of the next version."""
    visit.person.require(Deed.EDIT_AGREEMENTS)
    newest = show_agreement(visit.at("agreement"), visit.person, visit.desk.ports).newest
    return _form(visit, written(newest), newest.version, newest.id)


def save(visit: Visit) -> Response:
    """Make the next version of what was in the form."""
    visit.person.require(Deed.EDIT_AGREEMENTS)
    shown = show_agreement(visit.at("agreement"), visit.person, visit.desk.ports)
    seen = whole_number(visit.typed("seen"))
    if seen is None:
        return fault_page(visit, UNPROVEN)
    if seen != shown.newest.version:
        return _form(visit, _typed(visit), seen, shown.newest.id, (texts.OUTDATED,))
    terms = meant(_typed(visit), shown.newest.id, visit.typed("reason"), shown.newest)
    if not isinstance(terms, SubmissionAgreement):
        return _form(visit, _typed(visit), seen, shown.newest.id, (texts.UNUSABLE, *terms))
    answer = make_version(terms, seen, visit.person, visit.desk.ports)
    return _answered(visit, answer, seen, shown.newest.id)


def blank(visit: Visit) -> Response:
    """Show the form of a new agreement."""
    visit.person.require(Deed.EDIT_AGREEMENTS)
    return _form(visit, written(SubmissionAgreement(id="", version=1)), 0, "")


def create(visit: Visit) -> Response:
    """Make an agreement of what was in the form."""
    visit.person.require(Deed.EDIT_AGREEMENTS)
    terms = meant(_typed(visit), visit.typed("id"), visit.typed("reason"), None)
    if not isinstance(terms, SubmissionAgreement):
        return _form(visit, _typed(visit), 0, "", (texts.UNUSABLE, *terms))
    return _answered(visit, make_agreement(terms, visit.person, visit.desk.ports), 0, "")


def _answered(visit: Visit, answer: EditAnswer, seen: int, agreement_id: str) -> Response:
    match answer:
        case Written(agreement=agreement) | Unchanged(agreement=agreement):
            return sent_to(f"/agreements/{agreement.id}")
        case Outdated():
            return _form(visit, _typed(visit), seen, agreement_id, (texts.OUTDATED,))
        case Taken():
            return _form(visit, _typed(visit), seen, agreement_id, (texts.TAKEN,))
        case Unusable(fault=fault):
            return _form(visit, _typed(visit), seen, agreement_id, (texts.UNUSABLE, fault))
        case NotThere():
            raise UnknownSubject("Överenskommelsen finns inte.", "There is no such agreement.")
        case NotPermitted():
            raise people.NotPermitted(Deed.EDIT_AGREEMENTS)


def _form(
    visit: Visit, said: Mapping[str, str], seen: int, agreement_id: str, faults: tuple[Text, ...] = ()
) -> Response:
    return page(
        visit,
        "agreement_form.html",
        texts,
        status=HTTPStatus.CONFLICT if faults else HTTPStatus.OK,
        fields=FIELDS,
        said=said,
        seen=seen,
        agreement_id=agreement_id,
        wanted_id=visit.typed("id"),
        reason=visit.typed("reason"),
        faults=faults,
    )


def _typed(visit: Visit) -> dict[str, str]:
    typed = {field.name: visit.typed(field.name) for field in FIELDS}
    # A blank is a mark of names like any other.
    return {**typed, "name_marks": visit.form.get("name_marks", "")}


def _number(text: str) -> int:
    if (number := whole_number(text)) is None:
        raise UnknownSubject(f"{text} är ingen version.", f"{text} is no version.")
    return number


ROOMS: Final = (
    Room(method="GET", path="/agreements", answer=listed, trace=Trace.NONE),
    Room(method="GET", path="/agreements/{agreement}", answer=one, trace=Trace.NONE),
    Room(method="GET", path="/agreements/{agreement}/changes", answer=changes, trace=Trace.NONE),
    Room(method="GET", path="/agreements/{agreement}/edit", answer=edit, trace=Trace.NONE),
    Room(method="POST", path="/agreements/{agreement}/edit", answer=save),
    Room(method="GET", path="/new-agreement", answer=blank, trace=Trace.NONE),
    Room(method="POST", path="/new-agreement", answer=create),
)
