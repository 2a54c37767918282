"""Simulate the delivery core: `python -m tests.simulation [--first SEED] [--seeds N] [--processor N] [--story]`.

Each seed is a run of its own; what went wrong is printed with its seed, and how to see it again.
"""

import argparse
import gc
import json
import os
import sys
import time
from collections import Counter

from tests.simulation.simulation import Outcome, simulate


def main() -> int:
    """Run the seeds one after the other; 1 when one of them found something."""
    wanted = _arguments()
    if wanted.processor is not None:
        processors = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {processors[wanted.processor % len(processors)]})
    # What has been imported is there to the end, and most of what a seed leaves is freed without being looked for.
    gc.freeze()
    gc.set_threshold(50_000)
    began = time.monotonic()
    seen: Counter[str] = Counter()
    found = 0
    for seed in range(wanted.first, wanted.first + wanted.seeds):
        outcome = simulate(seed)
        seen.update(outcome.seen)
        if wanted.story:
            print("\n".join(outcome.story))
            print(f"seed {seed}: {outcome.digest}", flush=True)
        if outcome.faults:
            found += 1
            _tell(outcome)
    told = {"seeds": wanted.seeds, "found": found, "seconds": round(time.monotonic() - began, 1)}
    print(json.dumps({**told, "seen": dict(sorted(seen.items()))}))
    return min(found, 1)


def _tell(outcome: Outcome) -> None:
    print(f"seed {outcome.seed}:", file=sys.stderr)
    for fault in outcome.faults:
        print(f"  {fault}", file=sys.stderr)
    again = f"python -m tests.simulation --first {outcome.seed} --seeds 1 --story"
    print(f"  again: {again}", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make simulate", description=__doc__)
    parser.add_argument("--first", type=int, default=0, help="the first seed (0)")
    parser.add_argument("--seeds", type=int, default=1000, help="so many seeds (1000)")
    quicker = "stay on one processor, the Nth, where threads hand over to one another quicker (Linux)"
    parser.add_argument("--processor", type=int, metavar="N", help=quicker)
    parser.add_argument("--story", action="store_true", help="tell what happened in each")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
