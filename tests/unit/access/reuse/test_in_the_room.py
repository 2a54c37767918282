"""Open data as the reading room serves it: over its own file and folder, with its own settings and headers."""

import json
import re
from pathlib import Path

import pytest

from access.app import reading_room
from access.language import Text
from access.reuse.about import about_of
from access.settings import SettingsRefused, read_settings
from tests.fakes.asgi_room import Room
from tests.fakes.oai_reader import Harvester, page
from tests.fakes.public_room import CASE, NEVER, ON_REQUEST, WITHDRAWN, SmallRoom, small_room

STRUCTURED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def small(tmp_path: Path) -> SmallRoom:
    return small_room(tmp_path)


@pytest.fixture
def room(small: SmallRoom) -> Room:
    return Room(reading_room(small.settings()))


def test_a_harvest_holds_every_listed_record_and_each_withdrawal(small: SmallRoom, room: Room) -> None:
    harvest = Harvester(lambda asked: room.get("/oai", params=asked).content)
    harvest.fetch_all()
    titles = {key: record["title"] for key, record in small.records.items()}
    assert harvest.kept == titles | {WITHDRAWN: None}


def test_identifiers_have_the_domain_of_the_address(room: Room) -> None:
    name = f"oai:lasesal.example.se:{CASE}"
    answer = page(room.get("/oai", params={"verb": "GetRecord", "metadataPrefix": "mets", "identifier": name}).content)
    assert answer.texts("//o:identifier") == [name]


def test_hidden_and_never_published_are_answered_alike(room: Room) -> None:
    asked = {"verb": "GetRecord", "metadataPrefix": "mets", "identifier": f"oai:lasesal.example.se:{NEVER}"}
    assert page(room.get("/oai", params=asked).content).errors == ["idDoesNotExist"]


def test_the_sitemap_leads_to_pages_that_are_there(room: Room) -> None:
    told = re.findall(r"<loc>https://lasesal\.example\.se(.*?)</loc>", room.get("/sitemaps/1.xml").text)
    assert len(told) == 7
    assert {room.get(path).status_code for path in told} == {200}


def test_the_feed_leads_to_pages_that_are_there(room: Room) -> None:
    told = re.findall(
        r'<link rel="alternate" type="text/html" href="https://lasesal\.example\.se(.*?)"', room.get("/feed.atom").text
    )
    assert len(told) == 5
    assert {room.get(path).status_code for path in told} == {200}


def test_a_page_tells_search_engines_what_it_shows(room: Room) -> None:
    answer = room.get(f"/cases/{CASE}")
    (told,) = STRUCTURED.findall(answer.text)
    data = json.loads(told)
    assert (data["@id"], data["name"]) == (
        f"https://lasesal.example.se/cases/{CASE}",
        "Ansökan om bygglov för garage på Drottninggatan 12",
    )
    assert "script-src" not in answer.headers["content-security-policy"]


def test_the_page_of_a_stub_tells_search_engines_no_more_than_its_text(room: Room) -> None:
    (told,) = STRUCTURED.findall(room.get(f"/records/{ON_REQUEST}").text)
    assert "2021" not in told


def test_open_data_has_the_headers_of_the_room(room: Room) -> None:
    assert room.get("/oai?verb=Identify").headers["x-content-type-options"] == "nosniff"


SOUND = {"EARKIV_HOME": "/h"}


@pytest.mark.parametrize(
    ("name", "sound", "bad"),
    [
        ("REPOSITORY", "arkiv.example.se", "localhost"),
        ("LICENCE", "https://example.se/villkor", "CC0"),
        ("PUBLISHER_TYPE", "http://purl.org/adms/publishertype/NationalAuthority", "nämnd"),
        ("TOKEN_KEY", "x" * 32, "x" * 31),
    ],
)
def test_settings_of_open_data_are_checked(name: str, sound: str, bad: str) -> None:
    settings = read_settings(SOUND | {f"EARKIV_PUBLIC_{name}": sound})
    assert getattr(settings, name.lower()) == sound
    with pytest.raises(SettingsRefused) as refused:
        read_settings(SOUND | {f"EARKIV_PUBLIC_{name}": bad})
    (fault,) = refused.value.faults
    assert isinstance(fault, Text)
    assert f"EARKIV_PUBLIC_{name}" in fault.sv
    assert bad not in fault.sv + fault.en


def test_a_key_of_tokens_is_not_shown() -> None:
    key = "hemligt" * 5
    assert key not in repr(read_settings(SOUND | {"EARKIV_PUBLIC_TOKEN_KEY": key}))


@pytest.mark.parametrize(
    ("url", "repository"),
    [
        ("https://lasesal.example.se", "lasesal.example.se"),
        ("http://127.0.0.1:8081", "earkiv.invalid"),
        ("http://localhost", "earkiv.invalid"),
    ],
)
def test_a_repository_is_named_by_its_domain(url: str, repository: str) -> None:
    assert about_of(read_settings(SOUND), url).repository == repository
