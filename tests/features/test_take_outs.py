"""What closes reaches the reading room whatever breaks in between: the journal, the room, or the process itself."""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.adapters.sql.catalogue import open_catalogue
from ingest.application.access_chains import decision_in, package_chain, withdrawal_chain
from ingest.application.decide_access import InForce
from ingest.application.found_numbers import FoundNumbers
from ingest.application.ingest_path import ingest_path
from ingest.application.publish_records import Published, UnderWay
from ingest.application.rebuild_catalogue import rebuild
from ingest.application.rescan_objects import rescan
from ingest.application.tend_reading_room import finish_waiting, tend
from ingest.bootstrap import writing
from ingest.bootstrap.reading_room import reading_room
from ingest.domain.access.decisions import Reference
from ingest.domain.access.levels import Level
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.deliveries import DeliveryState
from ingest.errors import StoreUnavailable
from ingest.pipeline.step import Ports
from schemas.public_store import record_key
from tests.contracts.public_index import RECORD
from tests.fakes.scripted_scanner import ScriptedScanner
from tests.fakes.small_archive import hand_over, settings_of
from tests.features.archive_with_room import House, Killed, Wrapped, away, killed
from tests.features.test_access_decisions import CASE, ONE, TWO, Broken, case_with

ALL = {CASE, ONE, TWO}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("take-outs")
    hand_over(folder / "home", (case_with(folder / "first", "NEW"),))
    return folder / "home"


@pytest.fixture
def house(made: Path, tmp_path: Path) -> Iterator[House]:
    settings = settings_of(shutil.copytree(made, tmp_path / "home"))
    with ExitStack() as held:
        archive = held.enter_context(writing(settings))
        room = held.enter_context(reading_room(settings))
        yield House(archive=archive, room=room, ids={}, finder=FoundNumbers(archive.ports))


@pytest.fixture
def open_house(house: House) -> House:
    """All of it was made public, and is in the room."""
    assert isinstance(house.decide(Level.PUBLIC, CASE, ONE, TWO), InForce)
    house.publish()
    assert house.shown == ALL
    return house


def test_a_journal_that_is_away_keeps_nothing_in_the_room(open_house: House) -> None:
    broken = tuple(Broken(one, "journal/access/") for one in open_house.archive.ports.replicas)
    with pytest.raises(StoreUnavailable):
        open_house.decide(Level.HIDDEN, ONE, replicas=broken)
    assert open_house.shown == ALL - {ONE}


@pytest.mark.parametrize("level", [Level.HIDDEN, Level.ON_REQUEST])
def test_whoever_closes_again_what_met_a_fault_before_takes_it_out(open_house: House, level: Level) -> None:
    with pytest.raises(StoreUnavailable):
        open_house.decide(level, CASE, take_out=away)
    assert open_house.shown == ALL
    assert isinstance(open_house.decide(level, CASE), InForce)
    assert open_house.shown == set()


def test_what_is_closed_already_is_taken_out_again_where_the_room_still_has_it(open_house: House) -> None:
    """As when the room was put back from a copy."""
    open_house.decide(Level.HIDDEN, ONE, take_out=lambda _: None)
    assert open_house.shown == ALL
    assert isinstance(open_house.decide(Level.HIDDEN, ONE), InForce)
    assert open_house.shown == ALL - {ONE}


def test_a_room_that_is_away_keeps_nobody_from_closing_more(open_house: House) -> None:
    for key in (ONE, TWO):
        with pytest.raises(StoreUnavailable):
            open_house.decide(Level.HIDDEN, key, take_out=away)
    assert len(open_house.archive.ports.catalogue.announced_access()) == 2
    assert len(finish_waiting(open_house.archive.owner, open_house.archive.ports).decisions) == 2
    assert open_house.shown == {CASE}


def test_files_that_are_removed_between_their_copying_and_the_listing_are_there_in_the_end(open_house: House) -> None:
    """As when another withdraws the same record then."""
    document = min(open_house.room.store.keys("files/"))

    def listed_after_another(record: dict[str, Any], *asked: Any) -> bool:
        open_house.room.store.delete((document,) if record["id"] in document else ())
        return open_house.room.index.show(record, *asked)

    open_house.publish(index=Wrapped(open_house.room.index, "show", listed_after_another))
    assert open_house.shown == ALL
    assert open_house.room.store.stat(document) is not None


def test_nothing_is_removed_as_a_stray_that_has_been_listed_since_it_was_seen(open_house: House) -> None:
    """As when somebody publishes between the look and the removal."""
    ids = frozenset(open_house.ids)
    unseen = Wrapped(open_house.room.index, "shown", lambda _: frozenset())
    tend(replace(open_house.room, index=unseen), open_house.archive.ports, ids)
    assert open_house.shown == ALL
    assert open_house.lying == ids


def test_a_decision_whose_maker_was_killed_before_the_catalogue_knew_its_place_is_published(house: House) -> None:
    dying = Wrapped(house.archive.ports.catalogue, "settle_access", killed)
    with pytest.raises(Killed):
        house.decide(Level.PUBLIC, CASE, ONE, TWO, catalogue=dying)
    assert isinstance(house.publish(), Published)
    assert house.shown == ALL
    house.decide(Level.HIDDEN, CASE)
    assert house.shown == set()


@pytest.mark.parametrize("killed_at", ["nowhere", "take_out"])
def test_a_number_that_shall_not_be_shown_leaves_the_room_at_once(house: House, killed_at: str) -> None:
    house.decide(Level.PUBLIC, CASE, ONE, TWO, reference=Reference.SHOWN)
    house.publish()
    if killed_at == "nowhere":
        house.decide(Level.PUBLIC, ONE)
    else:
        with pytest.raises(Killed):
            house.decide(Level.PUBLIC, ONE, take_out=killed)
        finished(house)
    assert house.shown == ALL - {ONE}
    answer = house.publish()
    assert isinstance(answer, Published)
    assert {unit.key for unit in answer.shown if "reference" in unit.record} == {CASE, TWO}


def test_an_overtaken_publisher_puts_nothing_older_beside_what_stands(open_house: House) -> None:
    """And where it is killed then, nothing of it lies there."""
    whole = open_house.room.index

    def overtaken(*asked: Any) -> bool:
        open_house.decide(Level.HIDDEN, CASE)
        assert not whole.show(*asked)
        raise Killed

    with pytest.raises(Killed):
        open_house.publish(index=Wrapped(whole, "show", overtaken))
    assert open_house.lying == set()


@pytest.mark.parametrize("state", ["placed", "waiting"])
def test_a_catalogue_that_was_put_back_from_a_copy_publishes_nothing_that_was_closed_since(
    open_house: House, tmp_path: Path, state: str
) -> None:
    """And rebuilt by nobody; whether the decision had its place among the package's entries, or waited for it."""
    now, copy = open_house.archive.ports.catalogue, tmp_path / "copy.sqlite"
    with (
        closing(sqlite3.connect(tmp_path / "home" / "catalogue.sqlite")) as one,
        closing(sqlite3.connect(copy)) as other,
    ):
        one.backup(other)
    busy = Wrapped(now, "acquire", lambda *_: None)
    open_house.decide(Level.HIDDEN, ONE, catalogue=now if state == "placed" else busy)
    assert len(now.announced_access()) == ["placed", "waiting"].index(state)
    with open_catalogue(copy) as older:
        assert older.announced_access() == ()
        open_house.publish(catalogue=older)
    assert open_house.shown == ALL - {ONE}


EVIL = b"Bilaga: samma"
"""What one document of the first record holds alone."""


def scan(house: House, ports: Ports) -> None:
    (package,) = ports.catalogue.packages()
    tuple(rescan([package.package], ScriptedScanner(evil=EVIL), house.archive.owner, ports))


def test_what_a_later_scan_finds_leaves_the_room_at_once_and_never_comes_back(open_house: House) -> None:
    ports, evil = open_house.archive.ports, hashlib.sha256(EVIL).hexdigest()
    with pytest.raises(StoreUnavailable):
        scan(open_house, replace(ports, take_out=away))
    assert open_house.shown == ALL
    scan(open_house, ports)
    assert open_house.shown == set()
    answer = open_house.publish()
    assert isinstance(answer, Published)
    assert open_house.shown == ALL
    (record,) = (unit for unit in answer.shown if unit.key == ONE)
    assert len(record.files) == 2
    assert evil not in {file.sha256 for file in record.files}
    assert not [key for key in open_house.room.store.keys("files/") if evil in key]


# ------------------------------------------------------------------------- what is finished by itself


def finished(house: House) -> None:
    """Let upkeep come round, in a process that knows nothing of what was before."""
    finish_waiting(house.archive.owner, house.archive.ports)
    ports = house.archive.ports
    assert ports.catalogue.announced_access() == ()
    (package,) = ports.catalogue.packages()
    assert len(ports.catalogue.chain(withdrawal_chain(package.package))) == 1


@pytest.mark.parametrize("call", ["put", "settle_access", "add_journal_record", "acquire"])
def test_wherever_somebody_who_closes_is_killed_it_is_finished(open_house: House, call: str) -> None:
    ports = open_house.archive.ports
    broken: dict[str, Any] = (
        {"replicas": tuple(Wrapped(one, call, killed) for one in ports.replicas)}
        if call == "put"
        else {"catalogue": Wrapped(ports.catalogue, call, killed)}
    )
    with pytest.raises(Killed):
        open_house.decide(
            Level.HIDDEN, ONE, take_out=killed if call in {"put", "add_journal_record"} else ports.take_out, **broken
        )
    finished(open_house)
    assert open_house.shown == ALL - {ONE}


def test_whoever_is_killed_before_anything_is_taken_out_is_finished(open_house: House) -> None:
    with pytest.raises(Killed):
        open_house.decide(Level.HIDDEN, CASE, take_out=killed)
    assert open_house.shown == ALL
    finished(open_house)
    assert open_house.shown == set()
    assert open_house.lying == set()


def test_a_room_that_is_away_is_told_and_tried_again(open_house: House) -> None:
    with pytest.raises(StoreUnavailable):
        open_house.decide(Level.HIDDEN, ONE, take_out=away)
    ports = open_house.archive.ports
    found = finish_waiting(open_house.archive.owner, replace(ports, take_out=away))
    assert [type(fault) for _, fault in found.faults] == [StoreUnavailable]
    assert len(ports.catalogue.announced_access()) == 1
    finished(open_house)


def test_what_decisions_allow_stays(open_house: House) -> None:
    for _ in range(2):
        found = tend(open_house.room, open_house.archive.ports)
        assert (found.withdrawn, found.strays, found.faults) == (frozenset(), frozenset(), ())
    assert open_house.shown == ALL


@pytest.mark.parametrize(
    ("level", "key", "left"),
    [(Level.HIDDEN, CASE, set()), (Level.ON_REQUEST, CASE, set()), (Level.HIDDEN, ONE, {CASE, TWO})],
)
def test_what_is_laxer_in_the_room_than_was_decided_is_taken_out(
    open_house: House, level: Level, key: tuple[str, ...], left: set[tuple[str, ...]]
) -> None:
    open_house.decide(level, key, take_out=lambda _: None)
    assert open_house.shown == ALL
    assert len(tend(open_house.room, open_house.archive.ports).withdrawn) == len(ALL - left)
    assert open_house.shown == left
    open_house.publish()
    assert not tend(open_house.room, open_house.archive.ports).withdrawn


def test_what_was_listed_before_the_newest_generation_is_taken_out(house: House, tmp_path: Path) -> None:
    """As when a process that takes in deliveries was not told where the reading room is."""
    long_ago = Wrapped(house.archive.ports.clock, "now", lambda: datetime(2026, 1, 1, tzinfo=UTC))
    house.decide(Level.PUBLIC, CASE, ONE, TWO)
    house.publish(clock=long_ago)
    blind = replace(house.archive.ports, take_out=lambda _: None)
    ingest_path(case_with(tmp_path / "next", "REPLACEMENT"), DEFAULT_AGREEMENT, house.archive.owner, blind)
    assert house.shown == ALL
    tend(house.room, house.archive.ports)
    assert house.shown == set()
    house.publish()
    tend(house.room, house.archive.ports)
    assert house.shown == ALL


def test_what_no_package_knows_is_taken_out(open_house: House) -> None:
    """As when the entry that gave a record its id was lost, and the catalogue rebuilt."""
    open_house.room.index.show(RECORD, "", open_house.archive.ports.clock.now, lambda: True)
    open_house.room.store.replace(record_key(RECORD["id"]), b"{}")
    assert tend(open_house.room, open_house.archive.ports).withdrawn == {RECORD["id"]}
    assert RECORD["id"] not in open_house.lying
    assert open_house.shown == ALL


def test_a_catalogue_that_has_forgotten_the_archive_empties_no_room(open_house: House, tmp_path: Path) -> None:
    """As when a server is pointed at a new database, and its workers start before it is rebuilt."""
    ports = open_house.archive.ports
    with open_catalogue(tmp_path / "new.sqlite") as new:
        found = tend(open_house.room, replace(ports, catalogue=new))
        assert found.withdrawn == frozenset()
        ((where, fault),) = found.faults
        assert (where, "rebuild" in fault.en) == ("", True)
        assert open_house.shown == ALL
        rebuild(replace(ports, catalogue=new))
        found = tend(open_house.room, replace(ports, catalogue=new))
    assert (found.withdrawn, found.faults) == (frozenset(), ())
    assert open_house.shown == ALL


def test_what_only_a_forged_entry_tells_of_is_not_forgotten_but_lost(open_house: House, tmp_path: Path) -> None:
    """Nothing is public without proof: a rebuild would leave such a package out too."""
    ports = open_house.archive.ports
    (store,) = ports.replicas
    for key in tuple(store.keys("journal/package/")):
        with store.open(key) as stream:
            entry = json.load(stream)
        store.replace(key, json.dumps({**entry, "signature": "A" * len(entry["signature"])}).encode())
    with open_catalogue(tmp_path / "new.sqlite") as new:
        found = tend(open_house.room, replace(ports, catalogue=new))
    assert len(found.withdrawn) == len(ALL)
    assert open_house.shown == set()


@pytest.mark.parametrize(("part", "call"), [("index", "show"), ("store", "replace"), ("store", "put")])
def test_what_a_killed_publisher_left_goes_the_second_time_it_is_seen(house: House, part: str, call: str) -> None:
    house.decide(Level.PUBLIC, CASE, ONE, TWO)
    calls = iter(range(99))
    whole = getattr(getattr(house.room, part), call)
    dying = Wrapped(getattr(house.room, part), call, lambda *asked: killed() if next(calls) else whole(*asked))
    with pytest.raises(Killed):
        house.publish(**{part: dying})
    first = tend(house.room, house.archive.ports)
    assert first.strays
    assert first.strays <= house.lying
    assert not first.removed
    second = tend(house.room, house.archive.ports, first.strays)
    assert second.removed == first.strays
    assert not second.removed & house.lying
    house.publish()
    assert house.shown == ALL


def test_what_is_listed_when_it_is_seen_again_was_no_stray(open_house: House) -> None:
    found = tend(open_house.room, open_house.archive.ports, frozenset(open_house.ids))
    assert not found.removed
    assert open_house.shown == ALL


def test_while_something_is_on_its_way_into_the_package_what_is_allowed_stays(open_house: House) -> None:
    open_house.decide(Level.HIDDEN, ONE, take_out=lambda _: None)
    (package,) = open_house.archive.ports.catalogue.packages()
    other = open_house.archive.ports.catalogue.delivery(package.delivery_id)
    under_way = replace(other, id="x" * 32, state=DeliveryState.CHECKING, generation=2, attempt=2)
    open_house.archive.ports.catalogue.restore(under_way, (), (), ())
    assert open_house.publish() == UnderWay()
    assert open_house.shown == ALL - {ONE}


def test_however_many_records_cross_the_decisions_are_read_as_often(house: House) -> None:
    """They are large: one that opens ten thousand records names them all."""
    catalogue, read = house.archive.ports.catalogue, list[str]()

    def noted(package: str) -> Any:
        read.append(package)
        return catalogue.access_decisions(package)

    times = []
    for keys in ((CASE,), (ONE, TWO)):
        house.decide(Level.PUBLIC, *keys)
        read.clear()
        house.publish(catalogue=Wrapped(catalogue, "access_decisions", noted))
        times.append(len(read))
    assert house.shown == ALL
    assert times[0] == times[1]


def test_a_decision_that_the_catalogue_lacks_is_read_from_the_second_replica_where_the_first_is_silent(
    open_house: House,
) -> None:
    ports = open_house.archive.ports
    (package,) = ports.catalogue.packages()
    told = next(one for one in ports.catalogue.chain(package_chain(package.package)) if decision_in(one, ports))
    (store,) = ports.replicas
    silent = Wrapped(store, "open", away)
    assert decision_in(told, replace(ports, replicas=(silent, store))) == decision_in(told, ports)
    with pytest.raises(StoreUnavailable):
        decision_in(told, replace(ports, replicas=(silent, silent)))
