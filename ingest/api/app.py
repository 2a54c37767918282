"""The application: all routes over one service."""

from fastapi import FastAPI, Request, Response

from ingest.api import deliveries, health, validations
from ingest.api.bodies import ClientGone
from ingest.api.openapi import describe
from ingest.api.problems import handle_problems
from ingest.api.service import Service


def create_app(service: Service) -> FastAPI:
    """Give the ASGI application that serves an open archive."""
    # The built-in pages of FastAPI fetch their scripts from elsewhere.
    app = FastAPI(docs_url=None, redoc_url=None)
    app.state.service = service
    for module in (health, deliveries, validations):
        app.include_router(module.router)
    handle_problems(app)
    describe(app)

    @app.exception_handler(ClientGone)
    async def _gone(request: Request, error: ClientGone) -> Response:
        _ = request, error
        return Response(status_code=408, headers={"Connection": "close"})

    return app
