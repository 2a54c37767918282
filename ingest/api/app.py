"""The application: all routes over one service."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from ingest.api import (
    agreements,
    corrections,
    deliveries,
    direct_uploads,
    health,
    held_decisions,
    metrics,
    packages,
    signing_keys,
    uploads,
    validations,
    webhooks,
)
from ingest.api.bodies import ClientGone
from ingest.api.installation_metrics import InstallationCollector
from ingest.api.meters import Metered, Meters
from ingest.api.openapi import describe
from ingest.api.problems import answer, handle_problems, silent
from ingest.api.recorded import Recorded
from ingest.api.service import Service
from ingest.api.traced import Traced
from ingest.api.tus_protocol import TusExchanges
from ingest.api.upkeep import upkeep

_NOTHING: Final[Mapping[str, ASGIApp]] = MappingProxyType({})


def create_app(service: Service, beside: Mapping[str, ASGIApp] = _NOTHING) -> FastAPI:
    """Give the ASGI application that serves an open archive; `beside` is what else lies on its port, by path."""
    # The built-in pages of FastAPI fetch their scripts from elsewhere.
    app = FastAPI(docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=upkeep)
    app.state.service = service
    meters = Meters()
    meters.registry.register(InstallationCollector(service.archive.ports, service.stuck_seconds))
    app.state.registry = meters.registry
    app.add_middleware(Recorded, service=service)
    app.add_middleware(Metered, meters=meters)
    if service.traces.told is not None:
        app.add_middleware(Traced, told=service.traces.told)
    # The outermost: what a request is meant to be, everything else is told.
    app.add_middleware(TusExchanges)
    for module in (
        health,
        metrics,
        signing_keys,
        deliveries,
        uploads,
        direct_uploads,
        validations,
        packages,
        corrections,
        held_decisions,
        agreements,
        webhooks,
    ):
        app.include_router(module.router)
    handle_problems(app)
    describe(app)
    for path, mounted in beside.items():
        app.router.routes.append(Route(path, RedirectResponse(f"{path}/"), include_in_schema=False))
        app.mount(path, mounted)

    @app.exception_handler(ClientGone)
    async def _gone(request: Request, error: ClientGone) -> JSONResponse:
        _ = error
        return answer(silent(), request)

    return app
