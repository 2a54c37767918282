"""The courier: a fault ends neither it nor anybody else's messages."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.adapters.webhook_sender import HttpWebhookSender
from ingest.application.manage_webhooks import Subscribed, Wanted, subscribe
from ingest.bootstrap import Archive
from ingest.domain.receivers import Receivers
from ingest.domain.webhooks import Answer, Message, NoticeType, Outcome
from ingest.errors import CatalogueUnavailable
from tests.contracts.catalogue_webhooks import told
from tests.fakes.small_archive import opened_to_write
from workers.webhooks import Courier


class _Failing:
    """A catalogue that does not answer at first."""

    def __init__(self, catalogue: Any) -> None:
        self._catalogue = catalogue
        self._left = 2

    def due_subscriptions(self, *asked: Any) -> Any:
        self._left -= 1
        if self._left == 1:
            raise CatalogueUnavailable("katalogen", "the catalogue")
        if self._left == 0:
            raise ValueError("a fault of ours")
        return self._catalogue.due_subscriptions(*asked)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)


class _Receiver(HttpWebhookSender):
    def __init__(self) -> None:
        super().__init__(Receivers(), "earkiv")
        self.reached = threading.Event()

    def send(self, message: Message) -> Answer:
        if "broken" in message.url:
            raise RuntimeError("a fault of ours")
        self.reached.set()
        return Answer(outcome=Outcome.TAKEN)


def test_it_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.webhooks.ROUND_SECONDS", 0.01)
    receiver, stop = _Receiver(), threading.Event()
    with opened_to_write(tmp_path / "home") as opened:
        ports = replace(opened, messenger=receiver)
        for host in ("broken", "well"):
            wanted = Wanted(producer="Exempelstaden", url=f"https://{host}.example/", types=tuple(NoticeType))
            assert isinstance(subscribe(wanted, ports), Subscribed)
        told(ports.catalogue, "a")
        failing: Any = _Failing(ports.catalogue)
        courier = Courier(Archive(ports=replace(ports, catalogue=failing), owner="o"))
        thread = threading.Thread(target=courier.keep_on, args=(stop,))
        thread.start()
        assert receiver.reached.wait(30)
        stop.set()
        thread.join(30)
        assert not thread.is_alive()
        assert sorted(one.cursor for one in ports.catalogue.subscriptions()) == [0, 1]
