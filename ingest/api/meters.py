"""What one process of the API counts of its own requests; a label is a route's template, never an address."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from time import perf_counter
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_OTHER: Final = "other"
_DELIVERIES: Final = b"/v1/deliveries/"
_ASKED_BY_MACHINES: Final = frozenset({"/health/live", "/health/ready", "/metrics"})
"""Routes that are asked all day long: they are counted, and no lines are written about them."""
_BOUNDS: Final = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 60.0, 600.0)


logger = logging.getLogger(__name__)


class Meters:
    """The counters of one process, in a registry of their own."""

    def __init__(self) -> None:
        """Count from zero."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        to, labels = self.registry, ("method", "route", "status")
        self._answered = Counter("earkiv_http_requests", "Requests answered.", labels, registry=to)
        said = "How long it took until the answer had ended."
        self._took = Histogram("earkiv_http_request_seconds", said, labels[:2], buckets=_BOUNDS, registry=to)
        self._in_flight = Gauge("earkiv_http_requests_in_flight", "Requests that are being answered.", registry=to)
        self._received = Counter("earkiv_http_received_bytes", "Bytes of bodies that were read.", registry=to)

    @contextmanager
    def request(self, scope: Scope) -> Iterator["Exchange"]:
        """Count a request, however it ends; one that no answer was begun for is a fault."""
        exchange, began = Exchange(), perf_counter()
        self._in_flight.inc()
        try:
            yield exchange
        finally:
            self._in_flight.dec()
            self._received.inc(exchange.received)
            method = method_of(scope)
            route = route_of(scope)
            self._answered.labels(method, route, str(exchange.status)).inc()
            seconds = perf_counter() - began
            self._took.labels(method, route).observe(seconds)
            if route not in _ASKED_BY_MACHINES:
                told = {"method": method, "route": route, "status": exchange.status, "seconds": round(seconds, 3)}
                logger.info("a request was answered", extra={**told, "delivery": exchange.delivery})


@dataclass(slots=True)
class Exchange:
    """What is known of a request so far."""

    status: int = HTTPStatus.INTERNAL_SERVER_ERROR.value
    received: int = 0
    delivery: str | None = None


def method_of(scope: Scope) -> str:
    """Give the method of a request; one that is no method may say anything."""
    method: str = scope["method"]
    return method if method in _METHODS else _OTHER


def route_of(scope: Scope) -> str:
    """Give the template of the route that a request was for; an address that is no route's may say anything."""
    template: str = getattr(scope.get("route"), "path_format", _OTHER)
    return template


def _delivery_in(message: Message) -> str | None:
    """Give the delivery that an answer says has come to be; the id is ours."""
    for name, value in message["headers"]:
        if name.lower() == b"location" and value.startswith(_DELIVERIES):
            told: bytes = value.removeprefix(_DELIVERIES)
            return told.decode("ascii", "replace")
    return None


class Metered:
    """The application with its requests counted."""

    def __init__(self, app: ASGIApp, meters: Meters) -> None:
        """Stand around the application."""
        self._app = app
        self._meters = meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and count it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with self._meters.request(scope) as exchange:

            async def receiving() -> Message:
                message = await receive()
                exchange.received += len(message.get("body", b""))
                return message

            async def sending(message: Message) -> None:
                if message["type"] == "http.response.start":
                    exchange.status = message["status"]
                    exchange.delivery = _delivery_in(message)
                await send(message)

            await self._app(scope, receiving, sending)
