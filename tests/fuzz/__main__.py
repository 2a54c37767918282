"""Fuzz what `earkiv validate` reads: `python -m tests.fuzz [--seconds N] [--runs N] [--seed N] [TARGET...]`.

Each target runs in a process of its own with bounds on runs, time, memory and the time of one input; what ends badly is
kept as a file, and how to see it again is printed.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.running import Bounds, fuzz
from tests.fuzz.targets import TARGETS


def main() -> int:
    """Run the targets one after the other; 1 when one of them found something."""
    wanted = _arguments()
    bounds = Bounds(runs=wanted.runs, seconds=wanted.seconds, seed=wanted.seed)
    faults = 0
    for name in wanted.targets or TARGETS:
        print(f"{name}: {bounds}", flush=True)
        with TemporaryDirectory(prefix="earkiv-fuzz-") as work:
            ended = fuzz(name, bounds, work=Path(work), kept=wanted.kept)
        print(ended.summary, flush=True)
        if ended.code:
            faults += 1
            print(ended.said, file=sys.stderr, flush=True)
    return min(faults, 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="at most so long for each target (60)")
    parser.add_argument("--runs", type=int, default=-1, help="at most so many inputs for each target (no bound)")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other inputs (1)")
    parser.add_argument("--kept", type=Path, default=Path(".fuzz"), help="where inputs are kept between runs (.fuzz)")
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], metavar="TARGET", help=", ".join(TARGETS))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
