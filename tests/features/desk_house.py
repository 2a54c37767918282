"""The archivist's desk over a real archive, on a port of this machine, and people who sit down at it."""

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import httpx

from audit.desk.app import create_desk
from audit.desk.desk import MOUNTED_AT, Desk, WayIn
from audit.desk.sessions import Sessions
from audit.desk.visits import SESSION_COOKIE
from earkiv.serving.runner import running
from ingest.adapters.secrets import Secret
from ingest.api.service import Service
from ingest.application.arriving import Arrivals
from ingest.application.desk_record import DeskRecord
from ingest.application.found_numbers import FoundNumbers
from ingest.application.index_packages import index_next
from ingest.bootstrap import Archive
from ingest.bootstrap.information_requests import request_ledger
from ingest.bootstrap.reading_room import reading_room
from ingest.domain.people import Person, PersonRole
from tests.features.api_client import KEY, Client, listening
from tests.features.archives import opened, settings_of
from tests.patience import PATIENCE_SECONDS

_PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""No certificates: nothing here is encrypted, and reading those of all the world takes its time."""


def somebody(*roles: PersonRole, agency: str | None = None, name: str = "Karin Arkivsson") -> Person:
    return Person(name=name, subject=f"s-{name}", roles=frozenset(roles), agency=agency)


@dataclass(kw_only=True)
class House:
    """A served archive with its desk."""

    address: str
    desk: Desk
    archive: Archive
    producer: Client
    home: Path

    def index(self) -> None:
        """Let every package be found by its words, as a server does beside its work."""
        while index_next(self.archive.ports, 20):
            pass

    browsers: list[httpx.Client] = field(default_factory=list)

    def browser(self, person: Person | None = None) -> httpx.Client:
        """Give a browser, signed in as somebody or nobody; it follows no redirect by itself."""
        browser = httpx.Client(base_url=f"{self.address}{MOUNTED_AT}", timeout=PATIENCE_SECONDS, verify=_PLAIN)
        if person is not None:
            browser.cookies.set(SESSION_COOKIE, self.desk.sessions.open(person, self.desk.now()))
        self.browsers.append(browser)
        return browser


@contextmanager
def house(home: Path, way_in: WayIn | None = None) -> Iterator[House]:
    """Serve an archive with a desk."""
    with opened(home) as archive, running(archive):
        record = DeskRecord(archive.ports, pause=0)
        desk = Desk(
            ports=archive.ports,
            sessions=Sessions(archive.ports.ids.secret),
            finder=FoundNumbers(archive.ports),
            record=record,
            owner=archive.owner,
            room=lambda: reading_room(settings_of(home)),
            requests=lambda: request_ledger(settings_of(home)),
            way_in=way_in,
        )
        arrivals = Arrivals(archive.owner, archive.ports)
        service = Service(archive=archive, arrivals=arrivals, record=record, api_key=Secret(KEY), is_ready=lambda: True)
        with listening(service, {MOUNTED_AT: create_desk(desk)}) as address:
            headers = {"Authorization": f"Bearer {KEY}"}
            with httpx.Client(base_url=address, headers=headers, timeout=PATIENCE_SECONDS) as http:
                producer = Client(http=http, archive=archive, service=service)
                made = House(address=address, desk=desk, archive=archive, producer=producer, home=home)
                yield made
                for browser in made.browsers:
                    browser.close()


def proof_in(page: httpx.Response) -> str:
    """Give the proof that stands in the forms of a page."""
    found = re.search(r'name="proof" value="([^"]+)"', page.text)
    assert found, page.text
    return unescape(found[1])


def is_whole_page(answer: httpx.Response, language: str) -> bool:
    """Whether it is a page in that language with exactly one main heading, and nothing that is run."""
    text = answer.text
    return (
        f'<html lang="{language}">' in text
        and text.count("<h1") == 1
        and "<script" not in text
        and " style=" not in text
        and " on" + "click" not in text
    )
