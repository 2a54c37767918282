"""Which tools are found, and that each can make what the format policy may ask of it."""

from pathlib import Path

import pytest

from ingest.adapters.tools.commands import CommandTool
from ingest.adapters.tools.toolbox import PROGRAMS, open_toolbox, programs
from ingest.domain.format_policy import ABILITIES
from ingest.formats.format_policy import read_policy
from tests.contracts.converter import requested
from tests.fakes.scripted_tool import NARROW


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for program in PROGRAMS.values():
        (tmp_path / program).write_text("#!/bin/sh\n", encoding="utf-8")
        (tmp_path / program).chmod(0o700)
    return tmp_path


def test_programs_are_looked_for_where_the_operator_says(folder: Path) -> None:
    assert programs(str(folder)) == {name: folder / program for name, program in PROGRAMS.items()}
    assert programs(str(folder / "nowhere")) == {}


def test_what_is_not_there_is_no_tool(folder: Path) -> None:
    (folder / "gs").unlink()
    assert set(open_toolbox(str(folder), folder, NARROW).tools) == set(ABILITIES) - {"ghostscript"}
    (folder / "soffice").unlink()
    assert set(open_toolbox(str(folder), folder, NARROW).tools) == {"vips", "ffmpeg"}


def test_every_tool_of_the_policy_has_a_program(folder: Path) -> None:
    assert set(open_toolbox(str(folder), folder, NARROW).tools) == set(ABILITIES)


def test_a_tool_prepares_exactly_the_targets_it_is_said_to_make(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "srgb.icc").write_bytes(b"")
    monkeypatch.setattr("ingest.adapters.tools.commands._PROFILES", (str(folder / "srgb.icc"),))
    targets = read_policy(folder / "none").by_name
    for name, tool in open_toolbox(str(folder), folder, NARROW).tools.items():
        if isinstance(tool, CommandTool):
            made = {target for target, one in targets.items() if tool.prepared(requested(0, target=one)) is not None}
            assert made == set(ABILITIES[name])
