"""What the load benchmark has measured of each shape, and how it is told: as a table, and as JSON."""

import os
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Final

from rich.table import Table

from benchmarks.load_large import MOST_BYTES, LargeOne
from benchmarks.load_memory import Held

MIB: Final = 1 << 20
MOST_RATIO: Final = 1.5
"""DESIGN §10: a package through the service, at saturation, against the same package through the library alone."""
_RATIO: Final = f"ratio (≤ {MOST_RATIO})"
_RIGHT: Final = ("cases", "ms/package", "library ms", _RATIO, "receiving ms", "alone s", "beside others s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What one shape did: seconds for all packages and for receiving them, a single case's latencies, memory.

    `library` is the seconds of the library alone for the first `library_packages` of them, on the same database and
    stores; both worked on `at_once` deliveries at a time. `waiting` is how many waited before another's last
    delivery when the last single case had been archived.
    """

    shape: str
    packages: int
    at_once: int
    library_packages: int
    library: float
    received: float
    archived: float
    lone: float
    beside: float
    crowd: int
    waiting: int
    memory: dict[str, Held]
    large: LargeOne | None

    @property
    def ratio(self) -> float:
        """The service's time for a package over the library's."""
        return (self.archived / self.packages) / (self.library / self.library_packages)


def tables(measured: list[Loaded]) -> list[Table]:
    """Give what is printed: times, memory, and the large delivery where there was one."""
    large = [one for one in measured if one.large is not None]
    return [_times(measured), _memory(measured), *([_large(large)] if large else [])]


def _times(measured: list[Loaded]) -> Table:
    table = Table(title="the service under load, and the library alone on the same database and stores")
    table.add_column("shape")
    for heading in (*_RIGHT, "waiting then"):
        table.add_column(heading, justify="right")
    for one in measured:
        archived = f"{1000 * one.archived / one.packages:.1f}"
        alone = f"{1000 * one.library / one.library_packages:.1f}"
        received = f"{1000 * one.received / one.packages:.1f}"
        latencies = (f"{one.lone:.2f}", f"{one.beside:.2f}", f"{one.waiting} of {one.crowd}")
        table.add_row(one.shape, f"{one.packages}", archived, alone, f"{one.ratio:.2f}", received, *latencies)
    return table


def _memory(measured: list[Loaded]) -> Table:
    table = Table(title="memory in MiB while all cases came and were archived: a process with its children")
    table.add_column("shape")
    table.add_column("process")
    for heading in ("start", "middle", "end", "most", "end − middle, per 1,000 cases"):
        table.add_column(heading, justify="right")
    table.add_column("most of each: itself, children")
    for one in measured:
        for name, held in one.memory.items():
            grown = (held.end - held.middle) / MIB * 1000 / (one.packages / 2)
            seen = (f"{bytes_ / MIB:.0f}" for bytes_ in (held.start, held.middle, held.end, held.most))
            table.add_row(one.shape, name, *seen, f"{grown:+.1f}", _each(held))
    return table


def _large(measured: list[Loaded]) -> Table:
    table = Table(title=f"one large delivery; no process may hold more than {MOST_BYTES / 10**6:.0f} MB")
    for heading in ("shape", "MiB", "documents", "received s", "archived s", "most MB of each process"):
        table.add_column(heading)
    for one in measured:
        if (large := one.large) is not None:
            most = "\n".join(f"{name}: {_each(held, 10**6)}" for name, held in large.memory.items())
            told = (f"{large.bytes // MIB}", f"{large.documents}", f"{large.received:.1f}", f"{large.archived:.1f}")
            table.add_row(one.shape, *told, most)
    return table


def _each(held: Held, unit: int = MIB) -> str:
    itself, *children = (f"{peak / unit:.0f}" for peak in held.each)
    return f"{itself}; {', '.join(children)}" if children else itself


def document(measured: list[Loaded], documents: int, size: int) -> dict[str, object]:
    """Give all figures as one JSON document."""
    return {
        "earkiv": version("earkiv"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0],
        "documents": documents,
        "bytes": size,
        "shapes": [_shape(one) for one in measured],
    }


def _shape(one: Loaded) -> dict[str, object]:
    large = {} if one.large is None else {"large": {**asdict(one.large), "within": one.large.is_within}}
    return {**asdict(one), "ratio": round(one.ratio, 3), "within": one.ratio <= MOST_RATIO, **large}
