"""What is on show leaves the reading room though its package cannot be read: damaged, or gone."""

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from html import unescape
from pathlib import Path

import httpx
import pytest

from ingest.application.access_standing import stood
from ingest.application.decide_access import InForce, UnknownUnits
from ingest.application.found_numbers import FoundNumbers
from ingest.application.hide_at_once import Unexplained, WantedHiding, hide_at_once, opened_units
from ingest.application.holdings import package_of
from ingest.bootstrap import writing
from ingest.bootstrap.reading_room import reading_room
from ingest.domain.access.levels import Level
from ingest.domain.people import NotPermitted, Person, PersonRole
from ingest.errors import ObjectMissing
from tests.fakes.small_archive import hand_over, settings_of
from tests.features.api_client import case_push, document
from tests.features.archive_with_room import House
from tests.features.desk_house import house as desk_house
from tests.features.desk_house import is_whole_page, proof_in, somebody
from tests.features.front_door import Door
from tests.features.test_access_decisions import BO, CASE, ONE, TWO, case_with


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with a case of two records, all of them on show."""
    folder = tmp_path_factory.mktemp("at-once")
    hand_over(folder / "home", (case_with(folder / "first", "NEW"),))
    with ExitStack() as held:
        house = opened(folder / "home", held)
        assert isinstance(house.decide(Level.PUBLIC, CASE, ONE, TWO), InForce)
        house.publish()
    return folder / "home"


def opened(home: Path, held: ExitStack) -> House:
    settings = settings_of(home)
    archive = held.enter_context(writing(settings))
    room = held.enter_context(reading_room(settings))
    return House(archive=archive, room=room, ids={}, finder=FoundNumbers(archive.ports))


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "home")


@pytest.fixture
def house(home: Path) -> Iterator[House]:
    with ExitStack() as held:
        found = opened(home, held)
        found.publish()
        yield found


def lose(home: Path, *, to: Path) -> None:
    """Let every object of the archive be gone, as when its disk is: the journal lies elsewhere."""
    for folder in (home / "archive").iterdir():
        if folder.is_dir() and folder.name != "journal":
            shutil.move(folder, to / folder.name)


def test_what_is_on_show_of_a_package_that_is_gone_is_hidden(house: House, home: Path, tmp_path: Path) -> None:
    lose(home, to=tmp_path)
    ports = house.archive.ports
    with pytest.raises(ObjectMissing):
        house.decide(Level.HIDDEN, ONE)
    assert opened_units("PUSH-1", BO, ports).units == dict.fromkeys((CASE, ONE, TWO), Level.PUBLIC)
    wanted = WantedHiding(package="PUSH-1", units=(ONE,), reason="Fel nyss.")
    answer = hide_at_once(wanted, BO, house.archive.owner, ports)
    assert isinstance(answer, InForce)
    assert (answer.decision.by, answer.decision.role) == ("Bo Alm", PersonRole.REVIEWER)
    assert house.shown == {CASE, TWO}
    for folder in [one for one in tmp_path.iterdir() if one != home]:
        shutil.move(folder, home / "archive" / folder.name)
    standing = stood(package_of("PUSH-1", ports), FoundNumbers(ports), ports).standing
    assert [standing.level_of(key) for key in (CASE, ONE, TWO)] == [Level.PUBLIC, Level.HIDDEN, Level.PUBLIC]


def test_what_hides_a_case_hides_all_that_is_in_it(house: House) -> None:
    wanted = WantedHiding(package="PUSH-1", units=(CASE,), reason="Fel nyss.")
    assert isinstance(hide_at_once(wanted, BO, house.archive.owner, house.archive.ports), InForce)
    assert house.shown == set()
    assert opened_units("PUSH-1", BO, house.archive.ports).units == {}


def test_nothing_is_hidden_without_a_unit_that_is_open_a_reason_and_a_role(house: House) -> None:
    ports, owner = house.archive.ports, house.archive.owner
    for units in ((), (("another",),)):
        wanted = WantedHiding(package="PUSH-1", units=units, reason="Fel.")
        assert hide_at_once(wanted, BO, owner, ports) == UnknownUnits(keys=units)
    wanted = WantedHiding(package="PUSH-1", units=(ONE,), reason=" ")
    assert hide_at_once(wanted, BO, owner, ports) == Unexplained()
    auditor = Person(name="Ann", subject="ann", roles=frozenset({PersonRole.AUDITOR}))
    with pytest.raises(NotPermitted):
        hide_at_once(wanted, auditor, owner, ports)
    assert house.shown == {CASE, ONE, TWO}


def test_the_command_hides_what_it_cannot_read_and_opens_nothing_of_it(home: Path, tmp_path: Path) -> None:
    lose(home, to=tmp_path)
    door, why = Door(home=home), ("--reason", "Fel nyss.", "--lang", "en")
    assert door.run("decide", "PUSH-1", "--on-request", ONE[-1], *why).code == 2
    assert door.run("decide", "PUSH-1", "--hide", "another", *why).code == 2
    answer = door.run("decide", "PUSH-1", "--hide", ONE[-1], *why)
    assert (answer.code, "1 unit is hidden." in answer.out) == (0, True), answer.err
    assert door.run("show", "PUSH-1", "--json").document["access"]["atMost"] == {
        "public": 2,
        "on-request": 0,
        "hidden": 1,
    }


def test_the_desk_hides_what_it_cannot_show(tmp_path: Path) -> None:
    with desk_house(tmp_path / "home") as made:
        push = case_push("d-1", document(b"Hej!"))
        package = made.producer.receipt(made.producer.post(json=push).headers["location"])["package"]
        browser = made.browser(somebody(PersonRole.RELEASER, name="Rut Ek"))
        page = browser.get(f"/packages/{package}/access")
        boxes = dict(re.findall(r'type="checkbox" name="(unit-\d+)" value="([^"]+)"', page.text))
        said = {"level": "public", "reason": "Prövat.", "ground": "Inget.", "personal-data": "Inga."}
        ticked = {name: unescape(value) for name, value in boxes.items()}
        browser.post(f"/packages/{package}/access", data={"proof": proof_in(page), **said, **ticked})
        browser.post(f"/packages/{package}/publication", data={"proof": proof_in(page)})
        lose(made.home, to=tmp_path)
        page = browser.get(f"/packages/{package}/access")
        assert page.status_code == httpx.codes.INTERNAL_SERVER_ERROR
        assert is_whole_page(page, "sv")
        boxes = dict(re.findall(r'type="checkbox" name="(unit-\d+)" value="([^"]+)"', page.text))
        ticked = {name: unescape(value) for name, value in boxes.items()}
        assert len(ticked) == 2
        form = {"proof": proof_in(page), **ticked}
        at = f"/packages/{package}/hiding"
        unexplained = browser.post(at, data=form)
        assert (unexplained.status_code, "Skriv en motivering" in unexplained.text) == (httpx.codes.CONFLICT, True)
        hidden = browser.post(at, data={**form, "reason": "Fel."})
        assert hidden.status_code == httpx.codes.SEE_OTHER
        shown = browser.get(hidden.headers["location"].removeprefix("/desk"))
        assert is_whole_page(shown, "sv")
        assert "Det är dolt nu." in shown.text
        assert "Inget i paketet kan synas i läsesalen." in shown.text
        with made.desk.room() as room:
            assert not room.index.listed_after(0, 10)
        auditor = made.browser(somebody(PersonRole.AUDITOR))
        assert "Dölj" not in auditor.get(f"/packages/{package}/access").text
