"""Validation of what lies at a path."""

from pathlib import Path

import pytest

from ingest.application import validate_package
from ingest.application.validate_package import LocalFiles, validate
from ingest.domain.paths import PackagePath
from ingest.errors import OutOfSpace, SourceUnreadable
from samples.cases import foreningsbidrag
from samples.simulator.bare_erms import build_bare_erms, write_side_car
from samples.simulator.containers import write_zip


def test_local_files_are_measured_once_and_listed_in_order(tmp_path: Path) -> None:
    for name, content in (("b", b"22"), ("a", b"1")):
        (tmp_path / name).write_bytes(content)
    view = LocalFiles({PackagePath(name): tmp_path / name for name in ("b", "a")})
    (tmp_path / "a").unlink()
    assert list(view.entries.items()) == [("a", 1), ("b", 2)]
    assert view.entries is view.entries


def test_the_delivery_note_is_read_beside_a_folder_as_beside_a_container(tmp_path: Path) -> None:
    """Ingest does so too: what was judged beforehand is judged alike when it is handed over."""
    build_bare_erms(foreningsbidrag.delivery(), tmp_path / "leverans")
    write_zip(tmp_path / "leverans", tmp_path / "leverans.zip")
    write_side_car(foreningsbidrag.delivery(), tmp_path / "leverans.zip")
    folder, container = (validate(tmp_path / name) for name in ("leverans", "leverans.zip"))
    assert folder.package == container.package == "leverans.zip"
    assert folder.findings == container.findings
    (tmp_path / "leverans.json").write_text("{", encoding="utf-8")
    folder, container = (validate(tmp_path / name) for name in ("leverans", "leverans.zip"))
    assert "EARKIV-PKG-12" in {finding.rule for finding in folder.findings}
    assert folder.findings == container.findings


def test_a_disk_that_is_full_is_no_fault_of_what_is_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_bare_erms(foreningsbidrag.delivery(), tmp_path / "leverans")
    write_zip(tmp_path / "leverans", tmp_path / "leverans.zip")
    monkeypatch.setattr(validate_package, "_unpacked", lambda *_: Path("/dev/full").write_bytes(b"x"))
    with pytest.raises(OutOfSpace):
        validate(tmp_path / "leverans.zip")
    with pytest.raises(SourceUnreadable):
        validate(tmp_path / "finns-inte.xml")
