"""What `doctor` says of tools and walls: what is there, what is lacking, and what that means."""

from pathlib import Path

import pytest

from earkiv.cli.language import Voice
from earkiv.cli.signs import Sign, State
from earkiv.cli.tool_signs import tool_signs
from ingest.adapters.tools.bounds import Layer
from ingest.config import Language, read_settings

ENGLISH = Voice(language=Language.ENGLISH)


def signs(**environment: str) -> list[Sign]:
    return list(tool_signs(read_settings({"EARKIV_CONVERSION_MEMORY": "256", **environment}, 1), ENGLISH))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, said in (
        ("soffice", "LibreOffice 9.8.7.6 40"),
        ("vips", "vips-8.99.1"),
        ("ffmpeg", "ffmpeg version 9.1-x"),
    ):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {said}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    return tmp_path


def test_each_tool_is_told_with_its_version_or_with_what_its_lack_means(folder: Path) -> None:
    told = {sign.text: sign.state for sign in signs(EARKIV_TOOLS=str(folder))}
    found = [text for text, state in told.items() if text.startswith("Preservation copies") and state is State.OK]
    assert [text.partition(" makes ")[0] for text in found] == [
        "Preservation copies: LibreOffice 9.8.7.6",
        "Preservation copies: libvips 8.99.1",
        "Preservation copies: ffmpeg 9.1-x",
    ]
    (absent,) = (text for text, state in told.items() if state is State.WARN and "ghostscript" in text)
    assert "originals are kept" in absent


def test_every_wall_is_told_whether_it_stands_or_not() -> None:
    walls = [sign for sign in signs() if "kept apart" in sign.text]
    assert len(walls) == len(Layer)
    assert all((sign.state is State.OK) is ("NOT" not in sign.text) for sign in walls)


def test_a_validator_that_is_configured_and_not_there_is_a_failure(folder: Path) -> None:
    assert signs()[-1].state is State.OK
    assert signs(EARKIV_VERAPDF=str(folder / "vips"))[-1].state is State.OK
    assert signs(EARKIV_VERAPDF=str(folder / "verapdf"))[-1].state is State.FAIL
