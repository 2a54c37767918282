"""`python -m benchmarks.load`: the service under load, against the same packages through the library alone."""

import argparse
import json
import logging
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from benchmarks import material
from benchmarks.load_figures import Loaded, document, tables
from benchmarks.load_large import pushed_large
from benchmarks.load_memory import Watched
from benchmarks.load_shapes import SHAPES, Ground
from benchmarks.load_work import Library, lone_and_beside, saturated
from benchmarks.measuring import measure
from benchmarks.sizes import bytes_of


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
        few = _first(cases, asked.library_cases or asked.cases, scratch / "few")
        for shape in asked.shape or list(SHAPES):
            sys.stderr.write(f"{asked.cases} × {asked.documents} × {asked.bytes} bytes, {shape} …\n")
            root = scratch / shape
            root.mkdir()
            with SHAPES[shape](root, asked.at_once) as ground:
                measured.append(_loaded(shape, ground, cases, few, asked))
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(*tables(measured))
    if asked.json:
        told = document(measured, asked.documents, asked.bytes)
        asked.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--cases", type=int, default=1000, help="cases to push at saturation (default 1000)")
    parser.add_argument("--library-cases", type=int, help="of them, through the library alone (default: all)")
    parser.add_argument("--at-once", type=int, default=2, help="worked on at a time; embedded always 2 (default 2)")
    parser.add_argument("--documents", type=int, default=2, help="documents of each (default 2)")
    parser.add_argument("--bytes", type=int, default=20_000, help="bytes of a document (default 20000)")
    parser.add_argument("--crowd", type=int, default=500, help="cases that wait beside a single one (default 500)")
    parser.add_argument("--rounds", type=int, default=5, help="single cases whose latency is measured (default 5)")
    parser.add_argument("--large", type=bytes_of, help="also push one delivery of this size, such as 5GiB")
    parser.add_argument("--large-documents", type=int, default=5, help="documents that it consists of (default 5)")
    parser.add_argument("--shape", action="append", choices=list(SHAPES), help="may be repeated (default: each)")
    parser.add_argument("--scratch", type=Path, help="a folder on the disk to be measured")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    return parser


def _first(cases: Path, number: int, few: Path) -> Path:
    """Give a folder with the first of the cases."""
    few.mkdir()
    for case in sorted(cases.iterdir())[:number]:
        (few / case.name).symlink_to(case)
    return few


def _loaded(shape: str, ground: Ground, cases: Path, few: Path, asked: argparse.Namespace) -> Loaded:
    alone = measure(Library(archive=ground.alone(), threads=ground.at_once), few, few.parent)
    with ground.service() as service:
        with Watched(service.pids) as watched:
            received, archived = saturated(cases, service)
        lone, beside, waiting = lone_and_beside(cases, service, asked.crowd, asked.rounds)
    large = None
    if asked.large:
        sys.stderr.write(f"one delivery of {asked.large} bytes, {shape} …\n")
        with ground.service() as service:  # A new one: what processes hold at most is told since their start.
            large = pushed_large(asked.large, asked.large_documents, service)
    return Loaded(
        shape=shape,
        packages=asked.cases,
        at_once=ground.at_once,
        library_packages=len(list(few.iterdir())),
        library=alone.seconds,
        received=received,
        archived=archived,
        lone=lone,
        beside=beside,
        crowd=asked.crowd,
        waiting=waiting,
        memory=watched.held(),
        large=large,
    )


if __name__ == "__main__":
    sys.exit(main())
