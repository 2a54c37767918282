"""BagIt tag files: the reference implementation accepts the bag, and refuses it once it is broken."""

import hashlib
from pathlib import Path

import bagit
import pytest

from ingest.formats.writing.bagit import BagFile, bag_info, manifest, tag_files
from tests.unit.formats.writing.values import AIP

PAYLOAD = {
    "METS.xml": b"<mets/>",
    "representations/original/data/ans\u00f6kan & bilaga #1.pdf": b"%PDF",
    "tom": b"",
}
FACTS = (("Source-Organization", "Exempelstads stadsarkiv"), ("External-Description", "Ärenden: 2021"))


def bagged(folder: Path, facts: tuple[tuple[str, str], ...] = FACTS) -> Path:
    """A bag of the payload, as it lies on disk."""
    listed = [
        BagFile(path=path, size=len(content), sha256=hashlib.sha256(content).hexdigest())
        for path, content in PAYLOAD.items()
    ]
    payload = {f"data/{path}": content for path, content in PAYLOAD.items()}
    tags = dict(tag_files(listed, identifier=AIP.objid, at=AIP.created, facts=facts))
    for path, content in {**payload, **tags}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.mark.parametrize("facts", [FACTS, ()])
def test_the_reference_implementation_finds_the_bag_valid(tmp_path: Path, facts: tuple[tuple[str, str], ...]) -> None:
    bag = bagit.Bag(str(bagged(tmp_path, facts)))
    bag.validate()
    assert bag.version_info == (1, 0)
    assert bag.info["External-Identifier"] == AIP.objid
    assert bag.info["Payload-Oxum"] == "11.3"


@pytest.mark.parametrize("broken", ["data/METS.xml", "bag-info.txt", "manifest-sha256.txt"])
def test_a_changed_file_is_noticed(tmp_path: Path, broken: str) -> None:
    path = bagged(tmp_path) / broken
    path.write_bytes(path.read_bytes().replace(b"e", b"f", 1))
    with pytest.raises(bagit.BagError):
        bagit.Bag(str(tmp_path)).validate()


def test_a_path_has_its_line_ends_and_percent_signs_encoded() -> None:
    file = BagFile(path="data/100%\r\nå b", size=0, sha256="ab" * 32)
    assert manifest([file]).decode() == f"{'ab' * 32}  data/100%25%0D%0Aå b\n"


def test_a_line_end_in_a_value_does_not_start_a_new_label(tmp_path: Path) -> None:
    facts = (("External-Description", "Rad ett\r\nBagging-Date: 1900-01-01"),)
    info = bagit.Bag(str(bagged(tmp_path, facts))).info
    assert info["Bagging-Date"] == "2026-11-23"
    assert bag_info([("A", "b\nc")]) == b"A: b\n  c\n"


def test_the_same_values_give_the_same_bytes() -> None:
    once, again = (tag_files((), identifier="urn:uuid:1", at=AIP.created) for _ in range(2))
    assert once == again
