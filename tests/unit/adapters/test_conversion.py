"""A copy counts only when it is what it must be; whatever a tool leaves behind is looked at, never trusted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ingest.adapters.conversion import ConfinedConverter
from ingest.adapters.tools.commands import Preparation
from ingest.adapters.tools.toolbox import Toolbox
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
from ingest.errors import ScannerBrokeOff
from ingest.ports import ObjectStore
from tests.contracts.converter import requested, staging
from tests.fakes.scripted_tool import ScriptedTool

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
    toolbox = Toolbox(tools={"script": ScriptedTool(code, scratch)}, office=None)
    store = staging(1)
    (answer,) = ConfinedConverter(toolbox, seeing or Seeing(), workers=1, make_room=nothing).convert(
        store, [requested(0, target=PDF_A)]
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
    toolbox = Toolbox(tools={"script": ScriptedTool(f"open('source', 'w').write('x'); {MAKES}", tmp_path)}, office=None)
    store = staging(1)
    ConfinedConverter(toolbox, Seeing(), workers=1, make_room=nothing).convert(store, [requested(0, target=PDF_A)])
    with store.open("objects/0") as stream:
        assert stream.read() == b"handling 0"


def test_a_tool_that_is_not_there_is_told_by_its_name(tmp_path: Path) -> None:
    converter = ConfinedConverter(Toolbox(tools={}, office=None), Seeing(), workers=1, make_room=nothing)
    (answer,) = converter.convert(staging(1), [requested(0)])
    assert answer.tool == "script"
    assert answer.outcome == NotConverted(reason=ConversionFault.TOOL_MISSING)
    assert list(tmp_path.iterdir()) == []


def test_room_is_made_before_a_tool_begins_and_not_where_there_is_nothing_to_convert(tmp_path: Path) -> None:
    done: list[str] = []

    class Told(ScriptedTool):
        def prepared(self, request: ConversionRequest) -> Preparation:
            done.append("tool")
            return super().prepared(request)

    toolbox = Toolbox(tools={"script": Told(MAKES, tmp_path)}, office=None)
    converter = ConfinedConverter(toolbox, Seeing(), workers=1, make_room=lambda: done.append("room"))
    converter.convert(staging(0), [])
    assert done == []
    converter.convert(staging(1), [requested(0, target=PDF_A)])
    assert done == ["room", "tool"]


class _BreakingOff(Seeing):
    def examine(self, staging: ObjectStore, requests: Sequence[ExaminationRequest]) -> tuple[Examination, ...]:
        if requests[0].ordinal == 1:
            raise ScannerBrokeOff("Avbrott.", "Break.")
        return super().examine(staging, requests)


def test_a_scanner_that_breaks_off_over_one_copy_leaves_none_of_the_batch(tmp_path: Path) -> None:
    """They are made anew, with other bytes perhaps, under the same keys."""
    toolbox = Toolbox(tools={"script": ScriptedTool(MAKES, tmp_path)}, office=None)
    store = staging(2)
    requests = [requested(number, target=PDF_A) for number in range(2)]
    converter = ConfinedConverter(toolbox, _BreakingOff(), workers=1, make_room=nothing)
    with pytest.raises(ScannerBrokeOff):
        converter.convert(store, requests)
    assert list(store.keys("copies/")) == []
