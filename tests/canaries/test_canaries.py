"""Nothing that is not public is in any byte that the reading room sends, whatever is decided, changed and rebuilt."""

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from starlette.routing import Route

from access.app import every_route
from access.database import SqliteQuery
from access.reuse.service import offering_of
from access.settings import PublicSettings
from access.store import DirectoryStore
from tests.canaries import crawler
from tests.canaries.lives import Life
from tests.canaries.world import embedded_in, world_in

EVENTS = 5
TREES = 20
"""Of one test; each test begins where the one before it ends."""
NEVER_IN_VAIN = frozenset(
    {"decide", "publish", "replace", "correct", "rebuild", "try", "status 200", "status 404", "status 410"}
    | {"read", "numbers read", "hidden asked for", "searched in vain", "hide", "hidden in a series"}
)
"""What `TREES` lives must have met: what never happens is not proven."""


def routes(folder: Path) -> list[Route]:
    settings = PublicSettings(store=folder, index=folder / "index.sqlite", url=crawler.URL)
    query = SqliteQuery(settings.index)
    return every_route(offering_of(settings, query, DirectoryStore(folder), lambda: datetime(2031, 5, 6, tzinfo=UTC)))


def lived(seeds: range, folder: Path) -> set[str]:
    """Let trees live, and give the addresses that were visited."""
    met, visited = Counter[str](), set[str]()
    for seed in seeds:
        random = Random(seed)  # noqa: S311 - the same tree for the same number, no secret
        with TemporaryDirectory(dir=folder) as one, world_in(Path(one), random) as world:
            life = Life(world, random, met)
            life.live(EVENTS)
            visited |= life.visited
    assert met.keys() >= NEVER_IN_VAIN, NEVER_IN_VAIN - met.keys()
    return visited


def test_the_crawler_knows_every_route(tmp_path: Path) -> None:
    """Whoever adds a route adds it to tests/canaries/crawler.py: what is not crawled could leak."""
    assert {re.sub(r":[a-z]+}", "}", route.path) for route in routes(tmp_path)} == crawler.ROUTES


@pytest.mark.parametrize("first", range(0, 100, TREES))
def test_nothing_that_is_not_public_is_sent(first: int, tmp_path: Path) -> None:
    visited = lived(range(first, first + TREES), tmp_path)
    paths = {address.partition("?")[0] for address in visited}
    unvisited = [route.path for route in routes(tmp_path) if not any(map(route.path_regex.match, paths))]
    assert unvisited == []


@pytest.mark.parametrize("seed", range(2))
def test_nothing_that_is_not_public_is_sent_by_the_program_as_people_start_it(seed: int, tmp_path: Path) -> None:
    random = Random(seed)  # noqa: S311 - the same tree for the same number, no secret
    with embedded_in(tmp_path) as world:
        Life(world, random, Counter()).live(EVENTS)


@pytest.mark.ci
@pytest.mark.timeout(900)
@pytest.mark.parametrize("first", range(100, 1100, 100))
def test_nothing_that_is_not_public_is_sent_a_thousand_times(first: int, tmp_path: Path) -> None:
    lived(range(first, first + 100), tmp_path)
