"""What is known of a file's scan is what its events say, the last one last, and what was found stays found."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest.domain.packages import UNTOLD, Clean, Infected, NotScanned, ScanResult
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import EventType, PreservationEvent
from ingest.domain.scans import ArchivedFile, Origin, known_scans, never_published, scan_heard, scan_told

CLEAN, FOUND = Clean(tool="ClamAV 1.4"), Infected(tool="ClamAV 1.4", name="Test.Eicar found by us")
LEFT = NotScanned(reason="not scanned: too large")
A, B = (
    ArchivedFile(origin=Origin.DELIVERED, ordinal=n, path=PackagePath(f"{n}.txt"), size=1, sha256=f"{n}" * 64)
    for n in (0, 1)
)
COPY_OF_A = replace(A, origin=Origin.COPY)


def told(result: ScanResult, *files: ArchivedFile) -> PreservationEvent:
    outcome, detail = scan_told(result)
    return PreservationEvent(
        id="e",
        type=EventType.VIRUS_CHECK,
        at=datetime(2026, 1, 1, tzinfo=UTC),
        step="s",
        outcome=outcome,
        detail=detail,
        agents=(),
        objects=tuple(file.path for file in files if file.origin is Origin.DELIVERED),
        derived=tuple(file.path for file in files if file.origin is Origin.COPY),
        scan=(result,),
    )


@pytest.mark.parametrize("result", [CLEAN, FOUND, LEFT])
def test_what_is_told_is_heard_alike(result: ScanResult) -> None:
    assert scan_heard(told(result)) == result


@pytest.mark.parametrize("result", [CLEAN, FOUND, LEFT])
def test_what_only_words_tell_is_heard_by_its_outcome(result: ScanResult) -> None:
    heard = scan_heard(replace(told(result), scan=()))
    assert type(heard) is type(result)
    assert scan_told(result)[1] in str(heard)


def test_a_file_of_which_nothing_is_told_is_not_scanned() -> None:
    other = replace(told(CLEAN), type=EventType.VALIDATION)
    assert known_scans((A,), ()) == known_scans((A,), (other,)) == {A: UNTOLD}


def test_an_event_about_no_file_in_particular_is_about_all_and_a_later_one_counts() -> None:
    assert known_scans((A, B), (told(LEFT), told(CLEAN, A))) == {A: CLEAN, B: LEFT}


def test_what_was_found_is_not_taken_back() -> None:
    assert known_scans((A, B), (told(FOUND, A), told(CLEAN))) == {A: FOUND, B: CLEAN}


def test_copies_are_told_by_name_alone_also_where_a_delivered_file_has_the_same() -> None:
    assert known_scans((A, COPY_OF_A), (told(CLEAN),)) == {A: CLEAN, COPY_OF_A: UNTOLD}
    assert known_scans((A, COPY_OF_A), (told(LEFT), told(FOUND, COPY_OF_A))) == {A: LEFT, COPY_OF_A: FOUND}
    assert A.number != COPY_OF_A.number


def test_what_is_infected_is_never_published_nor_what_was_made_of_it() -> None:
    copy_of_b = replace(B, origin=Origin.COPY)
    every: dict[ArchivedFile, ScanResult] = {A: FOUND, B: CLEAN, COPY_OF_A: CLEAN, copy_of_b: CLEAN}
    assert never_published(every) == {A, COPY_OF_A}


def test_an_infected_copy_bars_itself_alone() -> None:
    assert never_published({A: CLEAN, B: LEFT, COPY_OF_A: FOUND}) == {COPY_OF_A}


def test_what_is_clean_or_not_scanned_is_not_barred() -> None:
    assert never_published({A: CLEAN, B: LEFT}) == frozenset()
