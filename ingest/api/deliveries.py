"""`/v1/deliveries`: hand a case or a package over, and follow it to its receipt."""

from http import HTTPStatus
from typing import Annotated, Any, Final

from anyio import to_thread
from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import JSONResponse

from ingest.api import documents, texts
from ingest.api.access import Deliverer, Follower, Served, StillLetIn, delivery_for
from ingest.api.asked import Wishes
from ingest.api.documents import answers
from ingest.api.following import Listener, asks_to_follow, follow
from ingest.api.openapi import CASE_OR_PACKAGE
from ingest.api.problems import Problem, ProblemType, refused
from ingest.api.receipt_pages import receipt_response
from ingest.api.receiving import Delivering, Purpose, receive
from ingest.api.service import Service
from ingest.application.arrivals import Answer, Conflict, KeyReused, Refused, Repeat, Taken
from ingest.application.deliver_container import deliver_container
from ingest.application.deliver_push import deliver_push
from ingest.application.told_deliveries import delivery_document, events_document
from ingest.domain.decisions import is_over
from ingest.domain.deliveries import Delivery
from ingest.domain.findings import Text, Violation
from ingest.domain.keys import Caller
from ingest.rules.grouping import group

router = APIRouter(prefix="/v1/deliveries", tags=["deliveries"])
_MOST: Final = 1 << 31
LastEventId = Annotated[
    int | None,
    Header(alias="Last-Event-ID", ge=0, le=_MOST, description="When following: the last `id`, in place of `after`."),
]


def _unreadable(found: tuple[Violation, ...]) -> Answer:
    return Refused(findings=group(found))


_TAKE_IN: Final = Purpose(push=deliver_push, unreadable=_unreadable, container=deliver_container)


@router.post(
    "",
    operation_id="deliver",
    status_code=HTTPStatus.ACCEPTED,
    responses={
        202: {
            "model": documents.Delivery,
            "headers": documents.LOCATION,
            "description": "Received: durable in staging; the receipt comes later.",
        },
        200: {
            "model": documents.Delivery,
            "headers": documents.LOCATION,
            "description": "A repeat: the delivery that it is the same as.",
        },
        **answers(400, 401, 403, 408, 409, 413, 415, 422, 429, 503),
    },
    openapi_extra=CASE_OR_PACKAGE,
)
async def deliver(request: Request, service: Served, caller: Deliverer, wishes: Wishes) -> Response:
    """Hand a case or a package over. The answer comes when all of it lies safely in staging."""
    delivering = Delivering(purpose=_TAKE_IN, request=request, service=service, caller=caller, asked=wishes)
    return await service.in_a_place(lambda: _answered(receive(delivering), caller, service), caller.producer)


def _answered(answer: Answer, caller: Caller, service: Service) -> Response:
    match answer:
        case Taken(id=delivery_id):
            return delivery_answer(delivery_id, HTTPStatus.ACCEPTED, caller, service)
        case Repeat(id=delivery_id):
            return delivery_answer(delivery_id, HTTPStatus.OK, caller, service)
        case Refused(findings=findings):
            raise refused(findings)
        case KeyReused():
            raise Problem(
                status=HTTPStatus.UNPROCESSABLE_ENTITY,
                type=ProblemType.KEY_REUSED,
                title=texts.KEY_REUSED,
                detail=texts.KEY_REUSED_DETAIL,
            )
        case Conflict(delivery=delivery, findings=findings):
            said = texts.CONFLICT_DETAIL
            raise Problem(
                status=HTTPStatus.CONFLICT,
                type=ProblemType.CONFLICT,
                title=texts.CONFLICT,
                detail=Text(sv=said.sv.format(delivery=delivery), en=said.en.format(delivery=delivery)),
                findings=findings,
            )


def delivery_answer(delivery_id: str, status: HTTPStatus, caller: Caller, service: Service) -> JSONResponse:
    """Tell a delivery, with its address, and an ETag that changes with every step of its way."""
    ports = service.archive.ports
    delivery = ports.catalogue.delivery(delivery_id)
    document = delivery_document(delivery, caller, ports)
    headers = {"Location": f"/v1/deliveries/{delivery_id}", "ETag": f'"{delivery.version}"'}
    return JSONResponse(document, status_code=status, headers=headers)


def _followed(delivery_id: str, service: Served, caller: Follower) -> Delivery:
    """Give the delivery of the path."""
    return delivery_for(caller, delivery_id, service)


@router.get(
    "/{delivery_id}",
    operation_id="get_delivery",
    responses={200: {"model": documents.Delivery}, **answers(401, 403, 404, 503)},
)
def status(delivery_id: str, service: Served, caller: Follower) -> Response:
    """Tell where a delivery is."""
    return delivery_answer(delivery_for(caller, delivery_id, service).id, HTTPStatus.OK, caller, service)


@router.get(
    "/{delivery_id}/events",
    operation_id="get_delivery_events",
    response_model=None,
    responses={**documents.EVENTS, **answers(400, 401, 403, 404, 429, 503)},
)
async def events(
    request: Request,
    service: Served,
    caller: Follower,
    followed: Annotated[Delivery, Depends(_followed)],
    still_let_in: StillLetIn,
    after: Annotated[int, Query(ge=0, le=_MOST, description="The number of the last event that is known.")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    last_event_id: LastEventId = None,
) -> Response | dict[str, Any]:
    """Tell what has happened to a delivery, in order; as text/event-stream also what happens from now on."""
    if asks_to_follow(request.headers.get("accept", "")):
        known = after if last_event_id is None else last_event_id
        return await follow(followed.id, known, Listener(caller=caller, is_let_in=still_let_in), service)
    return await to_thread.run_sync(events_document, followed.id, after, limit, service.archive.ports)


def _decided(delivery_id: str, service: Served, caller: Follower) -> Delivery:
    """Give the delivery of the path, once it has a receipt or note. Raises Problem (404)."""
    delivery = delivery_for(caller, delivery_id, service)
    if not is_over(delivery):
        said = texts.NOT_DECIDED_DETAIL
        raise Problem(
            status=HTTPStatus.NOT_FOUND,
            type=ProblemType.NOT_DECIDED,
            title=texts.NOT_DECIDED,
            detail=Text(sv=said.sv.format(state=delivery.state), en=said.en.format(state=delivery.state)),
        )
    return delivery


@router.get(
    "/{delivery_id}/receipt",
    operation_id="get_receipt",
    response_class=JSONResponse,
    responses={**documents.RECEIPT, **answers(401, 403, 404, 503)},
)
async def receipt(request: Request, service: Served, decided: Annotated[Delivery, Depends(_decided)]) -> Response:
    """Give the signed receipt once the delivery is decided, an unsigned note while it is held: as JSON, or a page."""
    return await receipt_response(decided, request, service)
