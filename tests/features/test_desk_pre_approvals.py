"""Two people at the desk approve a class beforehand, a third withdraws it; and what time proposes, a person decides."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from ingest.domain.people import PersonRole
from tests.features.api_client import case_push, document
from tests.features.desk_house import House, house, is_whole_page, proof_in, somebody

RUT, BO = somebody(PersonRole.RELEASER, name="Rut Ek"), somebody(PersonRole.RELEASER, name="Bo Alm")
EVA = somebody(PersonRole.REVIEWER, name="Eva Ny")
CASE = "EXN 2021/17"
ENDED = {"type": "confidential", "regulation": "OSL 21 kap. 3 §", "ends": "2024-01-31"}
SAID: Mapping[str, str] = {
    "scheme": "KLASSA",
    "code": "3.1.2",
    "begins": "2020-01-01",
    "ends": "2999-12-31",
    "reason": "Alla sådana har prövats. <b>",
    "ground": "Inget lagrum.",
    "personal-data": "Bara sökande.",
}


@dataclass(frozen=True, kw_only=True)
class Scene:
    house: House
    package: str


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    home: Path = tmp_path_factory.mktemp("archive") / "home"
    with house(home) as made:
        push = case_push("d-1", document(b"Hej!"))
        push["case"]["classification"] = {"scheme": "KLASSA", "version": "2.0", "code": "3.1.2", "title": "Bygglov"}
        second = document(b"Annat.", "annat.txt")
        for number, ends in (("2", "2024-01-31"), ("3", "2999-01-31")):
            marked = {"id": f"{CASE}:{number}", "number": number, "title": "Brev", "documents": [second]}
            push["case"]["records"].append(marked | {"restrictions": [ENDED | {"ends": ends}]})
        package = made.producer.receipt(made.producer.post(json=push).headers["location"])["package"]
        made.index()
        yield Scene(house=made, package=package)


def filled(browser: httpx.Client, path: str, said: Mapping[str, str], page: str = "") -> httpx.Response:
    shown = browser.get(page or path)
    return browser.post(path, data={"proof": proof_in(shown), **said})


def test_a_class_is_proposed_approved_carried_over_and_withdrawn(scene: Scene) -> None:
    rut, bo, eva = (scene.house.browser(person) for person in (RUT, BO, EVA))
    form = rut.get("/pre-approvals")
    assert is_whole_page(form, "sv"), form.text
    terms = re.search(r'<option value="([^"]+)"', form.text)
    assert terms
    lacking = filled(rut, "/pre-approvals", {**SAID, "terms": terms[1], "ground": ""})
    assert lacking.status_code == httpx.codes.CONFLICT
    assert "Lagrum, eller att inget hindrar, saknas" in lacking.text
    assert 'value="3.1.2"' in lacking.text
    place = filled(rut, "/pre-approvals", {**SAID, "terms": terms[1]}).headers["location"].removeprefix("/desk")

    own = rut.get(place)
    assert "En annan person måste godkänna" in own.text
    assert "&lt;b&gt;" in own.text
    refused = filled(rut, f"{place}/confirmation", {"reason": "Ja."}, place)
    assert (refused.status_code, "inte heller någon med samma namn" in refused.text) == (httpx.codes.CONFLICT, True)
    assert "<textarea" in bo.get(place).text
    assert filled(bo, f"{place}/confirmation", {"reason": "Ja."}, place).status_code == httpx.codes.SEE_OTHER
    shown = bo.get(place, params={"lang": "en"})
    assert is_whole_page(shown, "en")
    assert "approved by two" in shown.text

    review = f"/packages/{scene.package}/access"
    assert "Blir offentlig när paketet publiceras." in bo.get(review, params={"lang": "sv"}).text
    published = filled(bo, f"/packages/{scene.package}/publication", {}, review)
    assert published.status_code == httpx.codes.OK
    after = bo.get(review).text
    assert "Grunden är ett godkännande på förhand av" in after
    assert f'href="/desk{place}"' in after
    assert "Rut Ek, Bo Alm" in after

    assert filled(eva, f"{place}/withdrawal", {"reason": ""}, place).status_code == httpx.codes.CONFLICT
    assert filled(eva, f"{place}/withdrawal", {"reason": "Fel."}, place).status_code == httpx.codes.SEE_OTHER
    assert "återkallat" in eva.get("/pre-approvals").text
    with scene.house.desk.room() as room:
        assert room.index.listed_after(0, 9) == {}


def test_what_time_proposes_is_listed_until_a_person_has_decided(scene: Scene) -> None:
    eva = scene.house.browser(EVA)
    listed = eva.get("/time-proposals")
    assert is_whole_page(listed, "sv"), listed.text
    assert f"{CASE} / {CASE}:2" in listed.text
    assert f"{CASE}:1" not in listed.text
    assert f"{CASE}:3" not in listed.text
    review = f"/packages/{scene.package}/access"
    assert f'href="/desk{review}"' in listed.text
    page = eva.get(review)
    box = re.search(rf'name="(unit-\d+)" value="([^"]+{CASE}:2[^"]+)"', page.text)
    assert box
    ticked = {box[1]: box[2].replace("&#34;", '"'), "level": "on-request", "reason": "Prövas.", "ground": "OSL"}
    assert filled(eva, review, ticked, review).status_code == httpx.codes.CONFLICT, "a reviewer opens nothing"
    assert f"{CASE}:2" in eva.get("/time-proposals").text
    assert filled(eva, review, {**ticked, "level": "hidden"}, review).status_code == httpx.codes.SEE_OTHER
    assert f"{CASE}:2" not in eva.get("/time-proposals").text


@pytest.mark.parametrize("after", ["[]", "x", '["a","b"]', '["9999-01-01","p","u"]', "[1,2,3]"])
def test_whatever_the_address_says_the_list_is_a_page(scene: Scene, after: str) -> None:
    assert is_whole_page(scene.house.browser(EVA).get("/time-proposals", params={"after": after}), "sv")
