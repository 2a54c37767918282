"""A span around each request, named by its route's template."""

from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.api.meters import method_of, route_of

if TYPE_CHECKING:
    from ingest.adapters.tracing import OpenTelemetry


class Traced:
    """The application with its requests traced."""

    def __init__(self, app: ASGIApp, told: "OpenTelemetry") -> None:
        """Stand around the application."""
        self._app = app
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on within a span."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with self._told.request(method_of(scope)) as span:

            async def sending(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.set_attribute("http.response.status_code", message["status"])
                await send(message)

            try:
                await self._app(scope, receive, sending)
            finally:
                route = route_of(scope)
                span.set_attribute("http.route", route)
                span.update_name(f"{method_of(scope)} {route}")
