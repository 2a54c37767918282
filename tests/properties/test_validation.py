"""Whatever a producer sends ends in findings: documents changed in every way, packages changed, containers twisted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.application.validate_package import Report
from tests.fuzz.containers import PACKINGS, TWISTS
from tests.fuzz.law import judged, printed_for_people
from tests.fuzz.mutations import mutated
from tests.fuzz.packages import changed_package
from tests.fuzz.small import NAMES, Files, put, small
from tests.fuzz.targets import TARGETS

RANDOMS = st.randoms(use_true_random=False)
DOCUMENTS = (
    "mets",
    "eark",
    "representation",
    "fgs",
    "erms",
    "arendehantering",
    "premis",
    "additional",
    "case-push",
    "side-car",
)
WHERE_IT_LIES = frozenset({"CSIPSTR1", "CSIPSTR2"})
"""Rules of the folder around a package: a container has none here, so these may tell different things."""
NAMED_BADLY = frozenset({"EARKIV-PKG-4", "EARKIV-PKG-5"})
"""A container with no file, or a name that no file may have, is refused unread; a folder is told the same, and read."""


@contextmanager
def fresh() -> Iterator[Path]:
    """A folder for one example: hypothesis shares pytest's between all of them."""
    with TemporaryDirectory(prefix="earkiv-property-") as folder:
        yield Path(folder)


@pytest.mark.parametrize("target", DOCUMENTS)
@settings(max_examples=40)
@given(random=RANDOMS)
def test_a_changed_document_ends_in_findings(target: str, random: Random) -> None:
    octets = mutated(random.choice(TARGETS[target].seeds()), random)
    with fresh() as folder:
        report = judged(TARGETS[target].place(octets, folder))
    assert printed_for_people(report)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25)
@given(random=RANDOMS)
def test_a_changed_package_gets_the_same_findings_however_it_is_packed(name: str, random: Random) -> None:
    files = changed_package(small(name), random)
    with fresh() as folder:
        (folder / "paket").mkdir()
        put(files, folder / "paket")
        as_folder = judged(folder / "paket")
        for form, pack in PACKINGS.items():
            container = folder / f"paket.{form}"
            container.write_bytes(pack(files, ""))
            packed = judged(container)
            assert packed.verdict == as_folder.verdict
            if not NAMED_BADLY & rules(as_folder):
                assert told(packed) == told(as_folder), form


@pytest.mark.parametrize("name", NAMES)
def test_an_unchanged_package_is_valid_however_it_is_packed(name: str, tmp_path: Path) -> None:
    put(small(name), tmp_path / "paket")
    reports = [judged(tmp_path / "paket")]
    for form, pack in PACKINGS.items():
        (tmp_path / f"paket.{form}").write_bytes(pack(small(name), ""))
        reports.append(judged(tmp_path / f"paket.{form}"))
    assert {report.verdict for report in reports} == {"valid"}
    assert len({report.statistics for report in reports}) == 1


@pytest.mark.parametrize("form", sorted(TWISTS))
@settings(max_examples=80)
@given(random=RANDOMS)
def test_a_twisted_container_ends_in_findings(form: str, random: Random) -> None:
    octets = TWISTS[form](small(random.choice(("fgs12", "case-push"))), random)
    with fresh() as folder:
        (folder / f"paket.{form}").write_bytes(octets)
        judged(folder / f"paket.{form}")


@pytest.mark.parametrize("pack", PACKINGS.values(), ids=PACKINGS)
@settings(max_examples=40)
@given(cut=st.integers(min_value=0, max_value=1 << 16))
def test_a_container_cut_short_anywhere_ends_in_findings(pack: Callable[[Files, str], bytes], cut: int) -> None:
    octets = pack(small("fgs12"), "").rstrip(b"\0")  # What fills a TAR up may be missing.
    with fresh() as folder:
        (folder / "paket").write_bytes(octets[: cut % len(octets)])
        assert judged(folder / "paket").verdict == "invalid"


def rules(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings}


def told(report: Report) -> object:
    """What a report says of the package itself."""
    return (
        report.dialect,
        report.package,
        report.statistics,
        [f for f in report.findings if f.rule not in WHERE_IT_LIES],
    )
