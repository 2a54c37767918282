"""E-ARK packages of all versions, as the simulator and as others make them."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from ingest.domain.descriptions import TypedText
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Dialect, FileReference, Organisation, Reading, RecordStatus, Software, Unreadable
from ingest.formats.eark import read, read_alone
from ingest.formats.views import FolderView
from samples.cases import klagomal, skolskjuts
from samples.simulator.csip import Version, build_csip, root_name

METS = PackagePath("METS.xml")
REPRESENTATION = "representations/rep1/METS.xml"
ERMS = "metadata/descriptive/erms.xml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build_csip(klagomal.delivery(), tmp_path)
    return tmp_path


def reading_of(folder: Path) -> Reading:
    reading = read(FolderView(folder), METS)
    assert isinstance(reading, Reading)
    return reading


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("version", "dialect"),
    [(Version.V2_0_4, Dialect.EARK_2_0), (Version.V2_1_0, Dialect.EARK_2_1), (Version.V2_2_0, Dialect.EARK_2_2)],
)
def test_every_version_is_told_and_read_whole(tmp_path: Path, version: Version, dialect: Dialect) -> None:
    delivery = skolskjuts.delivery()
    build_csip(delivery, tmp_path, version=version)
    reading = reading_of(tmp_path)
    assert {violation.rule for violation in reading.violations} <= {"EARKIV-ERMS-1"}
    assert reading.submission.dialect is dialect
    assert reading.complete_listing
    listed = {reference.path for reference in reading.references}
    assert None not in listed
    assert listed | {"METS.xml"} == set(FolderView(tmp_path).entries)
    assert [case.id for case in reading.submission.cases] == [case.id for case in delivery.cases]


def test_the_header_says_who_delivers_what(folder: Path) -> None:
    delivery = klagomal.delivery()
    submission = reading_of(folder).submission
    creator, producer, system = delivery.archival_creator, delivery.producer, delivery.system
    assert submission.delivery == root_name(delivery)
    assert submission.archival_creator == Organisation(name=creator.name, identifier=creator.identifier)
    assert submission.producer == Organisation(name=producer.name, identifier=producer.identifier)
    assert submission.system == Software(name=system.name, version=system.version)
    assert (submission.agreement, submission.label) == (delivery.agreement, delivery.title)
    assert submission.record_status is RecordStatus.NEW
    assert TypedText(type="altRecordID:REFERENCECODE", text=delivery.reference_code) in submission.attributes
    assert TypedText(type="csip:OAISPACKAGETYPE", text="SIP") in submission.attributes
    assert submission.access_restriction is None
    assert {agent.role for agent in submission.agents} == {"CREATOR", "OTHER", "ARCHIVIST", "PRESERVATION"}


@pytest.mark.parametrize(
    ("word", "status"),
    [("SUPPLEMENT", RecordStatus.SUPPLEMENT), ("test", RecordStatus.TEST), ("DELETE", RecordStatus.OTHER)],
)
def test_the_record_status_is_read_and_its_word_kept(folder: Path, word: str, status: RecordStatus) -> None:
    change(folder / "METS.xml", 'RECORDSTATUS="NEW"', f'RECORDSTATUS="{word}"')
    submission = reading_of(folder).submission
    assert submission.record_status is status
    assert TypedText(type="RECORDSTATUS", text=word) in submission.attributes


def test_a_submitter_by_role_comes_before_the_creator(folder: Path) -> None:
    submitter = '<agent ROLE="OTHER" OTHERROLE="SUBMITTER" TYPE="ORGANIZATION"><name>Ombudet</name></agent>'
    mets = folder / "METS.xml"
    prefix = "mets:" if "<mets:agent" in mets.read_text(encoding="utf-8") else ""
    said = submitter.replace("<agent", f"<{prefix}agent").replace("</agent", f"</{prefix}agent")
    said = said.replace("<name", f"<{prefix}name").replace("</name", f"</{prefix}name")
    change(mets, f"<{prefix}altRecordID", f"{said}<{prefix}altRecordID")
    assert reading_of(folder).submission.producer == Organisation(name="Ombudet")


def test_what_describes_the_package_is_told_from_what_it_holds(folder: Path) -> None:
    (folder / "schemas").mkdir(exist_ok=True)
    (folder / "schemas" / "own.xsd").write_text("<x/>")
    descriptors = set(reading_of(folder).descriptors)
    assert {"METS.xml", REPRESENTATION, ERMS, "schemas/own.xsd", "metadata/preservation/premis.xml"} <= descriptors
    assert not any("/data/" in path for path in descriptors)


def test_a_representation_s_links_count_from_its_folder_or_else_from_the_root(folder: Path) -> None:
    own = {r.href: r.path for r in reading_of(folder).references if r.source == REPRESENTATION}
    assert own["metadata/preservation/premis.xml"] == "representations/rep1/metadata/preservation/premis.xml"
    change(folder / REPRESENTATION, 'href="data/', 'href="representations/rep1/data/')
    reading = reading_of(folder)
    assert reading.violations == ()
    assert all(reference.path for reference in reading.references)


def test_entries_keep_what_is_declared_right_or_wrong(folder: Path) -> None:
    change(folder / "METS.xml", 'SIZE="', 'SIZE="x')
    change(folder / "METS.xml", 'CHECKSUM="', 'CHECKSUM="zz')
    first, *_ = reading_of(folder).references
    assert (first.path, first.source, first.size) == (ERMS, METS, None)
    assert first.line > 0
    assert first.digest is not None
    assert first.digest.value.startswith("zz")
    assert first.digest.parsed() is None


def test_a_missing_file_leaves_its_entry_without_a_path(folder: Path) -> None:
    file = next((folder / "representations" / "rep1" / "data").iterdir())
    file.unlink()
    (missing,) = [reference for reference in reading_of(folder).references if reference.path is None]
    assert missing.source == REPRESENTATION


def test_a_pointer_to_a_mets_that_is_not_listed_is_an_entry_of_its_own(folder: Path) -> None:
    mets = folder / "METS.xml"
    listed = [r for r in reading_of(folder).references if r.path == REPRESENTATION]
    assert len(listed) == 1
    change(mets, f'href="{REPRESENTATION}"', 'href="representations/rep2/METS.xml"')
    found = {r.href: r for r in reading_of(folder).references if "METS" in r.href}
    assert isinstance(found[REPRESENTATION], FileReference)
    assert found[REPRESENTATION].digest is None


def test_schema_faults_in_any_document_are_told_with_their_line(folder: Path) -> None:
    change(folder / "METS.xml", 'RECORDSTATUS="NEW"', 'UNKNOWN="NEW"')
    change(folder / REPRESENTATION, 'TYPE="PHYSICAL"', 'UNKNOWN="NEW"')
    change(folder / ERMS, 'status value="closed"', 'status value="oklart"')
    violations = reading_of(folder).violations
    assert {v.rule for v in violations} == {"EARKIV-XML-4"}
    assert {v.location.file for v in violations} == {"METS.xml", REPRESENTATION, ERMS}
    assert all(v.location.line > 0 and v.detail for v in violations)


def test_a_broken_representation_does_not_hide_the_rest(folder: Path) -> None:
    (folder / REPRESENTATION).write_text("<mets", encoding="utf-8")
    reading = reading_of(folder)
    assert [(v.rule, v.location.file) for v in reading.violations] == [("EARKIV-XML-1", REPRESENTATION)]
    assert reading.submission.cases


def test_a_broken_case_description_is_told(folder: Path) -> None:
    change(folder / ERMS, "</erms>" if "</erms>" in (folder / ERMS).read_text(encoding="utf-8") else "</", "<")
    reading = reading_of(folder)
    assert [(v.rule, v.location.file) for v in reading.violations] == [("EARKIV-XML-1", ERMS)]
    assert reading.submission.cases == ()


@pytest.mark.parametrize(
    ("content", "rule"), [("", "EARKIV-XML-1"), ("<!DOCTYPE x><x/>", "EARKIV-XML-2"), ("<x/>", "EARKIV-PKG-2")]
)
def test_a_root_that_is_no_mets_makes_the_package_unreadable(folder: Path, content: str, rule: str) -> None:
    (folder / "METS.xml").write_text(content, encoding="utf-8")
    unreadable = read(FolderView(folder), METS)
    assert isinstance(unreadable, Unreadable)
    assert [v.rule for v in unreadable.violations] == [rule]


@pytest.mark.parametrize(
    "place",
    ["metadata/descriptive/other.xml", "representations/rep1/metadata/x.xml", "representations/rep1/data/ERMS.xml"],
)
def test_the_case_description_is_found_by_its_content(folder: Path, place: str) -> None:
    target = folder / place
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(folder / ERMS, target)
    reading = reading_of(folder)
    assert [case.id for case in reading.submission.cases] == [case.id for case in klagomal.delivery().cases]
    assert place in reading.descriptors
    documents = [d for case in reading.submission.cases for r in case.records for d in r.documents]
    assert all(document.path for document in documents)


def test_descriptions_before_3_0_are_left_to_rules(tmp_path: Path) -> None:
    build_csip(klagomal.delivery(), tmp_path, version=Version.V2_1_0)
    change(tmp_path / ERMS, 'status value="closed"', 'status value="Closed"')
    reading = reading_of(tmp_path)
    assert [violation.rule for violation in reading.violations] == ["EARKIV-ERMS-1"]
    assert reading.submission.cases[0].status == "Closed"


ADDITIONAL = """<additionalPackageInfo
 xmlns="http://xml.ra.se/e-arkiv/implementation-IP/version10/SNAadditionalPackageInfo">
<control><status>NEW</status></control>
<package id="p"><archiveName>Arkivet</archiveName>
<accessRestrict restricted="false"><accessRestrictDesc>D</accessRestrictDesc></accessRestrict>
<files><file name="a" path="a"><accessRestrict restricted="false"/></file></files></package>
</additionalPackageInfo>"""


@pytest.mark.parametrize(
    ("old", "new", "mark"),
    [
        ("<", "<", None),
        ('restricted="false"><', 'restricted="true"><', "true"),
        ('restricted="false"/>', 'restricted="1"/>', "1"),
        ('restricted="false"/>', "/>", "unstated"),
    ],
)
def test_riksarkivet_s_own_words_give_the_strictest_mark(folder: Path, old: str, new: str, mark: str | None) -> None:
    path = folder / "documentation" / "additionalPackageInfo.xml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(ADDITIONAL.replace(old, new, 1), encoding="utf-8")
    submission = reading_of(folder).submission
    assert submission.access_restriction == mark
    said = {attribute.type: attribute.text for attribute in submission.attributes}
    assert said["additionalPackageInfo:package/archiveName"] == "Arkivet"
    assert said["additionalPackageInfo:package/accessRestrict/accessRestrictDesc"] == "D"
    assert "additionalPackageInfo:package/accessRestrict/@restricted" in said


def test_broken_words_of_riksarkivet_are_told(folder: Path) -> None:
    path = folder / "documentation" / "additionalPackageInfo.xml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("<a>", encoding="utf-8")
    assert [v.rule for v in reading_of(folder).violations] == ["EARKIV-XML-1"]
    path.write_text("<a/>", encoding="utf-8")
    assert reading_of(folder).violations == ()


@pytest.mark.corpus
def test_riksarkivet_s_example_alone_has_backslashes_and_placeholders_and_nothing_else(corpus: Path) -> None:
    reading = read_alone(corpus / "fgs" / "riksarkivet-fgs20" / "Riksarkivet_IP_example_1_METS.xml")
    assert isinstance(reading, Reading)
    assert Counter(v.rule for v in reading.violations) == {"EARKIV-FIX-7": 24}
    assert all(v.location.line > 0 and "\\" in v.location.value for v in reading.violations)
    digests = [reference.digest for reference in reading.references]
    assert len(digests) == 24
    assert all(digest is not None and digest.parsed() is None for digest in digests)
    assert reading.submission.system == Software(name="W3D3", version="1.19")
    assert reading.submission.archival_creator == Organisation(name="Riksarkivet", identifier="ORG:2010340987")


@pytest.mark.corpus
def test_riksarkivet_s_own_words_are_read(corpus: Path, tmp_path: Path) -> None:
    example = corpus / "fgs" / "riksarkivet-fgs20"
    shutil.copy(example / "Riksarkivet_IP_example_1_METS.xml", tmp_path / "METS.xml")
    (tmp_path / "documentation").mkdir()
    shutil.copy(
        example / "Riksarkivet_IP_example_1_additionalPackageInfo.xml",
        tmp_path / "documentation" / "additionalPackageInfo.xml",
    )
    reading = reading_of(tmp_path)
    assert reading.submission.access_restriction is None
    said = {attribute.type: attribute.text for attribute in reading.submission.attributes}
    assert said["additionalPackageInfo:package/disposal/@disposable"] == "false"
    found = {reference.href: reference.path for reference in reading.references if reference.path}
    assert found == {"documentation\\additionalPackageInfo.xml": "documentation/additionalPackageInfo.xml"}


@pytest.mark.corpus
def test_no_package_of_the_e_ark_corpus_stops_the_reader(corpus: Path) -> None:
    roots = [path for path in sorted((corpus / "eark").rglob("METS.xml")) if "representations" not in path.parts]
    kinds = Counter(type(read(FolderView(path.parent), METS)).__name__ for path in roots)
    assert kinds["Reading"] > 100
    assert kinds["Unreadable"] == sum(path.stat().st_size == 0 for path in roots)
