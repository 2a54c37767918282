"""Who calls: the key in `Authorization: Bearer`, and what it opens."""

from collections.abc import Callable
from hmac import compare_digest
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from ingest.api import texts
from ingest.api.problems import Problem, ProblemType, malformed, not_found
from ingest.api.recorded import CALLER
from ingest.api.service import Service
from ingest.application.manage_keys import hash_of, hash_of_client
from ingest.domain.agreements import DEFAULT_AGREEMENT, Standing, SubmissionAgreement
from ingest.domain.deliveries import Delivery
from ingest.domain.findings import Text
from ingest.domain.keys import Action, ApiKey, Caller, Operation, Role, holder_of
from ingest.errors import UnknownSubject

_BEARER = HTTPBearer(auto_error=False, description="A key of the archive's, or a token of its identity provider's.")
_DOTS_IN_TOKENS: Final = 2


def service_of(request: Request) -> Service:
    """Give the service that this application serves."""
    service: Service = request.app.state.service
    return service


Served = Annotated[Service, Depends(service_of)]


_BOOTSTRAP: Final = Caller(
    role=Role.PRODUCER, name="EARKIV_API_KEY", agreements=(DEFAULT_AGREEMENT.id,), actions=frozenset(Action)
)
"""Whoever holds the embedded archive's own key: any producer, under any agreement."""


def caller_of(
    request: Request, service: Served, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
) -> Caller:
    """Tell who calls, and let the record of the request know. Raises Problem (401)."""
    found = _opened_by(_shown(credentials), service)
    if found is None:
        raise Problem(
            status=HTTPStatus.UNAUTHORIZED,
            type=ProblemType.UNAUTHORIZED,
            title=texts.UNAUTHORIZED,
            detail=texts.UNAUTHORIZED_DETAIL,
            headers={"WWW-Authenticate": 'Bearer realm="earkiv"'},
        )
    if isinstance(found, ApiKey):
        service.archive.ports.catalogue.note_use(found.id, service.archive.ports.clock.now())
    caller = found if isinstance(found, Caller) else holder_of(found)
    setattr(request.state, CALLER, caller)
    return caller


def _shown(credentials: HTTPAuthorizationCredentials | None) -> str:
    return credentials.credentials if credentials else ""


def _opened_by(shown: str, service: Service) -> Caller | ApiKey | None:
    """Give what is opened now by what was shown: the embedded archive, a key in force, or nothing."""
    expected = service.api_key.reveal() if service.api_key else ""
    if expected and compare_digest(shown.encode(), expected.encode()):
        return _BOOTSTRAP
    key = _key_shown(shown, service)
    return key if key is not None and key.is_in_force else None


def _key_shown(shown: str, service: Service) -> ApiKey | None:
    """Find the key by what was shown: itself, or a token of the identity provider's that names its client."""
    ports, provider = service.archive.ports, service.identity_provider
    if provider is not None and shown.count(".") == _DOTS_IN_TOKENS:
        client = provider.client_of(shown, ports.clock.now())
        key = ports.catalogue.key_of(hash_of_client(provider.issuer, client)) if client else None
        return key if key is not None and key.client == client else None
    key = ports.catalogue.key_of(hash_of(shown)) if shown else None
    return key if key is not None and not key.client else None


def watcher_of(
    request: Request, service: Served, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
) -> None:
    """Let operators in, and in the embedded archive whoever holds its own key. Raises Problem (401, 403).

    The key for this alone needs no catalogue: an outage of it is what is to be seen.
    """
    expected = service.metrics_key.reveal() if service.metrics_key else ""
    shown = _shown(credentials)
    if expected and compare_digest(shown.encode(), expected.encode()):
        return
    caller = caller_of(request, service, credentials)
    if caller is not _BOOTSTRAP and not caller.may(Operation.READ_METRICS):
        raise forbidden()


_Known = Annotated[Caller, Depends(caller_of)]


def forbidden() -> Problem:
    """Say that the key is valid, and not for this."""
    return Problem(
        status=HTTPStatus.FORBIDDEN, type=ProblemType.FORBIDDEN, title=texts.FORBIDDEN, detail=texts.FORBIDDEN_DETAIL
    )


def whoever_may(operation: Operation) -> Callable[[Caller], Caller]:
    """Give the dependency that tells who calls for this operation; it raises Problem (401, 403)."""

    def permitted(caller: _Known) -> Caller:
        if not caller.may(operation):
            raise forbidden()
        return caller

    return permitted


Deliverer = Annotated[Caller, Depends(whoever_may(Operation.DELIVER))]
Validator = Annotated[Caller, Depends(whoever_may(Operation.VALIDATE))]
Follower = Annotated[Caller, Depends(whoever_may(Operation.READ_DELIVERIES))]
Reader = Annotated[Caller, Depends(whoever_may(Operation.READ_PACKAGES))]
WebhookReader = Annotated[Caller, Depends(whoever_may(Operation.READ_WEBHOOKS))]
WebhookChanger = Annotated[Caller, Depends(whoever_may(Operation.CHANGE_WEBHOOKS))]
Corrector = Annotated[Caller, Depends(whoever_may(Operation.CORRECT_METADATA))]
HeldDecider = Annotated[Caller, Depends(whoever_may(Operation.DECIDE_HELD))]
AgreementReader = Annotated[Caller, Depends(whoever_may(Operation.READ_AGREEMENTS))]
AgreementEditor = Annotated[Caller, Depends(whoever_may(Operation.EDIT_AGREEMENTS))]


def still_let_in(
    service: Served,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)],
    caller: Annotated[Caller, Depends(whoever_may(Operation.READ_DELIVERIES))],
) -> Callable[[], bool]:
    """Give what says, whenever it is asked, whether what was shown opens the same as it did. It raises EarkivError.

    Where a token of the identity provider's was shown, that it has not expired is a part of it.
    """

    def asked_again() -> bool:
        found = _opened_by(_shown(credentials), service)
        return found == caller if isinstance(found, Caller) else found is not None and holder_of(found) == caller

    return asked_again


StillLetIn = Annotated[Callable[[], bool], Depends(still_let_in)]


def delivery_for(caller: Caller, delivery_id: str, service: Service) -> Delivery:
    """Give a delivery of the caller's. Raises UnknownSubject, Problem (404): another's is as if it were not there."""
    delivery = service.archive.ports.catalogue.delivery(delivery_id)
    if not caller.sees_deliveries_of(delivery.sender):
        raise not_found()
    return delivery


def agreement_for(caller: Caller, wanted: str | None, version: int | None, service: Service) -> SubmissionAgreement:
    """Give the agreement that a delivery comes under, or the draft of it that is named.

    Raises Problem (400) for one that the caller may not use, or a version that is neither in force nor a draft.
    """
    agreement_id = wanted or next(iter(caller.agreements), "")
    found = _usable(agreement_id, version, service) if caller.may_use(agreement_id) else None
    if found is None:
        said, named = texts.NO_AGREEMENT, agreement_id if version is None else f"{agreement_id} ({version})"
        raise malformed(Text(sv=said.sv.format(id=named), en=said.en.format(id=named)))
    return found


def _usable(agreement_id: str, version: int | None, service: Service) -> SubmissionAgreement | None:
    catalogue = service.archive.ports.catalogue
    in_force = catalogue.agreement(agreement_id)
    if version is None or (in_force is not None and in_force.version == version):
        return in_force
    try:
        asked = catalogue.agreement_version(agreement_id, version)
    except UnknownSubject:
        return None
    return asked if asked.standing is Standing.DRAFT else None
