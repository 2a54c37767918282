"""Content schemas of an agreement, from its file to the receipt, the journal and a catalogue that is made anew."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from audit.verification import verify_packages
from ingest.application.rebuild_catalogue import rebuild
from ingest.application.validate_package import validate
from ingest.bootstrap import rebuilding
from ingest.domain.findings import Verdict
from ingest.errors import ConfigurationError
from tests.features import archives
from tests.unit.content_schemas import ASSERTION, NAMESPACE, TYPES, entry, plain, post, report
from tests.unit.samples.described import BUILDERS, DELIVERIES

NAME = "exsa-2026-9"
REPORT = {
    "namespace": NAMESPACE,
    "root": "rapport",
    "version": "1.1",
    "documents": ["rapport/rapport.xsd", "typer.xsd"],
}
SOUND = report(post(), post(3, 4))
WRONG = report(post(), post(4, 3), post("x"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def case(folder: Path, **files: str) -> Path:
    """A case push in a folder whose documents are these, `rapport` as `rapport.xml`."""
    folder.mkdir()
    contents = {f"{name}.xml": text.encode("utf-8") for name, text in files.items()}
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    documents = [
        {"name": name, "path": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in contents.items()
    ]
    record = {"id": "EXN 2026/9:1", "number": "1", "title": "Rapport", "date": "2026-02-01", "documents": documents}
    described = {
        "id": "EXN 2026/9",
        "title": "Årsrapport",
        "status": "closed",
        "closed": "2026-06-01",
        "records": [record],
    }
    creator = {"name": "Exempelnämnden", "identifier": "ORG:2120009994"}
    document = {"delivery": folder.name, "archivalCreator": creator, "case": described}
    (folder / "case.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return folder


def agree(home: Path, *schemas: dict[str, Any], **terms: object) -> None:
    """Lay the agreement down with these schemas, and their documents beside it."""
    with archives.opened(home):
        pass
    folder = home / "agreements"
    (folder / "rapport").mkdir(exist_ok=True)
    (folder / "rapport" / "rapport.xsd").write_text(entry(assertion=ASSERTION), encoding="utf-8")
    (folder / "typer.xsd").write_text(TYPES, encoding="utf-8")
    passing = {"severities": [["EARKIV-SA-5", "warning"]], "content_schemas": schemas, **terms}
    (folder / f"{NAME}.json").write_text(json.dumps(passing), encoding="utf-8")


def taken_in(home: Path, path: Path) -> archives.Receipt:
    return archives.hand_over_one(home, path, agreement=NAME)


def test_xml_that_follows_its_schema_is_accepted(home: Path, tmp_path: Path) -> None:
    agree(home, REPORT)
    receipt = taken_in(home, case(tmp_path / "a", rapport=SOUND))
    assert receipt["outcome"] == "accepted"
    assert "EARKIV-SA-9" not in archives.rules_of(receipt)


def test_xml_that_does_not_is_refused_with_each_place(home: Path, tmp_path: Path) -> None:
    agree(home, REPORT)
    receipt = taken_in(home, case(tmp_path / "a", rapport=WRONG, bilaga=WRONG.replace("från>x", "från>y")))
    assert receipt["outcome"] == "rejected"
    assert archives.errors_of(receipt) == ["EARKIV-SA-9"]
    (finding,) = [f for f in receipt["findings"] if f["rule"] == "EARKIV-SA-9"]
    places = [(place["file"], place["line"], place["xpath"]) for place in finding["locations"]]
    assert finding["count"] == len(places)
    assert ("rapport.xml", 4, "/rapport/post[2]") in places
    assert ("bilaga.xml", 5, "/rapport/post[3]/från[1]") in places
    values = [place["value"] for place in finding["locations"]]
    assert "assertion test is false: r:från le r:till" in values
    assert any(value.startswith("y: invalid literal") for value in values)
    assert archives.packages(home) == ()


def test_other_xml_and_a_delivery_without_any_is_left_alone(home: Path, tmp_path: Path) -> None:
    agree(home, REPORT)
    other = report(post("x")).replace(NAMESPACE, "urn:example:annat")
    for path in (case(tmp_path / "a", annat=other), case(tmp_path / "b", text="ingen XML alls")):
        receipt = taken_in(home, path)
        assert receipt["outcome"] == "accepted"
        assert "EARKIV-SA-9" not in archives.rules_of(receipt)


def test_a_path_narrows_what_a_schema_is_for(home: Path, tmp_path: Path) -> None:
    agree(home, {**REPORT, "path": "rapport*.xml"})
    receipt = taken_in(home, case(tmp_path / "a", utkast=WRONG, rapport_1=SOUND))
    assert receipt["outcome"] == "accepted"
    assert archives.errors_of(taken_in(home, case(tmp_path / "b", rapport_1=WRONG))) == ["EARKIV-SA-9"]


def test_xml_with_a_document_type_cannot_slip_past_its_schema(home: Path, tmp_path: Path) -> None:
    agree(home, REPORT)
    hidden = "<!DOCTYPE rapport>" + SOUND.partition("?>")[2]
    receipt = taken_in(home, case(tmp_path / "a", rapport=hidden, bruten=SOUND[:-5]))
    (finding,) = [f for f in receipt["findings"] if f["rule"] == "EARKIV-SA-9"]
    assert {place["value"].partition(":")[0] for place in finding["locations"]} == {"doctype", "not-well-formed"}


def test_a_descriptor_is_held_against_a_schema_that_is_for_it(home: Path, tmp_path: Path) -> None:
    inside = '<xs:sequence><xs:any processContents="skip" maxOccurs="unbounded"/></xs:sequence>'
    rest = '<xs:anyAttribute processContents="skip"/>'
    mets = {"namespace": "http://www.loc.gov/METS/", "root": "mets", "version": "1.1", "documents": ["mets.xsd"]}
    agree(home, mets)
    body = (
        f'<xs:element name="mets"><xs:complexType>{inside}{rest}<xs:assert test="{{}}"/></xs:complexType></xs:element>'
    )
    target = ' targetNamespace="http://www.loc.gov/METS/">'
    BUILDERS["csip"](DELIVERIES["klagomal"](), tmp_path / "leverans")
    receipts = []
    for test in ("@OBJID = 'annan'", "string-length(@OBJID) gt 0"):
        text = plain(body.format(test)).replace(">", target, 1)
        (home / "agreements" / "mets.xsd").write_text(text, encoding="utf-8")
        receipts.append(taken_in(home, tmp_path / "leverans"))
    refused, accepted = receipts
    (finding,) = [f for f in refused["findings"] if f["rule"] == "EARKIV-SA-9"]
    assert {place["file"] for place in finding["locations"]} >= {"METS.xml"}
    assert (accepted["outcome"], accepted["agreement"]["version"]) == ("accepted", 2)


def test_the_agreement_says_how_grave_it_is(home: Path, tmp_path: Path) -> None:
    agree(home, REPORT, severities=[["EARKIV-SA-5", "warning"], ["EARKIV-SA-9", "warning"]])
    receipt = taken_in(home, case(tmp_path / "a", rapport=WRONG))
    assert receipt["outcome"] == "accepted"
    assert archives.rules_of(receipt)["EARKIV-SA-9"] == "warning"


def test_a_person_may_be_asked(home: Path, tmp_path: Path) -> None:
    milder = [["EARKIV-SA-5", "warning"], ["EARKIV-SA-9", "warning"]]
    agree(home, REPORT, severities=milder, hold=["EARKIV-SA-9"])
    assert taken_in(home, case(tmp_path / "a", rapport=WRONG))["outcome"] == "held"


def test_validate_alone_asks_no_agreement(tmp_path: Path) -> None:
    assert validate(case(tmp_path / "a", rapport=WRONG)).verdict is Verdict.VALID


def test_a_changed_schema_document_is_a_new_version_of_the_agreement(home: Path, tmp_path: Path) -> None:
    agree(home, REPORT)
    first = taken_in(home, case(tmp_path / "a", rapport=SOUND))
    (home / "agreements" / "typer.xsd").write_text(TYPES + "<!-- mild -->", encoding="utf-8")
    second = taken_in(home, case(tmp_path / "b", rapport=SOUND))
    assert (first["agreement"]["version"], second["agreement"]["version"]) == (1, 2)


def test_after_a_rebuild_from_storage_alone_the_same_schemas_judge(home: Path, tmp_path: Path) -> None:
    agree(home, REPORT)
    accepted = taken_in(home, case(tmp_path / "a", rapport=SOUND))
    refused = taken_in(home, case(tmp_path / "b", rapport=WRONG))
    with archives.opened(home) as archive:
        before = archives.terms_of(archive, NAME)
    shutil.rmtree(home / "agreements")
    (home / "catalogue.sqlite").unlink()
    with rebuilding(archives.settings_of(home)) as archive:
        assert rebuild(archive.ports).damages == ()
    with archives.opened(home) as archive:
        assert archives.terms_of(archive, NAME) == before
        assert verify_packages(archive.ports, None, lambda _objects, _bytes: None).damages == ()
    again = (taken_in(home, case(tmp_path / "c", rapport=SOUND)), taken_in(home, case(tmp_path / "d", rapport=WRONG)))
    assert [receipt["outcome"] for receipt in again] == ["accepted", "rejected"]
    assert {receipt["agreement"]["version"] for receipt in (accepted, refused, *again)} == {1}
    told = [[f for f in one["findings"] if f["rule"] == "EARKIV-SA-9"] for one in (refused, again[1])]
    assert told[0] == told[1] != []


UNUSABLE = [
    ('<xs:include schemaLocation="http://example.org/typer.xsd"/>', 4, "http://example.org/typer.xsd"),
    ('<xs:include schemaLocation="file:///etc/passwd"/>', 4, "file:///etc/passwd"),
    ('<xs:element name="annan" type="Okänd"/>', 4, "Okänd"),
]


@pytest.mark.parametrize(("reference", "line", "words"), UNUSABLE)
def test_a_schema_that_cannot_be_used_is_told_before_anything_is_registered(
    home: Path, reference: str, line: int, words: str
) -> None:
    agree(home, REPORT)
    (home / "agreements" / "rapport" / "rapport.xsd").write_text(entry(reference), encoding="utf-8")
    with pytest.raises(ConfigurationError) as fault, archives.opened(home):
        pass
    for said in (fault.value.sv, fault.value.en):
        assert NAME in said
        assert "rapport/rapport.xsd" in said
        assert words in said
    assert f"rad {line}" in fault.value.sv
    assert f"line {line}" in fault.value.en
    assert not [key for key in archives.tree(home / "archive" / "journal" / "agreement") if NAME in key]
