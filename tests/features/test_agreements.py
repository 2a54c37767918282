"""Agreements in the home's folder: what each of their terms does to a delivery, and what a change of them does."""

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.application.consult_archive import timeline_of
from ingest.errors import ConfigurationError
from samples.simulator import breaking
from tests.features import archives
from tests.features.front_door import Door
from tests.unit.samples.described import BUILDERS, DELIVERIES

BOARD = "ORG:2120009994"
NAME = "exsa-2026-7"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    BUILDERS["csip"](DELIVERIES["klagomal"](), tmp_path / "leverans")
    return tmp_path / "leverans"


def agree(home: Path, terms: dict[str, Any], name: str = NAME) -> None:
    """Write an agreement into the home's folder; the home is made when it is not there."""
    with archives.opened(home):
        pass
    passing = {"severities": [["EARKIV-SA-5", "warning"]]}
    (home / "agreements" / f"{name}.json").write_text(json.dumps({**passing, **terms}), encoding="utf-8")


def under(home: Path, folder: Path, terms: dict[str, Any]) -> archives.Receipt:
    """Take in under an agreement with these terms."""
    agree(home, terms)
    return archives.hand_over_one(home, folder, agreement=NAME)


def test_without_terms_anything_passes_and_the_receipt_names_the_agreement(home: Path, folder: Path) -> None:
    receipt = under(home, folder, {"title": "Leveransöverenskommelse för klagomål"})
    assert receipt["outcome"] == "accepted"
    assert receipt["agreement"] == {"id": NAME, "version": 1}
    mets = archives.aip(home, receipt)["METS.xml"].read_text(encoding="utf-8")
    assert DELIVERIES["klagomal"]().agreement in mets


DENIED = [
    ({"formats": ["fmt/43"]}, "EARKIV-SA-2"),
    ({"dialects": ["fgs-1.2", "erms"]}, "EARKIV-SA-7"),
    ({"producers": ["ORG:5560000000", "ORG:5560000001"]}, "EARKIV-SA-6"),
    ({"max_files": 4}, "EARKIV-SA-4"),
    ({"max_bytes": 1000}, "EARKIV-SA-3"),
    ({"refused_formats": ["fmt/43"]}, "EARKIV-SA-11"),
    ({"name_marks": ""}, "EARKIV-SA-13"),
    ({"max_path_length": 5}, "EARKIV-SA-13"),
    ({"closed_until": "1999-12-31"}, "EARKIV-SA-14"),
    ({"content_types": ["FGS Personal"]}, "EARKIV-SA-16"),
    ({"case_types": ["Bygglov"]}, "EARKIV-SA-16"),
    ({"severities": []}, "EARKIV-SA-5"),
]


@pytest.mark.parametrize(("terms", "rule"), DENIED)
def test_a_term_that_is_not_kept_refuses(home: Path, folder: Path, terms: dict[str, Any], rule: str) -> None:
    receipt = under(home, folder, terms)
    assert receipt["outcome"] == "rejected"
    errors = sorted(f["rule"] for f in receipt["findings"] if f["severity"] == "error")
    assert errors == [rule]
    finding = next(f for f in receipt["findings"] if f["rule"] == rule)
    assert finding["message"]["sv"] != finding["message"]["en"]
    assert archives.packages(home) == ()


def test_terms_that_are_kept_let_pass(home: Path, folder: Path) -> None:
    probe = archives.hand_over_one(home.with_name("probe"), folder)
    files = probe["files"]
    terms = {
        "formats": sorted({file["format"]["puid"] for file in files}),
        "dialects": [probe["dialect"]],
        "producers": [probe["producer"], "ORG:5560000000"],
        "content_types": ["citserms_v3_0"],
        "max_files": len(files),
        "max_bytes": sum(file["size"] for file in files),
    }
    receipt = under(home, folder, terms)
    assert receipt["outcome"] == "accepted"
    assert archives.rules_of(receipt) == {}


def test_a_disposal_default_is_the_archives_own_statement(home: Path, folder: Path) -> None:
    default = {"disposable": True, "period": "10 år", "mandate": "Nämndens beslut 2024-05-02 § 9"}
    receipt = under(home, folder, {"disposal_default": default})
    plain = archives.hand_over_one(home.with_name("plain"), folder)
    (finding,) = (f for f in receipt["findings"] if f["rule"] == "EARKIV-SA-17")
    assert (receipt["outcome"], finding["severity"], finding["count"]) == ("accepted", "info", 5)
    assert all("after 10 år, by Nämndens beslut" in place["value"] for place in finding["locations"])
    told = archives.aip(home, receipt)
    premis = told["metadata/preservation/premis.xml"].read_text(encoding="utf-8")
    words = "for 5 cases and records that state nothing: may be disposed of after 10 år, by Nämndens beslut"
    assert f"disposal default of agreement {NAME} version 1, {words}" in premis
    assert "eventType/poa" in premis
    erms = "metadata/descriptive/erms.xml"
    assert b"disposal" not in told[erms].read_bytes()
    assert b"disposal" not in archives.aip(home.with_name("plain"), plain)[erms].read_bytes()
    shown = Door(home=home).run("show", receipt["package"], "--json").document
    assert shown["disposalDefault"] == {**default}
    page = Door(home=home).run("show", receipt["package"], "--lang", "sv").out
    assert "får gallras efter 10 år (Nämndens beslut 2024-05-02 § 9)" in " ".join(page.split())


def test_one_party_is_the_producer_whatever_the_delivery_says(home: Path, folder: Path) -> None:
    receipt = under(home, folder, {"producers": ["ORG:5560000000"]})
    assert (receipt["outcome"], receipt["producer"]) == ("accepted", "ORG:5560000000")


def test_a_severity_can_be_raised_and_lowered(home: Path, folder: Path) -> None:
    breaking.break_unlisted_file(folder)
    terms = {"severities": [["EARKIV-SA-5", "info"], ["EARKIV-FIX-4", "warning"]]}
    receipt = under(home, folder, terms)
    assert receipt["outcome"] == "accepted"
    severities = {f["rule"]: f["severity"] for f in receipt["findings"]}
    assert (severities["EARKIV-SA-5"], severities["EARKIV-FIX-4"]) == ("info", "warning")


def test_what_is_held_has_an_unsigned_note_and_waits(home: Path, folder: Path) -> None:
    breaking.break_unlisted_file(folder)
    terms = {
        "severities": [["EARKIV-SA-5", "info"], ["EARKIV-FIX-4", "warning"]],
        "hold": ["EARKIV-FIX-4"],
    }
    note = under(home, folder, terms)
    assert note["outcome"] == "held"
    assert note["signature"] is note["receipt"] is note["package"] is None
    assert DELIVERIES["klagomal"]().identity in note["delivery"]
    assert {file["path"] for file in note["files"]} == set(archives.files_of(folder))
    assert "EARKIV-FIX-4" in archives.rules_of(note)
    assert archives.packages(home) == ()
    again = archives.hand_over_one(home, folder, agreement=NAME)
    assert again == note
    assert len(archives.staged(home)) == len(note["files"])
    with archives.opened(home) as archive:
        told = timeline_of(note["deliveryId"], archive.ports)
    assert {entry.step for entry in told} == {"receive_submission", "examine_objects", "validate_package"}


def test_an_agreement_that_holds_for_nothing_found_holds_nothing(home: Path, folder: Path) -> None:
    assert under(home, folder, {"hold": ["EARKIV-FIX-4"]})["outcome"] == "accepted"


def test_an_unchanged_agreement_is_the_same_version(home: Path, folder: Path) -> None:
    agree(home, {"max_files": 100})
    for _ in range(3):
        with archives.opened(home) as archive:
            assert archives.terms_of(archive, NAME).version == 1
    assert under(home, folder, {"max_files": 100})["agreement"]["version"] == 1


def test_a_changed_agreement_is_a_new_version_and_a_refused_delivery_may_be_tried_again(
    home: Path, folder: Path
) -> None:
    refused = under(home, folder, {"max_files": 3})
    repeated = under(home, folder, {"max_files": 3})
    assert repeated == refused
    accepted = under(home, folder, {"max_files": 300})
    assert [refused["outcome"], accepted["outcome"]] == ["rejected", "accepted"]
    assert accepted["agreement"] == {"id": NAME, "version": 2}
    assert accepted["delivery"] == refused["delivery"]
    assert under(home, folder, {"max_files": 1}) == accepted
    journal = sorted(archives.tree(home / "archive" / "journal" / "agreement"))
    assert [path.rsplit("/", 1)[-1] for path in journal if NAME in path] == [f"0000000{n}.json" for n in (1, 2, 3)]


def test_an_agreement_that_was_changed_back_is_a_version_of_its_own(home: Path, folder: Path) -> None:
    versions = []
    for most in (3, 300, 3):
        agree(home, {"max_files": most})
        with archives.opened(home) as archive:
            versions.append(archives.terms_of(archive, NAME))
    assert [(each.version, each.max_files) for each in versions] == [(1, 3), (2, 300), (3, 3)]
    assert archives.hand_over_one(home, folder, agreement=NAME)["agreement"]["version"] == 3


def test_an_agreement_that_lets_no_replacement_in_refuses_it_as_a_conflict(
    home: Path, folder: Path, tmp_path: Path
) -> None:
    under(home, folder, {"new_generation_for": []})
    second = archives.copied(folder, tmp_path / "andra")
    breaking.rewrite(second, "METS.xml", lambda text: text.replace(b'"NEW"', b'"REPLACEMENT"'))
    assert archives.errors_of(under(home, second, {"new_generation_for": []})) == ["EARKIV-DLV-1"]


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '"text"',
        '{"max_files": "many"}',
        '{"severities": [["EARKIV-FIX-4", "awful"]]}',
        '{"dialects": ["fgs-9"]}',
        '{"colour": "blue"}',
        '{"nested_depth": 9}',
        '{"nested_depth": -1}',
        '{"nested_depth": true}',
        '{"nested_depth": "2"}',
        "null",
    ],
)
def test_what_is_no_agreement_is_told_by_its_file(home: Path, content: str) -> None:
    with archives.opened(home):
        pass
    (home / "agreements" / "fel.json").write_text(content)
    with pytest.raises(ConfigurationError) as fault, archives.opened(home):
        pass
    assert "fel.json" in fault.value.sv
    assert "fel.json" in fault.value.en
    assert fault.value.sv != fault.value.en
