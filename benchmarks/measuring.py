"""One measurement in a process of its own, and two sides measured by turns."""

import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

_PROC = Path("/proc/self")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a piece of work took: wall seconds, bytes asked of and given to the system, peak resident bytes.

    Bytes read and written are what went through system calls, from cache or disk, also by children that have ended;
    where the system does not tell, they and the peak are 0.
    """

    seconds: float
    bytes_read: int
    bytes_written: int
    peak: int


class Meter:
    """Runs while the work does: set-up stays outside."""

    def __init__(self) -> None:
        self._begun = (0.0, 0, 0)
        self.measured = Measured(seconds=0.0, bytes_read=0, bytes_written=0, peak=0)

    def start(self) -> None:
        """Begin to count."""
        self._begun = (time.perf_counter(), *_transferred())

    def stop(self) -> None:
        """Keep what was counted since the start."""
        seconds, read, written = self._begun
        read_now, written_now = _transferred()
        self.measured = Measured(
            seconds=time.perf_counter() - seconds,
            bytes_read=read_now - read,
            bytes_written=written_now - written,
            peak=_field(_PROC / "status", "VmHWM") * 1024,
        )


Work = Callable[[Path, Path, Meter], None]
"""Works on the material at the first path, writes below the second, and runs the meter meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The medians of both sides over all rounds; `lines` are the medians' own, so a ratio is of medians."""

    ours: Measured
    floor: Measured

    @property
    def ratio(self) -> float:
        """Our time over the floor's."""
        return self.ours.seconds / self.floor.seconds


def compare(ours: Work, floor: Work, material: Path, scratch: Path, rounds: int) -> Compared:
    """Measure both sides by turns, A B A B; each time in a fresh process and an empty folder below `scratch`."""
    measured: list[tuple[Measured, Measured]] = [
        (measure(ours, material, scratch), measure(floor, material, scratch)) for _ in range(rounds)
    ]
    return Compared(ours=_medians([a for a, _ in measured]), floor=_medians([b for _, b in measured]))


def measure(work: Work, material: Path, scratch: Path) -> Measured:
    """Measure once. Raises RuntimeError when the work fails; its traceback is on standard error then."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    with TemporaryDirectory(dir=scratch) as folder:
        child = spawn.Process(target=_child, args=(work, material, Path(folder), theirs))
        child.start()
        theirs.close()
        try:
            measured: Measured = ours.recv()
        except EOFError:
            raise RuntimeError(f"{getattr(work, '__name__', work)} failed") from None
        finally:
            child.join()
    return measured


def _child(work: Work, material: Path, scratch: Path, answer: Connection) -> None:
    meter = Meter()
    work(material, scratch, meter)
    answer.send(meter.measured)


def _medians(measured: list[Measured]) -> Measured:
    return Measured(
        seconds=median(m.seconds for m in measured),
        bytes_read=int(median(m.bytes_read for m in measured)),
        bytes_written=int(median(m.bytes_written for m in measured)),
        peak=max(m.peak for m in measured),
    )


def _transferred() -> tuple[int, int]:
    return _field(_PROC / "io", "rchar"), _field(_PROC / "io", "wchar")


def _field(path: Path, name: str) -> int:
    """Give a number from a file of `name: number` lines, 0 where the system has no such file."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)
