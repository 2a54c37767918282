"""The addresses of open data, as anybody asks them."""

import json
import re
from urllib.parse import urlencode

import pytest
from lxml import etree
from starlette.applications import Starlette

from access.records import read_record
from access.reuse import sitemap
from access.reuse.routes import reuse_routes
from access.reuse.structured import script_text, structured_data
from tests.fakes.asgi_room import Room
from tests.fakes.oai_reader import page
from tests.fakes.public_shelf import ABOUT, Shelf, public_id, public_record

_NS = {"a": "http://www.w3.org/2005/Atom", "s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
_FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def room(shelf: Shelf) -> Room:
    return Room(Starlette(routes=list(reuse_routes(shelf.offering()))))


def found(content: bytes, path: str) -> list[etree._Element]:
    elements = etree.fromstring(content).xpath(path, namespaces=_NS)
    assert isinstance(elements, list)
    return [element for element in elements if isinstance(element, etree._Element)]  # noqa: SLF001 (lxml names its elements so)


def texts(content: bytes, path: str) -> list[str | None]:
    return [element.text for element in found(content, path)]


def test_get_and_post_are_answered_alike(shelf: Shelf, room: Room) -> None:
    shelf.release_many(range(5))
    arguments = {"verb": "ListRecords", "metadataPrefix": "ead3", "from": "2026-03-01T12:00:02Z"}
    got, posted = room.get("/oai", params=arguments), room.post("/oai", data=arguments)
    assert got.content == posted.content
    assert got.headers["content-type"] == "text/xml; charset=utf-8"
    assert len(page(got.content).records()) == 3


@pytest.mark.parametrize(
    "path", ["/oai?verb=Identify", "/sitemap.xml", "/sitemaps/1.xml", "/feed.atom", "/datasets/dcat", "/robots.txt"]
)
def test_no_answer_may_be_kept(room: Room, path: str) -> None:
    """A withdrawal holds at once (DESIGN §8)."""
    answer = room.get(path)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        ("verb=Identify", "text/plain", 415),
        ("verb=Identify", f"{_FORM}; charset=utf-8", 200),
        ("verb=Identify&x=" + "y" * 20_000, _FORM, 413),
        ("&".join(["verb=Identify"] * 40), _FORM, 400),
    ],
)
def test_what_is_no_list_of_arguments_is_refused(room: Room, content: str, content_type: str, status: int) -> None:
    answer = room.post("/oai", content=content, headers={"Content-Type": content_type})
    assert answer.status_code == status


def test_arguments_in_the_address_of_a_post_are_not_read(room: Room) -> None:
    answer = room.post("/oai?verb=Identify", content="", headers={"Content-Type": _FORM})
    assert page(answer.content).errors == ["badVerb"]


@pytest.mark.parametrize("value", ['"><x/>', "&lt;", "å", "%00", "\ufffe", "{{ 7 * 7 }}"])
def test_whatever_is_asked_the_answer_is_xml_and_repeats_no_markup(room: Room, value: str) -> None:
    for arguments in (
        {"verb": "ListRecords", "resumptionToken": value},
        {"verb": value},
        {"verb": "ListRecords", "metadataPrefix": "oai_dc", value: "x"},
        {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": value},
    ):
        answer = page(room.get(f"/oai?{urlencode(arguments)}").content)
        assert answer.errors
        assert not answer.root.xpath("//x")


def test_the_sitemap_names_every_page_once(shelf: Shelf, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "PART", 3)
    shelf.release_many(range(7))
    shelf.withdraw(public_id(2))
    parts = texts(room.get("/sitemap.xml").content, "//s:loc")
    assert parts == [f"https://arkiv.example.se/sitemaps/{n}.xml" for n in (1, 2)]
    told = [loc for n in (1, 2) for loc in texts(room.get(f"/sitemaps/{n}.xml").content, "//s:loc")]
    pages = [f"https://arkiv.example.se/cases/{public_id(n)}" for n in (0, 1, 3, 4, 5, 6)]
    assert told == ["https://arkiv.example.se/", "https://arkiv.example.se/datasets/dcat", *pages]


def test_no_part_of_the_sitemap_is_too_long() -> None:
    """sitemaps.org: at most 50,000 addresses in a file."""
    assert sitemap.PART + len(sitemap.FRONT_PAGES) == 50_000


@pytest.mark.parametrize("number", ["0", "2", "99999999999"])
def test_a_part_that_is_not_there_is_not_found(shelf: Shelf, room: Room, number: str) -> None:
    shelf.release_many([1])
    assert room.get(f"/sitemaps/{number}.xml").status_code == 404


def test_the_feed_tells_of_releases_the_newest_first(shelf: Shelf, room: Room) -> None:
    shelf.release_many([1, 2, 3])
    shelf.release(public_record(4, level="on-request"), public_record(1, title="Nytt namn", released="2026-03-01"))
    shelf.withdraw(public_id(2))
    content = room.get("/feed.atom").content
    assert texts(content, "//a:entry/a:title") == ["Nytt namn", "Ärende <3> & bilagor"]
    assert texts(content, "//a:entry/a:id") == [f"oai:example.se:{public_id(n)}" for n in (1, 3)]
    assert texts(content, "/a:feed/a:updated") == ["2026-03-01T12:00:05Z"]
    assert texts(content, "//a:entry/a:published") == ["2026-03-01T00:00:00Z"]
    for path in ("a:id", "a:title", "a:updated", "a:author/a:name", "a:link[@rel='self']"):
        assert len(found(content, f"/a:feed/{path}")) == 1


def test_an_empty_feed_is_a_feed(room: Room) -> None:
    assert texts(room.get("/feed.atom").content, "/a:feed/a:updated") == ["2026-03-01T12:00:00Z"]


def test_robots_are_shown_the_sitemap_and_kept_from_searches_and_requests(room: Room) -> None:
    lines = room.get("/robots.txt").text.splitlines()
    assert lines == [
        "User-agent: *",
        "Disallow: /search",
        "Disallow: /requests",
        "Sitemap: https://arkiv.example.se/sitemap.xml",
    ]


def test_search_engines_are_told_what_a_page_shows() -> None:
    told = public_record(
        1,
        partOf=public_id(2),
        date="2020",
        dateTo="2021-05",
        documents=[{"name": "Beslut.pdf", "mediaType": "application/pdf", "size": 12, "sha256": "0" * 64}],
    )
    data = structured_data(read_record(json.dumps(told)), ABOUT)
    assert (data["@type"], data["name"]) == ("ArchiveComponent", "Ärende <1> & bilagor")
    assert data["url"] == f"https://arkiv.example.se/cases/{public_id(1)}"
    assert data["temporalCoverage"] == "2020/2021-05"
    assert data["about"] == ["3 Bygga", "3.1 Bygglov"]
    assert data["isPartOf"] == {"@type": "ArchiveComponent", "@id": f"https://arkiv.example.se/cases/{public_id(2)}"}
    assert json.dumps(data["associatedMedia"]).count("Beslut.pdf") == 1


def test_of_a_stub_search_engines_are_told_its_neutral_text_alone() -> None:
    data = structured_data(read_record(json.dumps(public_record(1, level="on-request", date="2020"))), ABOUT)
    assert set(data) == {"@context", "@type", "@id", "url", "name", "holdingArchive"}


@pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", "<!--<script>", "a & b", "]]>"])
def test_nothing_in_a_record_ends_the_block_of_data(title: str) -> None:
    text = script_text(structured_data(read_record(json.dumps(public_record(1, title=title))), ABOUT))
    assert not re.search(r"[<>&]", text)
    assert json.loads(text)["name"] == title
