"""A small JSON document as a request's body: bounded, and read as one type."""

from contextlib import ExitStack
from http import HTTPStatus
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from ingest.api import texts
from ingest.api.bodies import Body, whole
from ingest.api.problems import Problem, ProblemType, malformed
from ingest.api.service import Service
from ingest.domain.findings import Text

ModelT = TypeVar("ModelT", bound=BaseModel)
_SHOWN = 5


def json_content(request: Request, service: Service, most: int, lent: ExitStack) -> bytes:
    """Take a JSON body in, in a thread that the server lent. Raises Problem (413, 415, 422), ClientGone, OutOfSpace."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if media_type != "application/json" or encoding not in ("", "identity"):
        raise Problem(
            status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            type=ProblemType.UNSUPPORTED,
            title=texts.UNSUPPORTED,
            detail=texts.ONLY_JSON,
        )
    return whole(Body(request, service.pace).chunks(), most, lent).read()


def read_json_body(request: Request, service: Service, model: type[ModelT], most: int) -> ModelT:
    """Take a body in and read it as one type. Raises Problem (400, 413, 415, 422), ClientGone, OutOfSpace."""
    with ExitStack() as lent:
        content = json_content(request, service, most, lent)
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        places = ", ".join(sorted({".".join(map(str, one["loc"])) or "JSON" for one in error.errors()})[:_SHOWN])
        said = texts.BAD_PARAMETER
        raise malformed(Text(sv=said.sv.format(places=places), en=said.en.format(places=places))) from error
