"""Problem details (RFC 9457), in the language that the client asks for."""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from ingest.api import texts
from ingest.api.languages import preferred
from ingest.api.meters import method_of, route_of
from ingest.domain.findings import Finding, Text
from ingest.errors import (
    CatalogueUnavailable,
    EarkivError,
    OutOfSpace,
    QuotaReached,
    QuotaTooSmall,
    StagingTooSmall,
    StoreReadOnly,
    TransientError,
    UnknownSubject,
    logged_of,
)
from ingest.formats.finding_documents import finding_document

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 30
"""After so many seconds a client may try again when the archive could not answer."""


class ProblemType(StrEnum):
    """What kind of problem it is: the last part of the `type`, stable for programs."""

    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not-found"
    NOT_DECIDED = "not-decided"
    CONTENT_REFUSED = "content-refused"
    MALFORMED = "malformed-request"
    CONFLICT = "delivery-conflict"
    AGREEMENT_TAKEN = "agreement-exists"
    AGREEMENT_UNUSABLE = "agreement-unusable"
    OUTDATED = "outdated"
    NEEDS_IF_MATCH = "precondition-required"
    IN_OTHER_HANDS = "package-in-other-hands"
    NOT_HELD = "delivery-not-held"
    KEY_REUSED = "idempotency-key-reused"
    TUS_VERSION = "tus-version"
    UPLOAD_OFFSET = "upload-offset"
    NO_DIRECT = "direct-uploads-not-offered"
    PARTS_MISSING = "parts-missing"
    WEBHOOK_RECEIVER = "webhook-receiver"
    TOO_MANY_WEBHOOKS = "too-many-webhooks"
    TOO_LARGE = "too-large"
    UNSUPPORTED = "unsupported-media-type"
    DIGEST = "digest-mismatch"
    SILENT = "request-timeout"
    QUOTA = "quota-reached"
    BUSY = "too-busy"
    UNAVAILABLE = "unavailable"
    FAULT = "internal-fault"
    HTTP = "http"


@dataclass(slots=True, kw_only=True)
class Problem(Exception):
    """An answer that is no success; `detail` says what to do, `findings` what is wrong with the content."""

    status: int
    type: ProblemType
    title: Text
    detail: Text
    findings: Sequence[Finding] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


def answer(problem: Problem, request: Request) -> JSONResponse:
    """Give a problem as a response."""
    language = preferred(request.headers.get("accept-language", ""))
    document = {**_document(problem, language), "instance": request.url.path, **problem.extra}
    if problem.findings:
        document["findings"] = [finding_document(finding) for finding in problem.findings]
    headers = {"Content-Language": language, "Vary": "Accept-Language", **problem.headers}
    return JSONResponse(document, status_code=problem.status, headers=headers, media_type=MEDIA_TYPE)


def json_of(problem: Problem, language: str) -> bytes:
    """Give a problem of which no request is known, in one of our languages."""
    return json.dumps(_document(problem, language), ensure_ascii=False, separators=(",", ":")).encode()


def _document(problem: Problem, language: str) -> dict[str, Any]:
    title, detail = problem.title, problem.detail
    return {
        "type": f"urn:earkiv:problem:{problem.type.value}",
        "title": title.sv if language == "sv" else title.en,
        "status": int(problem.status),
        "detail": detail.sv if language == "sv" else detail.en,
    }


def of_fault(fault: EarkivError) -> Problem:
    """Say what a fault of the machine means to a client: nothing of it is the client's, unless an id is unknown."""
    match fault:
        case UnknownSubject():
            # In the same words as what is another's.
            return not_found()
        case QuotaReached():
            return _over_quota()
        case QuotaTooSmall():
            return _too_large(texts.LARGER_THAN_QUOTA)
        case StagingTooSmall():
            return _too_large(texts.LARGER_THAN_STAGING)
        case OutOfSpace() | StoreReadOnly() | TransientError() | CatalogueUnavailable():
            # What exactly is broken is told to the operator, in the log.
            return unavailable()
        case _:
            return faulty()


def faulty() -> Problem:
    """Say that something in the archive is broken, and no more."""
    return Problem(
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        type=ProblemType.FAULT,
        title=texts.FAULT,
        detail=texts.FAULT_DETAIL,
    )


def not_found() -> Problem:
    """Say that there is nothing at that address, or nothing that this client may know of."""
    return Problem(
        status=HTTPStatus.NOT_FOUND, type=ProblemType.NOT_FOUND, title=texts.NOT_FOUND, detail=texts.NOT_FOUND_DETAIL
    )


def unavailable() -> Problem:
    """Say that the archive can take nothing right now."""
    return Problem(
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        type=ProblemType.UNAVAILABLE,
        title=texts.UNAVAILABLE,
        detail=texts.UNAVAILABLE_DETAIL,
        headers={"Retry-After": str(RETRY_SECONDS)},
    )


def _over_quota() -> Problem:
    return Problem(
        status=HTTPStatus.TOO_MANY_REQUESTS,
        type=ProblemType.QUOTA,
        title=texts.QUOTA,
        detail=texts.QUOTA_DETAIL,
        headers={"Retry-After": str(RETRY_SECONDS)},
    )


def _too_large(detail: Text) -> Problem:
    return Problem(
        status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        type=ProblemType.TOO_LARGE,
        title=texts.TOO_LARGE,
        detail=detail,
    )


def silent() -> Problem:
    """Say that the client has sent nothing, or too little, for so long that it is not waited for any more."""
    return Problem(
        status=HTTPStatus.REQUEST_TIMEOUT,
        type=ProblemType.SILENT,
        title=texts.SILENT,
        detail=texts.SILENT_DETAIL,
        headers={"Connection": "close"},
    )


def refused(findings: Sequence[Finding]) -> Problem:
    """Say that what was sent is wrong in ways that show at once."""
    return Problem(
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        type=ProblemType.CONTENT_REFUSED,
        title=texts.REFUSED,
        detail=texts.REFUSED_DETAIL,
        findings=findings,
    )


def malformed(detail: Text) -> Problem:
    """Say that a request cannot be understood."""
    return Problem(status=HTTPStatus.BAD_REQUEST, type=ProblemType.MALFORMED, title=texts.MALFORMED, detail=detail)


def handle_problems(app: FastAPI) -> None:
    """Let every answer that is no success be a problem document."""

    @app.exception_handler(Problem)
    async def _problem(request: Request, problem: Problem) -> JSONResponse:
        return answer(problem, request)

    @app.exception_handler(EarkivError)
    async def _fault(request: Request, fault: EarkivError) -> JSONResponse:
        problem = of_fault(fault)
        if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            told = {"method": method_of(request.scope), "route": route_of(request.scope), **logged_of(fault)}
            logger.error("a request met a fault of the machine", extra=told, exc_info=fault)
        return answer(problem, request)

    @app.exception_handler(RequestValidationError)
    async def _unfit(request: Request, error: RequestValidationError) -> JSONResponse:
        places = ", ".join(sorted({".".join(map(str, one["loc"])) for one in error.errors()}))
        said = texts.BAD_PARAMETER
        return answer(malformed(Text(sv=said.sv.format(places=places), en=said.en.format(places=places))), request)

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> JSONResponse:
        return answer(_of_http(error), request)

    @app.exception_handler(Exception)
    async def _unforeseen(request: Request, error: Exception) -> JSONResponse:
        _ = error  # The server logs it with its traceback.
        return answer(faulty(), request)


def _of_http(error: HTTPException) -> Problem:
    status = HTTPStatus(error.status_code)
    if status is HTTPStatus.NOT_FOUND:
        return not_found()
    title = Text(sv=texts.STATUS_SV.get(status, status.phrase), en=status.phrase)
    return Problem(status=status, type=ProblemType.HTTP, title=title, detail=title, headers=dict(error.headers or {}))
