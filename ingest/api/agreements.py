"""`/v1/agreements`: submission agreements, every version of them, and how an archivist makes the next one."""

from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from ingest.api import agreement_documents as documents
from ingest.api import agreement_lists as lists
from ingest.api import texts
from ingest.api.access import AgreementEditor, AgreementReader, Served, forbidden
from ingest.api.described_bodies import body_of
from ingest.api.documents import answers, header
from ingest.api.json_bodies import read_json_body
from ingest.api.problems import Problem, ProblemType, not_found
from ingest.api.service import Service
from ingest.api.versions import IfMatch, outdated, seen_versions
from ingest.application.edit_agreements import (
    EditAnswer,
    NotPermitted,
    NotThere,
    Outdated,
    Taken,
    Unchanged,
    Unusable,
    Written,
    change_agreement,
    create_agreement,
)
from ingest.application.told_agreements import (
    agreement_document,
    changes_document,
    readable_agreements,
    readable_versions,
    versions_document,
)
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.findings import Text
from ingest.domain.keys import Caller
from ingest.formats.wire import from_json

router = APIRouter(prefix="/v1/agreements", tags=["agreements"])
MOST_BYTES: Final = 32 << 20
_MOST: Final = 1 << 31
_READ: Final = (400, 401, 403, 404, 503)
_WRITE: Final = (400, 401, 403, 408, 409, 413, 415, 422, 503)
_ETAG: Final = {"ETag": header("The version, for `If-Match`.", {"type": "string", "pattern": '^"[0-9]+"$'})}
_PLACED: Final = {**_ETAG, "Location": header("The path of the version.", {"type": "string"})}
_WRITTEN: Final[dict[int | str, dict[str, Any]]] = {
    200: {"model": documents.Agreement, "headers": _PLACED, "description": "The newest version says so already."},
    201: {"model": documents.Agreement, "headers": _PLACED, "description": "A new version, in the journal."},
}
From = Annotated[int | None, Query(alias="from", ge=1, le=_MOST, description="Otherwise the one before `to`.")]
To = Annotated[int | None, Query(alias="to", ge=1, le=_MOST, description="Otherwise the newest.")]


@router.get(
    "",
    operation_id="list_agreements",
    response_model=None,
    responses={200: {"model": lists.Agreements}, **answers(401, 403, 503)},
)
def listed(service: Served, caller: AgreementReader) -> dict[str, Any]:
    """List the newest version of every agreement that the key may be told."""
    found = readable_agreements(caller, service.archive.ports)
    return {
        "agreements": [
            {"id": one.id, "version": one.version, "standing": one.standing.value, "title": one.title} for one in found
        ]
    }


@router.post(
    "",
    operation_id="create_agreement",
    status_code=HTTPStatus.CREATED,
    responses={**_WRITTEN, **answers(*_WRITE)},
    openapi_extra=body_of(documents.NewTerms),
)
async def create(request: Request, service: Served, caller: AgreementEditor) -> Response:
    """Make an agreement."""

    def created() -> Response:
        terms = read_json_body(request, service, documents.NewTerms, MOST_BYTES)
        return _answered(create_agreement(_agreement(terms, terms.id), caller, service.archive.ports))

    return await service.in_a_place(created, caller.producer)


@router.get(
    "/{agreement_id}",
    operation_id="get_agreement",
    response_model=None,
    responses={200: {"model": documents.Agreement, "headers": _ETAG}, **answers(401, 403, 404, 503)},
)
def newest(agreement_id: str, service: Served, caller: AgreementReader) -> Response:
    """Give the newest version of an agreement, and its ETag."""
    return _told(_versions(agreement_id, caller, service)[-1], HTTPStatus.OK)


@router.get(
    "/{agreement_id}/versions",
    operation_id="list_agreement_versions",
    response_model=None,
    responses={200: {"model": lists.Versions}, **answers(401, 403, 404, 503)},
)
def versions(agreement_id: str, service: Served, caller: AgreementReader) -> dict[str, Any]:
    """List every version of an agreement: when it was made, by whom and why."""
    found = _versions(agreement_id, caller, service)
    return {"id": agreement_id, "versions": versions_document(found, service.archive.ports)}


@router.post(
    "/{agreement_id}/versions",
    operation_id="create_agreement_version",
    status_code=HTTPStatus.CREATED,
    responses={**_WRITTEN, **answers(*_WRITE, 404, 412, 428)},
    openapi_extra=body_of(documents.ChangedTerms),
)
async def change(
    agreement_id: str, request: Request, service: Served, caller: AgreementEditor, if_match: IfMatch = None
) -> Response:
    """Make the next version of an agreement. `If-Match` names the version that it is made from."""
    seen = seen_versions(if_match)

    def changed() -> Response:
        terms = read_json_body(request, service, documents.ChangedTerms, MOST_BYTES)
        return _answered(change_agreement(_agreement(terms, agreement_id), seen, caller, service.archive.ports))

    return await service.in_a_place(changed, caller.producer)


@router.get(
    "/{agreement_id}/versions/{version}",
    operation_id="get_agreement_version",
    response_model=None,
    responses={200: {"model": documents.Agreement, "headers": _ETAG}, **answers(*_READ)},
)
def one_version(agreement_id: str, version: int, service: Served, caller: AgreementReader) -> Response:
    """Give a version of an agreement."""
    return _told(_version(_versions(agreement_id, caller, service), version), HTTPStatus.OK)


@router.get(
    "/{agreement_id}/changes",
    operation_id="compare_agreement_versions",
    response_model=None,
    responses={200: {"model": lists.Changes}, **answers(*_READ)},
)
def changes(
    agreement_id: str,
    service: Served,
    caller: AgreementReader,
    before: From = None,
    after: To = None,
) -> dict[str, Any]:
    """Compare two versions: the terms that differ, before and after."""
    found = _versions(agreement_id, caller, service)
    newer = found[-1] if after is None else _version(found, after)
    older = newer.version - 1 if before is None else before
    return changes_document(_version(found, max(older, 1)), newer)


def _versions(agreement_id: str, caller: Caller, service: Service) -> tuple[SubmissionAgreement, ...]:
    found = readable_versions(agreement_id, caller, service.archive.ports)
    if not found:
        raise not_found()
    return found


def _version(found: tuple[SubmissionAgreement, ...], version: int) -> SubmissionAgreement:
    for one in found:
        if one.version == version:
            return one
    raise not_found()


def _agreement(terms: documents.ChangedTerms, agreement_id: str) -> SubmissionAgreement:
    return from_json({**terms.model_dump(mode="json"), "id": agreement_id, "version": 1}, SubmissionAgreement)


def _told(agreement: SubmissionAgreement, status: HTTPStatus) -> Response:
    headers = {"ETag": f'"{agreement.version}"'}
    return JSONResponse(agreement_document(agreement), status_code=status, headers=headers)


def _placed(agreement: SubmissionAgreement, status: HTTPStatus) -> Response:
    response = _told(agreement, status)
    response.headers["Location"] = f"/v1/agreements/{agreement.id}/versions/{agreement.version}"
    return response


def _answered(answer: EditAnswer) -> Response:
    match answer:
        case Written(agreement=agreement):
            return _placed(agreement, HTTPStatus.CREATED)
        case Unchanged(agreement=agreement):
            return _placed(agreement, HTTPStatus.OK)
        case Outdated(newest=there):
            raise outdated(there.version)
        case Taken(id=agreement_id):
            said = texts.AGREEMENT_TAKEN_DETAIL
            detail = Text(sv=said.sv.format(id=agreement_id), en=said.en.format(id=agreement_id))
            raise _problem(HTTPStatus.CONFLICT, ProblemType.AGREEMENT_TAKEN, texts.AGREEMENT_TAKEN, detail)
        case Unusable(fault=fault):
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            raise _problem(status, ProblemType.AGREEMENT_UNUSABLE, texts.UNUSABLE, fault)
        case NotThere():
            raise not_found()
        case NotPermitted():
            raise forbidden()


def _problem(status: HTTPStatus, type_: ProblemType, title: Text, detail: Text) -> Problem:
    return Problem(status=status, type=type_, title=title, detail=detail)
