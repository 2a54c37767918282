"""What leaves the reading room at once when a decision closes something."""

from collections.abc import Collection
from dataclasses import replace

from ingest.adapters.sql.catalogue import SqlCatalogue
from ingest.adapters.sql.leases import PATIENCE_SECONDS, Watch
from ingest.domain.access.decisions import AccessDecision, Reference
from ingest.domain.access.levels import Level
from ingest.domain.access.units import UnitKey
from ingest.pipeline.public_records import known_ids, take_out
from tests.fakes.decided import decision
from tests.fakes.steady import CountingIds, SteadyClock
from tests.simulation.founded import founded, ports_of

CASE, ONE, TWO, THREE, LOOSE = ("C",), ("C", "1"), ("C", "2"), ("C", "3"), ("L",)


def taken_out(closing: AccessDecision, *before: AccessDecision) -> set[UnitKey]:
    """Give the units that leave when a decision is announced after those that are journalled."""
    archive = founded()
    archive.restore()
    catalogue = SqlCatalogue(archive.database, Watch(lambda: 0.0, PATIENCE_SECONDS))
    for sequence, one in enumerate(before, 1):
        catalogue.settle_access(replace(one, id=f"decision {sequence}"), sequence)
    gone: list[str] = []

    def take(ids: Collection[str]) -> None:
        gone.extend(ids)

    ids = CountingIds(lambda _: False)
    ports = ports_of(catalogue, (archive.store("archive"),), archive.signer, SteadyClock(), ids)
    take_out(closing, replace(ports, take_out=take))
    return {key for key, public_id in known_ids("p", ports).items() if public_id in gone}


ALL = decision(Level.PUBLIC, CASE, ONE, TWO, THREE, LOOSE)
NUMBERED = replace(decision(Level.PUBLIC, CASE, ONE, THREE, LOOSE), reference=Reference.SHOWN)


def test_what_is_closed_leaves_with_all_that_is_in_it() -> None:
    assert taken_out(decision(Level.HIDDEN, CASE), ALL) == {CASE, ONE, TWO, THREE}
    assert taken_out(decision(Level.ON_REQUEST, TWO), ALL) == {TWO}


def test_what_is_made_public_takes_nothing_out() -> None:
    assert taken_out(ALL, ALL) == set()
    assert taken_out(NUMBERED, ALL, NUMBERED) == set()


def test_what_is_to_be_shown_without_its_number_from_now_on_leaves_until_it_is_published_anew() -> None:
    assert taken_out(ALL, NUMBERED) == {CASE, ONE, THREE, LOOSE}


def test_beside_what_is_hidden_nothing_keeps_its_number() -> None:
    """Numbers 1 and 3 tell that there is a number 2; what is on request may be known of."""
    assert taken_out(decision(Level.HIDDEN, TWO), ALL, NUMBERED) == {ONE, TWO, THREE}
    assert taken_out(decision(Level.ON_REQUEST, TWO), ALL, NUMBERED) == {TWO}
    assert taken_out(decision(Level.HIDDEN, CASE), ALL, NUMBERED) == {CASE, ONE, TWO, THREE}
