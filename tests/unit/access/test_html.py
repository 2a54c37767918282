"""Every page is sound HTML in both languages: lang, one h1, labels, and links that lead somewhere."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html

from access.room import STYLE
from tests.fakes.public_pages import pages
from tests.fakes.public_room import NEVER, WITHDRAWN, SmallRoom
from tests.fakes.visitor import Visitor

FAULTS = ("/nothing/here", f"/records/{NEVER}", f"/records/{WITHDRAWN}")


@pytest.fixture(params=["", "/en"], ids=["sv", "en"])
def root(request: pytest.FixtureRequest) -> str:
    told: str = request.param
    return told


def read(visitor: Visitor, address: str) -> html.HtmlElement:
    """A page, parsed."""
    return html.document_fromstring(visitor.get(address).text)


def found(page: html.HtmlElement, path: str) -> list[Any]:
    """What an XPath finds in a page."""
    told = page.xpath(path)
    assert isinstance(told, list)
    return told


def every_page(small: SmallRoom, root: str) -> Iterator[str]:
    """Every page, those for faults included."""
    yield from (f"{root}{address}" for told in pages(small).values() for address in told)
    yield from (f"{root}{address}" for address in FAULTS)


def test_every_page_has_its_language_one_heading_and_one_main(small: SmallRoom, visitor: Visitor, root: str) -> None:
    for address in every_page(small, root):
        page = read(visitor, address)
        assert page.get("lang") == ("en" if root else "sv"), address
        assert len(page.findall(".//h1")) == 1, address
        assert len(page.findall(".//main")) == 1, address
        assert page.findtext(".//title"), address


def test_every_field_has_a_label_and_no_id_stands_twice(small: SmallRoom, visitor: Visitor, root: str) -> None:
    for address in every_page(small, root):
        page = read(visitor, address)
        ids = Counter(found(page, "//@id"))
        assert [each for each, number in ids.items() if number > 1] == [], address
        labelled = set(found(page, "//label/@for"))
        assert {each.get("id") for each in found(page, "//input[@type!='hidden']|//textarea")} <= labelled, address
        pointed = {each for told in found(page, "//@aria-labelledby|//@aria-describedby") for each in told.split()}
        assert pointed <= set(ids), address


def test_no_page_runs_or_loads_anything(small: SmallRoom, visitor: Visitor, root: str) -> None:
    """No script (a block of data is none), one style sheet, and no form but that of requests sends anything."""
    for address in every_page(small, root):
        page = read(visitor, address)
        assert not found(page, "//script[not(@type='application/ld+json')]"), address
        assert found(page, "//style|//*[@style]|//object|//embed|//base|//meta[@http-equiv]") == [], address
        assert found(page, "//@*[starts-with(name(), 'on')]") == [], address
        assert set(found(page, "//link[@rel='stylesheet']/@href")) == {f"/style.css?v={STYLE.version}"}, address
        assert all(each.startswith("/") for each in found(page, "//*[self::img or self::iframe]/@src")), address
        assert {each.lower() for each in found(page, "//form/@method")} <= {"get", "post"}, address
        sent = {each.partition("?")[0] for each in found(page, "//form[@method='post']/@action")}
        assert sent <= {f"{root}/requests"}, address


def test_every_link_inside_the_room_leads_somewhere(small: SmallRoom, visitor: Visitor, root: str) -> None:
    met: set[str] = set()
    for address in every_page(small, root):
        page = read(visitor, address)
        met |= {each for each in found(page, "//@href|//@src|//form/@action") if each.startswith("/")}
    told = {address: visitor.get(address).status_code for address in sorted(met)}
    # The page for withdrawn records points to itself in the other language.
    assert {address: status for address, status in told.items() if status not in {200, 302}} == {}


def test_every_page_leads_to_itself_in_the_other_language(small: SmallRoom, visitor: Visitor) -> None:
    for address in (each for told in pages(small).values() for each in told):
        swedish = read(visitor, address)
        (english,) = found(swedish, "//nav//a[@hreflang='en']/@href")
        back = found(read(visitor, english), "//nav//a[@hreflang='sv']/@href")
        assert back == [address]


def test_every_page_says_how_people_are_reached(small: SmallRoom, visitor: Visitor, root: str) -> None:
    for address in every_page(small, root):
        told = visitor.get(address).text
        assert all(each in told for each in ("08-123 45 67", "arkivet@example.se", "Arkivgatan 1")), address
