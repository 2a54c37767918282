"""When a worker counts as dead: decided from facts alone (DESIGN §5, "Leases").

At once, when its process is known to be gone; otherwise when its heartbeat has stood still for long enough on the
clock of whoever asks. A process that lives but no longer beats is given up too: fences keep it from writing.
"""

from dataclasses import dataclass

from ingest.ports import WorkerIdentity


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What the asker sees of a worker.

    `boot_id` is the asker's own; `one_host` whether nobody but this machine's processes can hold leases; `started` the
    start time of the process that has the worker's pid here, "" when there is one of which no more is known, None when
    there is none; `still_seconds` for how long the heartbeat is known to have stood still.
    """

    boot_id: str
    one_host: bool
    started: str | None
    still_seconds: float


def is_dead(worker: WorkerIdentity | None, seen: Sighting, patience_seconds: float) -> bool:
    """Say whether a worker is dead; of one that never enrolled (None) only the silence is known."""
    gone = worker is not None and _is_gone(worker, seen)
    return gone or seen.still_seconds >= patience_seconds


def _is_gone(worker: WorkerIdentity, seen: Sighting) -> bool:
    if worker.boot_id == seen.boot_id:
        return seen.started is None or _differ(seen.started, worker.started)
    # Another boot of the only machine there is: the process went down with it. Another set of process numbers
    # (a container beside this one), or another machine: nothing can be seen from here.
    return seen.one_host and _boot(worker.boot_id) != _boot(seen.boot_id)


def _differ(seen: str, enrolled: str) -> bool:
    """Whether two start times are known and unlike: the number has gone to another process."""
    return bool(seen and enrolled) and seen != enrolled


def _boot(boot_id: str) -> str:
    return boot_id.partition("/")[0]
