"""When a worker counts as dead."""

from dataclasses import replace

import pytest

from ingest.adapters.sql.workers_alive import Sighting, is_dead
from ingest.ports import WorkerIdentity

PATIENCE = 30.0
WORKER = WorkerIdentity(owner="w", boot_id="boot/pid:[1]", pid=7, started="1234")
ALIVE = Sighting(boot_id="boot/pid:[1]", one_host=True, started="1234", still_seconds=0.0)
REBOOTED = replace(ALIVE, boot_id="later/pid:[1]", started=None)
CONTAINER = replace(ALIVE, boot_id="boot/pid:[2]", started=None)


@pytest.mark.parametrize(
    ("seen", "dead"),
    [
        (ALIVE, False),
        (replace(ALIVE, started=None), True),
        (replace(ALIVE, started="9999"), True),
        (replace(ALIVE, started=""), False),
        (replace(ALIVE, still_seconds=PATIENCE - 0.1), False),
        (replace(ALIVE, still_seconds=PATIENCE), True),
        (REBOOTED, True),
        (replace(REBOOTED, one_host=False), False),
        (replace(REBOOTED, one_host=False, still_seconds=PATIENCE), True),
        (CONTAINER, False),
        (replace(CONTAINER, still_seconds=PATIENCE), True),
    ],
)
def test_facts_decide(seen: Sighting, dead: bool) -> None:  # noqa: FBT001 - the expected answer
    assert is_dead(WORKER, seen, PATIENCE) is dead


def test_without_a_start_time_a_living_number_is_believed() -> None:
    unknown = replace(WORKER, started="")
    assert not is_dead(unknown, ALIVE, PATIENCE)
    assert is_dead(unknown, replace(ALIVE, started=None), PATIENCE)


def test_of_a_worker_that_never_enrolled_only_silence_tells() -> None:
    assert not is_dead(None, replace(ALIVE, started=None), PATIENCE)
    assert is_dead(None, replace(ALIVE, still_seconds=PATIENCE), PATIENCE)
