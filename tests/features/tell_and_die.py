"""Sends what a webhook has waiting, and is killed when the receiver has taken it, before that is recorded."""

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from ingest.application.send_webhooks import send_waiting
from ingest.domain.webhooks import Answer, Message
from ingest.network_ports import WebhookSender
from ingest.pipeline.step import Ports
from tests.features.archives import opened
from tests.features.webhook_flow import telling_home


class Deadly:
    """Dies of the first answer."""

    def __init__(self, sender: WebhookSender) -> None:
        self._sender = sender
        self.fault_of = sender.fault_of

    def send(self, message: Message) -> Answer:
        """Send, and never come back."""
        answer = self._sender.send(message)
        os.kill(os.getpid(), signal.SIGKILL)
        return answer


def _deadly(ports: Ports) -> Ports:
    return replace(ports, messenger=Deadly(telling_home(ports).messenger))


if __name__ == "__main__":
    with opened(Path(sys.argv[1]), _deadly) as archive:
        send_waiting(sys.argv[2], archive.ports)
