"""Deliveries: the list, test deliveries apart, those that wait for a decision, and each one whole."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from audit.desk import delivery_texts as texts
from audit.desk.faults import NOT_THERE, UNPROVEN
from audit.desk.headers import HEADERS
from audit.desk.lists import newest, older, place_in
from audit.desk.pages import fault_page, page
from audit.desk.rooms import Room, sent_to
from audit.desk.terms import STATE_MARKS
from audit.desk.visits import Visit
from ingest.application.decide_held import (
    Answer,
    Busy,
    Decided,
    NotWaiting,
    Unexplained,
    WantedAnswer,
    decide_held,
    question_in,
)
from ingest.application.desk_deliveries import (
    DeliveryPage,
    held_deliveries,
    list_deliveries,
    show_delivery,
    show_receipt,
)
from ingest.domain.deliveries import DeliveryState
from ingest.domain.findings import Text
from ingest.domain.lookups import DeliveryWish
from ingest.domain.people import Deed
from schemas.numbers import whole_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A list beside the others."""

    path: str
    title: Text
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What was filled in above the list."""

    state: str
    producer: str
    reference: str


_KINDS: Final = (("/deliveries", texts.ALL), ("/deliveries/held", texts.HELD), ("/deliveries/tests", texts.TESTS))


def real(visit: Visit) -> Response:
    """List deliveries."""
    return _list(visit, "/deliveries", texts.ALL, frozenset({False}))


def tests(visit: Visit) -> Response:
    """List test deliveries."""
    return _list(visit, "/deliveries/tests", texts.TESTS, frozenset({True}))


def held(visit: Visit) -> Response:
    """List what waits for a person's decision."""
    listed = held_deliveries(visit.person, visit.desk.ports, place_in(visit))
    return _shown(visit, "/deliveries/held", texts.HELD, listed, None)


def _list(visit: Visit, path: str, heading: Text, trials: frozenset[bool]) -> Response:
    wishes = Wishes(state=visit.asked("state"), producer=visit.asked("producer"), reference=visit.asked("id"))
    states = frozenset(state for state in DeliveryState if state.value == wishes.state)
    wish = DeliveryWish(
        trials=trials, states=states, producer=wishes.producer, reference=wishes.reference, after=place_in(visit)
    )
    return _shown(visit, path, heading, list_deliveries(wish, visit.person, visit.desk.ports), wishes)


def _shown(visit: Visit, path: str, heading: Text, listed: DeliveryPage, wishes: Wishes | None) -> Response:
    return page(
        visit,
        "deliveries.html",
        texts,
        heading=heading,
        kinds=[Kind(path=place, title=title, is_here=place == path) for place, title in _KINDS],
        rows=listed.rows,
        wishes=wishes,
        marks=STATE_MARKS,
        empty=texts.NONE if wishes else texts.NONE_HELD,
        older=older(visit, listed.more),
        newest=newest(visit),
    )


def one(visit: Visit) -> Response:
    """Show a delivery."""
    return _one(visit, None)


def _one(visit: Visit, refused: Text | None) -> Response:
    shown = show_delivery(visit.at("delivery"), visit.person, visit.desk.ports)
    is_held = shown.delivery.state is DeliveryState.HELD
    return page(
        visit,
        "delivery.html",
        texts,
        status=HTTPStatus.CONFLICT if refused else HTTPStatus.OK,
        shown=shown,
        marks=STATE_MARKS,
        refused=refused,
        question=question_in(visit.desk.ports.catalogue.events(shown.delivery.id)) if is_held else None,
        decides=is_held and visit.person.may(Deed.DECIDE_HELD),
        words=visit.typed("words"),
    )


def decide(visit: Visit) -> Response:
    """Answer a delivery that waits, and show it as it is then; or say why nothing was decided."""
    visit.person.require(Deed.DECIDE_HELD)
    answer, version = visit.typed("answer"), whole_number(visit.typed("version"))
    if answer not in set(Answer) or version is None:
        return fault_page(visit, UNPROVEN)
    wanted = WantedAnswer(
        delivery=visit.at("delivery"), version=version, answer=Answer(answer), words=visit.typed("words")
    )
    match decide_held(wanted, visit.person, visit.desk.owner, visit.desk.ports):
        case Decided():
            return sent_to(f"/deliveries/{visit.at('delivery')}")
        case NotWaiting():
            return _one(visit, texts.NOT_WAITING)
        case Unexplained():
            return _one(visit, texts.UNEXPLAINED)
        case Busy():
            return _one(visit, texts.BUSY)


def receipt(visit: Visit) -> Response:
    """Give a delivery's receipt as it lies in the journal."""
    document = show_receipt(visit.at("delivery"), visit.person, visit.desk.ports)
    if document is None:
        return fault_page(visit, NOT_THERE)
    content = json.dumps(document, ensure_ascii=False, indent=2).encode()
    return Response(content, media_type="application/json", headers=dict(HEADERS))


ROOMS: Final = (
    Room(method="GET", path="/deliveries", answer=real),
    Room(method="GET", path="/deliveries/held", answer=held),
    Room(method="GET", path="/deliveries/tests", answer=tests),
    Room(method="GET", path="/deliveries/{delivery}", answer=one),
    Room(method="POST", path="/deliveries/{delivery}/decision", answer=decide),
    Room(method="GET", path="/deliveries/{delivery}/receipt.json", answer=receipt),
)
