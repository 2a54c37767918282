"""Sends webhooks, and only to where they may go (`ingest.domain.receivers`).

A name is resolved once, and every address it has is looked at; the connection is made to one of exactly those.
"""

import socket
import ssl
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import Final

from ingest.domain.receivers import ReceiverFault, Receivers, read_receiver
from ingest.domain.webhooks import Answer, Message, Outcome

SECONDS: Final = 15.0

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
        """Send to `receivers` alone, as `agent`, in `seconds` at most for each after its name is resolved.

        `certificates` says which are trusted; None: those of public authorities, or of SSL_CERT_FILE.
        """
        self._receivers = receivers
        self._agent = agent
        self._resolve = resolve
        self._seconds = seconds
        self._certificates = certificates

    def fault_of(self, url: str, producer: str | None) -> ReceiverFault | None:
        """Say why a producer's messages may not go to a URL; None when all that can be known without asking is well."""
        return self._receivers.fault_of(url, producer)

    def send(self, message: Message) -> Answer:
        """Send a message once. What goes wrong over there is an answer, never an exception."""
        receiver = read_receiver(message.url)
        if isinstance(receiver, ReceiverFault) or self.fault_of(message.url, message.producer):
            return Answer(outcome=Outcome.FORBIDDEN_RECEIVER)
        try:
            addresses = self._resolve(receiver.host, receiver.port)
        except (OSError, UnicodeError):
            addresses = ()
        if not addresses:
            return Answer(outcome=Outcome.NO_ADDRESS)
        # All or none: a name that stands for something forbidden too is not to be trusted.
        if not all(self._receivers.permits(ip_address(address), receiver) for address in addresses):
            return Answer(outcome=Outcome.FORBIDDEN_RECEIVER)
        from ingest.adapters.webhook_http import Request, sent  # noqa: PLC0415 - httpx takes long to load, and few send

        headers = {**message.headers, "user-agent": self._agent}
        return sent(
            Request(receiver=receiver, addresses=tuple(addresses), headers=headers, body=message.body),
            self._seconds,
            self._certificates,
        )
