"""Files that are hostile to the tools that convert them, through the front door, with the tools that are installed.

Memory is what the system calls resident, summed over all processes (pages that they share count more than once).
"""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from samples.documents.word import word
from tests.fakes.pushed_files import pushed_files
from tests.features.front_door import Door
from tests.features.genuine_documents import LETTERS
from tests.features.spent import spent_by
from tests.hostile.converted import MAKERS, write

pytestmark = [pytest.mark.ci, pytest.mark.timeout(1200)]
MOST_BYTES = 512 << 20
MOST_SECONDS = 20
"""Of the processor, all processes together, as they are bounded. The clock tells of the neighbours."""
PROGRAMS = ("soffice", "gs", "vips", "ffmpeg")
NO_COPY = "EARKIV-NRM-1"


@pytest.fixture(autouse=True, scope="module")
def _tools() -> None:
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"not installed: {', '.join(missing)}", pytrace=False)
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(home=tmp_path / "home", settings={"EARKIV_WORKERS": "2", "EARKIV_TOOLS": os.environ["PATH"]})


def take_in(door: Door, folder: Path, files: list[Path]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Take these files in within the bounds; give the receipt, and the conversions that stand in the timeline."""
    delivered = pushed_files(folder / "case", files)
    spent = spent_by(("ingest", "--json", str(delivered)), door.environment(), folder)
    assert spent.code == 0
    assert spent.peak < MOST_BYTES
    assert spent.seconds < MOST_SECONDS
    assert spent.left == ()
    receipt = json.loads(spent.out)
    assert receipt["outcome"] == "accepted"
    assert {file["path"] for file in receipt["files"]} == {"case.json", *(file.name for file in files)}
    assert list((door.home / "scratch").iterdir()) == []
    assert door.run("verify", "--all").code == 0
    told = door.run("timeline", receipt["package"], "--json").document
    return receipt, [entry for entry in told if entry["type"] == "normalization"]


def not_copied(receipt: dict[str, Any]) -> dict[str, str]:
    """What is told of files of which there is no copy, as far as the receipt names them."""
    found = (finding for finding in receipt["findings"] if finding["rule"] == NO_COPY)
    return {place["file"]: place["value"] for finding in found for place in finding["locations"]}


@pytest.mark.parametrize("name", MAKERS)
def test_a_hostile_file_costs_little_stays_as_it_is_and_is_told(name: str, door: Door, tmp_path: Path) -> None:
    (file,) = write(tmp_path, name, 1)
    receipt, conversions = take_in(door, tmp_path, [file])
    assert list(not_copied(receipt)) == [file.name]
    assert len(conversions) == 1


@pytest.mark.parametrize("name", ["nested-tables.docx", "forms-in-forms.pdf", "silence.ogg"])
def test_many_hostile_files_do_not_add_up(name: str, door: Door, tmp_path: Path) -> None:
    """An ordinary document that comes before them gets its copy; what is not tried is one event for all of them."""
    letter = tmp_path / "0.docx"
    letter.write_bytes(word(LETTERS[0]))
    files = [letter, *write(tmp_path, name, 40)]
    receipt, conversions = take_in(door, tmp_path, files)
    (finding,) = (finding for finding in receipt["findings"] if finding["rule"] == NO_COPY)
    assert finding["count"] == 40
    assert letter.name not in not_copied(receipt)
    assert conversions


def test_all_kinds_together_stay_within_bounds(door: Door, tmp_path: Path) -> None:
    files = [path for name in MAKERS for path in write(tmp_path, name, 2)]
    receipt, _ = take_in(door, tmp_path, files)
    (finding,) = (finding for finding in receipt["findings"] if finding["rule"] == NO_COPY)
    assert finding["count"] == len(files)
