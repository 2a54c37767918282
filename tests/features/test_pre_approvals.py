"""Classes approved beforehand by two people, in a real archive with its reading room."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.adapters.sql.catalogue import open_catalogue
from ingest.application.access_standing import stood
from ingest.application.decide_access import InForce
from ingest.application.found_numbers import FoundNumbers
from ingest.application.holdings import package_of
from ingest.application.ingest_path import ingest_path
from ingest.application.pre_approval_chains import chains_of_approval, is_in_force
from ingest.application.pre_approvals import (
    ComeElsewhere,
    Lacking,
    Noted,
    SamePerson,
    WantedApproval,
    confirm_approval,
    pre_approvals,
    propose_approval,
    withdraw_approval,
)
from ingest.application.publications import publications_of
from ingest.application.publish_records import Published, Publisher, UnderWay, publish
from ingest.application.rebuild_catalogue import rebuild
from ingest.application.tend_reading_room import finish_waiting, tend
from ingest.bootstrap import writing
from ingest.bootstrap.reading_room import reading_room
from ingest.domain.access.levels import Level
from ingest.domain.access.preapprovals import ApprovalLack, ContentClass, PreApproval, Stage
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.journal import entry_key
from ingest.domain.people import Deed, NotPermitted, Person, PersonRole
from ingest.errors import StoreUnavailable, UnknownSubject
from ingest.pipeline.step import Ports
from tests.fakes.small_archive import Stored, hand_over, settings_of
from tests.features.archive_with_room import House, Killed, Wrapped, away, killed
from tests.features.test_access_decisions import CASE, ONE, SECRET, TWO, Broken, case_with

KLASSA = {"scheme": "KLASSA", "version": "2.0", "code": "3.1.2", "title": "Bygglov"}
WANTED = WantedApproval(
    of_class=ContentClass(agreement=DEFAULT_AGREEMENT.id, agreement_version=1, scheme="KLASSA", code="3.1.2"),
    ground="ingen",
    personal_data="Bara namn på sökande.",
    reason="Alla sådana har prövats.",
    begins="2020-01-01",
    ends="2999-12-31",
)


def somebody(name: str, *roles: PersonRole) -> Person:
    return Person(name=name, subject=f"s-{name}", roles=frozenset(roles))


RUT, BO = somebody("Rut Ek", PersonRole.RELEASER), somebody("Bo Alm", PersonRole.RELEASER)
EVA = somebody("Eva Ny", PersonRole.REVIEWER)


def classed(folder: Path, status: str, title: str = "Svar", **second: object) -> Path:
    made = case_with(folder, status, title, **second)
    document = json.loads((made / "case.json").read_text())
    document["case"]["classification"] = KLASSA
    (made / "case.json").write_text(json.dumps(document))
    return made


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pre-approvals")
    (receipt,) = hand_over(folder / "home", (classed(folder / "first", "NEW"),))
    assert receipt["outcome"] == "accepted", receipt["findings"]
    return folder / "home"


@pytest.fixture
def house(made: Path, tmp_path: Path) -> Iterator[House]:
    settings = settings_of(shutil.copytree(made, tmp_path / "home"))
    with ExitStack() as held:
        archive = held.enter_context(writing(settings))
        room = held.enter_context(reading_room(settings))
        yield House(archive=archive, room=room, ids={}, finder=FoundNumbers(archive.ports))


def proposed(ports: Ports, wanted: WantedApproval = WANTED, by: Person = RUT) -> PreApproval:
    answer = propose_approval(wanted, by, ports)
    assert isinstance(answer, Noted), answer
    return answer.approval


def confirmed(house: House, wanted: WantedApproval = WANTED) -> PreApproval:
    answer = confirm_approval(proposed(house.archive.ports, wanted).id, "Jag har prövat det.", BO, house.archive.ports)
    assert isinstance(answer, Noted), answer
    return answer.approval


def test_publishing_anew_opens_nothing_that_was_only_approved_beforehand(house: House) -> None:
    confirmed(house)
    ports, operator = house.archive.ports, somebody("Ola Drift", PersonRole.OPERATOR)
    by = Publisher(person=operator, owner=house.archive.owner, deed=Deed.PUBLISH_ANEW)
    answer = publish("PUSH-1", by, house.finder, house.room, ports)
    assert isinstance(answer, Published)
    assert answer.shown == ()
    assert ports.catalogue.decided_packages() == ()


def levels(house: House) -> dict[tuple[str, ...], Level]:
    now = stood(package_of("PUSH-1", house.archive.ports), house.finder, house.archive.ports).standing
    return {key: now.level_of(key) for key in now.units}


def replaced_by(house: House, folder: Path) -> None:
    archive = house.archive
    receipt = ingest_path(folder, DEFAULT_AGREEMENT, archive.owner, archive.ports)
    assert receipt["outcome"] == "accepted", receipt["findings"]


OPEN, CLOSED = (dict.fromkeys((CASE, ONE, TWO), level) for level in (Level.PUBLIC, Level.ON_REQUEST))


def test_one_proposes_another_confirms_and_publishing_carries_over(house: House) -> None:
    approval = proposed(house.archive.ports)
    house.publish()
    assert (levels(house), house.shown) == (CLOSED, set())
    confirm_approval(approval.id, "Jag har prövat det.", BO, house.archive.ports)
    assert levels(house) == CLOSED, "nothing is opened before it is carried over"
    house.publish()
    assert (levels(house), house.shown) == (OPEN, {CASE, ONE, TWO})
    found = stood(package_of("PUSH-1", house.archive.ports), house.finder, house.archive.ports)
    (made,) = found.decisions
    assert made.approval is not None
    assert [one.by for one in made.approval.approvals] == [RUT.name, BO.name]
    assert (made.ground, made.by) == (WANTED.ground, "Rut Ek")
    house.publish()
    assert len(house.archive.ports.catalogue.access_decisions(found.package.package)) == 1


def test_what_is_carried_over_is_journalled_with_who_and_by_which_decision(house: House) -> None:
    ports, package = house.archive.ports, package_of("PUSH-1", house.archive.ports).package
    house.publish()
    assert publications_of(package, ports) == ()
    assert isinstance(house.decide(Level.PUBLIC, ONE), InForce)
    house.publish()
    house.publish()
    (first,) = publications_of(package, ports)
    (decided,) = ports.catalogue.access_decisions(package)
    (shown,) = first.shown
    assert (shown.key, shown.level, shown.decision) == (ONE, Level.PUBLIC, decided.decision.id)
    assert (first.by, first.role, first.withdrawn) == ("Rut Ek", PersonRole.ARCHIVIST, ())
    with pytest.raises(StoreUnavailable):
        house.decide(Level.HIDDEN, ONE, take_out=away)
    house.publish()
    assert [(one.shown, one.withdrawn) for one in publications_of(package, ports)] == [
        ((), (shown.id,)),
        ((shown,), ()),
    ]


def test_nobody_confirms_alone_nor_without_the_right(house: House) -> None:
    ports = house.archive.ports
    approval = proposed(ports)
    assert confirm_approval(approval.id, "Ja.", RUT, ports) == SamePerson()
    assert confirm_approval(approval.id, "Ja.", replace(RUT, name="R. Ek"), ports) == SamePerson()
    assert confirm_approval(approval.id, "Ja.", replace(BO, name=RUT.name), ports) == SamePerson()
    assert confirm_approval(approval.id, " ", BO, ports) == Lacking(lacks=(ApprovalLack.REASON,))
    for role in set(PersonRole) - {PersonRole.RELEASER}:
        other = somebody("Eva Ny", role)
        with pytest.raises(NotPermitted):
            confirm_approval(approval.id, "Ja.", other, ports)
        with pytest.raises(NotPermitted):
            propose_approval(WANTED, other, ports)
    with pytest.raises(UnknownSubject):
        confirm_approval("../../x", "Ja.", BO, ports)
    assert pre_approvals(EVA, ports) == (approval,)
    house.publish()
    assert levels(house) == CLOSED


@pytest.mark.parametrize(
    ("changed", "lack"),
    [
        ({"ground": ""}, ApprovalLack.GROUND),
        ({"personal_data": ""}, ApprovalLack.PERSONAL_DATA),
        ({"reason": ""}, ApprovalLack.REASON),
        ({"ends": "2020-01-02"}, ApprovalLack.DAYS),
    ],
)
def test_what_is_lacking_is_said_and_nothing_is_proposed(
    house: House, changed: dict[str, Any], lack: ApprovalLack
) -> None:
    assert propose_approval(replace(WANTED, **changed), RUT, house.archive.ports) == Lacking(lacks=(lack,))
    assert house.archive.ports.catalogue.pre_approvals() == ()


def test_a_version_that_is_not_there_is_not_approved(house: House) -> None:
    with pytest.raises(UnknownSubject):
        proposed(house.archive.ports, replace(WANTED, of_class=replace(WANTED.of_class, agreement_version=9)))


@pytest.mark.parametrize(
    "wanted",
    [
        replace(WANTED, of_class=replace(WANTED.of_class, code="3.1")),
        replace(WANTED, begins="2999-01-01"),
    ],
    ids=["another class", "not yet"],
)
def test_what_it_is_not_about_stays_closed(house: House, wanted: WantedApproval) -> None:
    confirmed(house, wanted)
    assert isinstance(house.publish(), Published)
    assert levels(house) == CLOSED


def test_a_mark_a_number_and_a_person_keep_back(house: House, tmp_path: Path) -> None:
    confirmed(house)
    replaced_by(house, classed(tmp_path / "secret", "REPLACEMENT", restrictions=[SECRET]))
    house.publish()
    assert levels(house) == {CASE: Level.HIDDEN, ONE: Level.PUBLIC, TWO: Level.HIDDEN}
    replaced_by(house, classed(tmp_path / "number", "REPLACEMENT", title="Svar till 640823-3234"))
    assert isinstance(house.decide(Level.ON_REQUEST, ONE), InForce)
    house.publish()
    assert levels(house) == {CASE: Level.HIDDEN, ONE: Level.ON_REQUEST, TWO: Level.HIDDEN}


def test_anybody_at_the_desk_withdraws_and_it_closes_at_once(house: House) -> None:
    approval, ports = confirmed(house), house.archive.ports
    house.publish()
    assert withdraw_approval(approval.id, "", EVA, ports) == Lacking(lacks=(ApprovalLack.REASON,))
    with pytest.raises(NotPermitted):
        withdraw_approval(approval.id, "Fel.", somebody("Åsa Rev", PersonRole.AUDITOR), ports)
    assert isinstance(withdraw_approval(approval.id, "Klassen rymmer annat.", EVA, ports), Noted)
    assert (levels(house), house.shown) == (CLOSED, set())
    assert isinstance(withdraw_approval(approval.id, "Igen.", EVA, ports), ComeElsewhere)
    assert isinstance(confirm_approval(approval.id, "Ja.", BO, ports), ComeElsewhere)
    house.publish()
    assert (levels(house), house.shown) == (CLOSED, set())


def test_what_a_releaser_opened_since_stays_open(house: House) -> None:
    approval = confirmed(house)
    house.publish()
    assert isinstance(house.decide(Level.PUBLIC, ONE), InForce)
    house.publish()
    withdraw_approval(approval.id, "Fel.", EVA, house.archive.ports)
    assert levels(house) == CLOSED | {ONE: Level.PUBLIC}
    assert house.shown == {ONE}


@pytest.mark.parametrize("folder", ["journal/access/", "journal/pre-approval/"])
def test_a_withdrawal_that_meets_a_fault_closes_and_is_finished_later(house: House, folder: str) -> None:
    approval, ports = confirmed(house), house.archive.ports
    house.publish()
    broken = replace(ports, replicas=tuple(Broken(one, folder) for one in ports.replicas))
    with pytest.raises(StoreUnavailable):
        withdraw_approval(approval.id, "Fel.", EVA, broken)
    assert (levels(house), house.shown) == (CLOSED, set())
    assert approval.id in finish_waiting(house.archive.owner, ports).decisions
    assert finish_waiting(house.archive.owner, ports).decisions == ()
    assert all(ports.catalogue.chain(subject) for subject in chains_of_approval(approval.id))


def test_a_withdrawal_broken_off_before_the_room_is_emptied_is_finished(house: House) -> None:
    approval, ports = confirmed(house), house.archive.ports
    house.publish()
    with pytest.raises(Killed):
        withdraw_approval(approval.id, "Fel.", EVA, replace(ports, take_out=killed))
    assert levels(house) == CLOSED
    tend(house.room, ports)
    assert house.shown == set()


def test_a_withdrawal_while_it_is_carried_over_lists_nothing(house: House) -> None:
    approval, ports = confirmed(house), house.archive.ports
    whole = house.room.index

    def overtaken(*said: object) -> object:
        if is_in_force(approval.id, ports):
            withdraw_approval(approval.id, "Fel.", EVA, ports)
        return whole.show(*said)  # type: ignore[arg-type] # as it was asked

    assert isinstance(house.publish(index=Wrapped(whole, "show", overtaken)), Published | UnderWay)
    assert (levels(house), house.shown) == (CLOSED, set())


def test_a_catalogue_put_back_from_a_copy_shows_nothing_by_what_was_withdrawn_since(
    house: House, tmp_path: Path
) -> None:
    approval, copy = confirmed(house), tmp_path / "copy.sqlite"
    house.publish()
    with (
        closing(sqlite3.connect(tmp_path / "home" / "catalogue.sqlite")) as one,
        closing(sqlite3.connect(copy)) as other,
    ):
        one.backup(other)
    withdraw_approval(approval.id, "Fel.", EVA, house.archive.ports)
    with open_catalogue(copy) as older:
        house.publish(catalogue=older)
    assert house.shown == set()


@contextmanager
def rebuilt(house: House, tmp_path: Path) -> Iterator[House]:
    with open_catalogue(tmp_path / "rebuilt.sqlite") as catalogue:
        ports = replace(house.archive.ports, catalogue=catalogue)
        rebuild(ports)
        yield replace(house, archive=replace(house.archive, ports=ports), finder=FoundNumbers(ports))


def test_a_rebuilt_catalogue_knows_what_was_approved_and_what_was_withdrawn(house: House, tmp_path: Path) -> None:
    kept, gone, half = confirmed(house), confirmed(house), proposed(house.archive.ports)
    house.publish()
    withdrawn = withdraw_approval(gone.id, "Fel.", EVA, house.archive.ports)
    assert isinstance(withdrawn, Noted)
    with rebuilt(house, tmp_path) as again:
        known = {one.id: one for one in again.archive.ports.catalogue.pre_approvals()}
        assert known == {kept.id: kept, gone.id: withdrawn.approval, half.id: half}
        assert levels(again) == levels(house)


@pytest.mark.parametrize("lost", [0, 1, 2], ids=["its end", "the withdrawal's chain", "all of its chain"])
def test_after_a_loss_nothing_is_open_without_proof_that_it_was_not_withdrawn(
    house: House, tmp_path: Path, lost: int
) -> None:
    approval, ports = confirmed(house), house.archive.ports
    house.publish()
    store = Stored(root=tmp_path / "home" / "archive")
    own, withdrawals = chains_of_approval(approval.id)
    if lost in {0, 1}:
        withdraw_approval(approval.id, "Fel.", EVA, ports)
        store.remove(entry_key(own, 3) if lost == 0 else entry_key(withdrawals, 1))
    else:
        for number in (1, 2):
            store.remove(entry_key(own, number))
    with rebuilt(house, tmp_path) as again:
        assert levels(again) == CLOSED
        again.publish()
        assert levels(again) == CLOSED
        known = again.archive.ports.catalogue.pre_approval(approval.id)
        assert known is None or known.stage is Stage.WITHDRAWN
