"""Asks an ASGI application in this process, one request at a time."""

import asyncio
from typing import Any

import httpx
from starlette.types import ASGIApp


class Room:
    """A visitor of an application; its faults are raised, not answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def get(self, path: str, **how: Any) -> httpx.Response:
        """Ask by GET."""
        return asyncio.run(self._ask("GET", path, **how))

    def post(self, path: str, **how: Any) -> httpx.Response:
        """Ask by POST."""
        return asyncio.run(self._ask("POST", path, **how))

    async def _ask(self, method: str, path: str, **how: Any) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://room") as client:
            return await client.request(method, path, **how)
