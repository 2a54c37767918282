"""Personal numbers in an archived package: found in metadata, file names and documents, or told as not searched."""

import hashlib
import io
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image

from ingest.application.find_personal_numbers import WHOLE_PACKAGE, PersonalNumbers, find_personal_numbers
from ingest.domain.personal_numbers import NumberKind
from ingest.domain.personal_numbers.found import Where
from ingest.domain.texts import UnreadReason
from tests.features.archives import hand_over_one, opened

NUMBER, COORDINATION = "640823-3234", "640083-3239"
CASE, PART, LETTER = ("EXN 1",), ("EXN 1", "EXN 1-A"), ("EXN 1", "EXN 1-A", "EXN 1:1")
CLEAN, LOOSE = ("EXN 1", "EXN 1-A", "EXN 1:2"), ("L 1",)


def letter() -> bytes:
    document, made = docx.Document(), io.BytesIO()
    document.add_paragraph("Sökande 6408").add_run("23-3234")
    document.core_properties.author = NUMBER
    document.save(made)
    return made.getvalue()


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("L", (4, 4)).save(made, "PNG")
    return made.getvalue()


def document(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "path": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def delivered(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Make a case with a part that has two records, and a loose record whose document is a picture."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    records = [
        {"id": "EXN 1:1", "title": "Ansökan", "documents": [document("brev.docx", files["brev.docx"])]},
        {"id": "EXN 1:2", "title": "Beslut", "documents": [document("beslut.txt", files["beslut.txt"])]},
    ]
    party = {"type": "counterpart", "name": "Eva Ek", "idNumber": NUMBER}
    part = {"id": "EXN 1-A", "title": "Del", "status": "closed", "closed": "2026-06-01", "records": records}
    case = {
        "id": "EXN 1",
        "title": "Bygglov",
        "status": "closed",
        "closed": "2026-06-01",
        "parties": [party],
        "parts": [part],
    }
    scan = f"{COORDINATION}.png"
    loose = {"id": "L 1", "title": "Skrivelse", "documents": [document(scan, files[scan])]}
    whole = {
        "delivery": "P-1",
        "archivalCreator": {"name": "Exempelnämnden", "identifier": "ORG:2120009994"},
        "cases": [case],
        "records": [loose],
    }
    (folder / "case.json").write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    return folder


Searched = tuple[PersonalNumbers, PersonalNumbers, str]


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Searched:
    """Search a package twice, and give what was logged meanwhile."""
    home = tmp_path_factory.mktemp("numbers")
    files = {"brev.docx": letter(), "beslut.txt": b"Bifall.", f"{COORDINATION}.png": picture()}
    receipt = hand_over_one(home / "home", delivered(home / "in", files))
    assert receipt["outcome"] == "accepted", receipt["findings"]
    logged = io.StringIO()
    handler = logging.StreamHandler(logged)
    logging.getLogger().addHandler(handler)
    try:
        with opened(home / "home") as archive:
            first, second = (find_personal_numbers(receipt["package"], archive.ports) for _ in range(2))
    finally:
        logging.getLogger().removeHandler(handler)
    return first, second, logged.getvalue()


def test_every_unit_and_the_package_has_its_entry(searched: Searched) -> None:
    assert set(searched[0].units) == {CASE, PART, LETTER, CLEAN, LOOSE, WHOLE_PACKAGE}
    assert searched[0].generation == 1


def test_a_number_of_a_party_is_found_in_its_case_alone(searched: Searched) -> None:
    (hit,) = searched[0].units[CASE].hits
    assert (hit.where, hit.path, hit.kind) == (Where.METADATA, "parties[0].id_number", NumberKind.PERSONNUMMER)
    assert not searched[0].units[PART].keeps_back


def test_numbers_in_a_document_are_found_in_its_words_and_its_metadata(
    searched: Searched,
) -> None:
    found = searched[0].units[LETTER]
    assert {(hit.where, hit.part) for hit in found.hits} == {
        (Where.DOCUMENT, "word/document.xml"),
        (Where.DOCUMENT, "docProps/core.xml"),
    }
    assert {hit.path for hit in found.hits} == {"representations/original/data/brev.docx"}
    assert found.unsearched == ()


def test_what_cannot_be_searched_keeps_back_as_a_number_does(
    searched: Searched,
) -> None:
    found = searched[0].units[LOOSE]
    assert {(hit.where, hit.kind) for hit in found.hits} >= {(Where.FILE_NAME, NumberKind.SAMORDNINGSNUMMER)}
    (unsearched,) = found.unsearched
    assert (unsearched.path, unsearched.reason) == (
        f"representations/original/data/{COORDINATION}.png",
        UnreadReason.PICTURES,
    )
    assert found.keeps_back


def test_a_unit_without_any_is_not_kept_back(searched: Searched) -> None:
    clean = searched[0].units[CLEAN]
    assert (clean.hits, clean.unsearched, clean.keeps_back) == ((), (), False)


def test_the_same_content_gives_the_same_digests_and_other_findings_others(
    searched: Searched,
) -> None:
    first, second, _ = searched
    assert first == second
    digests = {first.units[key].digest for key in (CASE, LETTER, LOOSE, CLEAN)}
    assert len(digests) == 4


def test_no_number_is_logged_or_told(searched: Searched) -> None:
    first, _, logged = searched
    assert "3234" not in logged
    assert NUMBER not in repr(first)
