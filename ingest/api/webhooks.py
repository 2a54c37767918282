"""`/v1/webhooks`: where a producer wants to be told of its deliveries, after Standard Webhooks."""

from http import HTTPStatus
from typing import Annotated, Any, Final, TypeVar, assert_never

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError

from ingest.api import webhook_documents as documents
from ingest.api import webhook_texts as texts
from ingest.api.access import Served, WebhookChanger, WebhookReader
from ingest.api.bodies import Body
from ingest.api.described_bodies import body_of, optional_body_of
from ingest.api.documents import answers
from ingest.api.problems import Problem, ProblemType, malformed
from ingest.api.service import Service
from ingest.api.texts import BAD_PARAMETER, TOO_LARGE
from ingest.application import manage_webhooks as manage
from ingest.domain.findings import Text
from ingest.domain.keys import Caller

MOST_BYTES: Final = 16 << 10
_ModelT = TypeVar("_ModelT", bound=BaseModel)


def _changer(changer: WebhookChanger, reader: WebhookReader) -> Caller:
    """Tell who changes webhooks: they tell what only a key that reads may know. Raises Problem (401, 403)."""
    _ = reader
    return changer


Changer = Annotated[Caller, Depends(_changer)]
router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])
_LOCATION: Final = {
    "Location": {
        "description": "The path of the webhook.",
        "required": True,
        "schema": {"type": "string", "pattern": "^/v1/webhooks/"},
    }
}


@router.post(
    "",
    operation_id="create_webhook",
    status_code=HTTPStatus.CREATED,
    response_model=documents.WebhookWithSecret,
    responses={201: {"headers": _LOCATION}, **answers(400, 401, 403, 408, 409, 413, 422, 429, 503)},
    openapi_extra=body_of(documents.NewWebhook),
)
async def create(request: Request, service: Served, caller: Changer) -> Response:
    """Be told from now on. The answer has the secret that messages are signed with; it is shown this once."""
    return await service.in_a_place(lambda: _created(request, caller, service), caller.producer)


def _created(request: Request, caller: Caller, service: Service) -> Response:
    new = _read(request, documents.NewWebhook, service)
    types = tuple(dict.fromkeys(new.events or ()))
    wanted = manage.Wanted(producer=caller.producer, url=new.url, types=types, agreements=caller.agreements)
    made = manage.subscribe(wanted, service.archive.ports)
    match made:
        case manage.Subscribed():
            headers = {"Location": f"/v1/webhooks/{made.subscription.id}"}
            return JSONResponse(_with_secret(made, service), status_code=HTTPStatus.CREATED, headers=headers)
        case manage.NotAllowed(fault=fault):
            raise Problem(
                status=HTTPStatus.UNPROCESSABLE_ENTITY,
                type=ProblemType.WEBHOOK_RECEIVER,
                title=texts.RECEIVER,
                detail=texts.RECEIVER_FAULTS[fault],
            )
        case manage.TooMany():
            raise Problem(
                status=HTTPStatus.CONFLICT,
                type=ProblemType.TOO_MANY_WEBHOOKS,
                title=texts.TOO_MANY,
                detail=texts.TOO_MANY_DETAIL,
            )
        case _:
            assert_never(made)


@router.get("", operation_id="list_webhooks", response_model=documents.Webhooks, responses=answers(401, 403, 503))
def webhooks(service: Served, caller: WebhookReader) -> dict[str, Any]:
    """List the producer's webhooks."""
    ports = service.archive.ports
    return {"webhooks": [manage.webhook_document(one, ports) for one in manage.own_webhooks(caller.producer, ports)]}


@router.get(
    "/{webhook_id}", operation_id="get_webhook", response_model=documents.Webhook, responses=answers(401, 403, 404, 503)
)
def webhook(webhook_id: str, service: Served, caller: WebhookReader) -> dict[str, Any]:
    """Tell where a webhook stands: how far its receiver has come, and how the last message went."""
    ports = service.archive.ports
    return manage.webhook_document(manage.own_webhook(webhook_id, caller.producer, ports), ports)


@router.delete(
    "/{webhook_id}",
    operation_id="delete_webhook",
    status_code=HTTPStatus.NO_CONTENT,
    responses=answers(401, 403, 404, 503),
)
def remove(webhook_id: str, service: Served, caller: Changer) -> Response:
    """Be told no more."""
    manage.unsubscribe(webhook_id, caller.producer, service.archive.ports)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post(
    "/{webhook_id}/secret",
    operation_id="renew_webhook_secret",
    response_model=documents.WebhookWithSecret,
    responses=answers(401, 403, 404, 503),
)
def renew_secret(webhook_id: str, service: Served, caller: Changer) -> dict[str, Any]:
    """Give it a new secret; the former one signs beside it for 24 hours."""
    return _with_secret(manage.renew_secret(webhook_id, caller.producer, service.archive.ports), service)


@router.post(
    "/{webhook_id}/test",
    operation_id="test_webhook",
    status_code=HTTPStatus.ACCEPTED,
    response_model=documents.Webhook,
    responses=answers(401, 403, 404, 503),
)
def try_out(webhook_id: str, service: Served, caller: Changer) -> dict[str, Any]:
    """Send a test message, once; `lastAttempt` tells how it went when `testWaits` is false again."""
    ports = service.archive.ports
    return manage.webhook_document(manage.ask_for_test(webhook_id, caller.producer, ports), ports)


@router.post(
    "/{webhook_id}/replay",
    operation_id="replay_webhook",
    response_model=documents.Webhook,
    responses=answers(400, 401, 403, 404, 408, 413, 422, 429, 503),
    openapi_extra=optional_body_of(documents.Replay),
)
async def replay(request: Request, webhook_id: str, service: Served, caller: Changer) -> dict[str, Any]:
    """Send again what came after a number; without one, go on where the receiver is, also after it was given up."""
    return await service.in_a_place(lambda: _replayed(request, webhook_id, caller, service), caller.producer)


def _replayed(request: Request, webhook_id: str, caller: Caller, service: Service) -> dict[str, Any]:
    wish = _read(request, documents.Replay, service)
    ports = service.archive.ports
    found = manage.replay(webhook_id, caller.producer, wish.after, ports)
    if isinstance(found, manage.NotThere):
        said = texts.NOT_THERE
        raise malformed(Text(sv=said.sv.format(newest=found.newest), en=said.en.format(newest=found.newest)))
    return manage.webhook_document(found, ports)


def _with_secret(made: manage.Subscribed, service: Service) -> dict[str, Any]:
    return {**manage.webhook_document(made.subscription, service.archive.ports), "secret": made.secret.value}


def _read(request: Request, model: type[_ModelT], service: Service) -> _ModelT:
    """Read a small JSON body; an empty one is an empty object. Raises Problem (400, 413, 422), ClientGone."""
    content = bytearray()
    for chunk in Body(request, service.pace).chunks():
        content += chunk
        if len(content) > MOST_BYTES:
            raise Problem(
                status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                type=ProblemType.TOO_LARGE,
                title=TOO_LARGE,
                detail=texts.BODY_TOO_LARGE,
            )
    try:
        return model.model_validate_json(bytes(content) or b"{}")
    except ValidationError as error:
        places = ", ".join(sorted({".".join(map(str, one["loc"])) or "JSON" for one in error.errors()}))
        said = BAD_PARAMETER
        raise malformed(Text(sv=said.sv.format(places=places), en=said.en.format(places=places))) from error
