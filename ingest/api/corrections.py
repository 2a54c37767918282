"""`POST /v1/packages/{id}/corrections`: an archivist puts right what a package says of cases, records and documents."""

from contextlib import ExitStack
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from ingest.api import documents, texts
from ingest.api.access import Corrector, Served, forbidden
from ingest.api.deliveries import delivery_answer
from ingest.api.documents import answers
from ingest.api.json_bodies import json_content
from ingest.api.problems import Problem, ProblemType, malformed, not_found, refused
from ingest.api.service import Service
from ingest.api.versions import IfMatch, outdated, seen_versions
from ingest.application.correct_metadata import (
    Begun,
    BegunBefore,
    CorrectionAnswer,
    InOtherHands,
    OutdatedGeneration,
    Unfit,
    Wanted,
    correct_metadata,
)
from ingest.application.edit_agreements import NotPermitted, NotThere
from ingest.domain.keys import Caller
from ingest.formats.case_push_json import JsonDocument, JsonFault, read_json, unwritable
from ingest.formats.corrections import Correction, correction_of, unreadable
from ingest.rules.grouping import group

router = APIRouter(prefix="/v1/packages", tags=["packages"])
MOST_BYTES: Final = 8 << 20
MOST_REASON: Final = 2000
_UNIT: Final = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "Why, and what is to be said otherwise: each case and record by its id, each document by its "
        "delivered path, with the fields that change, named as in a pushed case; null takes a field away "
        "(docs/reference/rest-api.md).",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["reason"],
                    "properties": {
                        "reason": {"type": "string", "minLength": 1, "maxLength": MOST_REASON},
                        "cases": {"type": "array", "items": _UNIT},
                        "records": {"type": "array", "items": _UNIT},
                    },
                    "additionalProperties": False,
                },
            }
        },
    }
}


@router.post(
    "/{package_id}/corrections",
    operation_id="correct_package",
    status_code=HTTPStatus.ACCEPTED,
    responses={
        202: {
            "model": documents.Delivery,
            "headers": documents.LOCATION,
            "description": "Under way, as a delivery of the archive's own; its receipt comes with the new generation.",
        },
        200: {
            "model": documents.Delivery,
            "headers": documents.LOCATION,
            "description": "The same was asked for before: the delivery that it became.",
        },
        **answers(400, 401, 403, 404, 408, 409, 412, 413, 415, 422, 428, 429, 503),
    },
    openapi_extra=_BODY,
)
async def correct(
    package_id: str, request: Request, service: Served, caller: Corrector, if_match: IfMatch = None
) -> Response:
    """Correct the metadata of a package, as a new generation. `If-Match` names the generation that is corrected."""
    seen = seen_versions(if_match)

    def corrected() -> Response:
        reason, correction = _read(request, service)
        wanted = Wanted(package=package_id, seen=seen, reason=reason, correction=correction)
        return _answered(correct_metadata(wanted, caller, service.arrivals, service.archive.ports), caller, service)

    return await service.in_a_place(corrected, caller.producer)


def _read(request: Request, service: Service) -> tuple[str, Correction]:
    with ExitStack() as lent:
        document = read_json(json_content(request, service, MOST_BYTES, lent))
    if isinstance(document, JsonFault):
        raise refused(group([unreadable(document.line, document.detail)]))
    if not isinstance(document.value, dict):
        raise refused(group([unreadable(1, "not an object")]))
    reason = document.value.get("reason")
    if not isinstance(reason, str) or not reason.strip() or len(reason) > MOST_REASON or list(unwritable(reason)):
        raise malformed(texts.NO_REASON)
    rest = {name: value for name, value in document.value.items() if name != "reason"}
    correction = correction_of(JsonDocument(value=rest, lines=document.lines))
    if not isinstance(correction, Correction):
        raise refused(group(correction))
    return reason.strip(), correction


def _answered(answer: CorrectionAnswer, caller: Caller, service: Service) -> Response:
    match answer:
        case Begun(id=delivery_id):
            return delivery_answer(delivery_id, HTTPStatus.ACCEPTED, caller, service)
        case BegunBefore(id=delivery_id):
            return delivery_answer(delivery_id, HTTPStatus.OK, caller, service)
        case OutdatedGeneration(newest=newest):
            raise outdated(newest)
        case InOtherHands():
            raise Problem(
                status=HTTPStatus.CONFLICT,
                type=ProblemType.IN_OTHER_HANDS,
                title=texts.IN_OTHER_HANDS,
                detail=texts.IN_OTHER_HANDS_DETAIL,
            )
        case Unfit(findings=findings):
            raise refused(findings)
        case NotThere():
            raise not_found()
        case NotPermitted():
            raise forbidden()
