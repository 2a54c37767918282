"""A copy counts only when it is what it must be; whatever a tool leaves behind is looked at, never trusted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ingest.adapters.conversion import ConfinedConverter
from ingest.adapters.tools.commands import Preparation
from ingest.adapters.tools.toolbox import Toolbox
from ingest.domain.allowances import Effort
from ingest.domain.conformance import Conformance, Conformity
from ingest.domain.conversions import ConversionFault, ConversionOutcome, ConversionRequest, Converted, NotConverted
from ingest.domain.format_policy import Target
from ingest.domain.packages import (
    Clean,
    Examination,
    ExaminationRequest,
    FormatDesignation,
    Infected,
    NotScanned,
    ScanResult,
)
from ingest.errors import ObjectMissing, ScannerBrokeOff
from ingest.ports import ObjectStore
from tests.contracts.converter import EFFORT, requested, staging
from tests.fakes.scripted_tool import ScriptedTool, scripted

PDF_A = Target(name="pdf-a-2b", title="PDF/A-2b", extension="pdf", puids=("fmt/477",), profile="PDF/A-2b")
VALID = Conformance(tool="validator 1", profile="PDF/A-2b", verdict=Conformity.CONFORMS)
UNSCANNED = NotScanned(reason="none")
INVALID = Conformance(tool="validator 2", profile="PDF/A-2b", verdict=Conformity.VIOLATES)
UNPROVEN = Conformance(tool="validator 1", profile="PDF/A-2b", verdict=Conformity.UNDECIDED)
MAKES = "open('made', 'w').write('kopia')"


def nothing() -> None:
    """Make no room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeing:
    """`Examiner` that says the same of every copy."""

    puid: str = "fmt/477"
    conformances: tuple[Conformance, ...] = (VALID,)
    scan: ScanResult = UNSCANNED
    tool: str = "seeing 1"

    def examine(self, staging: ObjectStore, requests: Sequence[ExaminationRequest]) -> tuple[Examination, ...]:
        assert all(staging.stat(request.key) for request in requests)
        found = Examination(
            ordinal=0, format=FormatDesignation(puid=self.puid), scan=self.scan, conformances=self.conformances
        )
        return tuple(replace(found, ordinal=request.ordinal) for request in requests)

    def prove_scanner(self) -> None:
        """Nothing is scanned here."""


def outcome(code: str, scratch: Path, seeing: Seeing | None = None) -> ConversionOutcome:
    """Convert one object by that code; nothing may be left where the tool worked, nor of a failure in staging."""
    store = staging(1)
    (answer,) = ConfinedConverter(scripted(ScriptedTool(code, scratch)), seeing or Seeing(), nothing).convert(
        store, [requested(0, target=PDF_A)], EFFORT
    )
    assert list(scratch.iterdir()) == []
    assert bool(list(store.keys("copies/"))) is isinstance(answer.outcome, Converted)
    return answer.outcome


def test_a_copy_that_is_what_it_must_be_is_kept(tmp_path: Path) -> None:
    made = outcome(MAKES, tmp_path)
    assert isinstance(made, Converted)
    assert (made.size, made.format.puid, made.conformances, made.scan) == (5, "fmt/477", (VALID,), UNSCANNED)


def test_an_infected_copy_is_none_whatever_else_is_wrong_with_it(tmp_path: Path) -> None:
    failed = outcome(MAKES, tmp_path, Seeing(puid="fmt/18", scan=Infected(tool="scanner 1", name="Eicar")))
    assert isinstance(failed, NotConverted)
    assert (failed.reason, failed.detail) == (ConversionFault.INFECTED, "Eicar found by scanner 1")


@pytest.mark.parametrize(
    ("seeing", "said"),
    [
        (Seeing(puid="fmt/17", conformances=()), "identified as fmt/17, not PDF/A-2b"),
        (Seeing(conformances=()), "not proven to be PDF/A-2b"),
        (
            Seeing(conformances=(VALID, Conformance(tool="other", profile="PDF/A-2b", verdict=Conformity.VIOLATES))),
            "not",
        ),
        (Seeing(conformances=(UNPROVEN,)), "not proven to be PDF/A-2b"),
    ],
)
def test_a_copy_that_is_not_is_thrown_away(tmp_path: Path, seeing: Seeing, said: str) -> None:
    failed = outcome(MAKES, tmp_path, seeing)
    assert isinstance(failed, NotConverted)
    assert failed.reason is ConversionFault.NOT_VALID
    assert failed.detail.startswith(said)
    assert failed.conformances == seeing.conformances


def test_a_clean_copy_is_kept(tmp_path: Path) -> None:
    assert isinstance(outcome(MAKES, tmp_path, Seeing(scan=Clean(tool="scanner 1"))), Converted)


@pytest.mark.parametrize(
    ("code", "reason", "said"),
    [
        ("pass", ConversionFault.FAILED, "nothing was made"),
        ("import sys; print('trasig'); sys.exit(2)", ConversionFault.FAILED, "exit code 2: trasig"),
        ("import os; os.abort()", ConversionFault.FAILED, "signal 6"),
        ("while True: pass", ConversionFault.TOOK_TOO_LONG, ""),
        ("kept = [bytes([1]) * (1 << 30)]; input()", ConversionFault.OUT_OF_BOUNDS, "memory"),
        ("import os; os.mkfifo('made')", ConversionFault.FAILED, "nothing was made"),
        ("import os; os.mkdir('made')", ConversionFault.FAILED, "nothing was made"),
        ("import os; os.symlink('/etc/passwd', 'made')", ConversionFault.FAILED, "nothing was made"),
        ("import os; os.symlink('source', 'made')", ConversionFault.FAILED, "nothing was made"),
    ],
)
def test_what_a_tool_does_instead_is_an_answer(tmp_path: Path, code: str, reason: ConversionFault, said: str) -> None:
    failed = outcome(code, tmp_path)
    assert isinstance(failed, NotConverted)
    assert (failed.reason, failed.detail) == (reason, said)


def test_a_tool_cannot_change_what_was_delivered(tmp_path: Path) -> None:
    tools = scripted(ScriptedTool(f"open('source', 'w').write('x'); {MAKES}", tmp_path))
    store = staging(1)
    ConfinedConverter(tools, Seeing(), nothing).convert(store, [requested(0, target=PDF_A)], EFFORT)
    with store.open("objects/0") as stream:
        assert stream.read() == b"handling 0"


def test_a_tool_that_is_not_there_is_told_by_its_name(tmp_path: Path) -> None:
    (answer,) = ConfinedConverter(scripted(None), Seeing(), nothing).convert(staging(1), [requested(0)], EFFORT)
    assert answer.tool == "script"
    assert answer.outcome == NotConverted(reason=ConversionFault.TOOL_MISSING)
    assert list(tmp_path.iterdir()) == []


def test_room_is_made_before_a_tool_begins_and_not_where_there_is_nothing_to_convert(tmp_path: Path) -> None:
    done: list[str] = []

    class Told(ScriptedTool):
        def prepared(self, request: ConversionRequest) -> Preparation:
            done.append("tool")
            return super().prepared(request)

    tools = scripted(Told(MAKES, tmp_path))
    converter = ConfinedConverter(tools, Seeing(), make_room=lambda: done.append("room"))
    converter.convert(staging(0), [], EFFORT)
    assert done == []
    converter.convert(staging(1), [requested(0, target=PDF_A)], EFFORT)
    assert done == ["room", "tool"]


class _BreakingOff(Seeing):
    def examine(self, staging: ObjectStore, requests: Sequence[ExaminationRequest]) -> tuple[Examination, ...]:
        if any(request.ordinal == 1 for request in requests):
            raise ScannerBrokeOff("Avbrott.", "Break.")
        return super().examine(staging, requests)


def test_a_scanner_that_breaks_off_over_one_copy_leaves_none_of_the_batch(tmp_path: Path) -> None:
    """They are made anew, with other bytes perhaps, under the same keys."""
    store = staging(2)
    requests = [requested(number, target=PDF_A) for number in range(2)]
    converter = ConfinedConverter(scripted(ScriptedTool(MAKES, tmp_path)), _BreakingOff(), nothing)
    with pytest.raises(ScannerBrokeOff):
        converter.convert(store, requests, EFFORT)
    assert list(store.keys("copies/")) == []


@pytest.mark.parametrize("wasting", ["while True: pass", "time.sleep(600)"])
def test_what_files_waste_is_taken_from_one_purse_and_the_rest_is_not_tried(tmp_path: Path, wasting: str) -> None:
    """Some files spin, or are silent; the first takes what one may take, others a part of what is left, if any."""
    puids = ("fmt/1", "fmt/2", "fmt/2", "fmt/2", "fmt/2", "fmt/1")
    store, requests = staging(6), [requested(n, puid, PDF_A) for n, puid in enumerate(puids)]
    code = f"import sys, time\nif sys.argv[1] == 'fmt/2':\n    {wasting}\n{MAKES}"
    converter = ConfinedConverter(scripted(ScriptedTool(code, tmp_path)), Seeing(), nothing)
    answers = converter.convert(store, requests, Effort(wanted=6))
    reasons = [one.outcome.reason if isinstance(one.outcome, NotConverted) else None for one in answers]
    last = reasons.index(ConversionFault.NOT_TRIED)
    assert reasons == [
        None,
        *[ConversionFault.TOOK_TOO_LONG] * (last - 1),
        *[ConversionFault.NOT_TRIED] * (6 - last),
    ]
    assert 2 <= last <= 4
    assert answers[0].wasted == 0
    assert [one.tool for one in answers[last:]] == ["script"] * (6 - last)
    assert list(store.keys("copies/")) == ["copies/1/0"]


def test_what_was_wasted_before_counts(tmp_path: Path) -> None:
    converter = ConfinedConverter(scripted(ScriptedTool(MAKES, tmp_path)), Seeing(), nothing)
    (answer,) = converter.convert(staging(1), [requested(0, target=PDF_A)], Effort(wanted=1, wasted=100))
    assert answer.outcome == NotConverted(reason=ConversionFault.NOT_TRIED)


def test_a_fault_of_the_machine_leaves_no_copy_of_the_batch(tmp_path: Path) -> None:
    store = staging(1)  # the second source is gone
    converter = ConfinedConverter(scripted(ScriptedTool(MAKES, tmp_path)), Seeing(), nothing)
    with pytest.raises(ObjectMissing):
        converter.convert(store, [requested(number, target=PDF_A) for number in range(2)], EFFORT)
    assert list(store.keys("copies/")) == []


def test_a_warm_tool_is_ended_before_others_begin_and_before_anything_is_examined(tmp_path: Path) -> None:
    done: list[str] = []

    class Office(ScriptedTool):
        def prepared(self, request: ConversionRequest) -> Preparation:
            done.append("office")
            return super().prepared(request)

        def close(self) -> None:
            done.append("closed")

    class Other(ScriptedTool):
        def prepared(self, request: ConversionRequest) -> Preparation:
            done.append("other")
            return super().prepared(request)

    class Examining(Seeing):
        def examine(self, staging: ObjectStore, requests: Sequence[ExaminationRequest]) -> tuple[Examination, ...]:
            done.append("examined")
            return super().examine(staging, requests)

    office = Office(MAKES, tmp_path)
    toolbox = Toolbox(tools={"script": Other(MAKES, tmp_path), "libreoffice": office}, office=office)  # type: ignore[arg-type] # it is only closed here
    converter = ConfinedConverter(replace(scripted(None), toolbox=toolbox), Examining(), nothing)
    requests = [
        requested(0, target=PDF_A),
        *(replace(requested(n, target=PDF_A), tool="libreoffice") for n in (1, 2)),
    ]
    answers = converter.convert(staging(3), requests, EFFORT)
    assert done == ["office", "office", "closed", "other", "examined"]
    assert [answer.ordinal for answer in answers] == [0, 1, 2]
