"""Deliveries scanned by a real clamd: clean ones enter, infected ones are kept apart, and an outage refuses nobody."""

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from earkiv.cli import run
from ingest.adapters import clamd
from ingest.adapters.clamd import ClamdAddress, ClamdScanner
from ingest.adapters.conversion import ConfinedConverter
from ingest.adapters.examination import PooledExaminer
from ingest.application.consult_archive import timeline_of
from ingest.application.ingest_path import ingest_path
from ingest.application.run_deliveries import run_pending
from ingest.bootstrap import Archive, writing
from ingest.config import read_settings
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.conversions import ConversionFault, Converted, NotConverted
from ingest.domain.packages import Clean, Infected, NotScanned
from ingest.errors import ToolFailed
from ingest.tool_ports import VirusScanner
from tests.contracts.converter import EFFORT, requested, staging
from tests.contracts.tools import VirusScannerContract
from tests.fakes.clamd_process import EICAR, STREAM_BYTES, running
from tests.fakes.scripted_tool import ScriptedTool, scripted
from tests.fakes.small_archive import pushed_case

pytestmark = pytest.mark.ci


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a path short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="earkiv-clamd-") as name:
        yield Path(name)


@pytest.fixture
def socket(folder: Path) -> Iterator[Path]:
    with running(folder) as path:
        yield path


class TestClamd(VirusScannerContract):
    @pytest.fixture
    def scanner(self, socket: Path) -> VirusScanner:
        return scanner_at(socket)


def scanner_at(socket: Path) -> ClamdScanner:
    address = ClamdAddress(path=str(socket))
    return ClamdScanner(address=address, most_bytes=1 << 30, timeout_seconds=30, patience=timedelta(days=7))


def zipped(content: bytes, times: int) -> bytes:
    for _ in range(times):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("innehåll", content)
        content = target.getvalue()
    return content


@pytest.mark.parametrize("depth", [0, 1, 2, 5])
def test_eicar_is_found_plain_and_packed(socket: Path, depth: int) -> None:
    content = zipped(EICAR, depth)
    found = scanner_at(socket).scan(len(content), [content])
    assert isinstance(found, Infected)
    assert found.name.startswith("Test.Eicar")


def test_what_clamd_does_not_read_whole_is_not_clean(socket: Path) -> None:
    scanner = scanner_at(socket)
    assert isinstance(scanner.scan(STREAM_BYTES, [bytes(STREAM_BYTES)]), Clean)
    found = scanner.scan(STREAM_BYTES + 1, [bytes(STREAM_BYTES), b"x"])
    assert isinstance(found, NotScanned)
    packed = zipped(bytes(4 * STREAM_BYTES), 1)
    assert isinstance(scanner.scan(len(packed), [packed]), NotScanned)


@contextmanager
def opened(home: Path, socket: Path | None) -> Iterator[Archive]:
    environment = {"EARKIV_HOME": str(home), "EARKIV_WORKERS": "1"}
    with writing(read_settings(environment | ({"EARKIV_CLAMD": f"unix:{socket}"} if socket else {}), 1)) as archive:
        yield archive


def handed_over(archive: Archive, folder: Path, words: str) -> dict[str, Any]:
    delivered = pushed_case(folder, "NEW", words, delivery=folder.name)
    agreement = archive.ports.catalogue.agreement(DEFAULT_AGREEMENT.id)
    assert agreement is not None
    return ingest_path(delivered, agreement, archive.owner, archive.ports)


def rules(receipt: dict[str, Any]) -> set[str]:
    return {finding["rule"] for finding in receipt["findings"]}


def test_a_clean_delivery_enters_without_a_remark(tmp_path: Path, socket: Path) -> None:
    with opened(tmp_path / "home", socket) as archive:
        receipt = handed_over(archive, tmp_path / "PUSH-1", "rent")
        events = timeline_of(receipt["package"], archive.ports)
    assert receipt["outcome"] == "accepted"
    assert "EARKIV-SA-5" not in rules(receipt)
    (scan,) = (event for event in events if event.type == "virus check")
    assert (scan.outcome, scan.detail) == ("success", "nothing found by ClamAV " + scan.detail.rpartition(" ")[2])


def test_an_infected_delivery_is_refused_and_kept_apart_until_a_person_discards_it(
    tmp_path: Path, socket: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    with opened(home, socket) as archive:
        receipt = handed_over(archive, tmp_path / "PUSH-1", EICAR.decode())
        delivery = archive.ports.catalogue.delivery(receipt["deliveryId"])
        assert tuple(archive.ports.staging.keys("")) == ()
        held = tuple(archive.ports.quarantine.keys(""))
    assert (receipt["outcome"], receipt["package"], delivery.state) == ("rejected", None, "quarantined")
    assert "EARKIV-PKG-13" in rules(receipt)
    assert len(held) == len(receipt["files"])
    monkeypatch.setenv("EARKIV_HOME", str(home))
    assert run(["quarantine", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["deliveryId"], listed["delivery"], listed["days"]) == (delivery.id, "PUSH-1", 0)
    assert listed["found"][0].startswith("Test.Eicar")
    assert run(["quarantine", "--discard", delivery.id, "--reason", "Åter till producenten"]) == 0
    assert run(["quarantine"]) == 0
    assert run(["timeline", delivery.id]) == 0
    told = capsys.readouterr().out
    assert "Karantänen är tom." in told
    assert "Åter till producenten" in told
    assert run(["verify", "--all"]) == 0
    assert run(["rebuild"]) == 0
    assert run(["quarantine", "--discard", delivery.id, "--reason", "igen"]) == 2
    assert run(["quarantine", "--discard", delivery.id]) == 2


@pytest.mark.parametrize("content", [EICAR, b"handling"])
def test_a_copy_is_scanned_before_it_counts(tmp_path: Path, socket: Path, content: bytes) -> None:
    tools = scripted(ScriptedTool(f"open('made', 'wb').write({content!r})", tmp_path))
    limit, store = 2 << 30, staging(1)
    examiner = PooledExaminer(workers=1, scanner=scanner_at(socket), patience_seconds=60, memory_bytes=limit)
    with closing(examiner):
        converter = ConfinedConverter(tools, examiner, examiner.rest)
        (answer,) = converter.convert(store, [requested(0)], EFFORT)
    if content == EICAR:
        assert isinstance(answer.outcome, NotConverted)
        assert answer.outcome.reason is ConversionFault.INFECTED
        assert tuple(store.keys("copies/")) == ()
    else:
        assert isinstance(answer.outcome, Converted)
        assert isinstance(answer.outcome.scan, Clean)


def test_while_the_scanner_is_away_work_waits_and_then_goes_on(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clamd, "_PAUSES", ())
    home, socket = tmp_path / "home", folder / "clamd.sock"
    with opened(home, socket) as archive, pytest.raises(ToolFailed):
        handed_over(archive, tmp_path / "PUSH-1", "rent")
    with running(folder), opened(home, socket) as archive:
        assert run_pending(archive.owner, archive.ports) == ()
        (package,) = archive.ports.catalogue.packages()
    assert package.delivery == "PUSH-1"


def test_what_was_archived_unscanned_is_scanned_when_a_scanner_comes(
    tmp_path: Path, socket: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    with opened(home, None) as archive:
        clean = handed_over(archive, tmp_path / "PUSH-1", "rent")
        infected = handed_over(archive, tmp_path / "PUSH-2", EICAR.decode())
    assert clean["outcome"] == infected["outcome"] == "accepted"
    monkeypatch.setenv("EARKIV_HOME", str(home))
    assert run(["rescan"]) == 2  # no scanner yet
    monkeypatch.setenv("EARKIV_CLAMD", f"unix:{socket}")
    capsys.readouterr()
    assert run(["rescan", "--json"]) == 1
    found = {one["package"]: one for one in json.loads(capsys.readouterr().out)}
    assert found[clean["package"]]["clean"] == len(clean["files"])
    assert [one["name"] for one in found[infected["package"]]["infected"]] == ["Test.Eicar.UNOFFICIAL"] * 2
    assert run(["timeline", infected["package"]]) == 0
    assert "Test.Eicar" in capsys.readouterr().out
    assert run(["rescan"]) == 0  # nothing is left to scan
    assert "Alla arkiverade filer är virussökta." in capsys.readouterr().out
    assert run(["rebuild"]) == 0
    assert run(["rescan"]) == 0  # and the journal remembers it
    assert run(["verify", "--all"]) == 0
