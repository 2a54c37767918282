"""One who has one delivery, beside one who has 5,000: taken next, and found as cheaply as if nobody else waited."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from ingest.adapters.sql.catalogue import SqlCatalogue, open_catalogue
from ingest.adapters.sql.engine import Database
from tests.contracts.catalogue_queue import ended, next_taken, waiting
from tests.contracts.catalogue_values import OWNER
from tests.contracts.crowded import CROWD, crowd_waits
from tests.contracts.spent import Spent, rows_looked_at, spending
from tests.servers.postgres import Postgres

BUSY, QUIET = "Migrerande nämnden", "Stilla nämnden"
_FEW = 100
"""More than a page of the queue."""
_SAME = 1.1


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[SqlCatalogue]:
    with open_catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}") as catalogue:
        yield catalogue


@pytest.fixture
def postgresql(postgres: Postgres) -> Iterator[SqlCatalogue]:
    name = postgres.new_database()
    with open_catalogue(postgres.address(name)) as catalogue:
        yield catalogue
    postgres.drop_database(name)


def _database(catalogue: SqlCatalogue) -> Database:
    return catalogue._database  # noqa: SLF001 - the same connections, to fill it and to ask what it does


def _received_and_taken(catalogue: SqlCatalogue, name: str) -> Spent:
    """Let the quiet one deliver, and take what is next: its own. Give what that has cost."""
    with spending() as spent:
        (late,) = waiting(catalogue, QUIET, name)
        assert late in islice(catalogue.runnable(), 2)
        assert catalogue.place_among_own(late) == 0
        lease = catalogue.acquire(late, OWNER)
        assert lease
        catalogue.release(lease)
    ended(catalogue, late)
    return spent


@pytest.fixture(params=["sqlite", "postgresql"])
def catalogue(request: pytest.FixtureRequest) -> SqlCatalogue:
    """Both databases, each with a crowd of one."""
    found: SqlCatalogue = request.getfixturevalue(request.param)
    return found


def test_who_has_one_is_next_before_who_has_five_thousand(catalogue: SqlCatalogue) -> None:
    first = crowd_waits(catalogue, _database(catalogue), BUSY, CROWD)
    assert next_taken(catalogue) == first
    for number in range(3):
        (late,) = waiting(catalogue, QUIET, f"late-{number}")
        taken = [next_taken(catalogue) for _ in range(2)]
        assert late in taken
        assert next_taken(catalogue) not in {late, first}
    (last,) = waiting(catalogue, BUSY, "last of the crowd")
    *_, at_the_end = catalogue.runnable()
    assert at_the_end == last


@pytest.mark.parametrize("place", ["sqlite", "postgresql"])
def test_to_find_it_costs_the_same_however_many_wait_beside(tmp_path: Path, postgres: Postgres, place: str) -> None:
    """Also where PostgreSQL has no statistics yet: a crowd can come within a minute."""
    costs = []
    for crowd in (_FEW, CROWD):
        address = f"sqlite:///{tmp_path / f'{crowd}.sqlite'}"
        with open_catalogue(address if place == "sqlite" else postgres.address(postgres.new_database())) as catalogue:
            crowd_waits(catalogue, _database(catalogue), BUSY, crowd)
            next_taken(catalogue)
            spent = _received_and_taken(catalogue, "late")
            costs.append((len(spent.statements), spent.steps or rows_looked_at(_database(catalogue), spent)))
    (few_statements, few), (many_statements, many) = costs
    assert many_statements == few_statements
    assert 0 < many <= _SAME * few


def test_without_its_index_it_would_cost_more(tmp_path: Path) -> None:
    """What is counted above does tell a queue that is sorted at each taking."""
    with open_catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}") as catalogue:
        crowd_waits(catalogue, _database(catalogue), BUSY, CROWD)
        _database(catalogue).execute_bare("DROP INDEX deliveries_queue")
        next_taken(catalogue)
        assert _received_and_taken(catalogue, "late").steps > 10 * CROWD
