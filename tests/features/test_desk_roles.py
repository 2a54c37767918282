"""Every room of the desk by every role, own agency's package and another's: the whole table, over a real server."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import httpx
import pytest

from audit.desk.app import ROOMS
from audit.desk.rooms import For
from ingest.adapters.home import open_home
from ingest.domain.people import Deed, PersonRole
from tests.fakes.public_book import PublicBook
from tests.features.api_client import case_push, document
from tests.features.desk_house import House, house, proof_in, somebody
from tests.features.test_pre_approvals import proposed

_D = Deed
WANTS: Final[Mapping[str, Deed | None]] = {
    "GET /": None,
    "GET /overview": _D.SEE_OVERVIEW,
    "GET /overview/formats": _D.SEE_OVERVIEW,
    "GET /deliveries": _D.READ_DELIVERIES,
    "GET /deliveries/held": _D.READ_DELIVERIES,
    "GET /deliveries/tests": _D.READ_DELIVERIES,
    "GET /deliveries/{delivery}": _D.READ_DELIVERIES,
    "GET /deliveries/{delivery}/receipt.json": _D.READ_DELIVERIES,
    "POST /deliveries/{delivery}/decision": _D.DECIDE_HELD,
    "GET /packages": _D.READ_PACKAGES,
    "GET /packages/{package}": _D.READ_PACKAGES,
    "GET /packages/{package}/mets": _D.READ_PACKAGES,
    "GET /packages/{package}/mets/source": _D.READ_PACKAGES,
    "GET /packages/{package}/premis": _D.READ_PACKAGES,
    "GET /packages/{package}/premis/source": _D.READ_PACKAGES,
    "GET /packages/{package}/erms": _D.READ_PACKAGES,
    "GET /packages/{package}/erms/source": _D.READ_PACKAGES,
    "GET /packages/{package}/mets.xml": _D.READ_PACKAGES,
    "GET /packages/{package}/premis.xml": _D.READ_PACKAGES,
    "GET /packages/{package}/erms.xml": _D.READ_PACKAGES,
    "GET /packages/{package}/files/{path:path}": _D.READ_PACKAGES,
    "GET /packages/{package}/view/{path:path}": _D.READ_PACKAGES,
    "GET /packages/{package}/preview/{path:path}": _D.READ_PACKAGES,
    "GET /packages/{package}/export/{form}": _D.EXPORT_PACKAGES,
    "POST /packages/{package}/verification": _D.VERIFY_PACKAGES,
    "GET /packages/{package}/access": _D.REVIEW_ACCESS,
    "POST /packages/{package}/access": _D.RESTRICT_ACCESS,
    "GET /packages/{package}/access/numbers": _D.REVIEW_ACCESS,
    "POST /packages/{package}/access/numbers": _D.REVIEW_ACCESS,
    "GET /packages/{package}/hiding": _D.RESTRICT_ACCESS,
    "POST /packages/{package}/hiding": _D.RESTRICT_ACCESS,
    "POST /packages/{package}/publication": _D.PUBLISH_RECORDS,
    "GET /time-proposals": _D.REVIEW_ACCESS,
    "GET /pre-approvals": _D.REVIEW_ACCESS,
    "POST /pre-approvals": _D.LOWER_ACCESS,
    "GET /pre-approvals/{approval}": _D.REVIEW_ACCESS,
    "POST /pre-approvals/{approval}/confirmation": _D.LOWER_ACCESS,
    "POST /pre-approvals/{approval}/withdrawal": _D.RESTRICT_ACCESS,
    "GET /agreements": _D.READ_AGREEMENTS,
    "GET /agreements/{agreement}": _D.READ_AGREEMENTS,
    "GET /agreements/{agreement}/changes": _D.READ_AGREEMENTS,
    "GET /agreements/{agreement}/edit": _D.EDIT_AGREEMENTS,
    "POST /agreements/{agreement}/edit": _D.EDIT_AGREEMENTS,
    "GET /new-agreement": _D.EDIT_AGREEMENTS,
    "POST /new-agreement": _D.EDIT_AGREEMENTS,
    "GET /requests": _D.READ_REQUESTS,
    "GET /requests/{request}": _D.READ_REQUESTS,
    "POST /requests/{request}/claim": _D.ANSWER_REQUESTS,
    "POST /requests/{request}/answer": _D.ANSWER_REQUESTS,
    "POST /requests/{request}/refusal": _D.REFUSE_REQUESTS,
    "POST /requests/{request}/closing": _D.ANSWER_REQUESTS,
    "GET /requests/{request}/files/{sha256}": _D.READ_REQUESTS,
    "GET /requests/{request}/choose": _D.ANSWER_REQUESTS,
    "GET /requests/{request}/choose/{package}": _D.ANSWER_REQUESTS,
    "GET /record": _D.READ_JOURNAL,
    "POST /sign-out": None,
}
"""What each room for people who are signed in takes, in order of asking; None = nothing but that."""
_STAFF: Final = {_D.SEE_OVERVIEW, _D.READ_DELIVERIES, _D.READ_PACKAGES, _D.REVIEW_ACCESS, _D.READ_AGREEMENTS}
MAY: Final[Mapping[PersonRole, set[Deed]]] = {
    PersonRole.ARCHIVIST: {
        *_STAFF,
        _D.EXPORT_PACKAGES,
        _D.VERIFY_PACKAGES,
        _D.RESTRICT_ACCESS,
        _D.PUBLISH_RECORDS,
        _D.DECIDE_HELD,
        _D.EDIT_AGREEMENTS,
        _D.READ_REQUESTS,
        _D.ANSWER_REQUESTS,
    },
    PersonRole.REVIEWER: {*_STAFF, _D.RESTRICT_ACCESS},
    PersonRole.RELEASER: {
        *_STAFF,
        _D.RESTRICT_ACCESS,
        _D.LOWER_ACCESS,
        _D.PUBLISH_RECORDS,
        _D.READ_REQUESTS,
        _D.ANSWER_REQUESTS,
        _D.REFUSE_REQUESTS,
    },
    PersonRole.AUDITOR: {*_STAFF, _D.EXPORT_PACKAGES, _D.VERIFY_PACKAGES, _D.READ_JOURNAL, _D.READ_REQUESTS},
    PersonRole.AGENCY_READER: {_D.READ_PACKAGES},
    PersonRole.OPERATOR: {_D.SEE_OVERVIEW},
    PersonRole.ADMINISTRATOR: {_D.SEE_OVERVIEW, _D.READ_AGREEMENTS},
}
FORM: Final = {"answer": "accept", "version": "0", "seen": "1"}
"""What any room's form is filled in with, so that it is refused for no other fault than the role."""
OWN, ANOTHERS = "ORG:2120009994", "ORG:2120000001"
_OF_A_PACKAGE: Final = [name for name in WANTS if "{package}" in name]


def addressed(room: str, places: Mapping[str, str]) -> str:
    return room.replace("{path:path}", "{path}").format(**places)


@dataclass(frozen=True, kw_only=True)
class Scene:
    house: House
    places: Mapping[str, str]

    def ask(self, browser: httpx.Client, room: str) -> httpx.Response:
        method, _, path = addressed(room, self.places).partition(" ")
        if method == "GET":
            return browser.get(path)
        return browser.post(path, data={"proof": proof_in(browser.get("/nowhere")), **FORM})


def asked(made: House) -> str:
    """Write a request as the reading room does, and give its id."""
    with made.desk.requests():
        pass  # Made, so that it can be written in.
    book = PublicBook(path=open_home(made.home).requests)
    return book.ask("e" * 64)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with house(tmp_path_factory.mktemp("archive") / "home") as made:
        answer = made.producer.post(json=case_push("d-1", document(b"Hej!")))
        package = made.producer.receipt(answer.headers["location"])["package"]
        places = {
            "delivery": answer.json()["id"],
            "package": package,
            "path": "METS.xml",
            "form": "csip",
            "agreement": "default",
            "approval": proposed(made.archive.ports).id,
            "request": asked(made),
            "sha256": "0" * 64,
        }
        yield Scene(house=made, places=places)


def test_every_room_is_in_the_table() -> None:
    rooms = {f"{room.method} {room.path}" for room in ROOMS if room.who is For.SIGNED_IN}
    assert rooms == set(WANTS)
    assert {room.path.split("/")[1] for room in ROOMS if room.who is For.ANYBODY} == {"style.css", "sign-in", "enter"}


@pytest.mark.parametrize("role", PersonRole)
def test_a_role_is_let_in_where_the_table_says_so(scene: Scene, role: PersonRole) -> None:
    told, expected, browser = {}, {}, scene.house.browser(somebody(role, agency=OWN))
    for room, wanted in WANTS.items():
        told[room] = scene.ask(browser, room).status_code == httpx.codes.FORBIDDEN
        expected[room] = wanted is not None and wanted not in MAY[role]
    assert told == expected


@pytest.mark.parametrize("agency", [ANOTHERS, None])
def test_another_agencys_package_is_as_if_it_were_not_there(scene: Scene, agency: str | None) -> None:
    browser = scene.house.browser(somebody(PersonRole.AGENCY_READER, agency=agency))
    assert scene.places["package"] not in browser.get("/packages").text
    assert scene.places["package"] not in browser.get("/packages", params={"producer": OWN}).text
    absent = browser.get("/packages/00000000-0000-0000-0000-000000000000")
    for room in _OF_A_PACKAGE:
        if WANTS[room] is _D.READ_PACKAGES:
            answer = scene.ask(browser, room)
            assert answer.status_code == httpx.codes.NOT_FOUND
    assert browser.get(f"/packages/{scene.places['package']}?lang=sv").text.count("<h1>") == absent.text.count("<h1>")


def test_the_own_agencys_package_is_shown_without_ways_to_what_is_not_the_readers(scene: Scene) -> None:
    browser = scene.house.browser(somebody(PersonRole.AGENCY_READER, agency=OWN))
    assert scene.places["package"] in browser.get("/packages").text
    text = browser.get(f"/packages/{scene.places['package']}").text
    for way in ("/deliveries", "/export/", "/verification", "/overview", "/access"):
        assert way not in text


@pytest.mark.parametrize("room", WANTS)
def test_whoever_is_not_signed_in_is_let_in_nowhere(scene: Scene, room: str) -> None:
    method, _, path = addressed(room, scene.places).partition(" ")
    answer = scene.house.browser().request(method, path)
    assert (answer.status_code, answer.headers["location"]) == (httpx.codes.SEE_OTHER, "/desk/sign-in")


@pytest.mark.parametrize("room", [room for room in WANTS if room.startswith("POST")])
def test_nothing_is_done_without_the_sessions_proof(scene: Scene, room: str) -> None:
    browser = scene.house.browser(somebody(*PersonRole))
    path = addressed(room, scene.places).partition(" ")[2]
    for form in ({}, {"proof": ""}, {"proof": "0" * 64}):
        assert browser.post(path, data=form).status_code == httpx.codes.FORBIDDEN
