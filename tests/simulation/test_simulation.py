"""Thousands of simulated days on which everything goes wrong: no acknowledged delivery is lost, none is doubled.

The seeds run in processes of their own: the coverage tracer would make each take three times as long, and the lock-step
threads of a simulation have no business in a process that tests other things. `SIMULATION_SEEDS` asks for more.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from tests.patience import TOLD, is_time_up

ROOT: Final = Path(__file__).parents[2]
IN_TEST: Final = 1000
IN_CI: Final = 19_000
"""With those of `make test`, twenty thousand."""
PROCESSES: Final = 2
ENOUGH: Final = 500
AT_A_TIME: Final = 500
"""Seeds of one process: what it keeps of each is little, but not nothing."""
LEAST: Final = 500
"""So many run in each part however little time there is; `.ci/run` says when it is up, and the summary how many ran."""
NEVER_IN_VAIN: Final = frozenset(
    {
        "mishap KILL",
        "mishap CLOCK",
        "mishap OUTAGE",
        "mishap FLUSH",
        "strike FAULT_BEFORE",
        "strike FAULT_AFTER",
        "strike DEATH_BEFORE",
        "strike DEATH_AFTER",
        "strike FREEZE",
        "answer Taken",
        "answer Repeat",
        "answer Conflict",
        "answer NoAnswer",
        "end archived",
        "end rejected",
        "end repeated",
        "logged LeaseLost",
        "logged StoreUnavailable",
        "logged CatalogueUnavailable",
        "logged OutOfSpace",
        "logged ToolFailed",
    }
)
"""What `ENOUGH` seeds must have met: a simulation in which it never happens proves nothing of it."""


def _asked(otherwise: int) -> int:
    return int(os.environ.get("SIMULATION_SEEDS") or otherwise)


def _run(
    first: int, seeds: int, *options: str, hash_seed: str = "random", within: tuple[str, ...] = ()
) -> tuple[int, dict[str, Any], str]:
    command = [
        *within,
        sys.executable,
        "-m",
        "tests.simulation",
        "--first",
        str(first),
        "--seeds",
        str(seeds),
        *options,
    ]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode in (0, 1), ended.stderr
    return ended.returncode, json.loads(ended.stdout.splitlines()[-1]), ended.stdout + ended.stderr


def _kept_on(part: int) -> tuple[str, ...]:
    return ("--processor", str(part)) if sys.platform == "linux" else ()


def _share(part: int, seeds: int) -> tuple[int, int]:
    each = -(-seeds // PROCESSES)
    return part * each, min(each, seeds - part * each)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("part", range(PROCESSES))
def test_every_acknowledged_delivery_has_exactly_one_end(part: int) -> None:
    code, told, said = _run(*_share(part, _asked(IN_TEST)), *_kept_on(part))
    assert code == 0, said
    missed = NEVER_IN_VAIN - set(told["seen"])
    assert told["seeds"] < ENOUGH or not missed, f"{told['seeds']} seeds never met {sorted(missed)}"


@pytest.mark.ci
@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(PROCESSES))
def test_every_acknowledged_delivery_has_exactly_one_end_in_many_more_seeds(
    part: int, record_property: Callable[[str, object], None]
) -> None:
    """Beside the other tests, in the time that these leave: most of them wait for servers and outages."""
    first, seeds = _share(part, _asked(IN_CI))
    ran = 0
    for begun in range(0, seeds, AT_A_TIME):
        if begun >= LEAST and is_time_up():
            break
        within, stretch = ("nice", "-n", "19"), (IN_TEST + first + begun, min(AT_A_TIME, seeds - begun))
        code, _, said = _run(*stretch, *_kept_on(part), within=within)
        assert code == 0, said
        ran += stretch[1]
    record_property(TOLD, f"{ran:,} of {seeds:,} seeds, from {IN_TEST + first:,} on")


def test_a_seed_gives_the_same_run_in_every_process() -> None:
    runs = [_run(40, 5, "--story", hash_seed=hash_seed)[2] for hash_seed in ("1", "2")]
    stories = [[line for line in run.splitlines() if not line.startswith("{")] for run in runs]
    assert stories[0] == stories[1]
    assert len(Counter(stories[0])) > 5
