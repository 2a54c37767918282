"""Each lie breaks the rule it is meant for, and nothing but the consequences that its table lists."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from ingest.application.validate_package import validate
from ingest.domain.findings import Finding, Severity, Verdict
from ingest.rules.fgs import cases, names, paketstruktur
from samples.cases import bygglov, foreningsbidrag, klagomal, skolskjuts
from samples.simulator.arendehantering import Namespace
from samples.simulator.containers import write_tar, write_zip
from samples.simulator.description import Delivery
from samples.simulator.eard import build_eard
from samples.simulator.fgs12 import Version, build_fgs12
from tests.unit.rules.fgs.arendehantering_lies import LIES as CASE_LIES
from tests.unit.rules.fgs.lies import CASES, SIP, Lie, built, built_draft, findings, tell
from tests.unit.rules.fgs.paketstruktur_lies import DRAFT_LIES, LIES

DELIVERIES = {
    "bygglov": bygglov.delivery,
    "foreningsbidrag": foreningsbidrag.delivery,
    "klagomal": klagomal.delivery,
    "skolskjuts": skolskjuts.delivery,
}
BY_READERS = {
    "FGS-PKT-1",
    "FGS-PKT-2",
    "FGS-PKT-61",
    *(f"FGS-ARH-{number}" for number in range(1, 10)),
}
LEAST_LIES = 30


def each(lies: tuple[Lie, ...]) -> list[ParameterSet]:
    return [pytest.param(lie, id=f"{lie.rule} ({number})") for number, lie in enumerate(lies)]


def judged(folder: Path, path: str, lie: Lie) -> dict[str, Finding]:
    tell(folder, path, lie)
    found = findings(folder)
    assert set(found) == lie.expected(lie.version)
    for finding in found.values():
        for place in finding.locations:
            assert place.file
            # A file that nothing lists has no line; every other error is said somewhere.
            lineless = finding.severity is not Severity.ERROR or finding.rule == "EARKIV-FIX-4"
            assert place.line or lineless, (finding.rule, place)
    return found


@pytest.mark.parametrize("lie", each(LIES))
def test_a_lie_about_the_package_breaks_its_rule(tmp_path: Path, lie: Lie) -> None:
    found = judged(built(tmp_path / "p", lie.version), SIP, lie)
    assert found[lie.rule].locations[0].file == SIP


@pytest.mark.parametrize("lie", each(DRAFT_LIES))
def test_a_lie_about_a_package_by_the_draft_breaks_its_rule(tmp_path: Path, lie: Lie) -> None:
    found = judged(built_draft(tmp_path / "p"), SIP, lie)
    assert found[lie.rule].locations[0].file == SIP


@pytest.mark.parametrize("lie", each(CASE_LIES))
def test_a_lie_about_a_case_breaks_its_rule(tmp_path: Path, lie: Lie) -> None:
    judged(built(tmp_path / "p"), CASES, lie)


def test_an_odd_file_name_is_no_more_than_told(tmp_path: Path) -> None:
    folder = built(tmp_path / "p")
    shutil.move(folder / "Content/1/Situationsplan.tif", folder / "Content/1/Situationsplan å 1.2.tif")
    for path in (SIP, CASES):
        renamed = (
            (folder / path).read_text(encoding="utf-8").replace("1/Situationsplan.", "1/Situationsplan%20%C3%A5%201.2.")
        )
        (folder / path).write_text(renamed, encoding="utf-8")
    finding = findings(folder)["FGS-PKT-60"]
    assert (finding.severity, finding.count) == (Severity.INFO, 1)


def test_there_are_lies_for_every_rule() -> None:
    sets = paketstruktur.BY_DIALECT.values()
    known = {rule.id for rules in sets for rule in rules.all} | {rule.id for rule in (*cases.RULES, *names.RULES)}
    lied = {lie.rule for lie in (*LIES, *DRAFT_LIES, *CASE_LIES)} | {"FGS-PKT-60"}
    assert lied == known | BY_READERS
    assert all(len({lie.rule for lie in lies}) >= LEAST_LIES for lies in (LIES, DRAFT_LIES))


@pytest.mark.parametrize("version", list(Version))
@pytest.mark.parametrize("delivery", DELIVERIES.values(), ids=DELIVERIES)
def test_a_sound_package_of_each_version_has_no_findings(
    tmp_path: Path, version: Version, delivery: Callable[[], Delivery]
) -> None:
    build_fgs12(delivery(), tmp_path, version=version)
    assert findings(tmp_path) == {}


@pytest.mark.parametrize("version", list(Version))
def test_older_exports_without_namespace_are_told_and_no_more(tmp_path: Path, version: Version) -> None:
    build_fgs12(bygglov.delivery(), tmp_path, version=version, namespace=Namespace.NONE)
    assert {rule: finding.severity for rule, finding in findings(tmp_path).items()} == {"FGS-ARH-1": Severity.INFO}


@pytest.mark.parametrize("delivery", DELIVERIES.values(), ids=DELIVERIES)
def test_a_sound_package_by_the_draft_has_no_findings(tmp_path: Path, delivery: Callable[[], Delivery]) -> None:
    build_eard(delivery(), tmp_path)
    assert findings(tmp_path) == {}


@pytest.mark.parametrize("lie", each((*LIES[::9], *CASE_LIES[::5])))
def test_folder_zip_and_tar_get_the_same_verdict(tmp_path: Path, lie: Lie) -> None:
    folder = built(tmp_path / "p", lie.version)
    tell(folder, CASES if lie in CASE_LIES else SIP, lie)
    write_zip(folder, tmp_path / "p.zip")
    write_tar(folder, tmp_path / "p.tar")
    reports = [validate(tmp_path / each) for each in ("p", "p.zip", "p.tar")]
    first = (reports[0].verdict, reports[0].dialect, reports[0].findings)
    assert all((report.verdict, report.dialect, report.findings) == first for report in reports)


@pytest.mark.corpus
def test_an_independent_sample_has_no_errors_and_no_warnings(corpus: Path) -> None:
    for sample in ("fgs12-erms", "fgs12-erms.zip"):
        found = findings(corpus / "fgs" / "fgs12-sample" / sample)
        assert {finding.severity for finding in found.values()} <= {Severity.INFO}


@pytest.mark.corpus
def test_single_faults_that_the_official_schema_refuses_are_refused(corpus: Path, tmp_path: Path) -> None:
    sample = corpus / "fgs" / "fgs12-sample" / "fgs12-erms"
    lines = (corpus / "fgs" / "arendehantering-mutations.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines
    for line in lines:
        mutation = json.loads(line)
        folder = tmp_path / str(mutation["n"])
        copy(sample, folder)
        path = Path(mutation["document"]).relative_to("fgs12-sample/fgs12-erms")
        text = mutated((folder / path).read_text(encoding="utf-8"), mutation["edits"])
        (folder / path).write_text(text, encoding="utf-8")
        if mutation["xsd_verdict"] == "invalid":
            assert validate(folder).verdict is Verdict.INVALID, mutation["mutation"]
            # Not only because the file is no longer the one that was listed.
            own = {rule for rule, finding in findings(folder).items() if finding.severity is Severity.ERROR}
            assert own - {"EARKIV-FIX-1", "EARKIV-FIX-2"}, mutation["mutation"]


def copy(sample: Path, folder: Path) -> None:
    """The corpus is read-only, folders too: only names and bytes are taken."""
    for path in (path for path in sample.rglob("*") if path.is_file()):
        target = folder / path.relative_to(sample)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())


def mutated(text: str, edits: list[dict[str, Any]]) -> str:
    for edit in edits:
        find = edit["find"] if edit.get("regex") else re.escape(edit["find"])
        replace = edit["replace"] if edit.get("regex") else edit["replace"].replace("\\", r"\\")
        text = re.sub(find, replace, text, count=max(edit["count"], 0), flags=re.DOTALL)
    return text
