"""PRONOM identification: the delivered name counts, damage is a warning, no trace of the archive's own paths."""

from pathlib import Path

import pytest

from ingest.adapters.pronom import PronomIdentifier


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    return folder


@pytest.fixture
def identifier(workspace: Path) -> PronomIdentifier:
    return PronomIdentifier(workspace)


@pytest.fixture
def staged(tmp_path: Path) -> Path:
    return tmp_path / "0001"


def test_the_tool_gives_the_version_of_its_signatures(identifier: PronomIdentifier) -> None:
    assert identifier.tool.startswith("pygfried ")
    assert "siegfried" in identifier.tool
    assert "DROID_SignatureFile_V" in identifier.tool
    assert "container-signature-" in identifier.tool


@pytest.mark.parametrize("name", ["lista.csv", "bilagor/år 2021/lista.CSV", "ä.b.csv", f"{'å' * 120}.csv"])
def test_what_shows_in_the_extension_only_is_found_by_the_delivered_name(
    identifier: PronomIdentifier, staged: Path, workspace: Path, name: str
) -> None:
    staged.write_text("a,b\n1,2\n")
    found = identifier.identify(staged, name)
    assert (found.puid, found.name, found.mime_type) == ("x-fmt/18", "Comma Separated Values", "text/csv")
    assert found.warning == "match on extension only"
    assert list(workspace.iterdir()) == []


def test_the_staged_files_own_name_counts_for_nothing(identifier: PronomIdentifier, tmp_path: Path) -> None:
    staged = tmp_path / "0001.csv"
    staged.write_bytes(b"\x93\x11\xe2" * 50)
    assert identifier.identify(staged, "handling").puid is None


@pytest.mark.parametrize("name", [".csv", "mapp.csv/handling", "handling.", f"x.{'å' * 120}"])
def test_odd_names_are_no_fault(identifier: PronomIdentifier, staged: Path, name: str) -> None:
    staged.write_bytes(b"\x93\x11\xe2" * 50)
    assert identifier.identify(staged, name).warning


def test_a_damaged_container_is_a_warning(identifier: PronomIdentifier, staged: Path) -> None:
    staged.write_bytes(b"PK\x03\x04" + bytes(300))
    found = identifier.identify(staged, "beslut.docx")
    assert found.puid is None
    assert "zip" in found.warning


def test_an_empty_file_says_so(identifier: PronomIdentifier, staged: Path) -> None:
    staged.touch()
    found = identifier.identify(staged, "tom.csv")
    assert "empty source" in found.warning


def test_no_path_of_the_archive_reaches_the_result(identifier: PronomIdentifier, staged: Path) -> None:
    for content in (b"", b"PK\x03\x04" + bytes(300), b"text", bytes.fromhex("d0cf11e0a1b11ae1") + b"\xff" * 600):
        staged.write_bytes(content)
        found = identifier.identify(staged, "handling.doc")
        assert str(staged.parent) not in repr(found)
