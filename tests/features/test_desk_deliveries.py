"""The desk's overview and its deliveries, over a real archive with what was archived, refused and tried."""

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from ingest.domain.people import PersonRole
from tests.features.api_client import case_push, document
from tests.features.desk_house import House, house, is_whole_page, somebody

ARCHIVIST = somebody(PersonRole.ARCHIVIST)
HOSTILE = '<script>alert("x")</script>\u202etxt.exe'


@dataclass(frozen=True, kw_only=True)
class Scene:
    house: House
    browser: httpx.Client
    archived: str
    refused: str
    tried: str


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with house(tmp_path_factory.mktemp("archive") / "home") as made:
        pushes = (
            case_push("d-1", document(b"Hej!")),
            case_push("d-2", document(b"%PDF-1.4 trasig", "trasig.pdf"), agreement="default"),
            case_push("d-3", document(b"Prov"), recordStatus="TEST"),
        )
        pushes[0]["case"]["title"] = HOSTILE
        pushes[1]["case"]["status"] = "open"
        ids = []
        for push in pushes:
            answer = made.producer.post(json=push)
            assert answer.status_code == httpx.codes.ACCEPTED, answer.text
            made.producer.receipt(answer.headers["location"])
            ids.append(answer.json()["id"])
        yield Scene(house=made, browser=made.browser(ARCHIVIST), archived=ids[0], refused=ids[1], tried=ids[2])


def test_the_overview_tells_what_has_been_and_the_table_says_the_same(scene: Scene) -> None:
    assert is_whole_page(scene.browser.get("/overview?lang=sv"), "sv")
    answer = scene.browser.get("/overview?lang=en")
    assert is_whole_page(answer, "en")
    assert "EARKIV-CASE" in answer.text  # the rule that refused
    assert answer.text.count('role="img"') == 1
    assert answer.text.count('<ul class="rows">') == 2
    assert answer.text.count("<details>") == 3


def test_the_formats_are_told_as_picture_and_table(scene: Scene) -> None:
    answer = scene.browser.get("/overview/formats?lang=sv")
    assert is_whole_page(answer, "sv")
    assert "x-fmt/111" in answer.text


def test_test_deliveries_are_listed_apart(scene: Scene) -> None:
    real, tests = scene.browser.get("/deliveries?lang=sv"), scene.browser.get("/deliveries/tests")
    assert is_whole_page(real, "sv")
    assert scene.archived in real.text
    assert scene.refused in real.text
    assert scene.tried not in real.text
    assert scene.tried in tests.text
    assert scene.archived not in tests.text
    assert "Inget väntar" in scene.browser.get("/deliveries/held").text


def test_deliveries_are_filtered(scene: Scene) -> None:
    refused = scene.browser.get("/deliveries", params={"state": "rejected"}).text
    assert scene.refused in refused
    assert scene.archived not in refused
    named = scene.browser.get("/deliveries", params={"id": "d-1"}).text
    assert scene.archived in named
    assert scene.refused not in named
    assert scene.archived not in scene.browser.get("/deliveries", params={"producer": "Ingen"}).text


def test_a_place_that_is_none_is_the_beginning(scene: Scene) -> None:
    for place in ({"at": "now", "behind": "x"}, {"at": "2026-01-01T00:00:00"}, {"at": "", "behind": ""}):
        assert scene.archived in scene.browser.get("/deliveries", params=place).text
    assert scene.archived not in scene.browser.get("/deliveries?at=2020-01-01T00:00:00Z&behind=x").text


def test_a_delivery_is_shown_whole_and_what_it_says_is_text(scene: Scene) -> None:
    answer = scene.browser.get(f"/deliveries/{scene.archived}?lang=sv")
    assert is_whole_page(answer, "sv")
    assert "&lt;script&gt;" in answer.text
    assert "\u202e" not in answer.text
    for anchor in ('id="findings"', 'id="timeline"', 'id="receipt"'):
        assert anchor in answer.text
    assert "lagrat och återläst" in answer.text


def test_a_refused_delivery_says_why_and_what_to_do(scene: Scene) -> None:
    answer = scene.browser.get(f"/deliveries/{scene.refused}?lang=en")
    assert "EARKIV-CASE" in answer.text
    assert "What to do" in answer.text
    assert "rejected" in answer.text


def test_the_receipt_is_the_one_that_the_producer_has(scene: Scene) -> None:
    mine = scene.browser.get(f"/deliveries/{scene.archived}/receipt.json").json()
    assert mine == scene.house.producer.receipt(f"/v1/deliveries/{scene.archived}")


def test_what_is_not_there_is_not_there(scene: Scene) -> None:
    for path in ("/deliveries/nothing", "/deliveries/nothing/receipt.json", "/deliveries/d-1"):
        assert scene.browser.get(path).status_code == httpx.codes.NOT_FOUND
