"""A text whose line ends were changed on the way: METS is blamed for what it says wrongly, and for nothing else."""

import hashlib
import re
from pathlib import Path

import pytest

from ingest.application.validate_package import validate
from ingest.domain.fixity import Digest, DigestAlgorithm
from ingest.formats.line_ends import size_with_other_line_ends
from tests.unit.rules.mets.packages import built

OWN = {"CSIP69", "CSIP71"}


def stated(content: bytes) -> Digest:
    return Digest(algorithm=DigestAlgorithm.SHA_256, value=hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize(
    ("delivered", "original", "length"),
    [(b"a\nb\n", b"a\r\nb\r\n", 6), (b"a\r\nb\r\n", b"a\nb\n", 4), (b"a\r\nb\n", b"a\nb\n", 4)],
)
def test_the_other_form_is_known_by_its_digest(tmp_path: Path, delivered: bytes, original: bytes, length: int) -> None:
    (tmp_path / "text").write_bytes(delivered)
    assert size_with_other_line_ends(tmp_path / "text", len(delivered), len(original), stated(original)) == length
    assert size_with_other_line_ends(tmp_path / "text", len(delivered), len(original), stated(b"x")) is None
    assert size_with_other_line_ends(tmp_path / "text", len(delivered), 10 * length, stated(original)) is None


def changed(package: Path, size: int) -> set[str]:
    """Turn the line ends of the documentation round, with a size in METS that is off by so much."""
    text = next(package.glob("documentation/*.txt"))
    content = text.read_bytes()
    text.write_bytes(content.replace(b"\n", b"\r\n"))
    mets = package / "METS.xml"
    before = mets.read_text("utf-8")
    after = re.sub(f'SIZE="{len(content)}"', f'SIZE="{len(content) + size}"', before)
    mets.write_text(after, "utf-8")
    return {finding.rule for finding in validate(package).findings}


def test_size_and_digest_of_the_other_form_are_right_in_mets(tmp_path: Path) -> None:
    found = changed(built(tmp_path), 0)
    assert {"EARKIV-METS-5", "EARKIV-FIX-1", "EARKIV-FIX-2"} <= found
    assert found.isdisjoint(OWN)


def test_a_size_of_neither_form_is_wrong_in_mets(tmp_path: Path) -> None:
    found = changed(built(tmp_path), 5)
    assert {"EARKIV-METS-5", "EARKIV-FIX-1", "EARKIV-FIX-2"} <= found
    assert found & OWN == {"CSIP69"}
