"""One POST by HTTP/1.1 to an address that was looked at before, under the name that it was found by.

The name goes into the Host header and the TLS handshake, and the certificate must be for it. Nothing is followed,
nothing of an answer is read but its status, no proxy of the environment is asked, and the whole takes a bounded time
however slowly the other side speaks.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from http import HTTPStatus
from typing import Final

import anyio
import httpx

from ingest.domain.receivers import Receiver
from ingest.domain.webhooks import Answer, Outcome

CONNECT_SECONDS: Final = 5.0
_MOST_ADDRESSES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent to a receiver, at one of its addresses."""

    receiver: Receiver
    addresses: tuple[str, ...]
    headers: Mapping[str, str]
    body: bytes


def sent(request: Request, seconds: float, certificates: ssl.SSLContext | None) -> Answer:
    """Send it in that time, to the first address that takes a connection; certificates None: the usual ones."""
    return anyio.run(partial(_sent, request, seconds, certificates or _usual()))


@lru_cache(maxsize=1)
def _usual() -> ssl.SSLContext:
    return httpx.create_ssl_context()


async def _sent(request: Request, seconds: float, certificates: ssl.SSLContext) -> Answer:
    with anyio.move_on_after(seconds):
        for address in request.addresses[:_MOST_ADDRESSES]:
            try:
                return await _sent_to(address, request, certificates)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
            except httpx.HTTPError:
                return Answer(outcome=Outcome.NO_ANSWER)
        return Answer(outcome=Outcome.NO_CONNECTION)
    return Answer(outcome=Outcome.TOO_SLOW)


async def _sent_to(address: str, request: Request, certificates: ssl.SSLContext) -> Answer:
    receiver = request.receiver
    at = f"[{address}]" if ":" in address else address
    timeout = httpx.Timeout(None, connect=CONNECT_SECONDS)  # the whole is bounded above
    async with (
        httpx.AsyncClient(verify=certificates, trust_env=False, follow_redirects=False, timeout=timeout) as client,
        client.stream(
            "POST",
            f"{receiver.scheme}://{at}:{receiver.port}{receiver.target}",
            content=request.body,
            headers={**request.headers, "host": receiver.authority},
            extensions={"sni_hostname": receiver.host},
        ) as response,
    ):
        return Answer(outcome=_outcome(response.status_code), status=response.status_code)


def _outcome(status: int) -> Outcome:
    if status == HTTPStatus.GONE:
        return Outcome.GONE
    return Outcome.TAKEN if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES else Outcome.REFUSED
