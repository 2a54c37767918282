"""What the validators are asked, and what becomes of their answers."""

from contextlib import closing
from datetime import date
from pathlib import Path

import page
import pytest

from ingest.adapters.examination import PooledExaminer
from ingest.adapters.pdfa import CLAIMED, VeraPdf, by_page, undecided
from ingest.adapters.unscanned import Unscanned
from ingest.domain.conformance import Conformity
from ingest.domain.packages import ExaminationRequest, FormatDesignation
from samples.documents.letters import Letter
from samples.documents.pdf import pdf
from samples.documents.pdfa import pdf_a
from tests.fakes.memory_store import MemoryStore

LETTER = Letter(
    sender="Exempelnämnden",
    recipient="Alma Andersson",
    dated=date(2026, 3, 1),
    reference="EXN 2026/1",
    title="Beslut",
    body="Nämnden beviljar ansökan.",
    signature="Nämnden",
)
A_2B = FormatDesignation(puid="fmt/477")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "0001"


def verdicts(path: Path, puid: str | None = "fmt/477") -> list[Conformity]:
    return [found.verdict for found in by_page(path, FormatDesignation(puid=puid))]


def test_what_is_pdf_a_conforms(path: Path) -> None:
    path.write_bytes(pdf_a(LETTER))
    (found,) = by_page(path, A_2B)
    assert (found.profile, found.verdict, found.reasons) == ("PDF/A-2b", Conformity.CONFORMS, ())
    assert found.tool.startswith("page-validation ")


def test_what_only_says_so_violates_and_the_reasons_are_told(path: Path) -> None:
    path.write_bytes(pdf(LETTER))
    (found,) = by_page(path, A_2B)
    assert found.verdict is Conformity.VIOLATES
    assert 1 <= len(found.reasons) <= 3


def test_what_cannot_be_read_is_undecided(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    assert verdicts(path) == [Conformity.UNDECIDED]


def test_what_is_too_large_is_undecided(path: Path) -> None:
    with path.open("wb") as sparse:
        sparse.write(b"%PDF-1.7\n")
        sparse.truncate(page.SafetyLimits.DEFAULT_MAX_INPUT_SIZE + 1)
    (found,) = by_page(path, A_2B)
    assert found.verdict is Conformity.UNDECIDED
    assert found.reasons


def test_a_version_that_nobody_can_judge_is_undecided(path: Path) -> None:
    path.write_bytes(pdf_a(LETTER))
    assert verdicts(path, "fmt/1910") == [Conformity.UNDECIDED]


@pytest.mark.parametrize("puid", ["fmt/18", "fmt/412", None])
def test_what_claims_nothing_is_not_judged(path: Path, puid: str | None) -> None:
    path.write_bytes(pdf_a(LETTER))
    assert verdicts(path, puid) == []
    assert undecided(FormatDesignation(puid=puid), "x") == ()


@pytest.mark.parametrize("puid", CLAIMED)
def test_where_the_validator_dies_each_claim_is_undecided(puid: str) -> None:
    (found,) = undecided(FormatDesignation(puid=puid), "died")
    assert (found.verdict, found.reasons) == (Conformity.UNDECIDED, ("died",))


@pytest.mark.parametrize(
    ("script", "verdict"),
    [
        ("echo PASS source.pdf", Conformity.CONFORMS),
        ("echo FAIL source.pdf; exit 1", Conformity.VIOLATES),
        ("echo java.lang.OutOfMemoryError; exit 7", Conformity.UNDECIDED),
    ],
)
def test_a_second_validator_is_asked_as_a_program_of_its_own(path: Path, script: str, verdict: Conformity) -> None:
    path.write_bytes(pdf_a(LETTER))
    verapdf = VeraPdf(program=program(path.parent, script), scratch=path.parent)
    assert [found.verdict for found in verapdf.judge(path, A_2B)] == [verdict]
    assert verapdf.judge(path, FormatDesignation(puid="fmt/18")) == ()
    assert sorted(left.name for left in path.parent.iterdir()) == ["0001", "verapdf"]


def test_both_verdicts_stand_where_they_differ(tmp_path: Path) -> None:
    staging = MemoryStore("staging")
    staging.put("0", [pdf_a(LETTER)])
    verapdf = VeraPdf(program=program(tmp_path, "echo FAIL"), scratch=tmp_path)
    with closing(
        PooledExaminer(workers=1, scanner=Unscanned(), patience_seconds=60, memory_bytes=400 << 20, verapdf=verapdf)
    ) as examiner:
        (found,) = examiner.examine(staging, [ExaminationRequest(ordinal=0, key="0", name="a.pdf", algorithms=())])
    assert [one.verdict for one in found.conformances] == [Conformity.CONFORMS, Conformity.VIOLATES]


def program(folder: Path, script: str) -> Path:
    """A stand-in for veraPDF, in a folder of its own."""
    (folder / "verapdf").mkdir()
    made = folder / "verapdf" / "verapdf"
    made.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    made.chmod(0o700)
    return made
