"""An archive that may tell receivers on this machine, and a producer that wants to be told."""

import ipaddress
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
from standardwebhooks import Webhook

from ingest.adapters.webhook_sender import HttpWebhookSender
from ingest.domain.receivers import Receivers
from ingest.pipeline.step import Ports
from tests.features.api_client import Client, served
from tests.patience import PATIENCE_SECONDS
from tests.servers.webhook_receiver import Got

HOME = Receivers(networks=(ipaddress.ip_network("127.0.0.0/8"),))
SECONDS = 1.0
Json = dict[str, Any]


def telling_home(ports: Ports) -> Ports:
    """Let messages go to this machine."""
    return replace(ports, messenger=HttpWebhookSender(HOME, "earkiv/prov", seconds=SECONDS))


@contextmanager
def telling(home: Path, *, working: bool = True) -> Iterator[Client]:
    """Serve an archive that tells."""
    with served(home, working=working, fit=telling_home) as client:
        yield client


def subscribed(client: Client, url: str, secret: str = "", **wanted: Any) -> Json:
    """Make a webhook, with the key that the client holds or another."""
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    answer = client.http.post("/v1/webhooks", json={"url": url, **wanted}, headers=headers)
    assert answer.status_code == httpx.codes.CREATED, answer.text
    made: Json = answer.json()
    assert answer.headers["location"] == f"/v1/webhooks/{made['id']}"
    return made


def standing(client: Client, webhook: str, **expected: Any) -> Json:
    """Wait until a webhook stands as expected."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        found: Json = client.http.get(f"/v1/webhooks/{webhook}").json()
        if {name: found[name] for name in expected} == expected:
            return found
        assert time.monotonic() < deadline, found
        time.sleep(0.05)


def told(got: Got, secret: str) -> Json:
    """Prove a message by the specification's own library, and read it."""
    Webhook(secret).verify(got.body, dict(got.headers))
    document: Json = json.loads(got.body)
    return document
