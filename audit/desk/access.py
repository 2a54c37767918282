"""The review of access: why each unit is closed, personal numbers in view, decisions, and publishing."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response

from audit.desk import access_texts as texts
from audit.desk import hiding
from audit.desk.access_forms import ALL_UNMARKED, UNIT, FilledIn, digest_of, filled_in, key_in, key_text, unit_text
from audit.desk.desk import MOUNTED_AT
from audit.desk.faults import UNPROVEN, fault_of
from audit.desk.pages import fault_page, page
from audit.desk.previews import Ways, ways_to
from audit.desk.rooms import Room, sent_to
from audit.desk.visits import Visit
from ingest.application.decide_access import (
    AccessAnswer,
    ClosedAtOnce,
    InForce,
    InOtherHands,
    OpensNothing,
    UnknownUnits,
    decide_access,
)
from ingest.application.desk_packages import package_for
from ingest.application.hits_in_view import Numbers, hits_in_view, masked
from ingest.application.publish_records import Published, Publisher, publish
from ingest.application.review_access import AccessReview, review_access
from ingest.application.told_access import kind_of, path_text
from ingest.domain.access.decisions import Lack
from ingest.domain.access.units import Unit, UnitKey
from ingest.domain.documents import Document
from ingest.domain.findings import Text
from ingest.domain.people import Deed
from ingest.domain.personal_numbers import find_numbers
from ingest.errors import EarkivError, UnknownSubject, logged_of
from schemas.numbers import number_in

logger = logging.getLogger(__name__)
_UNITS: Final = 50
_MOST_PLACES: Final = 10
_NOTHING: Mapping[UnitKey, tuple[Lack, ...]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why nothing was decided, and what was lacking for which unit."""

    text: Text
    lacks: Mapping[UnitKey, tuple[Lack, ...]]


def review(visit: Visit) -> Response:
    """Show the units of a package with what closes them; where it cannot be read, what can be hidden all the same."""
    try:
        return _reviewed(visit, FilledIn(), None)
    except UnknownSubject:
        raise
    except EarkivError as error:
        if not visit.person.may(Deed.RESTRICT_ACCESS):
            raise
        logger.info("a package cannot be reviewed", extra=logged_of(error))
        return hiding.shown(visit, fault_of(error))


def _reviewed(visit: Visit, form: FilledIn, refused: Refused | None) -> Response:
    found = review_access(visit.at("package"), visit.person, visit.desk.finder, visit.desk.ports)
    start, here = _start(visit, len(found.units)), f"{MOUNTED_AT}/packages/{visit.at('package')}"
    return page(
        visit,
        "access.html",
        texts,
        status=HTTPStatus.CONFLICT if refused else HTTPStatus.OK,
        review=found,
        units=list(enumerate(found.units))[start : start + _UNITS],
        start=start,
        earlier=max(0, start - _UNITS) if start else None,
        later=start + _UNITS if start + _UNITS < len(found.units) else None,
        form=form,
        is_ticked=lambda unit: unit.in_view in form.units,
        refused=refused,
        unmarked=len(found.unmarked),
        all_unmarked={"name": ALL_UNMARKED, "value": digest_of(found.unmarked)},
        decided=_decided(visit, found),
        most=_MOST_PLACES,
        here=here,
        link=_links(found),
        decides=visit.person.may(Deed.RESTRICT_ACCESS),
        publishes=visit.person.may(Deed.PUBLISH_RECORDS),
        **_written(here),
    )


def _written(here: str) -> dict[str, Callable[..., object]]:
    """Give how units, texts and places are written on these pages: no number in any of them."""
    return {
        "box": lambda number: f"{UNIT}{number}",
        "unit_text": lambda unit: unit_text(unit.in_view),
        "kind": lambda unit: texts.KINDS[kind_of(Unit(key=unit.key, described=unit.described))],
        "path_text": lambda key: hidden(path_text(key)),
        "hidden": hidden,
        "numbers": lambda key: f"{here}/access/numbers?{urlencode({'unit': key_text(key)})}",
    }


def hidden(text: str) -> str:
    """Give a text with all personal numbers in it masked."""
    return masked(text, find_numbers(text))


def _start(visit: Visit, units: int) -> int:
    start = number_in(visit.asked("from"), 0)
    return start if start < units else 0


def _decided(visit: Visit, found: AccessReview) -> Text | None:
    """Say what became of the decision that the address names."""
    said = visit.asked("decision")
    if any(one.id == said for one in found.decisions):
        return texts.DONE
    return texts.CLOSED_AT_ONCE if any(one.id == said for one in found.waiting) else None


def _links(found: AccessReview) -> Callable[[Document], Ways | None]:
    """Give the ways to each document; None where no file answers to it, or its path holds a number."""

    def link(document: Document) -> Ways | None:
        path = found.places.get(document.path) if document.path is not None else None
        return None if path is None or any(find_numbers(path)) else ways_to(found.package.package, path)

    return link


def decide(visit: Visit) -> Response:
    """Decide, and show what is in force then; or say what was lacking, with the form as it was filled in."""
    visit.person.require(Deed.RESTRICT_ACCESS)
    package = package_for(visit.at("package"), visit.person, visit.desk.ports).package.package
    form = filled_in(visit)
    if form is None:
        return fault_page(visit, UNPROVEN)
    if form.level is None:
        return _reviewed(visit, form, Refused(text=texts.NO_LEVEL, lacks=_NOTHING))
    desk, chosen = visit.desk, form
    if form.all_unmarked:
        unmarked = review_access(package, visit.person, desk.finder, desk.ports).unmarked
        if digest_of(unmarked) != form.all_unmarked:
            return _reviewed(visit, form, Refused(text=texts.OTHERS_UNMARKED, lacks=_NOTHING))
        chosen = replace(form, units=form.units | unmarked)
    answer = decide_access(chosen.wanted(package, form.level), visit.person, desk.finder, desk.owner, desk.ports)
    return _answered(visit, package, form, answer)


def _answered(visit: Visit, package: str, form: FilledIn, answer: AccessAnswer) -> Response:
    match answer:
        case InForce(decision=decision) | ClosedAtOnce(decision=decision):
            place = {"decision": decision.id, "from": visit.asked("from")}
            return sent_to(f"/packages/{package}/access?{urlencode(place)}")
        case InOtherHands():
            return _reviewed(visit, form, Refused(text=texts.IN_OTHER_HANDS, lacks=_NOTHING))
        case OpensNothing(lacks=lacks):
            return _reviewed(visit, form, Refused(text=texts.OPENS_NOTHING, lacks=lacks))
        case UnknownUnits(keys=keys):
            text = texts.UNKNOWN if keys else texts.NO_UNITS
            return _reviewed(visit, form, Refused(text=text, lacks=_NOTHING))


def numbers_masked(visit: Visit) -> Response:
    """Show the places of numbers with the text around them."""
    return _numbers(visit, Numbers.MASKED)


def numbers_shown(visit: Visit) -> Response:
    """Show the numbers themselves too."""
    return _numbers(visit, Numbers.SHOWN)


def _numbers(visit: Visit, numbers: Numbers) -> Response:
    visit.person.require(Deed.REVIEW_ACCESS)
    key = key_in(visit.asked("unit"))
    if key is None:
        raise UnknownSubject("Adressen nämner ingen enhet.", "The address names no unit.")
    seen = hits_in_view(visit.at("package"), key, numbers, visit.person, visit.desk.ports)
    here = f"{MOUNTED_AT}/packages/{visit.at('package')}"
    return page(
        visit,
        "numbers.html",
        texts,
        status=HTTPStatus.OK,
        seen=seen,
        is_masked=numbers is Numbers.MASKED,
        here=here,
        **_written(here),
    )


def publication(visit: Visit) -> Response:
    """Bring the reading room up to date with a package, and show what is there then."""
    visit.person.require(Deed.PUBLISH_RECORDS)
    desk = visit.desk
    package = package_for(visit.at("package"), visit.person, desk.ports).package.package
    with desk.room() as room:
        answer = publish(package, Publisher(person=visit.person, owner=desk.owner), desk.finder, room, desk.ports)
    published = answer if isinstance(answer, Published) else None
    levels = {level.value: text for level, text in texts.LEVELS.items()}
    return page(
        visit, "published.html", texts, published=published, package=package, levels=levels, path_text=path_text
    )


ROOMS: Final = (
    Room(method="GET", path="/packages/{package}/access", answer=review),
    Room(method="POST", path="/packages/{package}/access", answer=decide),
    Room(method="GET", path="/packages/{package}/access/numbers", answer=numbers_masked),
    Room(method="POST", path="/packages/{package}/access/numbers", answer=numbers_shown),
    Room(method="POST", path="/packages/{package}/publication", answer=publication),
)
