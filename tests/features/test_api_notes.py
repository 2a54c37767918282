"""A delivery note beside a package over the network: the same verdict as beside a file on the command line."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.application.told_reports import report_document
from ingest.application.validate_package import validate
from tests.features.api_client import Client, Json, case_push, document, served
from tests.features.archives import hand_over_one
from tests.features.front_door import SAMPLES

NAME = "flera-arenden-erms.zip"
PACKAGE = (SAMPLES / NAME).read_bytes()
NOTE = (SAMPLES / NAME).with_suffix(".json").read_bytes()
NOTES = {
    "as it should be": NOTE,
    "another digest": NOTE.replace(b"c97df491", b"00000000"),
    "no JSON": b"{",
    "too long": NOTE.replace(b'"gallring": ""', b'"gallring": "' + b"x" * (1 << 20) + b'"'),
}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with served(tmp_path / "home") as client:
        yield client


def _form(note: bytes, order: tuple[str, ...] = ("package", "note"), name: str = NAME) -> list[Any]:
    parts = {"package": (name, PACKAGE), "note": ("följesedel", note)}
    return [(part, parts[part]) for part in order]


def _on_disk(folder: Path, note: bytes) -> Path:
    folder.mkdir()
    (folder / NAME).write_bytes(PACKAGE)
    (folder / NAME).with_suffix(".json").write_bytes(note)
    return folder / NAME


def _told(receipt: Json) -> Json:
    """Give what of a receipt does not depend on when and where it was given."""
    files = [(file["path"], file["size"], file["sha256"]) for file in receipt["files"]]
    return {name: receipt[name] for name in ("outcome", "delivery", "findings")} | {"files": sorted(files)}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES.keys())
def test_it_gets_the_receipt_of_the_command_line(client: Client, tmp_path: Path, note: bytes) -> None:
    receipt = client.receipt(client.post(files=_form(note)).headers["location"])
    assert _told(receipt) == _told(hand_over_one(tmp_path / "other", _on_disk(tmp_path / "disk", note)))
    assert (receipt["outcome"] == "accepted") is (note == NOTE)


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES.keys())
def test_it_gets_the_judgement_of_the_command_line(client: Client, tmp_path: Path, note: bytes) -> None:
    answer = client.http.post("/v1/validations", files=_form(note))
    judged = answer.json()
    assert judged.pop("plan")
    assert judged == report_document(validate(_on_disk(tmp_path / "disk", note)))
    assert list(client.archive.ports.staging.keys("")) == []


def test_the_order_of_the_parts_says_nothing(client: Client) -> None:
    first = client.post(files=_form(NOTE))
    client.receipt(first.headers["location"])
    other = client.post(files=_form(NOTE, order=("note", "package")))
    assert (other.status_code, other.headers["location"]) == (200, first.headers["location"])


REFUSED = {
    "a note alone": {"files": _form(NOTE, order=("note",))},
    "two notes": {"files": _form(NOTE, order=("note", "package", "note"))},
    "something else beside": {"files": [*_form(NOTE), ("annat", ("x", b"x"))]},
    "a name too long for a note beside it": {"files": _form(NOTE, name="x" * 252)},
}


@pytest.mark.parametrize("request_", REFUSED.values(), ids=REFUSED.keys())
def test_a_note_that_belongs_to_no_package_is_not_understood(client: Client, request_: Json) -> None:
    assert client.post(**request_).status_code == 400
    assert client.archive.ports.catalogue.unfinished() == ()
    assert list(client.archive.ports.staging.keys("")) == []


@pytest.mark.parametrize("order", list(itertools.permutations(["case", "note"])))
def test_beside_a_case_a_part_of_that_name_is_a_document(client: Client, order: tuple[str, ...]) -> None:
    parts = {"case": json.dumps(case_push("a-1", document(b"x", part="note"))).encode(), "note": b"x"}
    receipt = client.receipt(client.post(files=[(part, parts[part]) for part in order]).headers["location"])
    assert {file["path"] for file in receipt["files"]} == {"case.json", "documents/ansökan.txt"}
