"""The review of access at the desk: what closes a unit, numbers in view, decisions that bind, publishing."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import httpx
import pytest

from ingest.domain.people import PersonRole
from tests.features.api_client import case_push, document
from tests.features.desk_house import House, house, is_whole_page, proof_in, somebody

NUMBER = "640823-3234"
CASE, CLEAN, MARKED = "EXN 2021/17", "EXN 2021/17:1", "EXN 2021/17:2"
RELEASER, REVIEWER = somebody(PersonRole.RELEASER, name="Rut Ek"), somebody(PersonRole.REVIEWER, name="Bo Alm")
WHY: Mapping[str, str] = {"reason": "Prövat.", "ground": "Inget lagrum.", "personal-data": "Inga."}
HOSTILE = "<b>x</b>\u202e"


@dataclass(frozen=True, kw_only=True)
class Scene:
    house: House
    package: str

    @property
    def at(self) -> str:
        return f"/packages/{self.package}/access"

    def page(self, browser: httpx.Client, language: str = "sv") -> str:
        answer = browser.get(self.at, params={"lang": language})
        assert is_whole_page(answer, language), answer.text
        return answer.text

    def decide(
        self, browser: httpx.Client, level: str, *units: str, said: Mapping[str, str] = WHY, seen: str = ""
    ) -> httpx.Response:
        page = seen or self.page(browser)
        ticked = {name: value for name, value in boxes_in(page).items() if json.loads(value)[-4] in units}
        proof = re.search(r'name="proof" value="([^"]+)"', page)
        assert proof
        return browser.post(self.at, data={"proof": unescape(proof[1]), "level": level, **said, **ticked})


def boxes_in(page: str) -> dict[str, str]:
    found = re.findall(r'type="checkbox" name="(unit-\d+)" value="([^"]+)"', page)
    return {name: unescape(value) for name, value in found}


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with house(tmp_path / "home") as made:
        push = case_push("d-1", document(b"Hej!"))
        marked = push["case"]["records"][0] | {
            "id": MARKED,
            "number": "2",
            "title": f"Brev om {NUMBER} {HOSTILE}",
            "documents": [document(f"Om {NUMBER} och annat.".encode(), "brev.txt")],
            "restrictions": [{"type": "confidential", "regulation": "OSL 21 kap. 3 §"}],
        }
        push["case"]["records"].append(marked)
        package = made.producer.receipt(made.producer.post(json=push).headers["location"])["package"]
        yield Scene(house=made, package=package)


def test_a_review_shows_what_closes_each_unit_and_masks_numbers(scene: Scene) -> None:
    page = scene.page(scene.house.browser(RELEASER))
    for said in ("sekretess, enligt källan", "confidential", "personnummer har hittats", "dold"):
        assert said in page
    assert NUMBER not in page
    assert "••••••-••••" in page
    assert "<b>" not in page
    assert "\u202e" not in page
    assert len(boxes_in(page)) == 3
    assert "something could not be searched" not in scene.page(scene.house.browser(RELEASER), "en")


def test_numbers_are_put_in_view_masked_and_shown_only_when_asked_for(scene: Scene) -> None:
    browser = scene.house.browser(REVIEWER)
    links = re.findall(r'href="/desk(/packages/[^"]+/access/numbers[^"]+)"', scene.page(browser))
    (of_record,) = (link for link in map(unescape, links) if "17%3A2" in link)
    masked = browser.get(of_record)
    assert is_whole_page(masked, "sv")
    assert "Om <mark>••••••-••••</mark> och annat." in masked.text
    assert NUMBER not in masked.text
    shown = browser.post(of_record, data={"proof": proof_in(masked)})
    assert f"Om <mark>{NUMBER}</mark> och annat." in shown.text
    for unit in ("", "x", '["nothing"]'):
        answer = browser.get(f"{scene.at}/numbers", params={"unit": unit})
        assert answer.status_code == httpx.codes.NOT_FOUND
    assert browser.get(f"{scene.at}/numbers", params={"unit": "[]"}).status_code == httpx.codes.OK


def test_a_releaser_opens_what_was_in_view_and_it_is_published(scene: Scene) -> None:
    browser = scene.house.browser(RELEASER)
    answer = scene.decide(browser, "public", CASE, CLEAN)
    assert answer.status_code == httpx.codes.SEE_OTHER, answer.text
    page = browser.get(answer.headers["location"].removeprefix("/desk")).text
    assert "Beslutet gäller nu." in page
    assert "Rut Ek (frisläppare)" in page
    assert page.count('<span class="mark good">offentlig</span>') == 3  # two units, and the decision
    shown = browser.post(f"/packages/{scene.package}/publication", data={"proof": proof_in(browser.get(scene.at))})
    assert is_whole_page(shown, "sv")
    assert CLEAN in shown.text
    assert MARKED not in shown.text
    listed = history(browser.get(f"/packages/{scene.package}?lang=en"))
    assert [one for one in listed if "a person decided Who may see : public" in one and "by Rut Ek (releaser)" in one]
    assert re.search(r"^a person decided To the reading room : public, 2 cases and records .* by Rut Ek", listed[-1])
    withdrawn = scene.decide(browser, "hidden", CASE, said={"reason": "Fel."})
    assert withdrawn.status_code == httpx.codes.SEE_OTHER
    shown = browser.post(f"/packages/{scene.package}/publication", data={"proof": proof_in(browser.get(scene.at))})
    assert "Inget i paketet är beslutat att visas" in shown.text
    told = history(browser.get(f"/packages/{scene.package}?lang=sv"))
    assert re.search(r"^en person beslutade Stängt genast : dold .* EXN 2021/17 Skäl: Fel\. av Rut Ek", told[-1])


def history(page: httpx.Response) -> list[str]:
    """Give the entries of a package's timeline, each as a reader hears it."""
    timeline = page.text.partition('id="timeline"')[2].partition("</section>")[0]
    return [unescape(" ".join(re.sub(r"<[^>]+>", " ", f"<{one}").split())) for one in timeline.split("<li")[1:]]


def test_what_is_lacking_is_said_and_what_was_filled_in_stays(scene: Scene) -> None:
    browser = scene.house.browser(RELEASER)
    answer = scene.decide(browser, "public", CLEAN, said={"reason": "Därför."})
    assert answer.status_code == httpx.codes.CONFLICT
    assert is_whole_page(answer, "sv")
    assert "lagrum, eller att inget finns; en bedömning av personuppgifterna" in answer.text
    assert ">Därför.</textarea>" in answer.text
    assert answer.text.count(" checked") == 2
    by_reviewer = scene.decide(scene.house.browser(REVIEWER), "public", CLEAN)
    assert "den som öppnar ska ha rollen frisläppare" in by_reviewer.text
    assert 'class="mark good">offentlig' not in scene.page(browser)


def test_without_a_unit_or_a_level_nothing_is_decided(scene: Scene) -> None:
    browser = scene.house.browser(RELEASER)
    assert "Kryssa för minst ett" in scene.decide(browser, "hidden").text
    assert "Välj vem som får se" in scene.decide(browser, "everybody", CASE).text
    assert "Inget är beslutat än." in scene.page(browser)


def test_a_decision_binds_what_was_in_view(scene: Scene) -> None:
    browser = scene.house.browser(RELEASER)
    seen = scene.page(browser)
    (of_case, *_) = boxes_in(seen).values()
    digest = re.search(r"[0-9a-f]{64}", of_case)
    assert digest
    old = seen.replace(digest[0], "0" * 64)
    answer = scene.decide(browser, "public", CASE, seen=old)
    assert answer.status_code == httpx.codes.CONFLICT
    assert "den har ändrats sedan du öppnade sidan" in answer.text
    assert answer.text.count(" checked") == 1  # the level alone
    forged = seen.replace(f"{CASE}&#34;", "nothing&#34;")
    assert "finns inte i paketet längre" in scene.decide(browser, "hidden", "nothing", seen=forged).text
    broken = {"proof": proof_in(browser.get(scene.at)), "level": "hidden", "unit-0": "x"}
    assert browser.post(scene.at, data=broken).status_code == httpx.codes.FORBIDDEN


def test_of_two_pages_open_at_once_the_older_opens_nothing_that_was_closed_meanwhile(scene: Scene) -> None:
    browser = scene.house.browser(RELEASER)
    seen = scene.page(browser)
    closed = scene.decide(scene.house.browser(REVIEWER), "hidden", CLEAN, said={"reason": "Gäller ett barn."})
    assert closed.status_code == httpx.codes.SEE_OTHER
    answer = scene.decide(browser, "public", CLEAN, seen=seen)
    assert answer.status_code == httpx.codes.CONFLICT
    assert "någon har stängt den sedan du öppnade sidan" in answer.text
    assert "Gäller ett barn." in answer.text
    assert scene.decide(browser, "public", CLEAN).status_code == httpx.codes.SEE_OTHER


def test_all_unmarked_units_are_decided_at_once_as_they_were_in_view(scene: Scene) -> None:
    browser = scene.house.browser(RELEASER)
    seen = scene.page(browser)
    assert "ingen har beslutat om: 1" in seen
    box = re.search(r'name="all-unmarked" value="([0-9a-f]{64})"', seen)
    assert box
    form = {"proof": proof_in(browser.get(scene.at)), "level": "public", **WHY}
    other = browser.post(scene.at, data={**form, "all-unmarked": "0" * 64})
    assert other.status_code == httpx.codes.CONFLICT
    assert "Andra enheter är omärkta nu" in other.text
    answer = browser.post(scene.at, data={**form, "all-unmarked": box[1]})
    assert answer.status_code == httpx.codes.SEE_OTHER, answer.text
    page = scene.page(browser)
    assert page.count('<span class="mark good">offentlig</span>') == 2  # the one unit, and the decision
    assert "all-unmarked" not in page


def test_an_auditor_sees_the_review_and_no_way_to_change_it(scene: Scene) -> None:
    page = scene.page(scene.house.browser(somebody(PersonRole.AUDITOR)))
    assert boxes_in(page) == {}
    assert "<textarea" not in page
    assert "/publication" not in page
