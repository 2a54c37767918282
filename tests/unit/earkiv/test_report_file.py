"""`earkiv validate --html` writes the page beside what it prints, whole or not at all."""

from pathlib import Path

import pytest

from earkiv.cli import run
from samples.generate import DELIVERIES


def test_the_page_tells_the_same_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "rapport.html"
    page.write_text("gammal", encoding="utf-8")
    assert run(["validate", str(DELIVERIES / "trasig-fgs12"), "--html", str(page)]) == 1
    assert "EARKIV-FIX-3" in capsys.readouterr().out
    words = page.read_text(encoding="utf-8")
    assert "trasig-fgs12" in words
    assert "EARKIV-FIX-3" in words
    assert [path.name for path in tmp_path.iterdir()] == ["rapport.html"]


def test_a_page_that_cannot_be_written_is_a_fault_of_the_machine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["validate", str(DELIVERIES / "trasig-fgs12"), "--html", str(tmp_path / "ingen" / "sida.html")]) == 2
    assert "Traceback" not in capsys.readouterr().err
