"""A person decides on a delivery that is held: it goes on, is refused, or its producer is asked; who and why stays."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from ingest.application.consult_archive import receipt_of, timeline_of
from ingest.application.decide_held import (
    Answer,
    Busy,
    Decided,
    HeldAnswer,
    NotWaiting,
    Unexplained,
    WantedAnswer,
    decide_held,
)
from ingest.application.ingest_path import ingest_path
from ingest.application.manage_keys import StaffKey, issue_key
from ingest.application.run_deliveries import run_pending
from ingest.bootstrap import Archive
from ingest.domain.decisions import Transition
from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.domain.keys import Role
from ingest.domain.people import NotPermitted, PersonRole
from ingest.errors import CatalogueUnavailable, EarkivError, LeaseLost, UnknownSubject
from ingest.ports import Catalogue, Lease
from tests.fakes.small_archive import pushed_case
from tests.features import archives
from tests.features.api_client import Client, case_push, document
from tests.features.desk_house import House, house, is_whole_page, proof_in, somebody
from tests.features.test_agreements import NAME, agree

KARIN = somebody(PersonRole.ARCHIVIST)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("held") / "home"
    agree(made, {"hold": ["EARKIV-SA-5"]})
    return made


@pytest.fixture(scope="module")
def archive(home: Path) -> Iterator[Archive]:
    with archives.opened(home) as opened:
        yield opened


_NUMBERS = count(1)


@pytest.fixture
def held(archive: Archive, tmp_path: Path) -> Delivery:
    """A delivery of its own for each test, in the archive of all."""
    folder = pushed_case(tmp_path / "leverans", "NEW", "Hej", f"PUSH-{next(_NUMBERS)}")
    note = ingest_path(folder, archives.terms_of(archive, NAME), archive.owner, archive.ports)
    assert note["outcome"] == "held"
    return archive.ports.catalogue.delivery(note["deliveryId"])


def answer(archive: Archive, to: Delivery, what: Answer, words: str = "Godtas, se beslut 7.") -> HeldAnswer:
    wanted = WantedAnswer(delivery=to.id, version=to.version, answer=what, words=words)
    return decide_held(wanted, KARIN, archive.owner, archive.ports)


def test_what_is_accepted_goes_on_and_the_package_says_who_and_why(
    archive: Archive, held: Delivery, home: Path
) -> None:
    decided = answer(archive, held, Answer.ACCEPT)
    assert isinstance(decided, Decided)
    assert (decided.delivery.state, decided.delivery.step) == (DeliveryState.PRESERVING, held.step)
    assert run_pending(archive.owner, archive.ports) == ()
    receipt = receipt_of(held.id, archive.ports)
    assert (receipt["outcome"], receipt["custodyPassed"] is None) == ("accepted", False)
    files = archives.aip(home, receipt)
    premis = files["metadata/preservation/premis.xml"].read_text(encoding="utf-8")
    assert "Karin Arkivsson" in premis
    assert "Godtas, se beslut 7." in premis


def test_what_is_refused_gets_a_receipt_with_reason_and_name(archive: Archive, held: Delivery) -> None:
    assert isinstance(answer(archive, held, Answer.REFUSE, "Fel nämnd. " * 100), Decided)
    assert run_pending(archive.owner, archive.ports) == ()
    receipt = receipt_of(held.id, archive.ports)
    assert (receipt["outcome"], receipt["package"]) == ("rejected", None)
    (refusal,) = (one for one in receipt["findings"] if one["rule"] == "EARKIV-DLV-5")
    assert refusal["severity"] == "error"
    assert refusal["locations"][0]["value"] == "Fel nämnd. " * 100 + "(Karin Arkivsson)"
    assert archive.ports.catalogue.delivery(held.id).state is DeliveryState.REJECTED


def test_a_question_leaves_it_held_and_is_told_and_each_one_is_kept(archive: Archive, held: Delivery) -> None:
    asked = answer(archive, held, Answer.ASK, "Vilken nämnd?")
    assert isinstance(asked, Decided)
    again = answer(archive, asked.delivery, Answer.ASK, "Vilken nämnd?")
    assert isinstance(again, Decided)
    assert again.delivery.state is DeliveryState.HELD
    assert run_pending(archive.owner, archive.ports) == ()
    details = [entry.detail for entry in timeline_of(held.id, archive.ports)]
    assert sum("Vilken nämnd?" in detail for detail in details) == 2


def test_an_answer_to_what_it_no_longer_is_changes_nothing(archive: Archive, held: Delivery) -> None:
    asked = answer(archive, held, Answer.ASK)
    assert isinstance(asked, Decided)
    assert answer(archive, held, Answer.ACCEPT) == NotWaiting(delivery=asked.delivery)
    assert isinstance(answer(archive, asked.delivery, Answer.REFUSE), Decided)
    assert isinstance(answer(archive, asked.delivery, Answer.ACCEPT), NotWaiting)


def test_without_words_or_the_right_nothing_is_decided(archive: Archive, held: Delivery) -> None:
    assert answer(archive, held, Answer.ACCEPT, " \n") == Unexplained()
    wanted = WantedAnswer(delivery=held.id, version=held.version, answer=Answer.ACCEPT, words="Ja.")
    for role in set(PersonRole) - {PersonRole.ARCHIVIST}:
        with pytest.raises(NotPermitted):
            decide_held(wanted, somebody(role), archive.owner, archive.ports)
    with pytest.raises(UnknownSubject):
        answer(archive, replace(held, id="0" * 36), Answer.ACCEPT)
    assert archive.ports.catalogue.delivery(held.id) == held


class Troubled:
    """The catalogue, with a fault before or after what is committed."""

    def __init__(self, catalogue: Catalogue, before: EarkivError | None, after: EarkivError | None) -> None:
        self._catalogue = catalogue
        self._before = before
        self._after = after

    def __getattr__(self, name: str) -> object:
        return getattr(self._catalogue, name)

    def commit(self, lease: Lease, transition: Transition) -> None:
        if self._before is not None:
            raise self._before
        self._catalogue.commit(lease, transition)
        if self._after is not None:
            raise self._after


def accept_through(
    archive: Archive, held: Delivery, before: EarkivError | None, after: EarkivError | None
) -> HeldAnswer:
    troubled: Any = Troubled(archive.ports.catalogue, before, after)
    wanted = WantedAnswer(delivery=held.id, version=held.version, answer=Answer.ACCEPT, words="Ja.")
    return decide_held(wanted, KARIN, archive.owner, replace(archive.ports, catalogue=troubled))


def test_whoever_lost_the_lease_or_the_machine_before_has_decided_nothing(archive: Archive, held: Delivery) -> None:
    assert accept_through(archive, held, LeaseLost("sv", "en"), None) == Busy()
    with pytest.raises(CatalogueUnavailable):
        accept_through(archive, held, CatalogueUnavailable("sv", "en"), None)
    assert archive.ports.catalogue.delivery(held.id) == held
    assert isinstance(answer(archive, held, Answer.ACCEPT), Decided)


def test_whoever_lost_the_machine_after_has_decided(archive: Archive, held: Delivery) -> None:
    with pytest.raises(CatalogueUnavailable):
        accept_through(archive, held, None, CatalogueUnavailable("sv", "en"))
    assert isinstance(answer(archive, held, Answer.REFUSE), NotWaiting)
    assert run_pending(archive.owner, archive.ports) == ()
    assert receipt_of(held.id, archive.ports)["outcome"] == "accepted"


@dataclass(frozen=True, kw_only=True)
class Scene:
    house: House
    delivery: str

    def decide(self, browser: httpx.Client, what: str, words: str) -> httpx.Response:
        page = browser.get(f"/deliveries/{self.delivery}")
        version = page.text.partition('name="version" value="')[2].partition('"')[0]
        form = {"proof": proof_in(page), "version": version, "answer": what, "words": words}
        return browser.post(f"/deliveries/{self.delivery}/decision", data=form)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    agree(tmp_path / "home", {"hold": ["EARKIV-SA-5"]})
    with house(tmp_path / "home") as made:
        answered = made.producer.post(json={**case_push("h-1", document(b"Hej!")), "agreement": NAME})
        made.producer.receipt(answered.headers["location"])
        yield Scene(house=made, delivery=answered.json()["id"])


def test_at_the_desk_a_question_is_asked_and_the_delivery_then_accepted(scene: Scene) -> None:
    browser = scene.house.browser(KARIN)
    status = f"/v1/deliveries/{scene.delivery}"
    assert scene.house.producer.http.get(status).json()["question"] is None
    assert scene.decide(browser, "ask", "Vilken <b>nämnd</b>?").status_code == httpx.codes.SEE_OTHER
    question = scene.house.producer.http.get(status).json()["question"]
    assert (question["words"], question["by"]) == ("Vilken <b>nämnd</b>?", "Karin Arkivsson")
    page = browser.get(f"/deliveries/{scene.delivery}?lang=sv")
    assert is_whole_page(page, "sv")
    assert "Vilken &lt;b&gt;nämnd" in page.text
    empty = scene.decide(browser, "accept", " ")
    assert (empty.status_code, "Skriv ett skäl" in empty.text) == (httpx.codes.CONFLICT, True)
    assert scene.decide(browser, "accept", "Godtas.").status_code == httpx.codes.SEE_OTHER
    assert scene.house.producer.http.get(status).json()["question"] is None
    scene.house.producer.receipt(status)
    late = scene.decide(browser, "refuse", "Ångrar mig.")
    assert late.status_code == httpx.codes.FORBIDDEN  # no form any more


def test_at_the_desk_a_version_that_no_form_has_held_decides_nothing(scene: Scene) -> None:
    """Also one of more digits than Python reads."""
    browser = scene.house.browser(KARIN)
    proof = proof_in(browser.get(f"/deliveries/{scene.delivery}"))
    form = {"proof": proof, "version": "9" * 5000, "answer": "refuse", "words": "Nej."}
    refused = browser.post(f"/deliveries/{scene.delivery}/decision", data=form)
    assert refused.status_code == httpx.codes.FORBIDDEN
    assert scene.decide(browser, "refuse", "Nej.").status_code == httpx.codes.SEE_OTHER


def test_at_the_desk_others_are_shown_no_form(scene: Scene) -> None:
    page = scene.house.browser(somebody(PersonRole.REVIEWER)).get(f"/deliveries/{scene.delivery}")
    assert "/decision" not in page.text


def test_over_the_api_an_archivist_decides_on_what_they_have_seen(scene: Scene) -> None:
    client = scene.house.producer
    place = f"/v1/deliveries/{scene.delivery}"
    archivist = {"Authorization": f"Bearer {key_of(client)}"}
    seen = {**archivist, "If-Match": client.http.get(place).headers["etag"]}

    def decide(headers: dict[str, str], **body: str) -> httpx.Response:
        return client.http.post(f"{place}/decision", json=body, headers=headers)

    assert decide(archivist, answer="accept", words="Ja.").status_code == httpx.codes.PRECONDITION_REQUIRED
    for body in ({"answer": "maybe", "words": "Ja."}, {"answer": "accept", "words": "Ja\x01."}, {"answer": "accept"}):
        assert decide(seen, **body).status_code == httpx.codes.BAD_REQUEST
    asked = decide(seen, answer="ask", words="Vilken nämnd?")
    assert (asked.status_code, asked.json()["question"]["by"]) == (httpx.codes.OK, "Anna Arkivarie")
    assert decide(seen, answer="refuse", words="Nej.").status_code == httpx.codes.PRECONDITION_FAILED
    now = {**archivist, "If-Match": asked.headers["etag"]}
    assert decide(now, answer="refuse", words="Nej.").status_code == httpx.codes.OK
    assert client.receipt(place)["outcome"] == "rejected"
    late = decide(now, answer="accept", words="Jo.")
    assert (late.status_code, late.json()["type"]) == (httpx.codes.CONFLICT, "urn:earkiv:problem:delivery-not-held")
    assert (
        client.http.post(f"{place}/decision", json={}, headers={"If-Match": '"1"'}).status_code == httpx.codes.FORBIDDEN
    )


def key_of(client: Client) -> str:
    """Give the key of an archivist's system."""
    ports = client.archive.ports
    wanted = StaffKey(role=Role.ARCHIVIST, holder="Anna Arkivarie")
    return issue_key(wanted, "prov", ports.catalogue, ports.ids, ports.clock.now()).secret
