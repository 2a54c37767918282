"""Handing over: bytes land once and durably, an upload that was cut off goes on, one that changed begins anew."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.adapters.sql.processes import worker_here
from ingest.application.local_sources import unreadable
from ingest.application.submit_delivery import Handover, submit
from ingest.bootstrap import Archive, writing
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.deliveries import DeliveryState
from ingest.domain.fixity import Fixity
from ingest.errors import ObjectExists, OutOfSpace, SourceUnreadable, UnknownSubject
from ingest.formats.views import FolderView
from ingest.pipeline.staging_keys import container_key, object_key
from ingest.pipeline.step import Ports
from ingest.ports import ObjectStore
from tests.fakes.small_archive import pushed_case, settings_of

LONG_AGO, LATER = 1_700_000_000, 4_000_000_000


class FullAfter:
    """A store that takes so many objects and is then full."""

    def __init__(self, store: ObjectStore, objects: int) -> None:
        self.store = store
        self.left = objects
        self.put_keys: list[str] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self.store, name)

    def put(self, key: str, chunks: Iterable[bytes]) -> Fixity:
        if self.left == 0:
            raise OutOfSpace("fullt", "full")
        self.left -= 1
        self.put_keys.append(key)
        return self.store.put(key, chunks)

    def put_all(self, objects: Iterable[tuple[str, Iterable[bytes]]]) -> tuple[Fixity, ...]:
        return tuple([self.put(key, chunks) for key, chunks in objects])


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with writing(replace(settings_of(tmp_path / "home"), batch_size=1)) as opened:
        yield replace(opened, ports=replace(opened.ports, batch=1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of four files that were last changed long ago."""
    made = pushed_case(tmp_path / "leverans", "NEW", "ett")
    for path in made.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    return made


def handed(folder: Path, archive: Archive, ports: Ports | None = None) -> str:
    handover = Handover(path=folder, agreement=DEFAULT_AGREEMENT, owner=archive.owner)
    return submit(handover, ports or archive.ports)


def cut_off(path: Path, archive: Archive, objects: int) -> str:
    """Begin an upload that is cut off after so many files (and the descriptor of a folder), and give its id."""
    full = replace(archive.ports, staging=FullAfter(archive.ports.staging, objects + path.is_dir()))  # type: ignore[arg-type]
    with pytest.raises(OutOfSpace):
        handed(path, archive, full)
    (upload,) = archive.ports.catalogue.uploads_from(str(path.resolve()))
    return upload.id


def landed(archive: Archive, delivery_id: str) -> dict[str, bytes]:
    found = {}
    for file in archive.ports.catalogue.staged(delivery_id):
        with archive.ports.staging.open(file.key) as stream:
            found[str(file.path)] = stream.read()
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*")}


def test_a_folder_has_landed_when_its_id_is_given(folder: Path, archive: Archive) -> None:
    delivery = archive.ports.catalogue.delivery(handed(folder, archive))
    assert delivery.state is DeliveryState.RECEIVED
    assert (delivery.source.name, delivery.source.kind) == ("leverans", "folder")
    assert landed(archive, delivery.id) == files(folder)
    assert tuple(archive.ports.catalogue.runnable()) == (delivery.id,)


def test_an_upload_that_was_cut_off_goes_on_where_it_was(folder: Path, archive: Archive) -> None:
    begun = cut_off(folder, archive, 2)
    watched = FullAfter(archive.ports.staging, 100)
    ended = handed(folder, archive, replace(archive.ports, staging=watched))  # type: ignore[arg-type]
    assert ended == begun
    assert len(watched.put_keys) == len(files(folder)) - 2
    assert landed(archive, ended) == files(folder)


def _changed(folder: Path) -> None:
    """The same size, written later."""
    content = (folder / "bilaga.txt").read_bytes()
    (folder / "bilaga.txt").write_bytes(content[::-1])
    os.utime(folder / "bilaga.txt", (LATER, LATER))


def _grown(folder: Path) -> None:
    (folder / "AAA.txt").write_text("en till")
    os.utime(folder / "AAA.txt", (LONG_AGO, LONG_AGO))


def _shrunk(folder: Path) -> None:
    min(folder.iterdir()).unlink()


@pytest.mark.parametrize("change", [_changed, _grown, _shrunk])
def test_an_upload_whose_source_changed_is_let_go(
    folder: Path, archive: Archive, change: Callable[[Path], None]
) -> None:
    begun = cut_off(folder, archive, 2)
    change(folder)
    ended = handed(folder, archive)
    assert ended != begun
    assert landed(archive, ended) == files(folder)
    assert list(archive.ports.staging.keys(f"{begun}/")) == []


@pytest.mark.parametrize("recorded", [0, 1, 2])
def test_a_source_that_changed_unseen_does_not_block_its_path(folder: Path, archive: Archive, recorded: int) -> None:
    """The same sizes and times, other bytes: what had landed but was not recorded cannot be written again."""
    begun = cut_off(folder, archive, recorded)
    view = FolderView(folder)
    with view.local(tuple(view.entries)[recorded]) as local:
        archive.ports.staging.put(object_key(begun, recorded), (local.read_bytes()[::-1],))
    ended = handed(folder, archive)
    assert ended != begun
    assert landed(archive, ended) == files(folder)
    assert list(archive.ports.staging.keys(f"{begun}/")) == []
    with pytest.raises(UnknownSubject):
        archive.ports.catalogue.delivery(begun)


def test_a_container_that_changed_unseen_does_not_block_its_path(tmp_path: Path, archive: Archive) -> None:
    container = tmp_path / "leverans.zip"
    container.write_bytes(b"PK\x03\x04 ett")
    os.utime(container, (LONG_AGO, LONG_AGO))
    begun = cut_off(container, archive, 0)
    archive.ports.staging.put(container_key(begun), (b"other bytes",))
    ended = handed(container, archive)
    assert ended != begun
    assert archive.ports.catalogue.delivery(ended).source.size == container.stat().st_size


def test_bytes_that_collide_twice_are_a_fault(folder: Path, archive: Archive) -> None:
    class Taken(FullAfter):
        def put(self, key: str, chunks: Iterable[bytes]) -> Fixity:
            raise ObjectExists(key, str(chunks))

    with pytest.raises(ObjectExists):
        handed(folder, archive, replace(archive.ports, staging=Taken(archive.ports.staging, 0)))  # type: ignore[arg-type]
    assert len(archive.ports.catalogue.uploads_from(str(folder.resolve()))) == 1


def test_an_upload_under_other_terms_is_let_go(folder: Path, archive: Archive) -> None:
    begun = cut_off(folder, archive, 2)
    other = Handover(path=folder, agreement=replace(DEFAULT_AGREEMENT, version=2), owner=archive.owner)
    assert submit(other, archive.ports) != begun


def test_an_upload_that_another_living_worker_is_landing_is_left_to_it(folder: Path, archive: Archive) -> None:
    begun = cut_off(folder, archive, 2)
    archive.ports.catalogue.enrol(worker_here("another"))
    lease = archive.ports.catalogue.acquire(begun, "another")
    ended = handed(folder, archive)
    assert ended != begun
    assert archive.ports.catalogue.delivery(begun).state is DeliveryState.UPLOADING
    assert len(archive.ports.catalogue.staged(begun)) == 2
    assert lease is not None
    archive.ports.catalogue.release(lease)


def test_a_lease_on_an_upload_is_given_back_after_a_fault(folder: Path, archive: Archive) -> None:
    begun = cut_off(folder, archive, 1)
    archive.ports.catalogue.enrol(worker_here("another"))
    assert archive.ports.catalogue.acquire(begun, "another") is not None


@pytest.mark.parametrize(
    ("filename", "named"),
    [
        (None, "leverans"),
        ("/in/leverans/Content/a.pdf", "leverans/Content/a.pdf"),
        (b"/in/leverans/a.pdf", "leverans/a.pdf"),
        ("/somewhere/else", "leverans"),
        (7, "leverans"),
    ],
)
def test_what_cannot_be_read_is_named_from_the_delivery_on(filename: object, named: str) -> None:
    fault = unreadable(Path("/in/leverans"), OSError(13, "Permission denied", filename))
    assert isinstance(fault, SourceUnreadable)
    assert fault.sv.startswith(f"{named} kan inte läsas")
    assert fault.en.startswith(f"{named} cannot be read")
