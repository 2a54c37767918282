"""The bare ERMS delivery: cases and files without METS."""

import zipfile
from pathlib import Path

import pytest

from ingest.domain.cases import all_records
from ingest.domain.submissions import Dialect, Organisation, Reading, Software, Submission, Unreadable
from ingest.formats.bare_erms import read
from ingest.formats.side_car import SideCar, find_side_car, read_side_car
from ingest.formats.views import FolderView
from samples.cases import foreningsbidrag, klagomal
from samples.simulator.bare_erms import build_bare_erms


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build_bare_erms(foreningsbidrag.delivery(), tmp_path)
    return tmp_path


def reading_of(folder: Path, side_car: SideCar | None = None) -> Reading:
    reading = read(FolderView(folder), side_car)
    assert isinstance(reading, Reading)
    return reading


def document_paths(submission: Submission) -> set[str]:
    records = [record for case in submission.cases for record in all_records(case)]
    return {document.path or "" for record in records for document in record.documents}


def test_all_cases_of_all_documents_are_read(folder: Path) -> None:
    reading = reading_of(folder)
    delivery = foreningsbidrag.delivery()
    assert [case.id for case in reading.submission.cases] == [case.id for case in delivery.cases]
    assert reading.violations == ()
    assert not reading.complete_listing
    entries = FolderView(folder).entries
    assert document_paths(reading.submission) | set(reading.descriptors) == set(entries)


def test_without_a_side_car_nobody_has_said_which_delivery_it_is(folder: Path) -> None:
    submission = reading_of(folder).submission
    assert (submission.dialect, submission.delivery, submission.agreement) == (Dialect.ERMS, None, None)
    creator = foreningsbidrag.delivery().archival_creator
    assert submission.archival_creator == Organisation(name=creator.name, identifier=creator.identifier)


def test_the_side_car_says_who_delivers_what(folder: Path) -> None:
    side_car = SideCar(
        name="X.json",
        delivery="X.zip",
        agreement="LÖ 1",
        archival_creator=Organisation(name="N"),
        system=Software(name="S"),
        secrecy="OSL",
    )
    submission = reading_of(folder, side_car).submission
    assert (submission.delivery, submission.agreement, submission.access_restriction) == ("X.zip", "LÖ 1", "OSL")
    assert (submission.archival_creator, submission.system) == (Organisation(name="N"), Software(name="S"))


def test_documents_that_name_different_creators_name_none(folder: Path) -> None:
    other = klagomal.delivery()
    build_bare_erms(other, folder)
    assert reading_of(folder).submission.archival_creator is None


def test_files_outside_content_are_told_but_not_schemas(folder: Path) -> None:
    (folder / "metadata").mkdir()
    for name in ("own.xsd", "own.sch", "note.txt"):
        (folder / "metadata" / name).write_text("x")
    (folder / "readme.txt").write_text("x")
    reading = reading_of(folder)
    assert [(v.rule, v.location.file) for v in reading.violations] == [
        ("EARKIV-CASE-11", "metadata/note.txt"),
        ("EARKIV-CASE-11", "readme.txt"),
    ]
    assert {"metadata/own.xsd", "metadata/own.sch"} < set(reading.descriptors)


def test_a_document_of_another_name_is_told_by_its_content(folder: Path) -> None:
    for path in folder.glob("content/*/erms.xml"):
        path.rename(path.with_name("arende.xml"))
    (folder / "content" / "other.xml").write_text("<x/>")
    (folder / "content" / "broken.xml").write_text("<x>")
    reading = reading_of(folder)
    assert len(reading.submission.cases) == len(foreningsbidrag.delivery().cases)
    assert all(path.endswith("/arende.xml") for path in reading.descriptors)


def test_a_missing_file_and_a_broken_schema_are_told_with_their_line(folder: Path) -> None:
    erms = next(iter(sorted(folder.glob("content/*/erms.xml"))))
    text = erms.read_text(encoding="utf-8").replace('path="Protokollsutdrag.pdf"', 'path="borta.pdf"')
    erms.write_text(text.replace('status value="closed"', 'status value="oklart"'), encoding="utf-8")
    found = {v.rule: v.location for v in reading_of(folder).violations}
    assert set(found) == {"EARKIV-XML-4", "EARKIV-CASE-5"}
    assert found["EARKIV-XML-4"].line > 0
    assert found["EARKIV-XML-4"].file == str(erms.relative_to(folder))
    assert found["EARKIV-CASE-5"].value == "borta.pdf"


def test_one_broken_document_does_not_hide_the_others(folder: Path) -> None:
    erms = next(iter(sorted(folder.glob("content/*/erms.xml"))))
    erms.write_text("<erms>", encoding="utf-8")
    reading = reading_of(folder)
    assert [v.rule for v in reading.violations] == ["EARKIV-XML-1"]
    assert len(reading.submission.cases) == len(foreningsbidrag.delivery().cases) - 1


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("<erms>", "EARKIV-XML-1"),
        ("<!DOCTYPE x><x/>", "EARKIV-XML-2"),
        ("<x>" * 300, "EARKIV-XML-3"),
        ("<x/>", "EARKIV-XML-4"),
    ],
)
def test_a_delivery_of_nothing_readable_says_why(tmp_path: Path, content: str, rule: str) -> None:
    (tmp_path / "erms.xml").write_text(content, encoding="utf-8")
    unreadable = read(FolderView(tmp_path), None)
    assert isinstance(unreadable, Unreadable)
    assert [v.rule for v in unreadable.violations] == [rule]


def test_a_delivery_without_erms_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    unreadable = read(FolderView(tmp_path), None)
    assert isinstance(unreadable, Unreadable)
    assert unreadable.violations


@pytest.mark.corpus
def test_public_360_s_delivery_is_read_whole(corpus: Path, tmp_path: Path) -> None:
    (container,) = (corpus / "fgs" / "p360").glob("*.zip")
    with zipfile.ZipFile(container) as archive:
        archive.extractall(tmp_path)
    path = find_side_car(container)
    assert path is not None
    side_car = read_side_car(path)
    assert isinstance(side_car, SideCar)
    reading = reading_of(tmp_path, side_car)
    assert reading.violations == reading_of(tmp_path).violations == ()
    assert set(reading.descriptors) | document_paths(reading.submission) == set(FolderView(tmp_path).entries)
    (case,) = reading.submission.cases
    first, second = case.records
    assert (case.id, case.status) == ("PLT 2020-0376", "closed")
    assert [(d.version, d.variant, d.file_format) for d in first.documents] == [
        ("1", "production", "DOCX"),
        ("1", "preservation", "PDF"),
    ]
    assert (second.number, second.direction) == ("2", "other")
    assert "typeOfAgreement" in second.additional.xml[0]
