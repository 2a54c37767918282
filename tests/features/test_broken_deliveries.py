"""Each way to break a delivery: refused for what was broken and nothing else, in two languages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ingest.application.validate_package import Report, validate
from ingest.domain.findings import Severity
from samples.simulator import breaking
from samples.simulator import breaking_containers as containers
from samples.simulator.containers import write_tar, write_zip
from tests.features import archives
from tests.features.archives import Receipt
from tests.features.test_repeats import gzipped
from tests.unit.samples.described import BUILDERS, DELIVERIES

IN_METS: Mapping[str, tuple[str, ...]] = {
    "wrong_digest": ("FIX-1",),
    "wrong_size": ("FIX-2",),
    "missing_file": ("CASE-5", "FIX-3"),
    "unlisted_file": ("FIX-4",),
    "listed_elsewhere": ("FIX-3", "FIX-4"),
    "broken_manifest": ("XML-1",),
    "broken_description": ("XML-1",),
    "open_case": ("CASE-1",),
    "doctype": ("XML-2",),
    "escaping_link": ("CASE-5", "FIX-3", "PKG-6"),
    "escaping_path": ("FIX-4", "FIX-6"),
}
IN_JSON: Mapping[str, tuple[str, ...]] = dict(IN_METS) | {
    "missing_file": ("FIX-3",),
    "broken_manifest": ("PKG-1",),
    "broken_description": ("PKG-1",),
    "open_case": ("CASE-1", "CASE-7"),
    "escaping_link": ("FIX-3", "PKG-6"),
}
IN_BARE_ERMS: Mapping[str, tuple[str, ...]] = {
    "missing_file": ("CASE-5",),
    "listed_elsewhere": ("CASE-5",),
    "broken_manifest": ("XML-1",),
    "broken_description": ("XML-1",),
    "open_case": ("CASE-1",),
    "doctype": ("XML-2",),
    "escaping_link": ("CASE-5", "PKG-6"),
    "escaping_path": ("FIX-6",),
}
NOT_SAID = {"case-push": {"doctype"}, "bare-erms": {"wrong_digest", "wrong_size", "unlisted_file"}}
"""Breaks that a dialect has no words for: JSON has no document type; bare ERMS states no digests and lists no files."""
REFUSED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "case-push": {name: rules for name, rules in IN_JSON.items() if name != "doctype"},
    "fgs12": IN_METS,
    "eard": IN_METS,
    "csip": IN_METS,
    "bare-erms": IN_BARE_ERMS,
}
IN_CONTAINERS: Mapping[str, tuple[str, ...]] = {
    "truncated": ("PKG-3",),
    "zero_bytes": ("PKG-1",),
    "empty_zip": ("PKG-4",),
    "dotdot_zip": ("PKG-5",),
    "absolute_zip": ("PKG-5",),
    "drive_letter_zip": ("PKG-5",),
    "link_zip": ("PKG-6",),
    "duplicate_entry": ("PKG-10",),
    "case_collision": ("FIX-4",),
    "bomb": ("PKG-7",),
    "encrypted_zip": ("PKG-9",),
    "wrong_crc": ("PKG-3",),
}
CASES = [(dialect, name) for dialect, breaks in REFUSED.items() for name in breaks]
SAID_AT_INGEST = "EARKIV-CASE-14"
"""What describes nothing is refused at ingest, whatever the reason; as a package it may be valid."""
OURS = "EARKIV-"
"""A specification may have a rule of its own for the same fault (CSIP71 beside EARKIV-FIX-1): both are told."""
WHOLE = {"EARKIV-PKG-2", "EARKIV-PKG-4"}
"""Findings about a package as a whole: no place in it is to blame."""
PACKED = [(dialect, name) for dialect, name in CASES if name != "escaping_link" and dialect in {"case-push", "csip"}]
"""A link goes into a container as the file it leads to, so that is no fault there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusals:
    """An archive that holds one package and refuses whatever else it gets."""

    home: Path
    accepted: Receipt

    def refused(self, path: Path) -> Receipt:
        """Hand over what is to be refused; only the journal entry that says so may be new."""
        before, journal = self._archived(), archives.tree(self.home / "archive" / "journal")
        receipt = archives.hand_over_one(self.home, path)
        assert receipt["outcome"] == "rejected"
        assert receipt["package"] is receipt["custodyPassed"] is None
        assert receipt["copies"] == []
        assert self._archived() == before
        after = archives.tree(self.home / "archive" / "journal")
        assert {key: after[key] for key in journal} == journal
        assert len(after) - len(journal) <= 1
        assert archives.is_genuine(self.home, receipt)
        return receipt

    def _archived(self) -> tuple[Any, ...]:
        return archives.ocfl_tree(self.home), archives.packages(self.home), archives.staged(self.home)


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> Refusals:
    folder = tmp_path_factory.mktemp("refusals")
    BUILDERS["csip"](DELIVERIES["bygglov"](), folder / "sip")
    return Refusals(home=folder / "home", accepted=archives.hand_over_one(folder / "home", folder / "sip"))


def judged(path: Path) -> Report:
    """Validate, which must leave everything as it was."""
    before = archives.tree(path.parent)
    report = validate(path)
    assert archives.tree(path.parent) == before
    return report


def expect(refusals: Refusals, path: Path, *rules: str) -> Receipt:
    """Both ways to judge find exactly these errors and say them so that a person can act."""
    expected = sorted(f"EARKIV-{rule}" for rule in rules)
    report, receipt = judged(path), refusals.refused(path)
    judged_errors = sorted(f.rule for f in report.findings if f.severity is Severity.ERROR)
    refused_errors = [rule for rule in archives.errors_of(receipt) if rule != SAID_AT_INGEST]
    assert judged_errors == refused_errors
    assert [rule for rule in refused_errors if rule.startswith(OURS)] == expected
    assert report.verdict == "invalid"
    for finding in receipt["findings"]:
        is_clear(finding, refusals.home)
    return receipt


def is_clear(finding: Mapping[str, Any], home: Path) -> None:
    """What is wrong and what to do, in both languages; where, in the producer's own words."""
    for words in (finding["message"], finding["remedy"]):
        assert len(words["sv"]) > 20
        assert len(words["en"]) > 20
        assert words["sv"] != words["en"]
    assert finding["count"] >= len(finding["locations"]) >= 1
    for place in finding["locations"]:
        assert place["file"] or place["value"] or finding["rule"] in WHOLE
        assert not place["file"].startswith("/")
        assert str(home) not in place["file"] + place["value"]


def test_the_tables_speak_of_every_break() -> None:
    assert {name for breaks in REFUSED.values() for name in breaks} == set(breaking.BREAKS)
    assert set(IN_CONTAINERS) == set(containers.BREAKS)
    for dialect, breaks in REFUSED.items():
        assert set(breaks) == set(breaking.BREAKS) - NOT_SAID.get(dialect, set())


@pytest.mark.parametrize(("dialect", "name"), CASES)
def test_a_broken_folder_is_refused_for_that_alone(refusals: Refusals, tmp_path: Path, dialect: str, name: str) -> None:
    BUILDERS[dialect](DELIVERIES["skolskjuts"](), tmp_path / "leverans")
    breaking.BREAKS[name](tmp_path / "leverans")
    receipt = expect(refusals, tmp_path / "leverans", *REFUSED[dialect][name])
    delivered = archives.files_of(tmp_path / "leverans")
    assert {file["path"] for file in receipt["files"]} <= set(delivered)


@pytest.mark.parametrize("pack", [write_zip, write_tar, gzipped])
@pytest.mark.parametrize(("dialect", "name"), PACKED)
def test_a_container_of_it_is_refused_alike(
    refusals: Refusals, tmp_path: Path, dialect: str, name: str, pack: Callable[..., None]
) -> None:
    BUILDERS[dialect](DELIVERIES["skolskjuts"](), tmp_path / "leverans")
    breaking.BREAKS[name](tmp_path / "leverans")
    pack(tmp_path / "leverans", tmp_path / "leverans.pack", root="leverans")
    expect(refusals, tmp_path / "leverans.pack", *REFUSED[dialect][name])


@pytest.mark.parametrize("name", sorted(IN_CONTAINERS))
def test_a_broken_zip_is_refused_for_that_alone(refusals: Refusals, tmp_path: Path, name: str) -> None:
    BUILDERS["csip"](DELIVERIES["skolskjuts"](), tmp_path / "leverans")
    container = archives.zipped(tmp_path / "leverans", tmp_path / "leverans.zip")
    containers.BREAKS[name](container)
    receipt = expect(refusals, container, *IN_CONTAINERS[name])
    assert "/" not in receipt["delivery"]


@pytest.mark.parametrize("pack", [write_tar, gzipped])
@pytest.mark.parametrize("break_it", [containers.break_truncated, containers.break_zero_bytes])
def test_a_cut_tar_is_refused(
    refusals: Refusals, tmp_path: Path, pack: Callable[..., None], break_it: Callable[[Path], None]
) -> None:
    BUILDERS["csip"](DELIVERIES["skolskjuts"](), tmp_path / "leverans")
    pack(tmp_path / "leverans", tmp_path / "leverans.tar", root="paket")
    break_it(tmp_path / "leverans.tar")
    rule = "PKG-1" if break_it is containers.break_zero_bytes else "PKG-3"
    expect(refusals, tmp_path / "leverans.tar", rule)


@pytest.mark.parametrize("name", sorted(NOT_SAID["bare-erms"] - {"wrong_size"}))
def test_what_bare_erms_cannot_say_is_no_fault_of_it(tmp_path: Path, name: str) -> None:
    BUILDERS["bare-erms"](DELIVERIES["skolskjuts"](), tmp_path / "leverans")
    breaking.BREAKS[name](tmp_path / "leverans")
    receipt = archives.hand_over_one(tmp_path / "home", tmp_path / "leverans")
    assert receipt["outcome"] == judged(tmp_path / "leverans").verdict.replace("valid", "accepted")
    assert archives.delivered_bytes(tmp_path / "home", receipt) == archives.files_of(tmp_path / "leverans")


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("brev.txt", b"Hej!\n", "PKG-1"),
        ("bild.zip", b"\xff\xd8\xff\xe0" + bytes(2000), "PKG-1"),
        ("halv.tar.gz", b"\x1f\x8b\x08\x00", "PKG-3"),
        ("bara.xml", b"<mets/>", "PKG-1"),
    ],
)
def test_a_file_that_is_no_package(refusals: Refusals, tmp_path: Path, name: str, content: bytes, rule: str) -> None:
    (tmp_path / name).write_bytes(content)
    receipt = refusals.refused(tmp_path / name)
    assert archives.errors_of(receipt) == [f"EARKIV-{rule}"]
    assert receipt["findings"][0]["locations"][0]["file"] == name
    assert judged(tmp_path / name).verdict == "invalid"


@pytest.mark.parametrize(
    ("files", "rule"),
    [
        ({}, "PKG-4"),
        ({"läs mig.txt": b"inget paket"}, "PKG-2"),
        ({"a/b/c.pdf": b"%PDF-1.7", "d.pdf": b"%PDF-1.7"}, "PKG-2"),
        ({"sip.xml": b"", "a.pdf": b"x"}, "XML-1"),
        ({"METS.xml": b"not xml"}, "XML-1"),
    ],
)
def test_a_folder_that_is_no_package(refusals: Refusals, tmp_path: Path, files: Mapping[str, bytes], rule: str) -> None:
    (tmp_path / "mapp").mkdir()
    for path, content in files.items():
        (tmp_path / "mapp" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "mapp" / path).write_bytes(content)
    expect(refusals, tmp_path / "mapp", rule)


def test_two_descriptors_that_disagree(refusals: Refusals, tmp_path: Path) -> None:
    BUILDERS["csip"](DELIVERIES["skolskjuts"](), tmp_path / "leverans")
    BUILDERS["case-push"](DELIVERIES["klagomal"](), tmp_path / "leverans")
    expect(refusals, tmp_path / "leverans", "PKG-8")


def test_the_archive_still_holds_what_it_held(refusals: Refusals) -> None:
    assert archives.packages(refusals.home) == (refusals.accepted["package"],)
    assert archives.ocfl_faults(refusals.home) == []
