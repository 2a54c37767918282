"""FGS Paketstruktur 1.x: what the METS and the case description say, whichever version wrote them."""

import re
import shutil
from pathlib import Path

import pytest

from ingest.domain.findings import Violation
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import (
    Dialect,
    Organisation,
    Reading,
    RecordStatus,
    Software,
    Submission,
    Unreadable,
)
from ingest.formats import fgs12
from ingest.formats.views import FolderView
from samples.cases import bygglov
from samples.simulator.arendehantering import Namespace
from samples.simulator.eard import build_eard
from samples.simulator.fgs12 import Version, build_fgs12

SIP = PackagePath("sip.xml")
DIALECTS = {
    Version.V1_0: Dialect.FGS_1_0,
    Version.V1_1: Dialect.FGS_1_1,
    Version.V1_2: Dialect.FGS_1_2,
}
CASES = "Metadata/Arendehantering.xml"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    build_fgs12(bygglov.delivery(), tmp_path)
    return tmp_path


def read(folder: Path) -> Reading:
    reading = fgs12.read(FolderView(folder), SIP)
    assert isinstance(reading, Reading)
    return reading


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def rules(violations: tuple[Violation, ...]) -> list[str]:
    return [violation.rule for violation in violations]


def test_a_sound_package_has_nothing_wrong(package: Path) -> None:
    reading = read(package)
    assert reading.violations == ()
    assert reading.complete_listing
    assert reading.descriptors == ("sip.xml", CASES)
    assert {reference.path for reference in reading.references} == set(FolderView(package).entries) - {"sip.xml"}


@pytest.mark.parametrize("version", list(Version))
@pytest.mark.parametrize("namespace", list(Namespace))
def test_every_version_says_the_same(tmp_path: Path, version: Version, namespace: Namespace) -> None:
    build_fgs12(bygglov.delivery(), tmp_path, version=version, namespace=namespace)
    reading = read(tmp_path)
    assert rules(reading.violations) == ([] if namespace else ["FGS-ARH-1"])
    told(reading.submission, DIALECTS[version])


def test_the_draft_of_2013_says_the_same(tmp_path: Path) -> None:
    build_eard(bygglov.delivery(), tmp_path)
    reading = read(tmp_path)
    assert reading.violations == ()
    told(reading.submission, Dialect.EARD)


def told(submission: Submission, dialect: Dialect) -> None:
    delivery = bygglov.delivery()
    creator, producer, system = delivery.archival_creator, delivery.producer, delivery.system
    assert submission.dialect is dialect
    assert submission.delivery == f"UUID:{delivery.identity}"
    assert submission.agreement == delivery.agreement
    assert submission.record_status is RecordStatus.NEW
    assert submission.label == delivery.title
    assert submission.archival_creator == Organisation(name=creator.name, identifier=creator.identifier)
    assert submission.producer == Organisation(name=producer.name, identifier=producer.identifier)
    assert submission.system == Software(name=system.name, version=system.version)
    assert [case.id for case in submission.cases] == [case.id for case in delivery.cases]
    documents = [d for case in submission.cases for record in case.records for d in record.documents]
    assert documents
    assert all(document.path for document in documents)


def test_what_has_no_field_is_an_attribute(package: Path) -> None:
    submission = read(package).submission
    attributes = {attribute.type: attribute.text for attribute in submission.attributes}
    assert attributes["ext:OAISSTATUS"] == "SIP"
    assert attributes["TYPE"] == "ERMS"
    assert attributes["altRecordID:REFERENCECODE"] == bygglov.delivery().reference_code
    assert "ext:ACCESSRESTRICT" not in attributes
    assert submission.access_restriction in {"Secrecy", "GDPR", None}


def test_a_reference_says_what_was_stated_and_where(package: Path) -> None:
    reference = read(package).references[0]
    line = (package / "sip.xml").read_text(encoding="utf-8").splitlines()[reference.line - 1]
    assert reference.href in line
    assert reference.href.startswith("file:///")
    assert reference.path is not None
    assert reference.size == (package / reference.path).stat().st_size
    assert reference.digest is not None
    assert reference.digest.parsed() is not None
    assert reference.original_name


def test_an_unknown_record_status_is_kept_and_told(package: Path) -> None:
    change(package / "sip.xml", 'RECORDSTATUS="NEW"', 'RECORDSTATUS="DEPOSIT"')
    reading = read(package)
    assert reading.submission.record_status is RecordStatus.OTHER
    assert ("RECORDSTATUS", "DEPOSIT") in {(a.type, a.text) for a in reading.submission.attributes}
    assert reading.violations == ()  # The package rules tell it (FGS-PKT-12).


@pytest.mark.parametrize(
    ("before", "after"),
    [("+02:00", ""), ('OBJID="UUID:', 'OBJID="GUID:'), ("file:///Content", "Content")],
)
def test_common_ways_of_writing_are_accepted(package: Path, before: str, after: str) -> None:
    change(package / "sip.xml", before, after)
    assert read(package).violations == ()


def test_backslashes_are_told_and_followed(package: Path) -> None:
    change(package / "sip.xml", "file:///Content/1/", "Content\\1\\")
    reading = read(package)
    assert set(rules(reading.violations)) == {"EARKIV-FIX-7"}
    assert all(reference.path for reference in reading.references)


def test_a_listed_file_that_is_gone_has_no_path(package: Path) -> None:
    gone = read(package).references[0].path
    assert gone is not None
    (package / gone).unlink()
    reading = read(package)
    assert reading.references[0].path is None
    assert rules(reading.violations) == ["EARKIV-CASE-5"]
    assert reading.violations[0].location.file == CASES


def test_a_byte_order_mark_is_told(package: Path) -> None:
    change(package / "sip.xml", "<?xml", "\ufeff<?xml")
    assert rules(read(package).violations) == ["FGS-PKT-61"]


def test_schema_faults_have_their_place(package: Path) -> None:
    change(package / CASES, "<fgs:Arendemening>", "<fgs:Rubrik>")
    change(package / CASES, "</fgs:Arendemening>", "</fgs:Rubrik>")
    reading = read(package)
    (violation,) = reading.violations
    assert (violation.rule, violation.location.file) == ("EARKIV-XML-4", CASES)
    assert "Rubrik" in violation.location.xpath


def test_a_known_deviation_stands_in_place_of_the_schema_fault(package: Path) -> None:
    change(package / CASES, "<fgs:StatusArande>Stängt", "<fgs:StatusArande>Avslutat")
    reading = read(package)
    (violation,) = reading.violations
    assert (violation.rule, violation.location.file) == ("FGS-ARH-5", CASES)
    assert "StatusArande" in violation.location.xpath
    assert violation.location.value == "Avslutat"
    assert reading.submission.cases[0].status == "Avslutat"


def test_a_case_description_that_is_not_well_formed_is_told(package: Path) -> None:
    change(package / CASES, "</fgs:Arendemening>", " & mer</fgs:Arendemening>")
    reading = read(package)
    (violation,) = reading.violations
    assert (violation.rule, violation.location.file) == ("EARKIV-XML-1", CASES)
    assert violation.location.line > 0
    assert reading.submission.cases == ()
    assert CASES in reading.descriptors


def test_a_case_description_that_is_not_listed_is_read_all_the_same(package: Path) -> None:
    text = (package / "sip.xml").read_text(encoding="utf-8")
    unlisted = re.sub(r"<mets:fileSec>.*</mets:fileSec>", "", text, flags=re.DOTALL)
    (package / "sip.xml").write_text(unlisted, encoding="utf-8")
    reading = read(package)
    assert reading.references == ()
    assert len(reading.submission.cases) == len(bygglov.delivery().cases)


def test_a_case_description_is_found_by_content(package: Path) -> None:
    shutil.move(package / CASES, package / "Metadata" / "x.xml")
    change(package / "sip.xml", CASES, "Metadata/x.xml")
    reading = read(package)
    assert len(reading.submission.cases) == len(bygglov.delivery().cases)
    assert "Metadata/x.xml" in reading.descriptors


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("<mets:metsHdr", "<mets:metsHdr <", "EARKIV-XML-1"),
        ("<mets:mets ", "<!DOCTYPE mets><mets:mets ", "EARKIV-XML-2"),
        ("mets:mets ", "mets:other ", "EARKIV-XML-1"),
    ],
)
def test_what_is_no_xml_is_unreadable(package: Path, before: str, after: str, rule: str) -> None:
    change(package / "sip.xml", before, after)
    reading = fgs12.read(FolderView(package), SIP)
    assert isinstance(reading, Unreadable)
    assert rules(reading.violations) == [rule]


def test_a_mets_alone_is_read_without_looking_for_files(package: Path) -> None:
    reading = fgs12.read_alone(package / "sip.xml")
    assert isinstance(reading, Reading)
    assert reading.violations == ()
    assert reading.submission.cases == ()
    assert all(reference.path is None for reference in reading.references)
    change(package / "sip.xml", "file:///Content/1/", "Content\\1\\")
    alone = fgs12.read_alone(package / "sip.xml")
    assert set(rules(alone.violations)) == {"EARKIV-FIX-7"}


@pytest.mark.corpus
def test_an_independent_sample_is_sound(corpus: Path) -> None:
    reading = read(corpus / "fgs" / "fgs12-sample" / "fgs12-erms")
    assert reading.violations == ()
    assert reading.descriptors == ("sip.xml", CASES, "System/Arendehantering.xsd")
    (case,) = reading.submission.cases
    assert case.id == "EXN 2021-000123"
    assert [record.number for record in case.records] == ["1", "2"]
