"""The server that the API runs in."""

import socket
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from ingest.api.app import create_app
from ingest.api.connections import Connection
from ingest.api.service import Service

_NOTHING: Final[Mapping[str, ASGIApp]] = MappingProxyType({})


class Server(uvicorn.Server):
    """Answers until told to stop; whoever follows a delivery is let go at once then, not waited for."""

    def __init__(self, service: Service, drain_seconds: int, beside: Mapping[str, ASGIApp] = _NOTHING) -> None:
        """Serve; what is under way when it is told to stop has `drain_seconds` to end.

        `beside` is what else is served on the same port, by path.
        """
        config = uvicorn.Config(
            create_app(service, beside),
            http=Connection,
            # Whoever runs the server says where its lines go: uvicorn's own would quote exceptions.
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=drain_seconds,
        )
        super().__init__(config)
        self._service = service

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take nothing more, and answer those who wait."""
        self._service.stopping.set()
        await super().shutdown(sockets)
