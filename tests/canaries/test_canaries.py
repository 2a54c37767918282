"""Nothing that is not public is in any byte that the reading room sends, whatever is decided, changed and rebuilt."""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

import pytest
from starlette.routing import Route

from access.app import every_route
from access.database import SqliteQuery
from access.reuse.service import offering_of
from access.settings import PublicSettings
from access.store import DirectoryStore
from tests.canaries import crawler
from tests.canaries.lives import Life
from tests.canaries.many import ENOUGH, EVENTS, lived
from tests.canaries.world import embedded_in
from tests.patience import TOLD, is_time_up

ROOT: Final = Path(__file__).parents[2]
IN_TEST: Final = 100
IN_CI: Final = 900
"""With those of `make test`, a thousand; `python -m tests.canaries 1000 1000` lets as many more live as one likes."""
AT_A_TIME: Final = 100
"""So many live however little time there is; `.ci/run` says when it is up, and the summary how many lived."""


def routes(folder: Path) -> list[Route]:
    settings = PublicSettings(store=folder, index=folder / "index.sqlite", url=crawler.URL)
    query = SqliteQuery(settings.index)
    return every_route(offering_of(settings, query, DirectoryStore(folder), lambda: datetime(2031, 5, 6, tzinfo=UTC)))


def test_the_crawler_knows_every_route(tmp_path: Path) -> None:
    """Whoever adds a route adds it to tests/canaries/crawler.py: what is not crawled could leak."""
    known = {re.sub(r":[a-z]+}", "}", route.path): route.methods or set() for route in routes(tmp_path)}
    assert known.keys() == crawler.ROUTES
    assert {path for path, methods in known.items() if methods - {"GET", "HEAD"}} == crawler.FORMS


@pytest.mark.parametrize("first", range(0, IN_TEST, ENOUGH))
def test_nothing_that_is_not_public_is_sent(first: int, tmp_path: Path) -> None:
    visited = lived(range(first, first + ENOUGH), tmp_path)
    paths = {address.partition("?")[0] for address in visited}
    unvisited = [route.path for route in routes(tmp_path) if not any(map(route.path_regex.match, paths))]
    assert unvisited == []


@pytest.mark.parametrize("seed", range(2))
def test_nothing_that_is_not_public_is_sent_by_the_program_as_people_start_it(seed: int, tmp_path: Path) -> None:
    random = Random(seed)  # noqa: S311 - the same tree for the same number, no secret
    with embedded_in(tmp_path) as world:
        Life(world, random, Counter()).live(EVENTS)


@pytest.mark.ci
@pytest.mark.long
@pytest.mark.timeout(3600)
def test_nothing_that_is_not_public_is_sent_a_thousand_times(record_property: Callable[[str, object], None]) -> None:
    """Beside the other tests, in the time that these leave."""
    ran = 0
    for first in range(IN_TEST, IN_TEST + IN_CI, AT_A_TIME):
        if ran and is_time_up():
            break
        command = ["nice", "-n", "19", sys.executable, "-m", "tests.canaries", str(first), str(AT_A_TIME)]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        ran += AT_A_TIME
    record_property(TOLD, f"{ran:,} of {IN_CI:,} trees, from {IN_TEST:,} on")
