"""Requests of the public from the form in the reading room to the answer behind the link, and the desk between."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import pytest

from access.app import reading_room
from access.settings import PublicSettings
from audit.desk import overview_texts as overview
from audit.desk import request_texts as texts
from ingest.application.desk_record import uses_on
from ingest.domain.information_requests import Disposal, Part, StepLack, Urgency
from ingest.domain.people import PersonRole
from schemas.public_requests import MOST_BYTES
from tests.fakes.asgi_room import Room
from tests.features.desk_house import House, house, is_whole_page, proof_in, somebody

KARIN = somebody(PersonRole.ARCHIVIST)
RUT = somebody(PersonRole.RELEASER, name="Rut Ek")
ANSWER = ("Svar <å>.html", b"<script>alert(1)</script>", "text/html")
_GROUND = "OSL 21 kap. 1 §"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A served archive, and its reading room over the same public folder."""

    house: House
    room: Room

    def ask(self, question: str = "Kartan över <bryggan>", root: str = "") -> str:
        """Send the form, and give the path of the status page."""
        token = self.room.get(f"{root}/requests").text.partition('name="form" value="')[2][:64]
        answer = self.room.post(f"{root}/requests", data={"form": token, "question": question, "contact": "08-1"})
        assert answer.status_code == httpx.codes.SEE_OTHER
        return answer.headers["location"]

    def only(self) -> str:
        """Give the id of the one request."""
        with self.house.desk.requests() as ledger:
            (request,) = ledger.requests()
        return request.id

    def post(self, browser: httpx.Client, way: str, seen: int, **how: object) -> httpx.Response:
        """Send one of the forms of a request's page."""
        page = browser.get(f"/requests/{self.only()}?lang=sv")
        fields = {"proof": proof_in(page), "seen": str(seen), **{name: str(value) for name, value in how.items()}}
        return browser.post(f"/requests/{self.only()}/{way}", data=fields)

    def post_files(self, browser: httpx.Client, way: str, *files: tuple[str, bytes, str], **how: str) -> httpx.Response:
        page = browser.get(f"/requests/{self.only()}?lang=sv")
        sent = [("files", file) for file in files or (("", b"", "application/octet-stream"),)]
        return browser.post(
            f"/requests/{self.only()}/{way}", data={"proof": proof_in(page), "seen": "1", **how}, files=sent
        )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("archive") / "home") as opened:
        yield opened


@pytest.fixture
def scene(made: House) -> Scene:
    with made.desk.requests():
        pass  # Made, as `earkiv serve` does.
    requests = made.home / "public" / "requests" / "requests.sqlite"
    requests.unlink()
    with made.desk.requests(), made.desk.room():
        pass
    public = made.home / "public"
    settings = PublicSettings(store=public / "store", index=public / "index.sqlite", requests=str(requests))
    return Scene(house=made, room=Room(reading_room(settings)))


def test_asked_claimed_answered_and_fetched_by_the_link(scene: Scene) -> None:
    link = scene.ask()
    karin = scene.house.browser(KARIN)
    queue = karin.get("/requests?lang=sv")
    assert is_whole_page(queue, "sv")
    assert "Kartan över &lt;bryggan&gt;" in queue.text
    page = karin.get(f"/requests/{scene.only()}?lang=sv")
    assert is_whole_page(page, "sv")
    assert "08-1" in page.text
    assert "/answer" not in page.text
    assert scene.post(karin, "claim", 0).status_code == httpx.codes.SEE_OTHER
    assert "Handläggs" in scene.room.get(link).text
    assert scene.post_files(karin, "answer", ANSWER, text="Här är kartan.").status_code == httpx.codes.SEE_OTHER
    told = scene.room.get(link).text
    assert "Här är kartan." in told
    assert "Karin" not in told
    digest = hashlib.sha256(ANSWER[1]).hexdigest()
    assert f"{link}/files/{digest}" in told
    file = scene.room.get(f"{link}/files/{digest}")
    assert (file.content, file.headers["content-type"]) == (ANSWER[1], "application/octet-stream")
    assert file.headers["content-disposition"].startswith("attachment; ")
    at_desk = karin.get(f"/requests/{scene.only()}/files/{digest}")
    assert at_desk.content == ANSWER[1]
    assert at_desk.headers["content-security-policy"].endswith("sandbox")
    assert scene.post(karin, "closing", 2, text="Klart.").status_code == httpx.codes.SEE_OTHER
    assert "Avslutad" in scene.room.get(link).text
    assert is_whole_page(karin.get(f"/requests/{scene.only()}?lang=en"), "en")


@pytest.mark.parametrize(("files", "state"), [((), "Avslagen"), ((ANSWER,), "Besvarad, delvis maskerad")])
def test_a_refusal_has_ground_and_appeal_and_is_a_releasers(
    scene: Scene, files: tuple[tuple[str, bytes, str], ...], state: str
) -> None:
    link = scene.ask()
    rut, karin = scene.house.browser(RUT), scene.house.browser(KARIN)
    scene.post(karin, "claim", 0)
    words = {"text": "Nej.", "ground": _GROUND, "appeal": "Skriv till kammarrätten."}
    assert 'action="/desk/requests/' in karin.get(f"/requests/{scene.only()}").text
    assert "/refusal" not in karin.get(f"/requests/{scene.only()}").text
    assert scene.post_files(karin, "refusal", *files, **words).status_code == httpx.codes.FORBIDDEN
    others = scene.post_files(rut, "refusal", *files, **words)
    assert others.status_code == httpx.codes.CONFLICT
    assert texts.LACKS[StepLack.CLAIM].sv in others.text
    scene.post(rut, "claim", 1)
    assert "kammarrätten" in rut.get(f"/requests/{scene.only()}?lang=sv").text
    lacking = scene.post_files(rut, "refusal", *files, seen="2", text="Nej.", ground=" ", appeal="")
    assert lacking.status_code == httpx.codes.CONFLICT
    for lack in (StepLack.GROUND, StepLack.APPEAL):
        assert texts.LACKS[lack].sv in lacking.text
    assert ">Nej.</textarea>" in lacking.text
    assert "Nej." not in scene.room.get(link).text
    assert scene.post_files(rut, "refusal", *files, **{**words, "seen": "2"}).status_code == httpx.codes.SEE_OTHER
    told = scene.room.get(link).text
    for said in (state, "Nej.", _GROUND, "Skriv till kammarrätten."):
        assert said in told


def test_whoever_has_not_seen_the_last_step_is_told(scene: Scene) -> None:
    scene.ask()
    karin, rut = scene.house.browser(KARIN), scene.house.browser(RUT)
    scene.post(karin, "claim", 0)
    answer = scene.post(rut, "claim", 0)
    assert answer.status_code == httpx.codes.CONFLICT
    assert texts.OVERTAKEN.sv in answer.text
    assert scene.post(rut, "claim", 1).status_code == httpx.codes.SEE_OTHER
    assert "Rut Ek" in karin.get("/requests").text


def test_what_is_too_large_is_refused_and_nothing_is_done(scene: Scene) -> None:
    link = scene.ask()
    karin = scene.house.browser(KARIN)
    scene.post(karin, "claim", 0)
    files = [(f"{number}.bin", b"x", "text/plain") for number in range(11)]
    many = scene.post_files(karin, "answer", *files, text="Här.")
    assert many.status_code == httpx.codes.CONFLICT
    assert texts.LACKS[StepLack.SIZE].sv in many.text
    large = ("stor.bin", bytes(MOST_BYTES + (513 << 10)), "text/plain")
    assert scene.post_files(karin, "answer", large, text="Här.").status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE
    assert "Handläggs" in scene.room.get(link).text


def test_what_is_done_is_in_the_record_and_nothing_that_was_written(scene: Scene) -> None:
    scene.ask("En hemlig fråga")
    karin = scene.house.browser(KARIN)
    scene.post(karin, "claim", 0)
    ports = scene.house.archive.ports
    uses = uses_on(ports.clock.now().date(), somebody(PersonRole.AUDITOR), ports)
    of = (("request", scene.only()),)
    assert [(one.room, one.of) for one in uses[:2]] == [
        ("POST /requests/{request}/claim", of),
        ("GET /requests/{request}", of),
    ]
    assert "hemlig" not in repr(uses)


def test_the_clock_runs_in_working_days(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.ask()
    karin = scene.house.browser(KARIN)
    now = scene.house.desk.now()
    assert f">{texts.URGENCIES[Urgency.FRESH].sv}<" in karin.get("/requests?lang=sv").text

    def later(_: object) -> datetime:
        return now + timedelta(days=14)

    monkeypatch.setattr(type(scene.house.desk), "now", later)
    other = scene.house.browser(KARIN)
    assert f">{texts.URGENCIES[Urgency.OVERDUE].sv}<" in other.get("/requests?lang=sv").text


def test_the_overview_counts_what_waits_for_those_alone_who_may_see_it(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    karin = scene.house.browser(KARIN)
    assert overview.NO_REQUESTS.sv in karin.get("/overview?lang=sv").text
    scene.ask()
    told = karin.get("/overview?lang=sv").text
    assert re.search(r'href="/desk/requests">Begäranden som väntar</a></span>\s*<span class="big">1</span>', told)
    assert '0 försenade; den äldsta kom <time datetime="' in told
    operator = scene.house.browser(somebody(PersonRole.OPERATOR, name="Ola")).get("/overview?lang=sv")
    assert operator.status_code == httpx.codes.OK
    assert overview.REQUESTS.sv not in operator.text
    # A store of another kind, or one that is away, closes no overview.
    monkeypatch.setattr("ingest.adapters.public_requests.LAYOUT", 99)
    away = karin.get("/overview?lang=sv")
    assert away.status_code == httpx.codes.OK
    assert overview.REQUESTS_AWAY.sv in away.text


def test_what_was_disposed_of_is_told_at_the_desk(scene: Scene) -> None:
    link = scene.ask()
    karin = scene.house.browser(KARIN)
    scene.post(karin, "claim", 0)
    scene.post_files(karin, "answer", ANSWER, text="Här är kartan.")
    request, at = scene.only(), scene.house.desk.now()
    with scene.house.desk.requests() as ledger:
        for part in (Part.CONTACT, Part.FILES):
            ledger.dispose(request, Disposal(part=part, at=at))
    page = karin.get(f"/requests/{request}?lang=sv").text
    assert "08-1" not in page
    assert f'{texts.CONTACT_DISPOSED.sv} <time datetime="' in page
    for part in (Part.CONTACT, Part.FILES):
        assert texts.DISPOSALS[part.value].sv in page
    digest = hashlib.sha256(ANSWER[1]).hexdigest()
    assert f"<code>{digest}</code>" in page
    assert "/files/" not in page
    assert karin.get(f"/requests/{request}/files/{digest}").status_code == httpx.codes.NOT_FOUND
    assert "/files/" not in scene.room.get(link).text
