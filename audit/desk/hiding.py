"""Hiding what of a package can be on show, without reading any of it: the way out where the review cannot be shown."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from audit.desk import access_texts as texts
from audit.desk.access_forms import UNIT, key_in, key_text
from audit.desk.desk import MOUNTED_AT
from audit.desk.faults import UNPROVEN, Fault
from audit.desk.pages import fault_page, page
from audit.desk.rooms import Room, sent_to
from audit.desk.visits import Visit
from ingest.application.decide_access import ClosedAtOnce, InForce, UnknownUnits
from ingest.application.hide_at_once import Unexplained, WantedHiding, hide_at_once, opened_units
from ingest.application.hits_in_view import masked
from ingest.application.told_access import path_text
from ingest.domain.access.units import UnitKey
from ingest.domain.findings import Text
from ingest.domain.personal_numbers import find_numbers


def show(visit: Visit) -> Response:
    """Show what can be on show of a package, and the form that hides it."""
    return shown(visit, None)


def shown(visit: Visit, fault: Fault | None, refused: Text | None = None) -> Response:
    """Show the form, and why it stands in place of the review (`fault`), or why nothing was decided."""
    found = opened_units(visit.at("package"), visit.person, visit.desk.ports)
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    return page(
        visit,
        "hiding.html",
        texts,
        status=fault.status if fault else status,
        here=f"{MOUNTED_AT}/packages/{found.package.package}",
        units=[
            (f"{UNIT}{number}", key_text(key), _hidden(key), found.units[key]) for number, key in _numbered(found.units)
        ],
        fault=fault,
        refused=refused,
        decided=visit.asked("decision"),
        reason=visit.typed("reason"),
    )


def _numbered(units: Mapping[UnitKey, object]) -> list[tuple[int, UnitKey]]:
    return list(enumerate(sorted(units)))


def _hidden(key: UnitKey) -> str:
    path = path_text(key)
    return masked(path, find_numbers(path))


def hide(visit: Visit) -> Response:
    """Hide what was ticked; or say why nothing was decided."""
    keys = [key_in(value) for name, value in visit.form.items() if name.startswith(UNIT)]
    units = tuple(key for key in keys if key is not None)
    if len(units) != len(keys):
        return fault_page(visit, UNPROVEN)
    wanted = WantedHiding(package=visit.at("package"), units=units, reason=visit.typed("reason"))
    match hide_at_once(wanted, visit.person, visit.desk.owner, visit.desk.ports):
        case InForce(decision=decision) | ClosedAtOnce(decision=decision):
            return sent_to(f"/packages/{decision.package}/hiding?decision={decision.id}")
        case UnknownUnits(keys=unknown):
            return shown(visit, None, texts.UNKNOWN if unknown else texts.NO_UNITS)
        case Unexplained():
            return shown(visit, None, texts.NO_REASON)


ROOMS: Final = (
    Room(method="GET", path="/packages/{package}/hiding", answer=show),
    Room(method="POST", path="/packages/{package}/hiding", answer=hide),
)
