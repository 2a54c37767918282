"""Deliveries that nobody here made (the test corpus): refused for what is wrong, else kept to the last byte."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from ingest.application.validate_package import validate
from ingest.domain.findings import Severity
from ingest.formats.validation import schema_errors
from samples.simulator import breaking
from samples.simulator.containers import write_tar
from tests.features import archives
from tests.unit.samples.described import BUILDERS, DELIVERIES

SKETCHED = {"EARKIV-FMT-4"}
"""The PDF files of the FGS 1.2 sample are sketches of PDF: their tables of objects are wrong."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def public_360(corpus: Path, tmp_path: Path) -> Path:
    """The container alone, in a folder of its own."""
    (container,) = (corpus / "fgs" / "p360").glob("P360_*.zip")
    return archives.copied(container, tmp_path / "p360" / container.name)


def noted(container: Path, corpus: Path, change: Callable[[str], str] = str) -> Path:
    """Put the delivery note beside the container, changed as told."""
    (note,) = (corpus / "fgs" / "p360").glob("P360_*.json")
    container.with_suffix(".json").write_text(change(note.read_text(encoding="utf-8")), encoding="utf-8")
    return container


def corrected(container: Path) -> Callable[[str], str]:
    """Give the note the container's real MD5."""

    def correct(text: str) -> str:
        stated = json.loads(text)["kontrollsumma"]
        return text.replace(stated, hashlib.new("md5", container.read_bytes(), usedforsecurity=False).hexdigest())

    return correct


def members(container: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(container) as packed:
        return {name: packed.read(name) for name in packed.namelist() if not name.endswith("/")}


def test_public_360_is_refused_for_the_wrong_md5_alone(home: Path, public_360: Path, corpus: Path) -> None:
    noted(public_360, corpus)
    report = validate(public_360)
    assert [f.rule for f in report.findings if f.severity is Severity.ERROR] == ["EARKIV-FIX-10"]
    receipt = archives.hand_over_one(home, public_360)
    assert receipt["outcome"] == "rejected"
    assert archives.errors_of(receipt) == ["EARKIV-FIX-10"]
    (place,) = next(f["locations"] for f in receipt["findings"] if f["rule"] == "EARKIV-FIX-10")
    assert place["file"] == public_360.with_suffix(".json").name
    assert place["line"] == 3
    assert "1fcb6863be0831a07aa343ba7ee57817" in place["value"]
    assert "821b503afc7ef8c5fa7192084daa6e48" in place["value"]


def test_public_360_with_a_corrected_note_is_kept_whole_and_the_note_too(
    home: Path, public_360: Path, corpus: Path
) -> None:
    noted(public_360, corpus, corrected(public_360))
    receipt = archives.hand_over_one(home, public_360)
    note = public_360.with_suffix(".json")
    assert receipt["outcome"] == "accepted"
    assert receipt["dialect"] == "erms"
    assert receipt["delivery"] == public_360.name
    expected = members(public_360) | {note.name: note.read_bytes()}
    assert archives.delivered_bytes(home, receipt) == expected
    is_well_made(home, receipt)


def test_public_360_without_a_note_is_kept_whole(home: Path, public_360: Path) -> None:
    receipt = archives.hand_over_one(home, public_360)
    assert receipt["outcome"] == "accepted"
    assert archives.delivered_bytes(home, receipt) == members(public_360)
    is_well_made(home, receipt)


def test_public_360_whose_note_was_corrected_after_a_refusal_is_accepted(
    home: Path, public_360: Path, corpus: Path
) -> None:
    refused = archives.hand_over_one(home, noted(public_360, corpus))
    accepted = archives.hand_over_one(home, noted(public_360, corpus, corrected(public_360)))
    assert [refused["outcome"], accepted["outcome"]] == ["rejected", "accepted"]
    assert refused["delivery"] == accepted["delivery"]


def test_public_360_packed_again_with_its_note_is_the_same_delivery(
    home: Path, public_360: Path, corpus: Path, tmp_path: Path
) -> None:
    """Another container of the same files has another digest, and so another note."""
    first = archives.hand_over_one(home, noted(public_360, corpus, corrected(public_360)))
    with zipfile.ZipFile(public_360) as packed:
        packed.extractall(tmp_path / "unpacked")
    again = tmp_path / "again" / public_360.name
    again.parent.mkdir()
    write_tar(tmp_path / "unpacked", again)
    assert archives.hand_over_one(home, noted(again, corpus, corrected(again))) == first


def test_a_note_that_cannot_be_read_refuses(home: Path, public_360: Path, corpus: Path) -> None:
    receipt = archives.hand_over_one(home, noted(public_360, corpus, lambda text: text[:-20]))
    assert archives.errors_of(receipt) == ["EARKIV-PKG-12"]


def test_riksarkivets_mets_judged_alone(corpus: Path) -> None:
    (mets,) = (corpus / "fgs" / "riksarkivet-fgs20").glob("*METS.xml")
    report = validate(mets)
    assert report.verdict == "invalid"
    counted = {f.rule: f.count for f in report.findings}
    assert [f.rule for f in report.findings if f.severity is Severity.ERROR] == ["EARKIV-FIX-9"]
    assert (counted["EARKIV-FIX-9"], counted["EARKIV-FIX-7"]) == (24, 24)


def test_riksarkivets_mets_as_a_package(home: Path, corpus: Path, tmp_path: Path) -> None:
    (mets,) = (corpus / "fgs" / "riksarkivet-fgs20").glob("*METS.xml")
    folder = archives.copied(mets, tmp_path / "ip" / mets.name).parent
    judged = {f.rule: (f.severity, f.count) for f in validate(folder).findings}
    found = {rule: told for rule, told in judged.items() if rule.startswith("EARKIV-")}
    assert found == {
        "EARKIV-FIX-9": ("error", 24),
        "EARKIV-FIX-3": ("error", 24),
        "EARKIV-FIX-7": ("warning", 24),
        "EARKIV-PKG-11": ("warning", 1),
    }
    receipt = archives.hand_over_one(home, folder)
    refused = archives.rules_of(receipt) | {"EARKIV-CASE-14": "error"}
    # The folder's own name (CSIPSTR2) is seen where it lies, and is no part of what was handed over.
    told = {rule: severity for rule, (severity, _) in judged.items() if rule != "CSIPSTR2"}
    assert refused == told | {"EARKIV-CASE-14": "error"}
    assert receipt["delivery"] == "IP_exempel_1"


def test_riksarkivets_links_with_backslashes_are_only_read_as_slashes_for_looking_up(
    corpus: Path, tmp_path: Path
) -> None:
    (mets,) = (corpus / "fgs" / "riksarkivet-fgs20").glob("*METS.xml")
    folder = archives.copied(mets, tmp_path / "ip" / "METS.xml").parent
    (folder / "schemas").mkdir()
    (folder / "schemas" / "mets.xsd").write_bytes(b"<xs:schema/>")
    found = {f.rule: f.count for f in validate(folder).findings if f.severity is Severity.ERROR}
    assert found["EARKIV-FIX-3"] == 23
    assert "EARKIV-FIX-4" not in found


@pytest.mark.parametrize("form", ["fgs12-erms", "fgs12-erms.zip"])
def test_the_fgs_1_2_sample_is_accepted(home: Path, corpus: Path, form: str) -> None:
    folder = corpus / "fgs" / "fgs12-sample" / "fgs12-erms"
    receipt = archives.hand_over_one(home, corpus / "fgs" / "fgs12-sample" / form)
    assert receipt["outcome"] == "accepted"
    assert receipt["dialect"] == "fgs-1.2"
    told = archives.rules_of(receipt)
    assert {rule for rule, severity in told.items() if severity != "info"} == SKETCHED
    assert archives.delivered_bytes(home, receipt) == archives.files_of(folder)
    is_well_made(home, receipt)


def test_the_fgs_1_2_sample_as_folder_and_as_zip_is_one_delivery(home: Path, corpus: Path) -> None:
    sample = corpus / "fgs" / "fgs12-sample"
    first, second = archives.hand_over(home, sample / "fgs12-erms", sample / "fgs12-erms.zip")
    assert first == second


def test_sundsvalls_metadata_in_an_fgs_package_is_refused_in_words(home: Path, corpus: Path, tmp_path: Path) -> None:
    """It follows no published schema; whatever it says, the archive answers."""
    documents = sorted((corpus / "fgs" / "sundsvall").glob("*.xml"))
    assert len(documents) == 7
    packages = [tmp_path / document.stem for document in documents]
    for document, package in zip(documents, packages, strict=True):
        BUILDERS["fgs12"](DELIVERIES["bygglov"](), package)
        breaking.rewrite(package, breaking.description(package), partial(_instead, document))
    for receipt in archives.hand_over(home, *packages):
        assert receipt["outcome"] == "rejected"
        assert "EARKIV-CASE-5" in archives.errors_of(receipt)
        places = [place for f in receipt["findings"] if f["severity"] == "error" for place in f["locations"]]
        located = next(place for place in places if "Fastighet" in place["value"] + place["xpath"])
        assert located["file"] == "Metadata/Arendehantering.xml"
        assert located["line"] > 1


def _instead(document: Path, _: bytes) -> bytes:
    return document.read_bytes()


def is_well_made(home: Path, receipt: archives.Receipt) -> None:
    """The AIP's own metadata is valid, and the whole storage root too."""
    files = archives.aip(home, receipt)
    assert schema_errors(files["METS.xml"], "mets-csip-2.2", limit=1) == ()
    assert schema_errors(files["metadata/descriptive/erms.xml"], "erms-3.0", limit=1) == ()
    assert schema_errors(files["metadata/preservation/premis.xml"], "premis-3.0", limit=1) == ()
    assert archives.ocfl_faults(home) == []
