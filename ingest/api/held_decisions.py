"""`POST /v1/deliveries/{id}/decision`: an archivist's answer to a delivery that waits for a person."""

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request, Response

from ingest.api import documents, texts
from ingest.api.access import HeldDecider, Served
from ingest.api.deliveries import delivery_answer
from ingest.api.described_bodies import body_of
from ingest.api.documents import answers
from ingest.api.held_documents import HeldDecision
from ingest.api.json_bodies import read_json_body
from ingest.api.problems import Problem, ProblemType, malformed
from ingest.api.service import Service
from ingest.api.versions import IfMatch, outdated, seen_versions
from ingest.application.decide_held import (
    Busy,
    Decided,
    HeldAnswer,
    NotWaiting,
    Unexplained,
    WantedAnswer,
    decide_held,
)
from ingest.domain.deliveries import DeliveryState
from ingest.domain.findings import Text
from ingest.domain.keys import Caller
from ingest.domain.people import Person, PersonRole

router = APIRouter(prefix="/v1/deliveries", tags=["deliveries"])
_MOST_BYTES: Final = 64 << 10


@router.post(
    "/{delivery_id}/decision",
    operation_id="decide_held_delivery",
    responses={
        200: {"model": documents.Delivery, "headers": documents.LOCATION, "description": "It is decided."},
        **answers(400, 401, 403, 404, 408, 409, 412, 413, 415, 422, 428, 503),
    },
    openapi_extra=body_of(HeldDecision),
)
async def decide(
    delivery_id: str, request: Request, service: Served, caller: HeldDecider, if_match: IfMatch = None
) -> Response:
    """Answer a delivery that is held. `If-Match` names it as it was seen: the ETag of its status."""
    seen = seen_versions(if_match)

    def decided() -> Response:
        said = read_json_body(request, service, HeldDecision, _MOST_BYTES)
        version = service.archive.ports.catalogue.delivery(delivery_id).version
        # Nobody's version is 0: what was not seen is decided on by nobody.
        wanted = WantedAnswer(
            delivery=delivery_id, version=version if version in seen else 0, answer=said.answer, words=said.words
        )
        answer = decide_held(wanted, _person(caller), service.archive.owner, service.archive.ports)
        return _answered(answer, caller, service)

    return await service.in_a_place(decided, caller.producer)


def _person(caller: Caller) -> Person:
    """Give whoever holds an archivist's key; which keys may decide at all was asked before."""
    return Person(name=caller.name, subject=f"key of {caller.name}", roles=frozenset({PersonRole.ARCHIVIST}))


def _answered(answer: HeldAnswer, caller: Caller, service: Service) -> Response:
    match answer:
        case Decided(delivery=delivery):
            return delivery_answer(delivery.id, HTTPStatus.OK, caller, service)
        case NotWaiting(delivery=delivery) if delivery.state is DeliveryState.HELD:
            raise outdated(delivery.version)
        case NotWaiting(delivery=delivery):
            said = texts.NOT_HELD_DETAIL
            detail = Text(sv=said.sv.format(state=delivery.state), en=said.en.format(state=delivery.state))
            raise Problem(status=HTTPStatus.CONFLICT, type=ProblemType.NOT_HELD, title=texts.NOT_HELD, detail=detail)
        case Unexplained():
            raise malformed(texts.NO_WORDS)
        case Busy():
            raise Problem(
                status=HTTPStatus.CONFLICT,
                type=ProblemType.IN_OTHER_HANDS,
                title=texts.IN_OTHER_HANDS,
                detail=texts.IN_OTHER_HANDS_DETAIL,
            )
