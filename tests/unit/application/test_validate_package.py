"""Validation of what lies at a path."""

from pathlib import Path

from ingest.application.validate_package import LocalFiles
from ingest.domain.paths import PackagePath


def test_local_files_are_measured_once_and_listed_in_order(tmp_path: Path) -> None:
    for name, content in (("b", b"22"), ("a", b"1")):
        (tmp_path / name).write_bytes(content)
    view = LocalFiles({PackagePath(name): tmp_path / name for name in ("b", "a")})
    (tmp_path / "a").unlink()
    assert list(view.entries.items()) == [("a", 1), ("b", 2)]
    assert view.entries is view.entries
