"""Every route is known to the list that crawlers go by, and answers as it should."""

import re
from datetime import UTC, datetime

import pytest

from access.app import every_route
from access.database import SqliteQuery
from access.reuse.service import offering_of
from access.store import DirectoryStore
from tests.fakes.public_pages import ONCE, OPEN_DATA, contents, pages
from tests.fakes.public_room import APPLICATION, CASE, SmallRoom
from tests.fakes.visitor import Visitor

NOW = datetime(2026, 11, 29, tzinfo=UTC)


def known(small: SmallRoom) -> set[str]:
    spoken = {*pages(small), *contents(small)}
    english = {f"/en{route}" for route in spoken}
    return spoken | english | set(ONCE) | set(OPEN_DATA)


def test_no_route_is_unknown_to_the_list(small: SmallRoom) -> None:
    """Whoever adds a route adds it to tests/fakes/public_pages.py: what is not crawled could leak."""
    settings = small.settings()
    offering = offering_of(settings, SqliteQuery(settings.index), DirectoryStore(small.writer.store), lambda: NOW)
    served = {re.sub(r":[a-z]+}", "}", route.path) for route in every_route(offering)}
    assert served == known(small)


@pytest.mark.parametrize("address", [address for told in OPEN_DATA.values() for address in told])
def test_open_data_answers(visitor: Visitor, address: str) -> None:
    assert visitor.get(address).status_code == 200


@pytest.mark.parametrize("root", ["", "/en"])
def test_every_address_answers(small: SmallRoom, visitor: Visitor, root: str) -> None:
    every = {**pages(small), **contents(small)}
    addresses = [f"{root}{address}" for told in every.values() for address in told]
    told = {address: visitor.get(address).status_code for address in addresses}
    assert {address: status for address, status in told.items() if status not in {200, 302}} == {}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_the_room_is_for_reading_only(visitor: Visitor, method: str) -> None:
    answer = visitor.ask(method, "/search")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert "<h1>Så går det inte att göra</h1>" in answer.text


@pytest.mark.parametrize("root", ["", "/en"])
def test_each_entry_has_one_address(visitor: Visitor, root: str) -> None:
    """Whoever knows the id alone is sent to the page, as from sitemap and feed."""
    answer = visitor.get(f"{root}/records/{CASE}")
    assert (answer.status_code, answer.headers["location"]) == (302, f"{root}/cases/{CASE}")
    assert visitor.get(f"{root}/cases/{APPLICATION}").headers["location"] == f"{root}/records/{APPLICATION}"


def test_the_head_of_a_page_is_told_without_its_body(visitor: Visitor) -> None:
    answer = visitor.ask("HEAD", "/")
    assert (answer.status_code, answer.content) == (200, b"")
