"""A store that lets nobody in is a fault of the machine: no object is called damaged for it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from ingest.application.inspect_storage import Inspector, Progress
from ingest.errors import ConfigurationError
from tests.servers.buckets import new_store
from tests.servers.http_faults import Fault, Script, standing_before
from tests.servers.memory_s3 import MemoryS3
from tests.servers.s3 import S3Server

LOOKING: tuple[Callable[[Inspector], object], ...] = (
    lambda inspector: list(inspector.keys("")),
    lambda inspector: inspector.content("a"),
    lambda inspector: inspector.fixity("a"),
    lambda inspector: inspector.lend("a", ExitStack()),
)


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def inspector(script: Script, tmp_path: Path) -> Iterator[Inspector]:
    with standing_before(MemoryS3(), script) as endpoint:
        server = S3Server(endpoint=endpoint, key_id="id", secret="secret")  # noqa: S106 - nothing is kept there
        store = new_store(server, "archive", tmp_path)
        store.put("a", [b"x"])
        yield Inspector(store, Progress(report=lambda *_: None))


@pytest.mark.parametrize("look", LOOKING, ids=["keys", "content", "fixity", "lend"])
def test_who_is_refused_is_told_so(inspector: Inspector, script: Script, look: Callable[[Inspector], object]) -> None:
    look(inspector)
    script.plan(Fault.FORBIDDEN, "GET", times=100)
    with pytest.raises(ConfigurationError):
        look(inspector)
    assert inspector.damages == []


def test_an_object_that_is_gone_is_a_damage_still(inspector: Inspector) -> None:
    assert inspector.content("b") is None
    assert [damage.key for damage in inspector.damages] == ["b"]
