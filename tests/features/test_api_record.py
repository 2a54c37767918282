"""What the archive's own people read and change over the API is in the record of the desk before it is sent."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from audit.verification import verify_packages
from ingest.adapters.sql.catalogue import open_catalogue
from ingest.api import whole_answers
from ingest.api.recorded import SHOWS_CONTENT, TRACES
from ingest.api.service import MOST_FOLLOWING
from ingest.application.desk_record import DeskRecord, uses_on
from ingest.application.manage_keys import hash_of
from ingest.application.rebuild_catalogue import rebuild
from ingest.domain.desk_use import DeskUse, Trace
from ingest.domain.keys import Role
from ingest.domain.people import PersonRole
from ingest.errors import StoreUnavailable
from ingest.pipeline.step import Ports
from tests.features.api_client import Client, case_push, document
from tests.features.api_keys import Header, key_for
from tests.features.desk_house import House, house, is_whole_page, somebody

AUDITOR = somebody(PersonRole.AUDITOR, name="Rolf Revisor")
CONTENT = b"Hemlig ans\xc3\xb6kan"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """An archive with a package of a producer's."""

    house: House
    client: Client
    producer: Header
    archivist: Header
    delivery: str
    package: str

    def get(self, path: str, key: Header) -> httpx.Response:
        return self.client.http.get(path, headers=key)

    @property
    def addresses(self) -> list[str]:
        """Give every address that shows what was delivered."""
        places = {"delivery_id": self.delivery, "package_id": self.package, "path": "METS.xml"}
        shown = (route for route, trace in TRACES.items() if trace is Trace.READ)
        return [route.removeprefix("GET ").format(**places) for route in shown]


def record(ports: Ports) -> list[DeskUse]:
    """Give what was recorded today, the first first."""
    return list(reversed(uses_on(ports.clock.now().date(), AUDITOR, ports)))


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with house(tmp_path / "home") as made:
        client = made.producer
        producer = key_for(client, Role.PRODUCER, "Byggnadsnämnden")
        taken = client.post(json=case_push("d-1", document(CONTENT)), headers=producer)
        yield Scene(
            house=made,
            client=client,
            producer=producer,
            archivist=key_for(client, Role.ARCHIVIST, "Anna Arkivarie"),
            delivery=taken.json()["id"],
            package=client.receipt(taken.headers["location"])["package"],
        )


def test_every_route_is_said_to_show_what_was_delivered_or_not(scene: Scene) -> None:
    paths: dict[str, dict[str, Any]] = scene.client.http.get("/openapi.json").json()["paths"]
    assert set(TRACES) == {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}


def test_what_an_archivists_key_reads_is_recorded_with_whose_it_is_and_what_it_read(scene: Scene) -> None:
    before = record(scene.client.archive.ports)
    for path in scene.addresses:
        assert scene.get(path, scene.archivist).status_code == httpx.codes.OK
    told = record(scene.client.archive.ports)[len(before) :]
    key = scene.client.archive.ports.catalogue.key_of(hash_of(scene.archivist["Authorization"].removeprefix("Bearer ")))
    assert key is not None
    assert [one.room for one in told] == [route for route, trace in TRACES.items() if trace is Trace.READ]
    for one in told:
        assert (one.by, one.subject, one.roles) == ("Anna Arkivarie", key.id, (PersonRole.ARCHIVIST,))
        assert (one.trace, one.outcome, one.is_by_key) == (Trace.READ, 200, True)
    by_room = {one.room: dict(one.of) for one in told}
    assert by_room["GET /v1/deliveries/{delivery_id}"] == {"delivery": scene.delivery}
    assert by_room["GET /v1/packages/{package_id}/files/{path}"] == {"package": scene.package, "path": "METS.xml"}


def test_who_is_refused_is_recorded_too_and_who_shows_no_key_is_nobody(scene: Scene) -> None:
    before = len(record(scene.client.archive.ports))
    operator = key_for(scene.client, Role.OPERATOR, "Drift")
    assert scene.get(f"/v1/packages/{scene.package}", operator).status_code == httpx.codes.FORBIDDEN
    assert scene.get("/v1/packages/nothing", scene.archivist).status_code == httpx.codes.NOT_FOUND
    assert scene.get(f"/v1/packages/{scene.package}", {"Authorization": ""}).status_code == httpx.codes.UNAUTHORIZED
    told = record(scene.client.archive.ports)[before:]
    assert [(one.by, one.roles, one.outcome) for one in told] == [
        ("Drift", (PersonRole.OPERATOR,), 403),
        ("Anna Arkivarie", (PersonRole.ARCHIVIST,), 404),
    ]


def test_what_an_archivists_key_changes_is_recorded_as_that(scene: Scene) -> None:
    before = len(record(scene.client.archive.ports))
    path, said = f"/v1/deliveries/{scene.delivery}/decision", {"answer": "accept", "words": "Det stämmer."}
    answer = scene.client.http.post(path, json=said, headers={**scene.archivist, "If-Match": '"1"'})
    assert answer.status_code == httpx.codes.CONFLICT
    (told,) = record(scene.client.archive.ports)[before:]
    assert (told.trace, told.outcome, dict(told.of)) == (Trace.WRITE, 409, {"delivery": scene.delivery})


def test_a_producer_leaves_what_it_reads_of_archived_content_and_nothing_else(scene: Scene) -> None:
    before = len(record(scene.client.archive.ports))
    for path in scene.addresses:
        assert scene.get(path, scene.producer).status_code == httpx.codes.OK
    told = record(scene.client.archive.ports)[before:]
    assert {one.room for one in told} == SHOWS_CONTENT
    assert len(told) == len(SHOWS_CONTENT)
    assert {(one.by, one.roles, dict(one.of)["package"]) for one in told} == {("Byggnadsnämnden", (), scene.package)}


def test_the_embedded_archives_own_key_leaves_what_it_reads_of_content_and_of_a_producers(scene: Scene) -> None:
    own = scene.client.post(json=case_push("d-2", document(b"Eget")))
    package = scene.client.receipt(own.headers["location"])["package"]
    before = len(record(scene.client.archive.ports))
    for path in (f"/v1/packages/{package}/mets", own.headers["location"], "/v1/deliveries/nothing"):
        scene.client.http.get(path)
    scene.client.http.get(f"/v1/packages/{scene.package}/mets")
    scene.client.http.get(f"/v1/deliveries/{scene.delivery}")
    told = record(scene.client.archive.ports)[before:]
    assert [(one.by, one.subject, one.roles, dict(one.of)) for one in told] == [
        ("EARKIV_API_KEY", "", (), {"package": package}),
        ("EARKIV_API_KEY", "", (), {"package": scene.package}),
        ("EARKIV_API_KEY", "", (), {"delivery": scene.delivery}),
    ]


def test_nothing_is_sent_that_is_not_recorded(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object, *__: DeskUse) -> None:
        raise StoreUnavailable("Lagret svarar inte.", "The store does not answer.")

    monkeypatch.setattr(DeskRecord, "note", fail)
    follow = {**scene.archivist, "Accept": "text/event-stream"}
    for key in (scene.archivist, follow):
        for path in scene.addresses:
            answer = scene.get(path, key)
            assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE, path
            assert answer.headers["content-type"] == "application/problem+json"
            assert "EXN 2021/17" not in answer.text
    shown = [path for path in scene.addresses if scene.get(path, scene.producer).status_code == httpx.codes.OK]
    assert len(shown) == len(scene.addresses) - len(SHOWS_CONTENT), "a producer is told of its deliveries all the same"
    monkeypatch.setattr(whole_answers, "LARGE_BYTES", 1)
    large = scene.get(f"/v1/packages/{scene.package}", scene.archivist)
    assert large.status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert scene.client.service.following.places.value == MOST_FOLLOWING, "who is not shown it follows nothing"


def test_a_stream_begins_after_it_is_recorded(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    noted: list[str] = []
    note = DeskRecord.note

    def slowly(self: DeskRecord, *uses: DeskUse) -> None:
        noted.append("begun")
        note(self, *uses)
        noted.append("durable")

    monkeypatch.setattr(DeskRecord, "note", slowly)
    path = f"/v1/packages/{scene.package}/files/METS.xml"
    with scene.client.http.stream("GET", path, headers=scene.archivist) as answer:
        assert noted == ["begun", "durable"]
        assert b"<mets" in answer.read()


def test_the_chain_is_whole_and_a_rebuild_knows_what_was_read(scene: Scene, tmp_path: Path) -> None:
    for path in scene.addresses:
        scene.get(path, scene.archivist)
    ports = scene.client.archive.ports
    told = record(ports)
    assert tuple(verify_packages(ports, None, lambda _objects, _bytes: None).damages) == ()
    with open_catalogue(tmp_path / "new.db") as catalogue:
        anew = replace(ports, catalogue=catalogue)
        assert rebuild(anew).damages == ()
        assert record(anew) == told


@pytest.mark.parametrize(
    ("language", "said"),
    [("sv", ("läst över API:t", "nyckel", "arkivarie")), ("en", ("read over the API", "key", "archivist"))],
)
def test_an_auditor_is_told_which_key_read_what(scene: Scene, language: str, said: tuple[str, ...]) -> None:
    scene.get(f"/v1/packages/{scene.package}/files/METS.xml", scene.archivist)
    page = scene.house.browser(AUDITOR).get(f"/record?lang={language}")
    assert is_whole_page(page, language)
    rows = page.text.partition("<tbody>")[2]
    for word in (*said, "Anna Arkivarie", scene.package, "METS.xml"):
        assert word in rows
