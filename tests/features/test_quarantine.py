"""An infected delivery leaves staging for quarantine, and nobody but a person takes it from there."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.application.consult_archive import timeline_of
from ingest.application.ingest_path import ingest_path
from ingest.application.quarantine import discard_quarantined, in_quarantine
from ingest.application.rescan_objects import LeftAlone, Rescanned, rescan
from ingest.application.scan_standings import scans_of, unscanned
from ingest.bootstrap import Archive, scanner_of, writing
from ingest.config import Settings, read_settings
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.errors import UnknownSubject
from ingest.pipeline.letting_go import set_apart
from samples.simulator.containers import write_zip
from tests.fakes.clamd_server import Answers, answering
from tests.fakes.small_archive import pushed_case

FOUND = b"stream: Test.Virus FOUND\0"


def settings_of(home: Path, port: int | None) -> Settings:
    scanner = {} if port is None else {"EARKIV_CLAMD": f"tcp:127.0.0.1:{port}", "EARKIV_CLAMD_MAX_AGE_DAYS": "3650"}
    return read_settings({"EARKIV_HOME": str(home), "EARKIV_WORKERS": "1", **scanner}, 1)


def handed_over(archive: Archive, delivered: Path) -> dict[str, Any]:
    agreement = archive.ports.catalogue.agreement(DEFAULT_AGREEMENT.id)
    assert agreement is not None
    return ingest_path(delivered, agreement, archive.owner, archive.ports)


def delivered(folder: Path, form: str) -> Path:
    case = pushed_case(folder / "PUSH-1", "NEW", "ett")
    if form == "folder":
        return case
    write_zip(case, folder / "PUSH-1.zip")
    return folder / "PUSH-1.zip"


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_an_infected_delivery_is_kept_apart_whole(tmp_path: Path, form: str) -> None:
    with answering(Answers(stream=FOUND)) as port, writing(settings_of(tmp_path / "home", port)) as archive:
        receipt = handed_over(archive, delivered(tmp_path, form))
        ports = archive.ports
        delivery = ports.catalogue.delivery(receipt["deliveryId"])
        assert (receipt["outcome"], delivery.state) == ("rejected", "quarantined")
        assert tuple(ports.staging.keys("")) == ()
        set_apart(ports, delivery)  # a kill before the end makes it run twice
        (apart,) = in_quarantine(ports, ports.clock.now())
        assert (apart.id, apart.found) == (delivery.id, ("Test.Virus",))
        assert len(apart.keys) == len(receipt["files"]) + (form == "zip")
        assert apart.bytes >= sum(file["size"] for file in receipt["files"])
        assert "quarantine" in {event.type for event in timeline_of(delivery.id, ports)}
        discard_quarantined(delivery.id, "Åter till producenten", "ellen", ports)
        assert in_quarantine(ports, ports.clock.now()) == ()
        last = timeline_of(delivery.id, ports)[-1]
        assert (last.type, last.agents) == ("deletion", ("ellen",))
        with pytest.raises(UnknownSubject):
            discard_quarantined(delivery.id, "igen", "ellen", ports)


def waiting(package: str, archive: Archive) -> list[str]:
    """Give the files of a package that no scan has seen."""
    _, delivery = archive.ports.catalogue.find(package)
    return [file.path for file in unscanned(scans_of(package, delivery, archive.ports))]


def test_a_later_scan_stands_in_the_journal_and_is_made_once(tmp_path: Path) -> None:
    with writing(settings_of(tmp_path / "home", None)) as archive:
        receipt = handed_over(archive, delivered(tmp_path, "folder"))
        package, files = receipt["package"], [file["path"] for file in receipt["files"]]
        assert waiting(package, archive) == files
    with answering(Answers()) as port, writing(settings_of(tmp_path / "home", port)) as archive:
        scanner = scanner_of(settings_of(tmp_path / "home", port))
        found = tuple(rescan([package], scanner, archive.owner, archive.ports))
        assert found == (Rescanned(package=package, clean=len(files), infected=(), left=()),)
        assert waiting(package, archive) == []
        assert timeline_of(package, archive.ports)[-1].type == "virus check"


def test_a_package_into_which_a_delivery_is_on_its_way_is_left_alone(tmp_path: Path) -> None:
    with writing(settings_of(tmp_path / "home", None)) as archive:
        package = handed_over(archive, delivered(tmp_path, "folder"))["package"]
        under_way = archive.ports.catalogue.delivery(archive.ports.catalogue.find(package)[1])
        files = waiting(package, archive)

        class Busy:
            def __getattr__(self, name: str) -> Any:
                return getattr(archive.ports.catalogue, name)

            def unfinished(self) -> tuple[Any, ...]:
                return (under_way,)

        with answering(Answers()) as port:
            scanner = scanner_of(settings_of(tmp_path / "home", port))
            busy = replace(archive.ports, catalogue=Busy())
            assert tuple(rescan([package], scanner, archive.owner, busy)) == (LeftAlone(package=package),)
        assert waiting(package, archive) == files
