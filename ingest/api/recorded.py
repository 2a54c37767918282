"""What calls leave in the record of what is done and read (ADR 0046), before any of their answer is sent."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from anyio import to_thread
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.api.meters import method_of, route_of
from ingest.api.problems import answer, faulty, of_fault
from ingest.api.service import Service
from ingest.domain.desk_use import DeskUse, Trace, cut
from ingest.domain.keys import Caller, Role
from ingest.domain.people import PersonRole
from ingest.errors import EarkivError, UnknownSubject
from ingest.pipeline.step import Ports

logger = logging.getLogger(__name__)

CALLER: Final = "caller"
"""Where the state of a request says who calls, once that is known."""
TRACES: Final[Mapping[str, Trace]] = MappingProxyType(
    {
        # What was delivered, and what was found in it.
        "GET /v1/deliveries/{delivery_id}": Trace.READ,
        "GET /v1/deliveries/{delivery_id}/events": Trace.READ,
        "GET /v1/deliveries/{delivery_id}/receipt": Trace.READ,
        "GET /v1/packages/{package_id}": Trace.READ,
        "GET /v1/packages/{package_id}/timeline": Trace.READ,
        "GET /v1/packages/{package_id}/files": Trace.READ,
        "GET /v1/packages/{package_id}/files/{path}": Trace.READ,
        "GET /v1/packages/{package_id}/mets": Trace.READ,
        "GET /v1/packages/{package_id}/premis": Trace.READ,
        # What the archive's own people change.
        "POST /v1/deliveries/{delivery_id}/decision": Trace.WRITE,
        "POST /v1/packages/{package_id}/corrections": Trace.WRITE,
        "POST /v1/agreements": Trace.WRITE,
        "POST /v1/agreements/{agreement_id}/versions": Trace.WRITE,
        # What whoever calls brings along, and is told of that alone.
        "POST /v1/deliveries": Trace.NONE,
        "POST /v1/validations": Trace.NONE,
        "OPTIONS /v1/uploads": Trace.NONE,
        "POST /v1/uploads": Trace.NONE,
        "HEAD /v1/uploads/{upload_id}": Trace.NONE,
        "PATCH /v1/uploads/{upload_id}": Trace.NONE,
        "DELETE /v1/uploads/{upload_id}": Trace.NONE,
        "POST /v1/direct-uploads": Trace.NONE,
        "GET /v1/direct-uploads/{direct_upload_id}": Trace.NONE,
        "DELETE /v1/direct-uploads/{direct_upload_id}": Trace.NONE,
        "POST /v1/direct-uploads/{direct_upload_id}/completion": Trace.NONE,
        "GET /v1/webhooks": Trace.NONE,
        "POST /v1/webhooks": Trace.NONE,
        "GET /v1/webhooks/{webhook_id}": Trace.NONE,
        "DELETE /v1/webhooks/{webhook_id}": Trace.NONE,
        "POST /v1/webhooks/{webhook_id}/secret": Trace.NONE,
        "POST /v1/webhooks/{webhook_id}/test": Trace.NONE,
        "POST /v1/webhooks/{webhook_id}/replay": Trace.NONE,
        # Nothing that was delivered.
        "GET /v1/agreements": Trace.NONE,
        "GET /v1/agreements/{agreement_id}": Trace.NONE,
        "GET /v1/agreements/{agreement_id}/versions": Trace.NONE,
        "GET /v1/agreements/{agreement_id}/versions/{version}": Trace.NONE,
        "GET /v1/agreements/{agreement_id}/changes": Trace.NONE,
        "GET /health/live": Trace.NONE,
        "GET /health/ready": Trace.NONE,
        "GET /metrics": Trace.NONE,
        "GET /.well-known/earkiv-keys.json": Trace.NONE,
    }
)
"""What a call leaves, route by route; a test names a route that is not here."""
SHOWS_CONTENT: Final = frozenset(
    {
        "GET /v1/packages/{package_id}/files/{path}",
        "GET /v1/packages/{package_id}/mets",
        "GET /v1/packages/{package_id}/premis",
    }
)
"""What shows archived content: recorded whoever reads it."""
_ROLES: Final[Mapping[Role, tuple[PersonRole, ...]]] = MappingProxyType(
    {Role.PRODUCER: (), Role.ARCHIVIST: (PersonRole.ARCHIVIST,), Role.OPERATOR: (PersonRole.OPERATOR,)}
)


class Recorded:
    """The application with what is read and changed recorded; where that fails, the fault is told in its place."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        """Stand around the application."""
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; nothing of its answer goes out before it is in the record, where it belongs there."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        held = _Held(self._service, scope, send)
        try:
            await self._app(scope, receive, held.send)
        except Exception:  # whatever it is goes on from here, or is logged and told as a fault of the record
            met = held.fault
            if met is None and not held.is_begun:
                await held.note(HTTPStatus.INTERNAL_SERVER_ERROR)
            if held.fault is None:
                raise
            if met is None:
                logger.exception("a request met a fault that cannot be recorded")
        if held.fault is not None:
            problem = of_fault(held.fault) if isinstance(held.fault, EarkivError) else faulty()
            await answer(problem, Request(scope))(scope, receive, send)


class _Held:
    """An answer that is held back until it is recorded."""

    def __init__(self, service: Service, scope: Scope, send: Send) -> None:
        self._service = service
        self._scope = scope
        self._send = send
        self.is_begun = False
        self.fault: Exception | None = None

    async def send(self, message: Message) -> None:
        """Send on what is recorded. Raises what recording raised, once the answer has begun to be read."""
        if message["type"] == "http.response.start":
            self.is_begun = True
            await self.note(message["status"])
            if self.fault is not None:
                return
        if self.fault is not None:
            raise self.fault
        await self._send(message)

    async def note(self, status: int) -> None:
        """Record the answer, durably, unless it belongs in no record; `fault` is why it could not be."""
        caller = self._scope["state"].get(CALLER)
        room = f"{method_of(self._scope)} {route_of(self._scope)}"
        trace = TRACES.get(room, Trace.READ)
        if caller is None or trace is Trace.NONE:
            return
        # What is refused to a producer is as if it were not there.
        is_producers = caller.role is Role.PRODUCER and not (room in SHOWS_CONTENT and status < HTTPStatus.BAD_REQUEST)
        if is_producers and caller.producer is not None:
            return
        named = self._scope.get("path_params", {})
        use = _use(caller, trace, room, named, status, self._service)
        noted = self._note_unless_own if is_producers else self._service.record.note
        try:
            await to_thread.run_sync(noted, use, limiter=self._service.recorders)
        except Exception as error:  # whatever hinders the record, nothing is shown
            logger.exception("the record of what is read over the API cannot be written")
            self.fault = error

    def _note_unless_own(self, use: DeskUse) -> None:
        if not _is_own(use, self._service.archive.ports):
            self._service.record.note(use)


def _use(
    caller: Caller, trace: Trace, room: str, named: Mapping[str, object], status: int, service: Service
) -> DeskUse:
    return DeskUse(
        at=service.archive.ports.clock.now(),
        by=caller.name,
        subject=caller.key,
        roles=_ROLES[caller.role],
        trace=trace,
        room=room,
        of=tuple((name.removesuffix("_id"), cut(str(value))) for name, value in named.items()),
        outcome=int(status),
    )


def _is_own(use: DeskUse, ports: Ports) -> bool:
    """Whether the embedded archive's own key asks for what came by it, at the keyboard, or not at all."""
    named = dict(use.of)
    delivery = named.get("delivery")
    try:
        if "package" in named:
            _, delivery = ports.catalogue.find(named["package"])
        return delivery is None or ports.catalogue.delivery(delivery).sender is None
    except UnknownSubject:
        return True
