"""Sends webhooks by HTTP/1.1, to the very addresses that were looked at (`ingest.domain.receivers`).

A name is resolved once. The connection is made to the address; the name goes into the Host header and the TLS
handshake, and the certificate must be for it. Nothing is followed, nothing of an answer is read but its status, no
proxy of the environment is asked, and the whole takes a bounded time however slowly the other side speaks.
"""

import socket
import ssl
from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from ipaddress import ip_address
from typing import Final

import anyio
import httpx

from ingest.domain.receivers import Receiver, ReceiverFault, Receivers, read_receiver
from ingest.domain.webhooks import Answer, Message, Outcome

SECONDS: Final = 20.0
CONNECT_SECONDS: Final = 5.0
_MOST_ADDRESSES: Final = 3

Resolve = Callable[[str, int], Sequence[str]]
"""Gives the addresses of a name; raises OSError when it has none."""


def resolved(host: str, port: int) -> Sequence[str]:
    """Ask the system, which bounds the time that takes."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))


class HttpWebhookSender:
    """`WebhookSender` over the network; may be shared by threads."""

    def __init__(
        self,
        receivers: Receivers,
        agent: str,
        *,
        resolve: Resolve = resolved,
        seconds: float = SECONDS,
        certificates: ssl.SSLContext | None = None,
    ) -> None:
        """Send to `receivers` alone, as `agent`, in `seconds` at most for each after its name is resolved."""
        self._receivers = receivers
        self._agent = agent
        self._resolve = resolve
        self._seconds = seconds
        self._certificates = certificates or httpx.create_ssl_context()

    def send(self, message: Message) -> Answer:
        """Send a message once. What goes wrong over there is an answer, never an exception."""
        receiver = read_receiver(message.url)
        if isinstance(receiver, ReceiverFault) or self._receivers.fault_of(message.url, message.producer):
            return Answer(outcome=Outcome.FORBIDDEN_RECEIVER)
        try:
            addresses = self._resolve(receiver.host, receiver.port)
        except (OSError, UnicodeError):
            return Answer(outcome=Outcome.NO_ADDRESS)
        if not addresses:
            return Answer(outcome=Outcome.NO_ADDRESS)
        # All or none: a name that stands for something forbidden too is not to be trusted.
        if not all(self._receivers.permits(ip_address(address), receiver) for address in addresses):
            return Answer(outcome=Outcome.FORBIDDEN_RECEIVER)
        return anyio.run(partial(self._sent, message, receiver, addresses))

    async def _sent(self, message: Message, receiver: Receiver, addresses: Sequence[str]) -> Answer:
        with anyio.move_on_after(self._seconds):
            for address in addresses[:_MOST_ADDRESSES]:
                try:
                    return await self._sent_to(address, message, receiver)
                except (httpx.ConnectError, httpx.ConnectTimeout):
                    continue
                except httpx.HTTPError:
                    return Answer(outcome=Outcome.NO_ANSWER)
            return Answer(outcome=Outcome.NO_CONNECTION)
        return Answer(outcome=Outcome.TOO_SLOW)

    async def _sent_to(self, address: str, message: Message, receiver: Receiver) -> Answer:
        at = f"[{address}]" if ":" in address else address
        timeout = httpx.Timeout(None, connect=CONNECT_SECONDS)  # the whole is bounded by whoever calls
        async with (
            httpx.AsyncClient(
                verify=self._certificates, trust_env=False, follow_redirects=False, timeout=timeout
            ) as client,
            client.stream(
                "POST",
                f"{receiver.scheme}://{at}:{receiver.port}{receiver.target}",
                content=message.body,
                headers={**message.headers, "host": receiver.authority, "user-agent": self._agent},
                extensions={"sni_hostname": receiver.host},
            ) as response,
        ):
            return Answer(outcome=_outcome(response.status_code), status=response.status_code)


def _outcome(status: int) -> Outcome:
    if status == HTTPStatus.GONE:
        return Outcome.GONE
    return Outcome.TAKEN if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES else Outcome.REFUSED
