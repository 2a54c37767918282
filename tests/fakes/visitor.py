"""Visits a web application as a reader does, without a network."""

from dataclasses import dataclass

import anyio
import httpx
from starlette.types import ASGIApp


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Asks an application; what it raises becomes its page for faults, as on a server."""

    app: ASGIApp

    def get(self, path: str) -> httpx.Response:
        """Ask for a path; redirects are told, not followed."""
        return self.ask("GET", path)

    def ask(self, method: str, path: str) -> httpx.Response:
        """Ask with any method."""
        return anyio.run(self._asked, method, path)

    async def _asked(self, method: str, path: str) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://reader.example", trust_env=False) as client:
            return await client.request(method, path)
