"""A TAR in gzip or zstd is proved in one pass and lands in another; space is asked for before its files land."""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.application.ingest_path import ingest_path
from ingest.application.submit_delivery import Handover, submit
from ingest.bootstrap import writing
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.fixity import Fixity
from ingest.errors import OutOfSpace
from ingest.pipeline.runner import advance
from ingest.ports import ObjectStore
from tests.features import archives
from tests.hostile.case import CONTENT, package
from tests.hostile.tars import tarred
from tests.hostile.zips import zipped

FILES = package({b"handlingar/%d.txt" % number: CONTENT + b"%d" % number for number in range(7)})


class Breaking:
    """A staging store that breaks off at its n-th member, and is sound when it is asked again; room as told."""

    def __init__(self, store: ObjectStore, breaks_at: int, free: int | None = None) -> None:
        self._store = store
        self._left = breaks_at
        self._free = free

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def prove_room(self, needed: int) -> None:
        if self._free is not None and self._free < needed:
            raise OutOfSpace("Fullt.", "Full.")

    def put(self, key: str, chunks: Iterator[bytes]) -> Fixity:
        self._left -= 1
        if self._left == 0:
            raise OutOfSpace("Fullt.", "Full.")
        return self._store.put(key, chunks)

    def put_all(self, objects: Iterable[tuple[str, Iterator[bytes]]]) -> tuple[Fixity, ...]:
        return tuple([self.put(key, chunks) for key, chunks in objects])


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    path = tmp_path / "paket.tar.gz"
    path.write_bytes(gzip.compress(tarred(FILES), mtime=0))
    return path


def test_a_pass_that_breaks_off_goes_on_after_the_last_batch(tmp_path: Path, packed: Path) -> None:
    home = tmp_path / "home"
    with writing(archives.settings_of(home)) as archive:
        handover = Handover(
            path=packed, agreement=archives.terms_of(archive, DEFAULT_AGREEMENT.id), owner=archive.owner
        )
        delivery = submit(handover, archive.ports)
        broken = replace(archive.ports, staging=Breaking(archive.ports.staging, 4))  # type: ignore[arg-type]  # hands on
        with pytest.raises(OutOfSpace):
            advance(delivery, archive.owner, broken)
        assert [o.ordinal for o in archive.ports.catalogue.staged(delivery)] == [1, 2]
        ended = advance(delivery, archive.owner, archive.ports)
    assert ended is not None
    assert ended.state == "archived"
    assert archives.staged(home) == []


@pytest.mark.parametrize("content", [zipped(FILES), tarred(FILES)], ids=["zip", "tar"])
def test_what_does_not_fit_lands_not_at_all_and_is_no_fault_of_the_content(tmp_path: Path, content: bytes) -> None:
    home, path = tmp_path / "home", tmp_path / "paket"
    path.write_bytes(content)
    with writing(archives.settings_of(home)) as archive:
        terms = archives.terms_of(archive, DEFAULT_AGREEMENT.id)
        full = replace(archive.ports, staging=Breaking(archive.ports.staging, -1, free=100))  # type: ignore[arg-type]  # hands on
        with pytest.raises(OutOfSpace):
            ingest_path(path, terms, archive.owner, full)
        assert not list(archive.ports.staging.keys(""))
        receipt = ingest_path(path, terms, archive.owner, archive.ports)
    assert receipt["outcome"] == "accepted"


def test_an_agreement_of_few_bytes_refuses_a_container_before_it_is_unpacked(tmp_path: Path) -> None:
    home, path = tmp_path / "home", tmp_path / "paket.zip"
    path.write_bytes(zipped(FILES))
    with writing(archives.settings_of(home)) as archive:
        archive.ports.catalogue.add_agreement(replace(DEFAULT_AGREEMENT, id="liten", max_bytes=100))
        receipt = ingest_path(path, archives.terms_of(archive, "liten"), archive.owner, archive.ports)
    assert archives.errors_of(receipt) == ["EARKIV-SA-3"]
