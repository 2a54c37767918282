"""A correction says of single cases and records what is to be said otherwise, and touches nothing else."""

import json
from dataclasses import replace
from typing import Any

import pytest

from ingest.domain.cases import Case, Record
from ingest.domain.dates import parse_date
from ingest.domain.descriptions import Restriction, TypedDate
from ingest.domain.documents import Document
from ingest.domain.findings import Violation
from ingest.domain.fixity import DeclaredDigest
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Dialect, Submission
from ingest.formats.case_push_schema import SCHEMA
from ingest.formats.correction_fields import CASE_DATES, OF_BYTES, OF_CASES, OF_DOCUMENTS, OF_RECORDS, RECORD_DATES
from ingest.formats.corrections import Correction, corrected, read_correction


def _date(kind: str, raw: str) -> TypedDate:
    return TypedDate(type=kind, raw=raw, value=parse_date(raw))


PDF = Document(
    name="Brev",
    link="file:///Content/brev.pdf",
    path=PackagePath("Content/brev.pdf"),
    line=40,
    size=7,
    digest=DeclaredDigest(algorithm_name="SHA-256", value="a" * 64),
    description="Som det var",
)
LOST = Document(name="Borta", link="borta.pdf")
LETTER = Record(
    id="1:1",
    title="Brev",
    direction="incoming",
    documents=(PDF, LOST),
    keywords=("a", "b"),
    dates=(_date("created", "2021-01-01"), _date("received", "2021-01-02")),
)
CASE = Case(
    id="1",
    title="Ärende",
    description="Som det var",
    dates=(_date("opened", "2020"), _date("closed", "2021")),
    documents=(PDF,),
    records=(LETTER, Record(id="1:2")),
    parts=(Case(id="1a", title="Del"),),
)
BEFORE = Submission(dialect=Dialect.FGS_1_2, cases=(CASE,), records=(Record(id="löst", title="Löst"),))


def _corrected(**said: Any) -> Submission:
    correction = read_correction(json.dumps(said).encode())
    assert isinstance(correction, Correction), correction
    after = corrected(BEFORE, correction)
    assert isinstance(after, Submission), after
    return after


def _refused(said: Any) -> tuple[Violation, ...]:
    correction = read_correction(json.dumps(said).encode())
    found = corrected(BEFORE, correction) if isinstance(correction, Correction) else correction
    assert isinstance(found, tuple)
    return found


def test_what_is_said_replaces_what_was_and_all_else_stays() -> None:
    after = _corrected(cases=[{"id": "1", "title": "Rätt", "records": [{"id": "1:1", "keywords": ["c"]}]}])
    records = (replace(LETTER, keywords=("c",)), CASE.records[1])
    assert after == replace(BEFORE, cases=(replace(CASE, title="Rätt", records=records),))


def test_null_takes_away_and_a_list_replaces_the_list() -> None:
    (case,) = _corrected(
        cases=[{"id": "1", "description": None, "restrictions": [{"type": "gdpr"}], "records": []}]
    ).cases
    assert (case.description, case.records) == (None, CASE.records)
    assert case.restrictions == (Restriction(type="gdpr"),)


def test_parts_and_loose_records_are_found_too() -> None:
    after = _corrected(
        cases=[{"id": "1", "parts": [{"id": "1a", "title": "x"}]}], records=[{"id": "löst", "title": "y"}]
    )
    assert (after.cases[0].parts[0].title, after.records[0].title) == ("x", "y")


@pytest.mark.parametrize(
    ("said", "dates"),
    [
        ({"closed": "2022-02-02"}, [("opened", "2020"), ("closed", "2022-02-02")]),
        ({"opened": None}, [("closed", "2021")]),
        ({"dates": [{"type": "closed", "date": "2023"}]}, [("opened", "2020"), ("closed", "2023")]),
        ({"dates": [{"type": "closed", "date": "2000-01-01"}]}, [("opened", "2020"), ("closed", "2000-01-01")]),
        ({"dates": [], "closed": "2000-01-01"}, [("opened", "2020"), ("closed", "2000-01-01")]),
        (
            {"dates": [{"type": "decision", "date": "2021-03"}]},
            [("opened", "2020"), ("closed", "2021"), ("decision", "2021-03")],
        ),
    ],
)
def test_of_dates_those_alone_change_of_which_something_is_said(
    said: dict[str, Any], dates: list[tuple[str, str]]
) -> None:
    (case,) = _corrected(cases=[{"id": "1", **said}]).cases
    assert [(date.type, date.raw) for date in case.dates] == dates


def test_a_records_own_date_is_its_creation() -> None:
    record = _corrected(cases=[{"id": "1", "records": [{"id": "1:1", "date": "2020-12-31"}]}]).cases[0].records[0]
    assert [(date.type, date.raw) for date in record.dates] == [("received", "2021-01-02"), ("created", "2020-12-31")]


@pytest.mark.parametrize(
    "said",
    [
        [],
        {},
        {"cases": [], "delivery": "d-2"},
        {"cases": [{"title": "utan id"}]},
        {"cases": [{"id": "2", "title": "x"}]},
        {"cases": [{"id": "1", "title": None}]},
        {"cases": [{"id": "1", "hittepå": 1}]},
        {"cases": [{"id": "1", "closed": "i går"}]},
        {"cases": [{"id": "1", "documents": None}]},
        {"cases": [{"id": "1", "documents": {}}]},
        {"cases": [{"id": "1", "documents": [{"name": "utan sökväg"}]}]},
        {"cases": [{"id": "1", "documents": [{"path": None, "name": "x"}]}]},
        {"cases": [{"id": "1", "documents": [{"path": "Content/annan.pdf", "name": "x"}]}]},
        {"cases": [{"id": "1", "documents": [{"path": "borta.pdf", "name": "x"}]}]},
        {"cases": [{"id": "1", "documents": [{"path": "Content/brev.pdf", "name": None}]}]},
        {"cases": [{"id": "1", "documents": [{"path": "Content/brev.pdf", "eSignature": "ja"}]}]},
        {"cases": [{"id": "1", "documents": [{"path": "Content/brev.pdf", "hittepå": 1}]}]},
        *(
            {"cases": [{"id": "1", "documents": [{"path": "Content/brev.pdf", of_bytes: "1"}]}]}
            for of_bytes in OF_BYTES
        ),
        {"cases": [{"id": "1", "records": [{"id": "löst"}]}]},
        {"cases": [{"id": "1", "title": "\u0000"}]},
    ],
)
def test_what_does_not_fit_is_told_by_its_place(said: Any) -> None:
    assert _refused(said)


def test_an_id_that_is_there_twice_cannot_be_told_apart() -> None:
    correction = read_correction(b'{"cases": [{"id": "1", "title": "x"}]}')
    assert isinstance(correction, Correction)
    (fault,) = corrected(replace(BEFORE, cases=(CASE, CASE)), correction)  # type: ignore[misc]  # not a submission
    assert (fault.location.xpath, fault.location.value) == ("/cases/0", "1")


def test_a_document_is_found_by_its_path_and_its_bytes_stay_what_they_are() -> None:
    said = {"path": "Content/brev.pdf", "name": "Brev till nämnden", "description": None, "eSignature": True}
    after = _corrected(cases=[{"id": "1", "records": [{"id": "1:1", "documents": [said]}]}])
    right = replace(PDF, name="Brev till nämnden", description=None, e_signature=True)
    records = (replace(LETTER, documents=(right, LOST)), CASE.records[1])
    assert after == replace(BEFORE, cases=(replace(CASE, records=records),))


def test_a_document_of_the_case_itself_and_one_without_a_file_are_found_too() -> None:
    of_case = {"path": "Content/brev.pdf", "preserve": True}
    of_record = {"path": "borta.pdf", "version": "2"}
    (case,) = _corrected(
        cases=[{"id": "1", "documents": [of_case], "records": [{"id": "1:1", "documents": [of_record]}]}]
    ).cases
    assert case.documents == (replace(PDF, preserve=True),)
    assert case.records[0].documents == (PDF, replace(LOST, version="2"))


def test_without_documents_none_is_touched() -> None:
    assert _corrected(cases=[{"id": "1", "documents": [], "records": []}]) == BEFORE


def test_the_place_of_a_document_that_is_not_there_is_told() -> None:
    said = {"cases": [{"id": "1", "documents": [{"path": "Content/annan.pdf", "sha256": "b"}, {"name": "x"}]}]}
    told = {(one.rule, one.location.xpath) for one in _refused(said)}
    assert told == {
        ("EARKIV-CASE-9", "/cases/0/documents/0/sha256"),
        ("EARKIV-CASE-7", "/cases/0/documents/1/path"),
    }
    (fault,) = _refused({"cases": [{"id": "1", "documents": [{"path": "Content/annan.pdf", "name": "x"}]}]})
    assert (fault.location.xpath, fault.location.value) == ("/cases/0/documents/0", "Content/annan.pdf")


def test_every_field_of_a_document_can_be_corrected_or_is_known_not_to() -> None:
    properties = set(json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]["document"]["properties"])
    assert properties - {"path"} == {*OF_DOCUMENTS, *OF_BYTES}


@pytest.mark.parametrize(
    ("kind", "fields"), [("case", {*OF_CASES, *CASE_DATES}), ("record", {*OF_RECORDS, *RECORD_DATES})]
)
def test_every_field_of_the_published_schema_can_be_corrected_or_is_known_not_to(kind: str, fields: set[str]) -> None:
    properties = set(json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"][kind]["properties"])
    assert properties - {"id", "documents", "records", "parts", "dates"} == fields
