"""`python -m benchmarks.load`: the service under load, against the same packages through the library alone."""

import argparse
import json
import logging
import os
import platform
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from benchmarks import material
from benchmarks.load_memory import Held, Watched
from benchmarks.load_shapes import SHAPES
from benchmarks.load_work import library, lone_and_beside, saturated
from benchmarks.measuring import measure

MIB = 1 << 20
MOST_RATIO = 1.5
"""DESIGN §10: a package through the service, at saturation, against the same package through the library alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What one shape did: seconds for all packages and for receiving them, a single case's latencies, memory.

    `waiting` is how many waited before another's last delivery when the last single case had been archived.
    """

    shape: str
    packages: int
    library: float
    received: float
    archived: float
    lone: float
    beside: float
    crowd: int
    waiting: int
    memory: dict[str, Held]

    @property
    def ratio(self) -> float:
        """The service's time over the library's."""
        return self.archived / self.library


def main() -> int:
    """Measure what the command line asks for; 0 also when a target is missed."""
    asked = _parser().parse_args()
    logging.disable(logging.INFO)
    measured = []
    with TemporaryDirectory(prefix="earkiv-load-", dir=asked.scratch) as name:
        scratch = Path(name)
        scratch.chmod(0o755)
        cases = scratch / "cases"
        cases.mkdir()
        material.small_cases(cases, asked.cases, asked.documents, asked.bytes)
        for shape in asked.shape or list(SHAPES):
            sys.stderr.write(f"{asked.cases} × {asked.documents} × {asked.bytes} bytes, {shape} …\n")
            measured.append(_loaded(shape, cases, scratch, asked))
    _print(measured)
    if asked.json:
        asked.json.write_text(json.dumps(_document(measured, asked), indent=2) + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--cases", type=int, default=1000, help="cases to push at saturation (default 1000)")
    parser.add_argument("--documents", type=int, default=2, help="documents of each (default 2)")
    parser.add_argument("--bytes", type=int, default=20_000, help="bytes of a document (default 20000)")
    parser.add_argument("--crowd", type=int, default=500, help="cases that wait beside a single one (default 500)")
    parser.add_argument("--rounds", type=int, default=5, help="single cases whose latency is measured (default 5)")
    parser.add_argument("--shape", action="append", choices=list(SHAPES), help="may be repeated (default: each)")
    parser.add_argument("--scratch", type=Path, help="a folder on the disk to be measured")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    return parser


def _loaded(shape: str, cases: Path, scratch: Path, asked: argparse.Namespace) -> Loaded:
    alone = measure(library, cases, scratch)
    root = scratch / shape
    root.mkdir()
    with SHAPES[shape](root) as service:
        with Watched(service.pids) as watched:
            received, archived = saturated(cases, service)
        lone, beside, waiting = lone_and_beside(cases, service, asked.crowd, asked.rounds)
    return Loaded(
        shape=shape,
        packages=asked.cases,
        library=alone.seconds,
        received=received,
        archived=archived,
        lone=lone,
        beside=beside,
        crowd=asked.crowd,
        waiting=waiting,
        memory=watched.held(),
    )


def _print(measured: list[Loaded]) -> None:
    table = Table(title="the service under load; memory of a process and its children: early → late (most)")
    right = {"justify": "right"}
    headings = ("ms/package", "library ms", f"ratio (≤ {MOST_RATIO})", "receiving ms", "alone s", "beside others s")
    table.add_column("shape")
    for heading in headings:
        table.add_column(heading, **right)  # type: ignore[arg-type]  # one of many options
    table.add_column("waiting then", justify="right")
    table.add_column("memory MiB")
    for one in measured:
        each = (one.archived, one.library, one.received)
        archived, alone, received = (f"{1000 * seconds / one.packages:.1f}" for seconds in each)
        latencies = (f"{one.lone:.2f}", f"{one.beside:.2f}")
        memory = "\n".join(f"{name} {_memory(held)}" for name, held in one.memory.items())
        waiting = f"{one.waiting} of {one.crowd}"
        table.add_row(one.shape, archived, alone, f"{one.ratio:.2f}", received, *latencies, waiting, memory)
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def _memory(held: Held) -> str:
    return f"{held.early // MIB} → {held.late // MIB} ({held.most // MIB})"


def _document(measured: list[Loaded], asked: argparse.Namespace) -> dict[str, object]:
    return {
        "earkiv": version("earkiv"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0],
        "documents": asked.documents,
        "bytes": asked.bytes,
        "shapes": [
            {**asdict(one), "ratio": round(one.ratio, 3), "within": one.ratio <= MOST_RATIO} for one in measured
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
