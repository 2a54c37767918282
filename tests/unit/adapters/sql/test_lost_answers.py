"""A database whose answers are lost: no lease stays with an owner that lives and does not know of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from ingest.adapters.sql.catalogue import SqlCatalogue, open_catalogue
from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.leases import Watch
from ingest.adapters.sql.processes import worker_here
from ingest.errors import CatalogueUnavailable
from tests.contracts.catalogue_values import OWNER, received

HERE, OTHER = "here", "other"


class Unheard(Database):
    """A database; while it is `unheard`, what it is told to write it writes, and says that it does not answer."""

    def __init__(self, database: Database) -> None:
        self._engine, self._faults, self._reader, self._once, self.place = (
            database._engine,  # noqa: SLF001 - the same class
            database._faults,  # noqa: SLF001
            database._reader,  # noqa: SLF001
            database._once,  # noqa: SLF001
            database.place,
        )
        self.unheard = False

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with super().writing() as connection:
            yield connection
        if self.unheard:
            raise CatalogueUnavailable("Inget svar.", "No answer.")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Unheard]:
    with open_catalogue(tmp_path / "catalogue.sqlite") as opened:
        yield Unheard(opened._database)  # noqa: SLF001 - the one way to stand between the two


@pytest.fixture
def catalogue(database: Unheard) -> SqlCatalogue:
    ledger = SqlCatalogue(database, Watch(lambda: 0.0, 30.0))
    ledger.enrol(worker_here(HERE))
    return ledger


def _unheard(database: Unheard, call: Callable[[], object]) -> None:
    database.unheard = True
    with pytest.raises(CatalogueUnavailable):
        call()
    database.unheard = False


def test_a_grant_of_which_nobody_heard_is_given_back_with_the_next_beat(
    catalogue: SqlCatalogue, database: Unheard
) -> None:
    delivery, lease = received(catalogue)
    catalogue.release(lease)
    _unheard(database, lambda: catalogue.acquire(delivery.id, HERE))
    assert catalogue.acquire(delivery.id, OTHER) is None
    catalogue.beat(HERE)
    assert catalogue.acquire(delivery.id, OTHER) is not None


def test_a_release_that_failed_is_made_up_for_with_the_next_beat_that_does_not(
    catalogue: SqlCatalogue, database: Unheard
) -> None:
    delivery, lease = received(catalogue)
    catalogue.release(lease)
    held = catalogue.acquire(delivery.id, HERE)
    assert held is not None
    _unheard(database, lambda: catalogue.acquire(delivery.id, HERE))
    catalogue.release(held)  # Outdated by the grant of which nobody heard: that one still stands.
    _unheard(database, lambda: catalogue.beat(HERE))
    assert catalogue.acquire(delivery.id, OTHER) is None
    catalogue.beat(HERE)
    assert catalogue.acquire(delivery.id, OTHER) is not None


def test_a_lease_that_is_known_again_is_kept(catalogue: SqlCatalogue, database: Unheard) -> None:
    delivery, lease = received(catalogue)
    catalogue.release(lease)
    _unheard(database, lambda: catalogue.acquire(delivery.id, HERE))
    held = catalogue.acquire(delivery.id, HERE)
    assert held is not None
    catalogue.beat(HERE)
    assert catalogue.holds(held)


def test_what_another_owner_holds_by_now_is_left_alone(catalogue: SqlCatalogue, database: Unheard) -> None:
    catalogue.enrol(worker_here(OWNER))
    delivery, lease = received(catalogue)
    _unheard(database, lambda: catalogue.release(lease))
    taken = catalogue.acquire(delivery.id, HERE)
    assert taken is not None
    catalogue.beat(OWNER)
    assert catalogue.holds(taken)
