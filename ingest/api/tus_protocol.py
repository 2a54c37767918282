"""What the tus protocol says of every exchange below one path, whatever the answer is and whoever gives it."""

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

VERSION: Final = "1.0.0"
ROOT: Final = "/v1/uploads"
_OVERRIDDEN: Final = "POST"
_METHODS: Final = frozenset({"PATCH", "DELETE"})


class TusExchanges:
    """Names the version of the protocol in every answer, and lets a POST be the method that it is meant to be.

    Clients whose network lets neither PATCH nor DELETE through name it in `X-HTTP-Method-Override` (tus 1.0, Headers).
    """

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] != "http" or not (scope["path"] == ROOT or scope["path"].startswith(f"{ROOT}/")):
            await self._app(scope, receive, send)
            return

        async def saying(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Tus-Resumable"] = VERSION
            await send(message)

        await self._app({**scope, "method": _meant(scope)}, receive, saying)


def _meant(scope: Scope) -> str:
    method: str = scope["method"]
    named = Headers(scope=scope).get("x-http-method-override", "").strip().upper()
    return named if method == _OVERRIDDEN and named in _METHODS else method
