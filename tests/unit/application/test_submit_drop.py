"""A drop that lies elsewhere streams into staging; what its names show is refused with nothing staged."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest

from ingest.application.handing_over import Terms
from ingest.application.ingest_path import ingest_drop, ingest_path
from ingest.application.submit_drop import submit_drop
from ingest.bootstrap import Archive, writing
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.deliveries import Delivery, DeliveryState, SourceContainer
from ingest.drop_ports import DroppedFile
from ingest.errors import EarkivError, SourceUnreadable, StoreUnavailable
from ingest.formats.containers import Limits
from ingest.pipeline.names import RECEIVE_SUBMISSION
from samples.simulator.containers import write_zip
from tests.fakes.small_archive import pushed_case, settings_of


@dataclass
class Drop:
    """A drop in memory; reading `broken` fails with `fault`."""

    name: str
    contents: dict[str, bytes]
    is_folder: bool = True
    note_name: str = ""
    broken: str = ""
    fault: EarkivError = field(default_factory=lambda: StoreUnavailable("nej", "no answer"))
    origin: str = "s3://hink/in/drop#one"
    reads: list[str] = field(default_factory=list)

    @property
    def files(self) -> tuple[DroppedFile, ...]:
        return tuple(self._file(name) for name in self.contents if name != self.note_name)

    @property
    def note(self) -> DroppedFile | None:
        return self._file(self.note_name) if self.note_name else None

    def _file(self, name: str) -> DroppedFile:
        return DroppedFile(name=name, size=len(self.contents[name]))

    def chunks(self, file: DroppedFile) -> Iterator[bytes]:
        if file.name == self.broken:
            raise self.fault
        self.reads.append(file.name)
        yield self.contents[file.name]


def begun(delivery_id: str, source: SourceContainer, at: datetime) -> Delivery:
    return Delivery(
        id=delivery_id,
        state=DeliveryState.UPLOADING,
        step=RECEIVE_SUBMISSION,
        version=1,
        received_at=at,
        source=source,
        agreement=DEFAULT_AGREEMENT.id,
        agreement_version=DEFAULT_AGREEMENT.version,
    )


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with writing(replace(settings_of(tmp_path / "home"), batch_size=1)) as opened:
        yield replace(opened, ports=replace(opened.ports, batch=1))


def dropped(folder: Path, under: str = "") -> Drop:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return Drop(name=folder.name, contents={under + str(path.relative_to(folder)): path.read_bytes() for path in files})


def zipped(folder: Path) -> bytes:
    container = folder.with_suffix(".zip")
    write_zip(folder, container)
    return container.read_bytes()


def test_a_folder_and_a_container_elsewhere_are_the_delivery_that_they_are_here(
    tmp_path: Path, archive: Archive
) -> None:
    folder = pushed_case(tmp_path / "leverans", "NEW", "ett")
    here = ingest_path(folder, DEFAULT_AGREEMENT, archive.owner, archive.ports)
    packed = zipped(folder)
    container = Drop(name="leverans.zip", contents={"leverans.zip": packed}, is_folder=False, origin="s3://hink/two")
    for drop in (dropped(folder, "yttre/"), container):
        receipt = ingest_drop(drop, DEFAULT_AGREEMENT, archive.owner, archive.ports)
        assert (receipt["outcome"], receipt["receipt"]) == ("accepted", here["receipt"])


def test_one_that_was_cut_off_goes_on_where_it_was(tmp_path: Path, archive: Archive) -> None:
    drop = dropped(pushed_case(tmp_path / "leverans", "NEW", "ett"))
    drop.broken = list(drop.contents)[2]
    terms = Terms(agreement=DEFAULT_AGREEMENT, owner=archive.owner)
    with pytest.raises(StoreUnavailable):
        submit_drop(drop, terms, archive.ports)
    (begun,) = archive.ports.catalogue.uploads_from(drop.origin)
    whole = replace(drop, broken="", reads=[])
    assert submit_drop(whole, terms, archive.ports) == begun.id
    assert whole.reads == list(drop.contents)[2:]
    assert {o.path: o.size for o in archive.ports.catalogue.staged(begun.id)} == {
        name: len(content) for name, content in drop.contents.items()
    }


def test_what_was_read_of_a_drop_that_is_no_longer_what_was_claimed_is_let_go(tmp_path: Path, archive: Archive) -> None:
    drop = dropped(pushed_case(tmp_path / "leverans", "NEW", "ett"))
    drop.broken, drop.fault = list(drop.contents)[2], SourceUnreadable("borta", "gone")
    with pytest.raises(SourceUnreadable):
        submit_drop(drop, Terms(agreement=DEFAULT_AGREEMENT, owner=archive.owner), archive.ports)
    assert len(drop.reads) == 2
    assert archive.ports.catalogue.unfinished() == ()
    assert list(archive.ports.staging.keys("")) == []


def test_what_a_dead_watcher_had_read_of_a_drop_is_let_go_when_another_has_landed_it(
    tmp_path: Path, archive: Archive
) -> None:
    drop = dropped(pushed_case(tmp_path / "leverans", "NEW", "ett"))
    source = SourceContainer(name=drop.origin, kind="folder")
    at = archive.ports.clock.now()
    for delivery_id in ("first", "second"):
        archive.ports.catalogue.open_upload(begun(delivery_id, source, at))
        archive.ports.staging.put(f"{delivery_id}/a", [b"a"])
    delivery = submit_drop(drop, Terms(agreement=DEFAULT_AGREEMENT, owner=archive.owner), archive.ports)
    assert archive.ports.catalogue.uploads_from(drop.origin) == ()
    assert {key.partition("/")[0] for key in archive.ports.staging.keys("")} == {delivery}


@pytest.mark.parametrize(
    ("contents", "rule"),
    [
        ({"case.json": b"{}", "../ut": b"x"}, "EARKIV-PKG-5"),
        ({"case.json": b"{}", "a": b"x", "a/b": b"y"}, "EARKIV-PKG-10"),
        ({"case.json": b"{}", "a": b"x", "b": b"y", "c": b"z"}, "EARKIV-PKG-7"),
        ({}, "EARKIV-PKG-4"),
    ],
)
def test_what_its_names_show_is_refused_with_nothing_read(
    archive: Archive, contents: dict[str, bytes], rule: str
) -> None:
    drop = Drop(name="leverans", contents=contents)
    terms = Terms(agreement=DEFAULT_AGREEMENT, owner=archive.owner)
    delivery = submit_drop(drop, terms, archive.ports, Limits(entries=3))
    assert (drop.reads, archive.ports.catalogue.staged(delivery)) == ([], ())
    receipt = ingest_drop(replace(drop, origin="s3://hink/again"), DEFAULT_AGREEMENT, archive.owner, archive.ports)
    assert receipt["outcome"] == "rejected"
    found = {finding.rule for finding in archive.ports.catalogue.findings(delivery)}
    assert rule in found


def test_a_note_beside_a_container_comes_with_it(tmp_path: Path, archive: Archive) -> None:
    packed = zipped(pushed_case(tmp_path / "leverans", "NEW", "ett"))
    drop = Drop(name="a.zip", contents={"a.zip": packed, "a.json": b"{}"}, is_folder=False, note_name="a.json")
    delivery = submit_drop(drop, Terms(agreement=DEFAULT_AGREEMENT, owner=archive.owner), archive.ports)
    assert archive.ports.catalogue.delivery(delivery).source.side_car == "a.json"
    odd = replace(drop, contents={"a.zip": packed, "a\n.json": b"{}"}, note_name="a\n.json", origin="s3://hink/two")
    delivery = submit_drop(odd, Terms(agreement=DEFAULT_AGREEMENT, owner=archive.owner), archive.ports)
    assert archive.ports.catalogue.delivery(delivery).source.side_car == ""
    assert {finding.rule for finding in archive.ports.catalogue.findings(delivery)} == {"EARKIV-PKG-5"}
