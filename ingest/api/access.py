"""Who calls: the key in `Authorization: Bearer`, and what it opens."""

from dataclasses import dataclass
from hmac import compare_digest
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from ingest.api import texts
from ingest.api.problems import Problem, ProblemType, malformed, not_found
from ingest.api.service import Service
from ingest.application.manage_keys import hash_of
from ingest.domain.agreements import DEFAULT_AGREEMENT, SubmissionAgreement
from ingest.domain.deliveries import Delivery
from ingest.domain.findings import Text
from ingest.domain.keys import Action

_BEARER = HTTPBearer(auto_error=False, description="A producer's key.")


def service_of(request: Request) -> Service:
    """Give the service that this application serves."""
    service: Service = request.app.state.service
    return service


Served = Annotated[Service, Depends(service_of)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A system that has shown a valid key.

    `producer` None is whoever holds the embedded archive's own key: any producer, under any agreement.
    """

    producer: str | None
    agreements: tuple[str, ...]
    actions: frozenset[Action]

    def may_see(self, delivery: Delivery) -> bool:
        """Whether a delivery is this caller's."""
        return self.producer is None or self.producer == delivery.sender


_BOOTSTRAP: Final = Caller(producer=None, agreements=(DEFAULT_AGREEMENT.id,), actions=frozenset(Action))


def caller_of(service: Served, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]) -> Caller:
    """Tell who calls. Raises Problem (401)."""
    shown = credentials.credentials if credentials else ""
    expected = service.api_key.reveal() if service.api_key else ""
    if expected and compare_digest(shown.encode(), expected.encode()):
        return _BOOTSTRAP
    catalogue = service.archive.ports.catalogue
    key = catalogue.key_of(hash_of(shown)) if shown else None
    if key is None or key.revoked_at is not None:
        raise Problem(
            status=HTTPStatus.UNAUTHORIZED,
            type=ProblemType.UNAUTHORIZED,
            title=texts.UNAUTHORIZED,
            detail=texts.UNAUTHORIZED_DETAIL,
            headers={"WWW-Authenticate": 'Bearer realm="earkiv"'},
        )
    catalogue.note_use(key.id, service.archive.ports.clock.now())
    return Caller(producer=key.producer, agreements=key.agreements, actions=frozenset(key.actions))


_Known = Annotated[Caller, Depends(caller_of)]


def _permitted(caller: Caller, action: Action) -> Caller:
    if action not in caller.actions:
        raise Problem(
            status=HTTPStatus.FORBIDDEN,
            type=ProblemType.FORBIDDEN,
            title=texts.FORBIDDEN,
            detail=texts.FORBIDDEN_DETAIL,
        )
    return caller


def deliverer_of(caller: _Known) -> Caller:
    """Tell who delivers. Raises Problem (401, 403)."""
    return _permitted(caller, Action.DELIVER)


def reader_of(caller: _Known) -> Caller:
    """Tell who reads. Raises Problem (401, 403)."""
    return _permitted(caller, Action.READ)


Deliverer = Annotated[Caller, Depends(deliverer_of)]
Reader = Annotated[Caller, Depends(reader_of)]


def delivery_for(caller: Caller, delivery_id: str, service: Service) -> Delivery:
    """Give a delivery of the caller's. Raises UnknownSubject, Problem (404): another's is as if it were not there."""
    delivery = service.archive.ports.catalogue.delivery(delivery_id)
    if not caller.may_see(delivery):
        raise not_found()
    return delivery


def agreement_for(caller: Caller, wanted: str | None, service: Service) -> SubmissionAgreement:
    """Give the agreement that a delivery comes under. Raises Problem (400) for one that the caller may not use."""
    agreement_id = wanted or caller.agreements[0]
    may_use = caller.producer is None or agreement_id in caller.agreements
    found = service.archive.ports.catalogue.agreement(agreement_id) if may_use else None
    if found is None:
        said = texts.NO_AGREEMENT
        raise malformed(Text(sv=said.sv.format(id=agreement_id), en=said.en.format(id=agreement_id)))
    return found
