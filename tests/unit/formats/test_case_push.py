"""Case push: pushed JSON becomes the canonical case model, and each fault its own violation with its line."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from ingest.domain.cases import Case
from ingest.domain.dates import Precision
from ingest.domain.findings import Violation
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Dialect, Organisation, Reading, RecordStatus, Software, Unreadable
from ingest.formats import case_push
from ingest.formats.views import FolderView

CONTENT = b"%PDF-1.7 ans\xc3\xb6kan"
SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "deliveries" / "klagomal-case-push"


def pushed() -> dict[str, Any]:
    return {
        "delivery": "2021-17",
        "archivalCreator": {"name": "Exempelnämnden", "identifier": "ORG:2120009994"},
        "producer": {"name": "Exempelstaden"},
        "system": {"name": "Exempeldiariet", "version": "7.2"},
        "case": {
            "id": "EXN 2021/17",
            "title": "Ansökan om bygglov",
            "status": "closed",
            "classification": {"scheme": "KLASSA", "version": "2.0", "code": "3.1.2", "title": "Bygglov"},
            "opened": "2021-04",
            "closed": "2021-06-01",
            "parties": [{"type": "counterpart", "name": "Bo Testman", "protectedIdentity": True}],
            "restrictions": [],
            "disposal": None,
            "records": [
                {
                    "id": "EXN 2021/17:1",
                    "number": "1",
                    "title": "Ansökan",
                    "date": "2021-04-01",
                    "direction": "internal",
                    "restrictions": [{"type": "confidential", "regulation": "OSL 21 kap. 3 §", "ends": "2091-05-03"}],
                    "documents": [
                        {
                            "name": "ansökan.pdf",
                            "path": "documents/ansökan.pdf",
                            "size": len(CONTENT),
                            "sha256": hashlib.sha256(CONTENT).hexdigest(),
                        }
                    ],
                }
            ],
        },
    }


def read(folder: Path, told: object) -> Reading | Unreadable:
    (folder / "documents").mkdir(exist_ok=True)
    (folder / "documents" / "ansökan.pdf").write_bytes(CONTENT)
    text = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False, indent=1)
    (folder / "case.json").write_text(text, encoding="utf-8")
    return case_push.read(FolderView(folder))


def violations(folder: Path, told: object) -> tuple[Violation, ...]:
    reading = read(folder, told)
    assert isinstance(reading, Reading)
    return reading.violations


def test_reads_what_was_pushed(tmp_path: Path) -> None:
    reading = read(tmp_path, pushed())
    assert isinstance(reading, Reading)
    assert reading.violations == ()
    assert reading.descriptors == ("case.json",)
    submission = reading.submission
    assert submission.dialect is Dialect.CASE_PUSH
    assert submission.delivery == "2021-17"
    assert submission.record_status is RecordStatus.NEW
    assert submission.archival_creator == Organisation(name="Exempelnämnden", identifier="ORG:2120009994")
    assert submission.producer == Organisation(name="Exempelstaden")
    assert submission.system == Software(name="Exempeldiariet", version="7.2")


def test_reads_the_case_and_its_record(tmp_path: Path) -> None:
    case = only_case(read(tmp_path, pushed()))
    assert (case.id, case.status, case.aggregation_type) == ("EXN 2021/17", "closed", "caseFile")
    opened, closed = case.date("opened"), case.date("closed")
    assert opened is not None
    assert closed is not None
    assert opened.value is not None
    assert opened.value.precision is Precision.MONTH
    assert closed.raw == "2021-06-01"
    assert case.parties[0].protected_identity is True
    assert case.restrictions == ()
    assert case.disposal is None
    (record,) = case.records
    assert record.direction == "internal_memo_without_follow-up"
    (restriction,) = record.restrictions
    assert restriction.starts is None
    assert restriction.ends is not None
    assert restriction.ends.raw == "2091-05-03"
    assert record.documents[0].path == "documents/ansökan.pdf"


def test_a_reference_says_where_it_stands(tmp_path: Path) -> None:
    reading = read(tmp_path, pushed())
    assert isinstance(reading, Reading)
    (reference,) = reading.references
    text = (tmp_path / "case.json").read_text(encoding="utf-8").splitlines()
    assert '"path"' in text[reference.line - 1]
    assert reference.source == "case.json"
    assert reference.size == len(CONTENT)
    assert reference.digest is not None
    assert reference.digest.value == hashlib.sha256(CONTENT).hexdigest()
    assert reading.complete_listing


def test_a_file_that_is_not_there_has_no_path(tmp_path: Path) -> None:
    told = pushed()
    told["case"]["records"][0]["documents"][0]["path"] = "documents/annan.pdf"
    reading = read(tmp_path, told)
    assert isinstance(reading, Reading)
    assert reading.references[0].path is None
    assert reading.references[0].href == "documents/annan.pdf"


def test_several_cases_and_loose_records(tmp_path: Path) -> None:
    told = pushed()
    case = told.pop("case")
    told |= {"cases": [case, {**case, "id": "EXN 2021/18", "records": []}], "records": case["records"]}
    reading = read(tmp_path, told)
    assert isinstance(reading, Reading)
    assert reading.violations == ()
    assert [case.id for case in reading.submission.cases] == ["EXN 2021/17", "EXN 2021/18"]
    assert [record.id for record in reading.submission.records] == ["EXN 2021/17:1"]
    assert len(reading.references) == 2


@pytest.mark.parametrize(
    ("where", "at"),
    [
        (("delivery",), "/delivery"),
        (("archivalCreator",), "/archivalCreator"),
        (("case", "id"), "/case/id"),
        (("case", "title"), "/case/title"),
        (("case", "status"), "/case/status"),
        (("case", "closed"), "/case/closed"),
        (("case", "records", 0, "id"), "/case/records/0/id"),
        (("case", "records", 0, "title"), "/case/records/0/title"),
        (("case", "records", 0, "documents", 0, "name"), "/case/records/0/documents/0/name"),
        (("case", "records", 0, "documents", 0, "sha256"), "/case/records/0/documents/0/sha256"),
    ],
)
def test_tells_each_missing_field(tmp_path: Path, where: tuple[str | int, ...], at: str) -> None:
    told = pushed()
    del inside(told, where[:-1])[where[-1]]
    (violation,) = violations(tmp_path, told)
    assert (violation.rule, violation.location.xpath) == ("EARKIV-CASE-7", at)


def test_documents_of_cases_and_parts_are_referenced(tmp_path: Path) -> None:
    told = pushed()
    document = told["case"]["records"][0]["documents"][0]
    part = {"id": "EXN 2021/17-A", "title": "Del", "documents": [document], "records": []}
    told["case"] |= {"documents": [document], "parts": [part]}
    del part["records"], told["case"]["records"]
    reading = read(tmp_path, told)
    assert isinstance(reading, Reading)
    assert reading.violations == ()
    assert len(reading.references) == 2


def test_a_case_has_records_or_parts(tmp_path: Path) -> None:
    told = pushed()
    told["case"]["parts"] = []
    (violation,) = violations(tmp_path, told)
    assert (violation.rule, violation.location.xpath) == ("EARKIV-CASE-9", "/case")


def test_an_empty_required_field_is_missing(tmp_path: Path) -> None:
    told = pushed()
    told["case"]["title"] = " "
    (violation,) = violations(tmp_path, told)
    assert (violation.rule, violation.location.xpath) == ("EARKIV-CASE-7", "/case/title")


def test_a_document_without_bytes_is_told(tmp_path: Path) -> None:
    told = pushed()
    document = told["case"]["records"][0]["documents"][0]
    del document["path"]
    assert {violation.rule for violation in violations(tmp_path, told)} == {"EARKIV-CASE-7"}
    document["content"] = "aGVq"  # Over the API only: a folder holds files.
    assert {violation.rule for violation in violations(tmp_path, told)} == {"EARKIV-CASE-7"}


def test_a_document_with_its_bytes_twice_is_told(tmp_path: Path) -> None:
    told = pushed()
    told["case"]["records"][0]["documents"][0]["content"] = "aGVq"
    assert [violation.rule for violation in violations(tmp_path, told)] == ["EARKIV-CASE-9"]


@pytest.mark.parametrize("document", [7, "path", ["path"], None])
def test_a_document_that_is_no_object_is_told_once(tmp_path: Path, document: object) -> None:
    told = pushed()
    told["case"]["records"][0]["documents"] = [document]
    (found,) = violations(tmp_path, told)
    assert (found.rule, found.location.xpath) == ("EARKIV-CASE-9", "/case/records/0/documents/0")


@pytest.mark.parametrize(
    "where", [(), ("case",), ("case", "records", 0), ("case", "records", 0, "documents", 0), ("system",)]
)
def test_refuses_unknown_fields_by_name_and_line(tmp_path: Path, where: tuple[str | int, ...]) -> None:
    told = pushed()
    inside(told, where)["arendetyp"] = "Bygglov"
    (violation,) = violations(tmp_path, told)
    assert violation.rule == "EARKIV-CASE-8"
    assert violation.location.xpath.endswith("/arendetyp")
    assert violation.detail == "arendetyp"
    assert "arendetyp" in (tmp_path / "case.json").read_text(encoding="utf-8").splitlines()[violation.location.line - 1]


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("recordStatus",), "DEPOSIT"),
        (("case", "status"), "Avslutat"),
        (("case", "closed"), "1 juni 2021"),
        (("case", "title"), 17),
        (("case", "title"), "bell\x07"),
        (("case", "parties", 0, "type"), "boss"),
        (("case", "records", 0, "restrictions", 0, "type"), "secret"),
        (("case", "records", 0, "documents", 0, "size"), -1),
        (("case", "records", 0, "documents", 0, "size"), 1.5),
        (("case", "records", 0, "documents", 0, "sha256"), "dummy"),
    ],
)
def test_tells_values_outside_type_form_or_vocabulary(
    tmp_path: Path, where: tuple[str | int, ...], value: object
) -> None:
    told = pushed()
    inside(told, where[:-1])[where[-1]] = value
    found = violations(tmp_path, told)
    assert {violation.rule for violation in found} == {"EARKIV-CASE-9"}
    assert {violation.location.xpath for violation in found} == {"".join(f"/{step}" for step in where)}


def test_an_impossible_day_is_left_to_the_rules(tmp_path: Path) -> None:
    told = pushed()
    told["case"]["closed"] = "2021-13-45"
    reading = read(tmp_path, told)
    closed = only_case(reading).date("closed")
    assert closed is not None
    assert (closed.raw, closed.value) == ("2021-13-45", None)
    assert isinstance(reading, Reading)
    assert reading.violations == ()


@pytest.mark.parametrize("path", ["../ansökan.pdf", "/etc/passwd", "documents\\ansökan.pdf", "C:ansökan.pdf"])
def test_refuses_paths_that_lead_out(tmp_path: Path, path: str) -> None:
    told = pushed()
    told["case"]["records"][0]["documents"][0]["path"] = path
    (violation,) = violations(tmp_path, told)
    assert (violation.rule, violation.location.value) == ("EARKIV-FIX-6", path)


@pytest.mark.parametrize(("text", "line"), [("{\n", 2), ("[]", 1), ('{"a": 1,\n "a": 2}', 2), ("", 1)])
def test_what_is_no_json_object_is_unreadable(tmp_path: Path, text: str, line: int) -> None:
    found = read(tmp_path, text)
    assert isinstance(found, Unreadable)
    assert found.dialect is Dialect.CASE_PUSH
    (violation,) = found.violations
    assert (violation.rule, violation.location.file, violation.location.line) == (
        "EARKIV-PKG-1",
        "case.json",
        line,
    )


def test_tells_all_faults_at_once_in_order(tmp_path: Path) -> None:
    told = pushed()
    told["x"] = 1
    told["case"]["status"] = "Avslutat"
    del told["delivery"]
    found = violations(tmp_path, told)
    assert {violation.rule for violation in found} == {"EARKIV-CASE-7", "EARKIV-CASE-8", "EARKIV-CASE-9"}
    lines = [violation.location.line for violation in found]
    assert lines == sorted(lines)


def test_a_pushed_body_may_lie_anywhere() -> None:
    text = json.dumps(pushed()).encode()
    reading = case_push.read_content(text, PackagePath("request"), {PackagePath("documents/ansökan.pdf"): 1})
    assert isinstance(reading, Reading)
    assert reading.descriptors == ()
    assert reading.references[0].path == "documents/ansökan.pdf"


def test_the_sample_delivery_is_sound() -> None:
    reading = case_push.read(FolderView(SAMPLE))
    assert isinstance(reading, Reading)
    assert reading.violations == ()
    assert reading.references
    assert all(reference.path for reference in reading.references)
    assert only_case(reading).id == "MN 2026/0093"


def inside(told: Any, where: tuple[str | int, ...]) -> Any:
    for step in where:
        told = told[step]
    return told


def only_case(reading: Reading | Unreadable) -> Case:
    assert isinstance(reading, Reading)
    (case,) = reading.submission.cases
    return case
