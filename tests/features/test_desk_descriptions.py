"""METS, PREMIS and ERMS at the desk: told in words in both languages, whatever dialect they were delivered in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from urllib.parse import urlencode

import httpx
import pytest

from audit.desk.details import in_swedish
from ingest.application.consult_archive import events_of
from ingest.domain.people import PersonRole
from tests.features import archives
from tests.features.desk_house import House, house, is_whole_page, somebody
from tests.features.test_agreements import NAME, agree
from tests.unit.samples.described import BUILDERS, DELIVERIES, correct

BROKEN = "metadata/preservation/broken.xml"
PASSING = ("EARKIV-SA-5", "EARKIV-XML-1", "EARKIV-FIX-4", "CSIP32", "PM1")
HOSTILE = "<img src=x onerror=alert(1)>"
TOLD = {
    "case-push": DELIVERIES["klagomal"](),
    "fgs12": DELIVERIES["bygglov"](),
    "eard": replace(DELIVERIES["klagomal"](), identity="5b1f4c52-6f0e-4a4e-9a55-1c59ad7f9d10"),
    "csip": DELIVERIES["skolskjuts"](),
    "bare-erms": DELIVERIES["foreningsbidrag"](),
}
DELIVERED = {
    "case-push": {"erms": {"case.json"}},
    "fgs12": {"mets": {"sip.xml"}, "erms": {"Arendehantering.xml"}},
    "eard": {"mets": {"sip.xml"}, "erms": {"Arendehantering.xml"}},
    "csip": {"mets": {"METS.xml"}, "erms": {"erms.xml"}},
    "bare-erms": {"erms": {"erms.xml"}},
}


@dataclass(frozen=True, kw_only=True)
class Scene:
    house: House
    browser: httpx.Client
    packages: Mapping[str, str]

    seen: dict[str, httpx.Response] = field(default_factory=dict)

    def page(self, dialect: str, below: str, **asked: str) -> httpx.Response:
        address = f"/packages/{self.packages[dialect]}/{below}?{urlencode(asked)}"
        if address not in self.seen:
            self.seen[address] = self.browser.get(address)
        return self.seen[address]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("descriptions")
    for dialect, told in TOLD.items():
        case = replace(told.cases[0], title=f"{told.cases[0].title} {HOSTILE}")
        BUILDERS[dialect](replace(told, cases=(case, *told.cases[1:])), folder / dialect)
    broken = folder / "broken"
    BUILDERS["csip"](correct("marklov"), broken)
    (broken / BROKEN).parent.mkdir(parents=True, exist_ok=True)
    (broken / BROKEN).write_text('<premis xmlns="http://www.loc.gov/premis/v3"><agent>', encoding="utf-8")
    agree(folder / "home", {"severities": [[rule, "warning"] for rule in PASSING]})
    receipts = archives.hand_over(folder / "home", *(folder / dialect for dialect in TOLD))
    packages = dict(zip(TOLD, (receipt["package"] for receipt in receipts), strict=True))
    packages["broken"] = archives.hand_over_one(folder / "home", broken, agreement=NAME)["package"]
    with house(folder / "home") as made:
        yield Scene(house=made, browser=made.browser(somebody(PersonRole.ARCHIVIST)), packages=packages)


def documents(answer: httpx.Response) -> list[str]:
    """Give the documents that a page leads to, by their paths."""
    nav = answer.text.partition('<nav class="panel"')[2].partition("</nav>")[0]
    return [unescape(one) for one in re.findall(r"<a [^>]*>([^<]*)</a>", nav)]


def words(answer: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


@pytest.mark.parametrize(("dialect", "language"), [*((dialect, "sv") for dialect in TOLD), ("csip", "en")])
@pytest.mark.parametrize("kind", ["mets", "premis", "erms"])
def test_a_description_is_told_and_nothing_in_it_is_markup(
    scene: Scene, dialect: str, language: str, kind: str
) -> None:
    for document in documents(scene.page(dialect, kind, lang="sv")):
        answer = scene.page(dialect, kind, document=document, lang=language)
        assert answer.status_code == httpx.codes.OK, document
        assert is_whole_page(answer, language)
        assert "<img" not in answer.text
        assert 'class="note' not in answer.text, "not told"


@pytest.mark.parametrize("dialect", TOLD)
def test_what_was_delivered_is_told_beside_what_the_archive_wrote(scene: Scene, dialect: str) -> None:
    for kind in ("mets", "erms"):
        found = documents(scene.page(dialect, kind, lang="sv"))
        assert not found[0].startswith("submission/")
        names = {path.rpartition("/")[2] for path in found if path.startswith("submission/")}
        assert names >= DELIVERED[dialect].get(kind, set()), found


@pytest.mark.parametrize("dialect", TOLD)
def test_the_descriptions_of_cases_tell_every_case_as_the_archives_own_does(scene: Scene, dialect: str) -> None:
    own, *delivered = documents(scene.page(dialect, "erms", lang="sv"))
    for told in TOLD[dialect].cases:
        said = [told.title, told.id, *(record.title for record in told.records)]
        assert_told(said, [scene.page(dialect, "erms", document=own, lang="sv")])
        assert_told(said, [scene.page(dialect, "erms", document=one, lang="sv") for one in delivered])


def assert_told(said: list[str], pages: list[httpx.Response]) -> None:
    text = " ".join(map(words, pages))
    assert [one for one in said if one not in text] == []


def test_each_of_several_descriptions_tells_its_own_cases(scene: Scene) -> None:
    _, *delivered = documents(scene.page("bare-erms", "erms", lang="sv"))
    assert len(delivered) == len(TOLD["bare-erms"].cases) > 1
    told = [words(scene.page("bare-erms", "erms", document=one, lang="sv")) for one in delivered]
    for case in TOLD["bare-erms"].cases:
        assert len([text for text in told if case.title in text]) == 1


def test_the_mets_tells_profile_agents_files_and_structure_with_ways_to_the_files(scene: Scene) -> None:
    root = words(scene.page("fgs12", "mets", lang="sv"))
    for said in ("E-ARK-AIP-v2-2-0", "arkivbildare", "Strukturkarta", "SHA-256", "Representations/original"):
        assert said in root
    answer = scene.page("fgs12", "mets", lang="en", document="representations/original/METS.xml")
    ways = set(re.findall(r'href="/desk(/packages/[^"]*/view/[^"]*)"', answer.text))
    assert len(ways) == sum(len(record.documents) for record in TOLD["fgs12"].cases[0].records)
    assert all(scene.browser.get(way).status_code == httpx.codes.OK for way in ways)


def test_a_delivered_mets_leads_to_the_files_where_they_lie_now(scene: Scene) -> None:
    answer = scene.page("fgs12", "mets", document="submission/sip.xml", lang="sv")
    ways = set(re.findall(r'href="/desk(/packages/[^"]*/view/[^"]*)"', answer.text))
    assert any("/view/representations/original/data/" in way for way in ways)
    assert all(scene.browser.get(way).status_code == httpx.codes.OK for way in ways)


def test_the_outline_of_the_whole_package_leads_to_the_mets_of_its_representation(scene: Scene) -> None:
    answer = scene.page("csip", "mets", lang="sv")
    outline = answer.text.partition('id="structure"')[2]
    (way,) = set(re.findall(r'<a href="/desk([^"]*)">representations/[^<]*/METS.xml</a>', outline))
    assert scene.browser.get(unescape(way)).status_code == httpx.codes.OK


def test_the_premis_tells_objects_events_and_agents(scene: Scene) -> None:
    text = words(scene.page("fgs12", "premis", lang="sv"))
    for said in ("kontrollsummor jämförda", "arkivpaket skapat", "lyckades", "ingår i", "intellektuell enhet", "fmt/"):
        assert said in text
    assert "information package creation" in words(scene.page("fgs12", "premis", lang="en"))


@pytest.mark.parametrize("kind", ["mets", "premis", "erms"])
def test_a_description_is_had_laid_out_and_as_it_lies(scene: Scene, kind: str) -> None:
    for document in documents(scene.page("csip", kind, lang="sv")):
        laid_out = scene.page("csip", f"{kind}/source", document=document, lang="sv")
        assert is_whole_page(laid_out, "sv")
        assert '<pre class="source"' in laid_out.text
        assert "&lt;" in laid_out.text
        assert scene.page("csip", f"files/{document}").content.strip().startswith(b"<")


def test_what_is_no_such_description_is_not_there(scene: Scene) -> None:
    for document in ("../METS.xml", "metadata/preservation/premis.xml", "submission/nothing.xml", "METS.xml "):
        answer = scene.page("csip", "mets", document=document)
        assert (answer.status_code == httpx.codes.NOT_FOUND) is (document.strip() != "METS.xml")


def test_a_description_that_was_delivered_broken_can_be_had_and_no_more(scene: Scene) -> None:
    document = f"submission/{BROKEN}"
    assert document in documents(scene.page("broken", "premis", lang="sv"))
    for below in ("premis", "premis/source"):
        answer = scene.page("broken", below, document=document, lang="sv")
        assert is_whole_page(answer, "sv")
        assert "Hämta det som det ligger." in answer.text
    assert scene.page("broken", f"files/{document}").content.endswith(b"<agent>")


def test_a_damaged_description_is_not_shown(scene: Scene) -> None:
    store = scene.house.archive.ports.replicas[0]
    key = next(key for key in store.keys("") if scene.packages["eard"] in key and key.endswith("/sip.xml"))
    with store.local(key) as path:
        whole = path.read_bytes()
        path.chmod(0o600)
        path.write_bytes(whole.replace(b"LABEL", b"label", 1))
        try:
            answer = scene.page("eard", "mets", document="submission/sip.xml")
        finally:
            path.write_bytes(whole)
    assert answer.status_code == httpx.codes.INTERNAL_SERVER_ERROR


def test_which_description_was_read_is_in_the_record(scene: Scene) -> None:
    scene.page("fgs12", "mets", document="submission/sip.xml")
    auditor = scene.house.browser(somebody(PersonRole.AUDITOR))
    assert "submission/sip.xml" in auditor.get("/record").text


def test_a_page_of_its_own_says_where_to_read_on(scene: Scene) -> None:
    shown = scene.browser.get(f"/packages/{scene.packages['csip']}").text
    for kind in ("mets", "premis", "erms"):
        for below in (kind, f"{kind}/source", f"{kind}.xml"):
            assert f'/packages/{scene.packages["csip"]}/{below}"' in shown


@pytest.mark.parametrize("dialect", TOLD)
def test_every_event_is_told_in_swedish_with_the_words_of_the_premis_beside(scene: Scene, dialect: str) -> None:
    events = events_of(scene.packages[dialect], scene.house.archive.ports)
    assert {one.detail for one in events if in_swedish(one.detail) is None} == set()
    text = words(scene.page(dialect, "premis", lang="sv"))
    for said in ("SHA-256 räknades medan filerna togs emot", "(SHA-256 computed while the bytes were received)"):
        assert said in text
