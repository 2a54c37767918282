"""Files that are hostile to whoever looks inside: through the front door, alone and six at a time.

Memory is what the system calls resident, summed over all processes (pages that they share count more than once).
"""

import json
import os
from pathlib import Path

import pytest

from tests.features.front_door import Door
from tests.features.spent import spent_by
from tests.hostile.inside import MAKERS, deliver

MOST_BYTES = 512 << 20
MOST_SECONDS = 20
"""Of the processor, all processes together: so the bounds of looks are counted. The clock tells of the neighbours."""
A_FEW = ("no-table.pdf", "claims-archival.pdf", "within-budget.png", "looped.doc", "comment.xml", "deep.txt.p7s")
A_HANDFUL = 6
"""What so many alike may cost together, one alone does not cost either."""
MANY = 40
DAMAGED = "EARKIV-FMT-4"


def ours(folder: Path) -> set[str]:
    """Every file but those of the archive."""
    found = {Path(at) / name for at, _, names in os.walk(folder) for name in names}
    return {str(path) for path in found if not path.is_relative_to(folder / "home")}


def take_in(folder: Path, *names: str, copies: int) -> dict[str, set[str]]:
    """Take one delivery of these files in; give the files that each rule tells of."""
    (folder / "in").mkdir()
    delivered = deliver(folder / "in", *names, copies=copies)
    before = ours(folder)
    door = Door(home=folder / "home", settings={"TMPDIR": str(folder)})
    spent = spent_by(("ingest", "--json", str(delivered)), door.environment(), folder)
    assert spent.code in {0, 1}
    receipt = json.loads(spent.out)
    assert receipt["outcome"] == "accepted"
    assert len(receipt["files"]) == len(list(delivered.iterdir()))
    assert spent.peak < MOST_BYTES
    assert spent.seconds < MOST_SECONDS
    assert spent.left == ()
    assert ours(folder) == before | {str(folder / "out.json")}
    return {f["rule"]: {place["file"] for place in f["locations"]} for f in receipt["findings"]}


def test_six_kinds_in_one_delivery_stay_within_bounds(tmp_path: Path) -> None:
    told = take_in(tmp_path, *A_FEW, copies=1)
    assert "0-comment.xml" not in told.get(DAMAGED, set())


@pytest.mark.ci
@pytest.mark.parametrize("name", MAKERS)
def test_whatever_lies_inside_a_delivery_costs_little(tmp_path: Path, name: str) -> None:
    take_in(tmp_path, name, copies=A_HANDFUL)


@pytest.mark.ci
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", ["slow.gif", "nested-flate.pdf"])
def test_many_files_that_take_too_long_do_not_add_up(tmp_path: Path, name: str) -> None:
    take_in(tmp_path, name, copies=MANY)
