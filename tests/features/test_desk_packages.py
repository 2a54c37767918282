"""Packages at the desk: found by words, each one whole, taken home, and verified."""

import io
import re
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import pytest

from ingest.domain.people import PersonRole
from tests.features.api_client import case_push, document
from tests.features.desk_house import House, house, is_whole_page, proof_in, somebody

HOSTILE = '<img src=x onerror="alert(1)">\u202e'
RESTRICTION = {"type": "confidential", "regulation": "OSL 21 kap. 3 §", "ends": "2091-05-03"}


@dataclass(frozen=True, kw_only=True)
class Scene:
    house: House
    browser: httpx.Client
    package: str
    other: str

    def page(self, below: str = "") -> httpx.Response:
        return self.browser.get(f"/packages/{self.package}{below}")


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with house(tmp_path_factory.mktemp("archive") / "home") as made:
        push = case_push("d-1", document(b"Hej!", "ans\u00f6kan 1.txt"), document(b"<html>x", "sida.html"))
        push["case"] |= {
            "title": "Bygglov f\u00f6r garage",
            "opened": "2021-04-01",
            "parties": [{"type": "counterpart", "name": f"Anna Andersson {HOSTILE}", "role": "s\u00f6kande"}],
            "classification": {"scheme": "KLASSA", "version": "2.0", "code": "3.1.2", "title": "Bygglov"},
        }
        push["case"]["records"][0]["restrictions"] = [RESTRICTION]
        packages = [
            made.producer.receipt(made.producer.post(json=one).headers["location"])["package"]
            for one in (
                push,
                case_push(
                    "d-1", document(b"Hej igen!"), case=push["case"] | {"title": "Nytt"}, recordStatus="REPLACEMENT"
                ),
                case_push("d-2", document(b"Buller"), recordStatus="SUPPLEMENT", previousPackage="d-1"),
            )
        ]
        made.index()
        yield Scene(
            house=made, browser=made.browser(somebody(PersonRole.ARCHIVIST)), package=packages[0], other=packages[2]
        )


def found(scene: Scene, **sought: str) -> set[str]:
    text = scene.browser.get("/packages", params=sought).text
    return {one for one in (scene.package, scene.other) if one in text}


def test_a_package_is_found_by_what_is_known_of_it(scene: Scene) -> None:
    both = {scene.package, scene.other}
    assert found(scene) == both
    assert is_whole_page(scene.browser.get("/packages?lang=sv"), "sv")
    for sought in ({"q": "EXN 2021/17"}, {"puid": "X-FMT/111"}, {"date": "2021-06"}, {"rule": "earkiv-sa-5"}):
        assert found(scene, **sought) == both
    for sought in ({"case": "exn 2021/17"}, {"status": "Closed"}):
        assert found(scene, **sought) == both
    assert found(scene, title="nytt") == {scene.package}
    for sought in ({"q": "anders"}, {"party": "ANNA"}, {"date": "2021-04-01"}, {"id": scene.package}, {"id": "d-1"}):
        assert found(scene, **sought) == {scene.package}
    for sought in (
        {"q": "saknas"},
        {"party": "bygglov"},
        {"title": "EXN"},
        {"case": "bygglov"},
        {"status": "open"},
        {"q": "anna saknas"},
        {"producer": "Ingen"},
    ):
        assert found(scene, **sought) == set()


def test_what_is_found_by_no_words_yet_is_told_of(scene: Scene) -> None:
    catalogue = scene.house.archive.ports.catalogue
    current = catalogue.package(scene.other)
    assert current is not None
    assert "kommer med" not in scene.browser.get("/packages?q=x&lang=sv").text
    catalogue.index_package(scene.other, 0, ())
    assert "kommer med" in scene.browser.get("/packages?q=x&lang=sv").text
    scene.house.index()


def test_a_package_is_shown_whole_and_what_it_says_is_text(scene: Scene) -> None:
    for language in ("sv", "en"):
        assert is_whole_page(scene.page(f"?lang={language}"), language)
    text = scene.page("?lang=sv").text
    assert "&lt;img src=x" in text
    assert "<img" not in text
    assert "\u202e" not in text
    for said in ("KLASSA 2.0", "OSL 21 kap. 3 §", "2091-05-03", "Anna Andersson", "Exempelnämnden", "x-fmt/111"):
        assert said in text
    for anchor in ("content", "files", "findings", "generations", "timeline", "descriptions", "receipt"):
        assert f'id="{anchor}"' in text


def test_every_step_is_told_with_its_tool_its_version_its_people_and_how_long_it_took(scene: Scene) -> None:
    page = scene.page("?lang=en").text
    timeline = page.partition('id="timeline"')[2].partition("</section>")[0]
    entries = [" ".join(re.sub(r"<[^>]+>", " ", f"<{one}").split()) for one in timeline.split("<li")[1:]]
    events = [one for one in entries if one.startswith("the archive did ")]
    assert all("step " in one for one in events)
    dates = [one for one in entries if one.startswith("the source says ")]
    assert entries == [*dates, *events]
    assert [re.findall(r"says (\w+) ([0-9-]+) EXN 2021/17 Nytt", one) for one in dates] == [
        [("Opened", "2021-04-01")],
        [("Closed", "2021-06-01")],
    ]
    took = {one.rpartition("step ")[2].split()[0] for one in events if re.search(r" · took [0-9.]+ s( |$)", one)}
    assert took >= {"examine_objects", "validate_package", "build_aip", "store_aip"}
    assert any(re.search(r"format identification : .* · with \S+ \S*\d", one) for one in events), events


def test_both_generations_are_told_of(scene: Scene) -> None:
    text = scene.page("?lang=en").text
    assert "Generation 2" in text
    assert "Generation 1" in text


def test_a_package_leads_to_the_one_that_it_follows_and_to_those_that_follow_it(scene: Scene) -> None:
    former = scene.page("?lang=en").text.partition('id="generations"')[2].partition("</section>")[0]
    assert f'Followed by:</p>\n<ul>\n<li><a href="/desk/packages/{scene.other}">' in former
    assert "Follows the package" not in former
    later = scene.browser.get(f"/packages/{scene.other}?lang=en").text.partition('id="generations"')[2]
    assert f'Follows the package: <a href="/desk/packages/{scene.package}">Nytt</a>' in later
    assert "Followed by" not in later


@pytest.mark.parametrize(("name", "path"), [("mets", "METS.xml"), ("premis", "metadata/preservation/premis.xml")])
def test_a_description_can_be_read_and_had_as_it_lies(scene: Scene, name: str, path: str) -> None:
    laid_out = scene.page(f"/{name}/source?lang=sv")
    assert is_whole_page(laid_out, "sv")
    assert "&lt;" in laid_out.text
    raw = scene.page(f"/{name}.xml")
    assert raw.content == scene.page(f"/files/{path}").content
    assert raw.headers["content-disposition"].startswith("attachment")


def test_a_document_is_linked_and_given_as_a_file_that_no_browser_runs(scene: Scene) -> None:
    text = scene.page().text
    links = [part.partition('"')[0] for part in text.split('href="/desk') if "/files/" in part.partition('"')[0]]
    assert len(links) == 2
    answer = scene.browser.get(links[0])
    assert answer.content == b"Hej!"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")


@pytest.mark.parametrize(("form", "member"), [("csip", "METS.xml"), ("fgs-1.2", "sip.xml"), ("bagit", "bagit.txt")])
@pytest.mark.parametrize("container", ["zip", "tar"])
def test_a_package_is_given_out_whole_in_every_form(scene: Scene, form: str, member: str, container: str) -> None:
    answer = scene.page(f"/export/{form}?container={container}")
    assert answer.status_code == httpx.codes.OK
    assert f"{form}.{container}" in answer.headers["content-disposition"]
    names = zipped_names(answer.content) if container == "zip" else tarred_names(answer.content)
    assert any(name.endswith(member) for name in names)


def zipped_names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        assert held.testzip() is None
        return held.namelist()


def tarred_names(content: bytes) -> list[str]:
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as held:
        return held.getnames()


def test_damage_breaks_an_export_off_that_nobody_takes_for_whole(scene: Scene) -> None:
    with damaged(scene, "METS.xml"), pytest.raises(httpx.RemoteProtocolError):
        scene.browser.get(f"/packages/{scene.other}/export/csip")


@contextmanager
def damaged(scene: Scene, name: str) -> Iterator[None]:
    store = scene.house.archive.ports.replicas[0]
    key = next(key for key in store.keys("") if scene.other in key and key.endswith(name))
    with store.local(key) as path:
        whole = path.read_bytes()
        path.chmod(0o600)
        path.write_bytes(whole.replace(b"<", b"[", 1))
        try:
            yield
        finally:
            path.write_bytes(whole)


def test_verification_reads_all_and_says_so(scene: Scene) -> None:
    proof = proof_in(scene.page())
    answer = scene.browser.post(f"/packages/{scene.package}/verification?lang=sv", data={"proof": proof})
    assert is_whole_page(answer, "sv")
    assert "Allt är som det lagrades" in answer.text


def test_verification_tells_of_damage(scene: Scene) -> None:
    with damaged(scene, "METS.xml"):
        proof = proof_in(scene.page())
        answer = scene.browser.post(f"/packages/{scene.other}/verification?lang=en", data={"proof": proof})
    assert "Damage was found" in answer.text


def test_what_is_not_there_is_not_there(scene: Scene) -> None:
    for below in ("/files/nothing.txt", "/files/../METS.xml", "/export/tar", "/export/csip?container=exe", "/nothing"):
        assert scene.page(below).status_code == httpx.codes.NOT_FOUND
    for name in ("d-1", "nothing", "0" * 36, "..%2f"):
        assert scene.browser.get(f"/packages/{name}").status_code == httpx.codes.NOT_FOUND
