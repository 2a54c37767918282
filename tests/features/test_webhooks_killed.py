"""A sender that is killed between a message and its record: the same message comes again, and nothing is left out."""

import signal
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from ingest.application.send_webhooks import send_waiting
from ingest.domain.webhook_progress import CLAIM
from ingest.ports import Clock
from tests.architecture.source_tree import REPOSITORY
from tests.features.api_client import case_push, document
from tests.features.archives import opened
from tests.features.webhook_flow import subscribed, telling, telling_home, told
from tests.servers.webhook_receiver import receiving


class Later:
    """A clock that is ahead by more than a claim lasts."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.now() + CLAIM + timedelta(seconds=1)

    def seconds(self) -> float:
        return self._clock.seconds()


def test_a_message_whose_record_was_lost_comes_again_with_the_same_id(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with receiving() as receiver:
        with telling(home) as client:
            client.receipt(client.post(json=case_push("d-1", document(b"Hej!"))).headers["location"])
        with telling(home, working=False) as client:
            made = subscribed(client, receiver.url)
            client.http.post(f"/v1/webhooks/{made['id']}/replay", json={"after": 0})
        killed = subprocess.run(
            [sys.executable, "-m", "tests.features.tell_and_die", str(home), made["id"]], cwd=REPOSITORY, check=False
        )
        assert killed.returncode == -signal.SIGKILL
        with opened(home, telling_home) as archive:
            ports = archive.ports
            assert ports.catalogue.subscription(made["id"]).cursor == 0
            send_waiting(made["id"], ports)
            assert len(receiver.got) == 1, "the claim of the dead is still in force"
            send_waiting(made["id"], replace(ports, clock=Later(ports.clock)))
            assert ports.catalogue.subscription(made["id"]).cursor == 2
    assert [told(got, made["secret"])["data"]["cursor"] for got in receiver.got] == [1, 1, 2]
    ids = [got.headers["webhook-id"] for got in receiver.got]
    assert ids[0] == ids[1] != ids[2]
