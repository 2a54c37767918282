"""Who calls: the key in `Authorization: Bearer`."""

from dataclasses import dataclass
from hmac import compare_digest
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from ingest.api import texts
from ingest.api.problems import Problem, ProblemType, malformed
from ingest.api.service import Service
from ingest.domain.agreements import DEFAULT_AGREEMENT, SubmissionAgreement
from ingest.domain.findings import Text

_BEARER = HTTPBearer(auto_error=False, description="A producer's key.")


def service_of(request: Request) -> Service:
    """Give the service that this application serves."""
    service: Service = request.app.state.service
    return service


Served = Annotated[Service, Depends(service_of)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A producer's system that has shown a valid key; `agreement` is the one that it delivers under by default."""

    name: str
    agreement: str


def caller_of(service: Served, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]) -> Caller:
    """Tell who calls. Raises Problem (401)."""
    shown = credentials.credentials if credentials else ""
    expected = service.api_key.reveal() if service.api_key else ""
    if not expected or not compare_digest(shown.encode(), expected.encode()):
        raise Problem(
            status=HTTPStatus.UNAUTHORIZED,
            type=ProblemType.UNAUTHORIZED,
            title=texts.UNAUTHORIZED,
            detail=texts.UNAUTHORIZED_DETAIL,
            headers={"WWW-Authenticate": 'Bearer realm="earkiv"'},
        )
    return Caller(name="bootstrap", agreement=DEFAULT_AGREEMENT.id)


Known = Annotated[Caller, Depends(caller_of)]


def agreement_for(caller: Caller, wanted: str | None, service: Service) -> SubmissionAgreement:
    """Give the agreement that a delivery comes under. Raises Problem (400) for one that the caller may not use."""
    agreement_id = wanted or caller.agreement
    found = service.archive.ports.catalogue.agreement(agreement_id)
    if found is None:
        said = texts.NO_AGREEMENT
        raise malformed(Text(sv=said.sv.format(id=agreement_id), en=said.en.format(id=agreement_id)))
    return found
