"""The delivery note beside a container."""

import hashlib
from pathlib import Path

import pytest

from ingest.domain.descriptions import TypedText
from ingest.domain.findings import Violation
from ingest.domain.fixity import DeclaredDigest, DigestAlgorithm
from ingest.domain.submissions import Organisation, Software
from ingest.formats.side_car import SideCar, check_side_car, find_side_car, read_side_car
from samples.cases import foreningsbidrag
from samples.simulator.bare_erms import write_side_car

NOTE = """\ufeff{
  "leveransfil": "X.zip",
  "kontrollsumma": "ABCDEF0123456789abcdef0123456789",
  "algoritm": "md5",
  "arkivbildare": "Nämnden", "arkivbildare_id": "2120009994",
  "arkivbildare_system": "Diariet", "arkivbildare_system_version": "5.17",
  "leveransöverenskommelse": "LÖ 1", "sekretess": "OSL 21 kap.", "antal": 3, "klar": true, "tomt": null
}"""


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "X.json"
    path.write_text(NOTE, encoding="utf-8")
    return path


def known(path: Path) -> SideCar:
    side_car = read_side_car(path)
    assert isinstance(side_car, SideCar)
    return side_car


def test_every_word_finds_its_place(note: Path) -> None:
    side_car = known(note)
    assert (side_car.name, side_car.delivery, side_car.agreement) == ("X.json", "X.zip", "LÖ 1")
    digest = DeclaredDigest(algorithm_name="md5", value="ABCDEF0123456789abcdef0123456789")
    assert (side_car.digest, side_car.digest_line) == (digest, 3)
    assert side_car.archival_creator == Organisation(name="Nämnden", identifier="ORG:2120009994")
    assert side_car.system == Software(name="Diariet", version="5.17")
    assert side_car.secrecy == "OSL 21 kap."
    assert side_car.attributes == (
        TypedText(type="sekretess", text="OSL 21 kap."),
        TypedText(type="antal", text="3"),
        TypedText(type="klar", text="true"),
        TypedText(type="tomt", text=""),
    )


def test_a_code_with_its_own_prefix_stays(note: Path) -> None:
    note.write_text('{"arkivbildare": "N", "arkivbildare_id": "HSA:SE1"}', encoding="utf-8")
    assert known(note).archival_creator == Organisation(name="N", identifier="HSA:SE1")


def test_silence_stays_silence(note: Path) -> None:
    note.write_text('{"leveransfil": "", "arkivbildare_id": "1", "sekretess": ""}', encoding="utf-8")
    side_car = known(note)
    assert (side_car.delivery, side_car.digest, side_car.archival_creator, side_car.secrecy) == (None,) * 4


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"[]", 1),
        (b"", 1),
        (b'{"a": 1,\n "a": 2}', 2),
        (b'{"a":\n {"b": 1}}', 2),
        (b'{"leveransfil": "\\ud800"}', 1),
        (b'{"a": "\xff"}', 1),
        (b'{"a": ', 1),
        (b" " * (1 << 20) + b"{}", 0),
    ],
)
def test_what_is_no_delivery_note_is_told(note: Path, content: bytes, line: int) -> None:
    note.write_bytes(content)
    violation = read_side_car(note)
    assert isinstance(violation, Violation)
    assert (violation.rule, violation.location.file, violation.location.line) == ("EARKIV-PKG-12", "X.json", line)
    assert violation.detail


@pytest.mark.parametrize("name", ["X.zip", "X.ZIP", "X.tar", "X.tar.gz"])
def test_it_lies_beside_its_container(note: Path, name: str) -> None:
    container = note.with_name(name)
    container.write_bytes(b"")
    assert find_side_car(container) == note


def test_it_lies_beside_its_folder_and_never_inside(note: Path) -> None:
    folder = note.with_name("X")
    folder.mkdir()
    assert find_side_car(folder) == note
    (folder / "Y").mkdir()
    (folder / "X.json").write_text("{}")
    note.unlink()
    assert find_side_car(folder) is None
    assert find_side_car(folder / "Y") is None


def test_the_right_digest_passes_whatever_its_spelling(note: Path) -> None:
    asked: list[DigestAlgorithm] = []

    def digest_of(algorithm: DigestAlgorithm) -> str:
        asked.append(algorithm)
        return "abcdef0123456789abcdef0123456789"

    assert check_side_car(known(note), digest_of) == ()
    assert asked == [DigestAlgorithm.MD5]


def test_another_digest_is_told_where_it_stands(note: Path) -> None:
    (violation,) = check_side_car(known(note), lambda _: "0" * 32)
    assert (violation.rule, violation.location.file, violation.location.line) == ("EARKIV-FIX-10", "X.json", 3)
    assert "0" * 32 in violation.detail


def test_what_can_be_no_digest_is_told_without_reading(note: Path) -> None:
    note.write_text(NOTE.replace('"md5"', '"crc7"'), encoding="utf-8")
    (violation,) = check_side_car(known(note), lambda algorithm: pytest.fail(f"asked for {algorithm}"))
    assert violation.rule == "EARKIV-FIX-10"


def test_no_digest_is_no_fault(note: Path) -> None:
    note.write_text('{"leveransfil": "X.zip"}', encoding="utf-8")
    assert check_side_car(known(note), lambda algorithm: pytest.fail(f"asked for {algorithm}")) == ()


def test_the_simulator_s_note_is_right(tmp_path: Path) -> None:
    container = tmp_path / "leverans.zip"
    container.write_bytes(b"the container")
    delivery = foreningsbidrag.delivery()
    write_side_car(delivery, container)
    path = find_side_car(container)
    assert path is not None
    side_car = known(path)
    assert side_car.archival_creator == Organisation(
        name=delivery.archival_creator.name, identifier=delivery.archival_creator.identifier
    )
    right = hashlib.sha256(b"the container").hexdigest()
    assert check_side_car(side_car, lambda _: right) == ()


@pytest.mark.corpus
def test_public_360_s_note_has_the_wrong_digest(corpus: Path) -> None:
    (container,) = (corpus / "fgs" / "p360").glob("*.zip")
    path = find_side_car(container)
    assert path is not None
    side_car = known(path)

    def digest_of(algorithm: DigestAlgorithm) -> str:
        return hashlib.new(algorithm.hashlib_name, container.read_bytes(), usedforsecurity=False).hexdigest()

    (violation,) = check_side_car(side_car, digest_of)
    assert (violation.rule, violation.location.value) == ("EARKIV-FIX-10", "1fcb6863be0831a07aa343ba7ee57817")
    assert side_car.delivery == container.name
