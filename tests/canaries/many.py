"""Many trees, one after the other, each with a life of its own."""

from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from tests.canaries.lives import Life
from tests.canaries.world import world_in

EVENTS: Final = 4
"""How many things happen to a tree at most; each is followed by a crawl."""
ENOUGH: Final = 50
NEVER_IN_VAIN: Final = frozenset(
    {"decide", "publish", "replace", "correct", "rebuild", "try", "status 200", "status 404", "status 410"}
    | {"read", "numbers read", "hidden asked for", "searched in vain", "hide", "hidden in a series", "requested"}
)
"""What `ENOUGH` lives must have met: what never happens is not proven."""


def lived(seeds: range, folder: Path) -> set[str]:
    """Let trees live, and give the addresses that were visited. Raises AssertionError that names the tree."""
    met, visited = Counter[str](), set[str]()
    for seed in seeds:
        random = Random(seed)  # noqa: S311 - the same tree for the same number, no secret
        with TemporaryDirectory(dir=folder) as one, world_in(Path(one), random) as world:
            life = Life(world, random, met)
            try:
                life.live(random.randint(1, EVENTS))
            except AssertionError as fault:
                fault.add_note(f"this tree again: python -m tests.canaries {seed}")
                raise
            visited |= life.visited
    missed = NEVER_IN_VAIN - met.keys()
    assert len(seeds) < ENOUGH or not missed, f"{len(seeds)} trees never met {sorted(missed)}"
    return visited
