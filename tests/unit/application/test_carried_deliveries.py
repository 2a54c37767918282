"""A rebuild loses no delivery that is under way: each goes on where it was."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from earkiv.cli.language import Voice
from earkiv.cli.reconstruction import rebuild_catalogue
from earkiv.cli.session import Printing, Session
from ingest.application.carried_deliveries import carry_over, undecided_in
from ingest.application.run_deliveries import finish
from ingest.application.submit_delivery import Handover, submit
from ingest.bootstrap import Archive, reading, writing
from ingest.config import Language
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.deliveries import DeliveryState
from ingest.errors import OutOfSpace, StoreUnavailable
from ingest.pipeline.staging_keys import copy_key, generated_folder
from ingest.pipeline.step import Ports
from tests.fakes.small_archive import hand_over, pushed_case, settings_of
from tests.unit.application.test_submit_delivery import FullAfter


class Silent:
    """Replicas that take only so many calls and then do not answer."""

    def __init__(self, store: object, calls: int) -> None:
        self.store = store
        self.left = calls

    def __getattr__(self, name: str) -> object:
        if name in {"put", "adopt", "replace"}:
            self.left -= 1
            if self.left < 0:
                raise StoreUnavailable("svarar inte", "does not answer")
        return getattr(self.store, name)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    hand_over(tmp_path / "home", (pushed_case(tmp_path / "first", "NEW", "ett", "PUSH-0"),))
    return tmp_path / "home"


def handed(folder: Path, archive: Archive, ports: Ports) -> str:
    return submit(Handover(path=folder, agreement=DEFAULT_AGREEMENT, owner=archive.owner), ports)


def rebuild_at(home: Path) -> int:
    session = Session(settings=settings_of(home), voice=Voice(language=Language.SWEDISH), printing=Printing.TEXT)
    return rebuild_catalogue(session)


@pytest.mark.parametrize("calls", [0, 1, 4, 8, 12])
def test_a_delivery_under_way_goes_on_after_a_rebuild(home: Path, tmp_path: Path, calls: int) -> None:
    folder = pushed_case(tmp_path / "second", "NEW", "två", "PUSH-2")
    with writing(settings_of(home)) as archive:
        begun = handed(folder, archive, archive.ports)
        broken = tuple(Silent(store, calls) for store in archive.ports.replicas)
        with pytest.raises(StoreUnavailable):
            finish(begun, archive.owner, replace(archive.ports, replicas=broken))  # type: ignore[arg-type]
        before = undecided_in(archive.ports.catalogue)
    assert [one.delivery.id for one in before] == [begun]
    assert rebuild_at(home) == 0
    with writing(settings_of(home)) as archive:
        assert undecided_in(archive.ports.catalogue) == before
        assert tuple(archive.ports.catalogue.runnable()) == (begun,)
        assert [delivery for _, delivery in archive.ports.catalogue.pending(10)] == [begun]
        assert finish(begun, archive.owner, archive.ports).state is DeliveryState.ARCHIVED
        assert len(archive.ports.catalogue.packages()) == 2
    assert rebuild_at(home) == 0


def test_what_was_half_made_before_a_rebuild_is_in_nobodys_way(home: Path, tmp_path: Path) -> None:
    """A batch of copies that was cut off lies in staging, unrecorded, and the backup may not know that lease."""
    with writing(settings_of(home)) as archive:
        begun = handed(pushed_case(tmp_path / "second", "NEW", "två", "PUSH-2"), archive, archive.ports)
        for key in (copy_key(begun, 7, 1), f"{generated_folder(begun, 12)}/METS.xml"):
            archive.ports.staging.put(key, (b"half a fi",))
    assert rebuild_at(home) == 0
    with writing(settings_of(home)) as archive:
        lease = archive.ports.catalogue.acquire(begun, archive.owner)
        assert lease is not None
        assert lease.fence == 13
        archive.ports.catalogue.release(lease)
        assert finish(begun, archive.owner, archive.ports).state is DeliveryState.ARCHIVED


def test_an_upload_that_was_cut_off_goes_on_after_a_rebuild(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = pushed_case(tmp_path / "second", "NEW", "två", "PUSH-2")
    for path in folder.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    with writing(settings_of(home)) as archive:
        small = replace(archive.ports, batch=1)
        full = replace(small, staging=FullAfter(small.staging, 2))  # type: ignore[arg-type]
        with pytest.raises(OutOfSpace):
            handed(folder, archive, full)
        (begun,) = undecided_in(archive.ports.catalogue)
    assert rebuild_at(home) == 0
    told = capsys.readouterr()
    assert "fördes över och fortsätter: 1." in told.out
    assert told.err == ""
    with writing(settings_of(home)) as archive:
        assert undecided_in(archive.ports.catalogue) == (begun,)
        assert handed(folder, archive, archive.ports) == begun.delivery.id


def test_without_a_former_catalogue_what_nobody_owns_is_named(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with writing(settings_of(home)) as archive:
        begun = handed(pushed_case(tmp_path / "second", "NEW", "två", "PUSH-2"), archive, archive.ports)
    for lost in home.glob("catalogue.sqlite*"):
        lost.write_bytes(b"no database at all, and long enough not to be taken for an empty one" * 99)
    assert rebuild_at(home) == 0
    told = capsys.readouterr().err
    assert "kunde inte föras över" in told
    assert begun in told


def test_what_is_known_or_taken_is_not_carried(home: Path, tmp_path: Path) -> None:
    with writing(settings_of(home)) as archive:
        handed(pushed_case(tmp_path / "second", "NEW", "två", "PUSH-2"), archive, archive.ports)
        catalogue = archive.ports.catalogue
        (begun,) = undecided_in(catalogue)
        assert not carry_over(begun, catalogue, archive.ports.staging)
        first = catalogue.delivery(catalogue.packages()[0].delivery_id)
        other = replace(begun.delivery, id="0" * 8 + begun.delivery.id[8:], identity=first.identity)
        assert not carry_over(replace(begun, delivery=other), catalogue, archive.ports.staging)
    with reading(settings_of(home)) as archive:
        assert len(archive.ports.catalogue.unfinished()) == 1
