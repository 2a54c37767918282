"""A file over which clamd dies or errs again and again is not scanned, and its delivery goes on; an outage waits."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.adapters import clamd
from ingest.application.consult_archive import receipt_of
from ingest.application.ingest_path import ingest_path
from ingest.application.run_deliveries import run_pending
from ingest.bootstrap import Archive, as_is, writing
from ingest.domain.agreements import DEFAULT_AGREEMENT, SubmissionAgreement
from ingest.domain.allowances import Effort
from ingest.domain.conversions import Conversion, ConversionRequest
from ingest.domain.deliveries import DeliveryState
from ingest.domain.findings import Severity
from ingest.domain.packages import NotScanned
from ingest.errors import ScannerBrokeOff, ToolFailed
from ingest.pipeline.scan_breaks import MOST_BREAKS, SCANS_OF_COPIES, SCANS_OF_FILES, UNANSWERED, is_given_up
from ingest.pipeline.step import Ports
from ingest.ports import ObjectStore
from tests.fakes.clamd_server import Answers, answering
from tests.fakes.small_archive import UGLY, pushed_case
from tests.fakes.steady_converter import SteadyConverter
from tests.features.test_quarantine import settings_of

DEADLY = "dödlig".encode()


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clamd, "_PAUSES", ())


@contextmanager
def opened(home: Path, answers: Answers, fit: Callable[[Ports], Ports] = as_is) -> Iterator[Archive]:
    with answering(answers) as port, writing(settings_of(home, port), fit) as archive:
        yield archive


def handed_over(archive: Archive, folder: Path, agreement: SubmissionAgreement = DEFAULT_AGREEMENT) -> dict[str, Any]:
    delivered = pushed_case(folder, "NEW", DEADLY.decode())
    archive.ports.catalogue.add_agreement(agreement)
    return ingest_path(delivered, agreement, archive.owner, archive.ports)


def unscanned(receipt: dict[str, Any]) -> dict[str, int]:
    """Give the files that the receipt says were not scanned, and how many the finding counts."""
    return {
        location["file"]: finding["count"]
        for finding in receipt["findings"]
        if finding["rule"] == "EARKIV-SA-5"
        for location in finding["locations"]
    }


def scans(archive: Archive, delivery_id: str) -> dict[str, str]:
    ports = archive.ports
    paths = {one.ordinal: one.path for one in ports.catalogue.staged(delivery_id)}
    examined = {paths[one.ordinal]: one.scan for one in ports.catalogue.examinations(delivery_id)}
    return {path: scan.reason if isinstance(scan, NotScanned) else "clean" for path, scan in examined.items()}


def test_it_is_asked_about_three_times_and_then_no_more() -> None:
    assert not is_given_up(MOST_BREAKS - 1)
    assert is_given_up(MOST_BREAKS)


def test_a_file_that_the_scanner_dies_of_is_told_as_not_scanned_and_the_others_are_scanned(tmp_path: Path) -> None:
    answers = Answers(deadly=DEADLY)
    with opened(tmp_path / "home", answers) as archive:
        receipt = handed_over(archive, tmp_path / "PUSH-1")
        found = scans(archive, receipt["deliveryId"])
        logged = archive.ports.catalogue.logged(receipt["deliveryId"], SCANS_OF_FILES)
    # The same words stand in both: its sibling is deadly too.
    deadly = {UGLY, "Bilaga.txt"}
    assert receipt["outcome"] == "accepted"
    assert {path for path, scan in found.items() if scan == UNANSWERED} == deadly
    assert {scan for path, scan in found.items() if path not in deadly} == {"clean"}
    assert set(unscanned(receipt)) == deadly
    assert len(logged) == MOST_BREAKS * len(deadly)


@pytest.mark.parametrize("ended", [DeliveryState.REJECTED, DeliveryState.HELD])
def test_the_agreement_decides_what_becomes_of_it(tmp_path: Path, ended: DeliveryState) -> None:
    rule = "EARKIV-SA-5"
    mild = tuple(pair for pair in DEFAULT_AGREEMENT.severities if pair[0] != rule)
    strict = replace(DEFAULT_AGREEMENT, id="sträng", version=1, severities=(*mild, (rule, Severity.ERROR)))
    asking = replace(DEFAULT_AGREEMENT, id="frågar", version=1, hold=(rule,))
    with opened(tmp_path / "home", Answers(deadly=DEADLY)) as archive:
        agreement = strict if ended is DeliveryState.REJECTED else asking
        answer = handed_over(archive, tmp_path / "PUSH-1", agreement)
        assert archive.ports.catalogue.delivery(answer["deliveryId"]).state is ended


def test_breaks_are_counted_over_restarts_while_the_scanner_must_be_raised_each_time(tmp_path: Path) -> None:
    home, answers = tmp_path / "home", Answers(deadly=DEADLY, stays_dead=True)
    with opened(home, answers) as archive, pytest.raises(ToolFailed):
        handed_over(archive, tmp_path / "PUSH-1")
    raised = 0
    with opened(home, answers) as archive:
        (waiting,) = archive.ports.catalogue.unfinished()
    while raised < 20:
        answers.is_dead, raised = False, raised + 1
        with opened(home, answers) as archive:
            run_pending(archive.owner, archive.ports)
            if not archive.ports.catalogue.unfinished():
                break
    with opened(home, answers) as archive:
        receipt = receipt_of(waiting.id, archive.ports)
    assert receipt["outcome"] == "accepted"
    assert set(unscanned(receipt)) == {UGLY, "Bilaga.txt"}
    assert raised == 2 * MOST_BREAKS + 1  # the batch broke first, before anything was raised; then each alone


def test_an_outage_is_no_files_fault_however_long_it_lasts(tmp_path: Path) -> None:
    home, answers = tmp_path / "home", Answers(stream=None)
    with opened(home, answers) as archive, pytest.raises(ToolFailed):
        handed_over(archive, tmp_path / "PUSH-1")
    with opened(home, answers) as archive:
        (waiting,) = archive.ports.catalogue.unfinished()
    for _ in range(2 * MOST_BREAKS):
        with opened(home, answers) as archive:
            run_pending(archive.owner, archive.ports)
            assert archive.ports.catalogue.unfinished() == (waiting,)
            assert archive.ports.catalogue.logged(waiting.id, SCANS_OF_FILES) == ()
    answers.stream = b"stream: OK\0"
    with opened(home, answers) as archive:
        assert run_pending(archive.owner, archive.ports) == ()
        assert set(scans(archive, waiting.id).values()) == {"clean"}
        assert unscanned(receipt_of(waiting.id, archive.ports)) == {}


def test_an_error_of_the_scanner_over_all_files_is_an_outage(tmp_path: Path) -> None:
    full = Answers(stream=b"INSTREAM: Can't write to temporary file. ERROR\0")
    with opened(tmp_path / "home", full) as archive:
        with pytest.raises(ToolFailed):
            handed_over(archive, tmp_path / "PUSH-1")
        assert len(archive.ports.catalogue.unfinished()) == 1


class _Scanning:
    """A converter whose copies are scanned in words: one of them is deadly."""

    def __init__(self, deadly: int) -> None:
        self._deadly = deadly
        self.asked: list[tuple[int, ...]] = []

    def convert(
        self, staging: ObjectStore, requests: Sequence[ConversionRequest], effort: Effort
    ) -> tuple[Conversion, ...]:
        self.asked.append(tuple(request.ordinal for request in requests))
        if any(request.ordinal == self._deadly and not request.unscanned for request in requests):
            raise ScannerBrokeOff("Avbrott.", "Break.")
        return SteadyConverter().convert(staging, requests, effort)


def test_a_copy_that_the_scanner_dies_of_is_made_all_the_same(tmp_path: Path) -> None:
    with opened(tmp_path / "home", Answers()) as archive:
        ports = archive.ports
        sample = Path(__file__).parents[2] / "samples" / "deliveries" / "bygglov-fgs12"
        deadly = _Scanning(-1)
        ingest_path(sample, DEFAULT_AGREEMENT, archive.owner, replace(ports, converter=deadly))
        first, *others = deadly.asked[0]
    assert others
    deadly = _Scanning(first)
    with opened(tmp_path / "other", Answers()) as archive:
        fitted = replace(archive.ports, converter=deadly)
        receipt = ingest_path(sample, DEFAULT_AGREEMENT, archive.owner, fitted)
        logged = archive.ports.catalogue.logged(receipt["deliveryId"], SCANS_OF_COPIES)
        made = archive.ports.catalogue.conversions(receipt["deliveryId"])
    assert receipt["outcome"] == "accepted"
    assert len(logged) == MOST_BREAKS
    assert [one.ordinal for one in made] == [first, *others]
    assert deadly.asked.count((first,)) == MOST_BREAKS + 1
