"""How long `earkiv push` asks again: for as long as the archive answers that it will take it later."""

from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from earkiv.pushing.client import Client, Sent, Target
from earkiv.pushing.packed import packed
from ingest.adapters.secrets import Secret
from ingest.errors import StoreUnavailable

PATIENCE = 300.0
TAKEN = httpx.Response(202, headers={"Location": "/v1/deliveries/d"})


@dataclass(slots=True)
class Archive:
    """An archive that gives the same answer so often, and then takes what comes."""

    status: int
    times: int
    slept: list[float] = field(default_factory=list)

    def answer(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.times -= 1
        return TAKEN if self.times < 0 else httpx.Response(self.status, headers={"Retry-After": "30"})

    def send(self, source: Path) -> object:
        transport = httpx.MockTransport(self.answer)
        target = Target(address="http://arkiv", key=Secret("k"), language="sv", patience_seconds=PATIENCE)
        with httpx.Client(transport=transport, base_url="http://arkiv") as http, packed(source) as one:
            client = Client(target=target, http=http, sleep=self.slept.append, monotonic=lambda: sum(self.slept))
            return client.send(one)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "paket.zip"
    path.write_bytes(b"PK")
    return path


def test_a_full_quota_is_waited_for_however_long_it_stays_full(source: Path) -> None:
    archive = Archive(429, 100)
    assert archive.send(source) == Sent(location="/v1/deliveries/d")
    assert len(archive.slept) == 100
    assert sum(archive.slept) > 10 * PATIENCE


def test_an_archive_that_cannot_answer_is_waited_for_a_while(source: Path) -> None:
    assert Archive(503, 3).send(source) == Sent(location="/v1/deliveries/d")
    archive = Archive(503, 100)
    with pytest.raises(StoreUnavailable):
        archive.send(source)
    assert sum(archive.slept) <= PATIENCE
