"""`/v1/validations`: what would be said of a delivery, without delivering it."""

from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Request

from ingest.api import documents
from ingest.api.access import Served, Validator
from ingest.api.asked import Wishes
from ingest.api.documents import answers
from ingest.api.openapi import CASE_OR_PACKAGE
from ingest.api.receiving import Delivering, Purpose, receive
from ingest.application.dry_run import judge_container, judge_push, judge_unreadable
from ingest.application.told_plans import dry_run_document

router = APIRouter(prefix="/v1/validations", tags=["validations"])
_JUDGE: Final = Purpose(push=judge_push, unreadable=judge_unreadable, container=judge_container)


@router.post(
    "",
    operation_id="validate",
    status_code=HTTPStatus.OK,
    response_model=None,
    responses={200: {"model": documents.DryRun}, **answers(400, 401, 403, 408, 413, 415, 422, 429, 503)},
    openapi_extra=CASE_OR_PACKAGE,
)
async def validate(request: Request, service: Served, caller: Validator, wishes: Wishes) -> dict[str, Any]:
    """Judge a case or a package by all rules, and plan what would be stored and which copies made. Nothing is kept."""
    delivering = Delivering(purpose=_JUDGE, request=request, service=service, caller=caller, asked=wishes)
    return await service.in_a_place(lambda: dry_run_document(receive(delivering)), caller.producer)
