"""Quick looks and thorough ones: what little time and memory cannot settle is settled with more, or left out."""

import subprocess
import sys
from pathlib import Path

import pytest

from ingest.adapters.looks import WANTS_MORE, Purse, QuickLooks
from ingest.adapters.probes import look_inside
from ingest.domain.characteristics import NOTHING, Trait
from ingest.domain.packages import FormatDesignation
from tests.hostile import inside_images, inside_packed
from tests.unit.adapters.probes import files

UNKNOWN = FormatDesignation(puid=None)
ROOMY = 1 << 40
CRAMPED = """
import sys
from pathlib import Path
from ingest.adapters.bounds import data_held
from ingest.adapters.looks import WANTS_MORE, QuickLooks, Thorough, look_thoroughly
from ingest.domain.packages import FormatDesignation
path, unknown = Path(sys.argv[1]), FormatDesignation(puid=None)
assert QuickLooks(data_held())(path, None, unknown).inside == WANTS_MORE
print(look_thoroughly(path, None, unknown, Thorough(seconds=9, growth=256 << 20)).inside.characteristics)
"""


WASTEFUL = """
import sys
from pathlib import Path
from ingest.adapters.looks import WANTS_MORE, QuickLooks
from ingest.domain.packages import FormatDesignation
slow, ordinary, unknown = Path(sys.argv[1]), Path(sys.argv[2]), FormatDesignation(puid=None)
look = QuickLooks(1 << 40)
# On a busy machine the time is over before as much of the processor is wasted: one look may not be enough.
for _ in range(8):
    assert look(slow, None, unknown).inside == WANTS_MORE
assert look(ordinary, None, unknown).inside == WANTS_MORE
"""


def written(folder: Path, content: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content)
    return path


def test_an_ordinary_file_is_settled_at_once(tmp_path: Path) -> None:
    seen = QuickLooks(ROOMY)(written(tmp_path, files.pdf()), None, UNKNOWN)
    assert (seen.inside, seen.wasted) == (NOTHING, 0.0)


def test_what_seems_damaged_wants_more(tmp_path: Path) -> None:
    assert QuickLooks(ROOMY)(written(tmp_path, files.pdf()[:-400]), None, UNKNOWN).inside == WANTS_MORE


def test_when_enough_is_wasted_the_rest_want_more(tmp_path: Path) -> None:
    slow, ordinary = tmp_path / "slow", tmp_path / "ordinary"
    slow.write_bytes(inside_images.MAKERS["slow.gif"]())
    ordinary.write_bytes(files.pdf())
    # In a process of its own: what does not answer in time ends the process that it looks in.
    subprocess.run([sys.executable, "-c", WASTEFUL, slow, ordinary], check=True)


def test_a_large_file_that_claims_to_be_for_archives_wants_more(tmp_path: Path) -> None:
    claims = FormatDesignation(puid="fmt/477")
    assert QuickLooks(ROOMY)(written(tmp_path, bytes(3 << 20)), None, claims).inside == WANTS_MORE


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the data of a process")
def test_what_little_memory_cannot_hold_is_neither_damaged_nor_too_large(tmp_path: Path) -> None:
    path = written(tmp_path, inside_images.plain("PNG", 5_500, 5_500))
    done = subprocess.run([sys.executable, "-c", CRAMPED, path], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "()"


@pytest.mark.parametrize("name", ["comment.xml", "text.xml", "value.xml"])
def test_large_parts_of_a_document_are_no_damage(tmp_path: Path, name: str) -> None:
    seen = look_inside(written(tmp_path, inside_packed.MAKERS[name]()), None)
    assert {each.trait for each in seen.characteristics} == {Trait.TOO_LARGE_TO_CHECK}


def test_a_purse_gives_less_and_then_nothing() -> None:
    purse = Purse()
    full = purse.allowance()
    purse.spend(4)
    assert 0 < purse.allowance() < full
    purse.spend(4)
    assert purse.allowance() == 0
