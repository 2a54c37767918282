"""The server shape to its end: pushed at one machine, archived by another, decided at the desk, read next door."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from ingest.adapters.s3.store import S3Store
from tests.features.api_client import case_push, document
from tests.features.desk_house import proof_in
from tests.features.server_shape import AGREEMENT, ROLES, Server, procfile, server
from tests.features.serving import Serving, free_port
from tests.features.test_desk_access import WHY, boxes_in
from tests.features.worker_process import stop
from tests.patience import PATIENCE_SECONDS, end_of, wait_until
from tests.servers.broker import redis_server
from tests.servers.buckets import in_s3, new_store
from tests.servers.identity_provider import Provider, providing
from tests.servers.people_signing_in import Reception, Website, receive_people
from tests.servers.postgres import Postgres
from tests.servers.public_bucket import open_to_reader, readers_place
from tests.servers.public_database import PublicDatabase, public_database
from tests.servers.s3 import S3Server

pytestmark = pytest.mark.ci

_DESK = "http://localhost:9"
"""Where browsers are told that the desk is; the test goes to the port itself."""
LETTER = b"Nybyggnad av garage vid eken."


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """An archive that several machines share, and all that the reading room is told of."""

    archive: Server
    store: S3Store
    rooms: dict[str, str]


def _told(provider: Provider, database: PublicDatabase, store: S3Store) -> dict[str, str]:
    """What the archive's processes are told beside the usual: where the room is, and who signs people in."""
    address = store.bucket.address
    return {
        "EARKIV_STORE_PUBLIC": f"s3://{address.bucket}/{address.prefix}",
        "EARKIV_PUBLIC_DATABASE": database.writer,
        "EARKIV_DESK_URL": _DESK,
        "EARKIV_DESK_OIDC_ISSUER": provider.address,
        "EARKIV_DESK_OIDC_CLIENT": "desk",
    }


def _rooms(there: S3Server, database: PublicDatabase, store: S3Store) -> dict[str, str]:
    assert there.reader is not None, "EARKIV_TEST_S3 names no reader"
    place = readers_place(there, store, there.reader)
    return {
        "EARKIV_PUBLIC_STORE": f"s3://{place.bucket}/{place.prefix}",
        "EARKIV_PUBLIC_STORE_ENDPOINT": there.endpoint,
        "EARKIV_PUBLIC_STORE_REGION": there.region,
        "EARKIV_PUBLIC_STORE_KEY_ID": place.key_id,
        "EARKIV_PUBLIC_STORE_SECRET": place.secret,
        "EARKIV_PUBLIC_DATABASE": database.reader,
    }


@pytest.fixture
def provider() -> Iterator[Provider]:
    def also(app: Any, authorization: Any, made: Provider) -> None:
        rut = {"sub": "s-1", "name": "Rut Ek", "roles": ["releaser"]}
        receive_people(app, authorization, Reception(provider=made, person=rut))

    with providing(also) as made:
        made.clients["desk"] = Website(client_id="desk", redirect=f"{_DESK}/desk/sign-in/back")
        yield made


@pytest.fixture
def town(tmp_path: Path, postgres: Postgres, s3_server: S3Server, provider: Provider) -> Iterator[Town]:
    with ExitStack() as closing:
        database = closing.enter_context(public_database(postgres))
        store = new_store(s3_server, "public", tmp_path, prefix="room/")
        open_to_reader(store)
        stores = in_s3(s3_server, ROLES, tmp_path) | _told(provider, database, store)
        broker = closing.enter_context(redis_server(tmp_path))
        archive = closing.enter_context(server(tmp_path, postgres, broker, **stores))
        archive.establish()
        yield Town(archive=archive, store=store, rooms=_rooms(s3_server, database, store))


@contextmanager
def room_open(rooms: dict[str, str], log: Path) -> Iterator[httpx.Client]:
    """Run the reading room as its Procfile says, told of its own settings alone."""
    port = free_port()
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment |= {**rooms, "EARKIV_PUBLIC_PORT": str(port), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = procfile("room", "Procfile.public")
    with (
        log.open("a") as output,
        subprocess.Popen(command, cwd=log.parent, env=environment, stdout=output, stderr=output, text=True) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE_SECONDS) as http,
    ):
        try:
            wait_until(lambda: process.poll() is not None or _answers(http), lambda: end_of(log))
            assert process.poll() is None, log.read_text(encoding="utf-8")
            yield http
        finally:
            stop(process)


def _answers(http: httpx.Client) -> bool:
    try:
        return http.get("/health/live").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


@contextmanager
def signed_in(api: Serving) -> Iterator[httpx.Client]:
    """Sit down at the desk as whom the identity provider vouches for."""
    with httpx.Client(base_url=f"{api.http.base_url}/desk", timeout=PATIENCE_SECONDS) as browser:
        there = browser.get("/sign-in/provider").headers["location"]
        back = httpx.get(there).headers["location"]
        assert browser.get("/sign-in/back", params=parse_qs(urlsplit(back).query)).status_code == httpx.codes.OK
        yield browser


def decide(browser: httpx.Client, package: str, level: str) -> None:
    """Decide on every unit of a package."""
    page = browser.get(f"/packages/{package}/access")
    form = {"proof": proof_in(page), "level": level, **WHY, **boxes_in(page.text)}
    answer = browser.post(f"/packages/{package}/access", data=form)
    assert answer.status_code == httpx.codes.SEE_OTHER, answer.text


def publish(browser: httpx.Client, package: str) -> str:
    page = browser.get(f"/packages/{package}/access")
    return browser.post(f"/packages/{package}/publication", data={"proof": proof_in(page)}).text


def archived(api: Serving) -> str:
    """Push a case, and give its package when it is archived."""
    answer = api.http.post("/v1/deliveries", json=case_push("d-1", document(LETTER, "brev.txt"), agreement=AGREEMENT))
    assert answer.status_code == httpx.codes.ACCEPTED, answer.text
    api.wait_for(answer.headers["location"], "archived")
    package: str = api.http.get(f"{answer.headers['location']}/receipt").json()["package"]
    return package


@pytest.mark.timeout(1200)
def test_what_is_decided_on_the_server_is_read_in_the_room_and_gone_when_it_is_withdrawn(
    town: Town, anew: Server, tmp_path: Path
) -> None:
    archive, log = town.archive, tmp_path / "room.log"
    with (
        archive.worker("two"),
        archive.api("one", archive.key("Nämnden")["key"]) as api,
        signed_in(api) as browser,
        room_open(town.rooms, log) as room,
    ):
        package = archived(api)
        refused = archive.run("one", "publish", package)
        assert (refused.code, "desk" in refused.err) == (2, True), refused
        # The tables come when a worker first opens the room.
        wait_until(lambda: _searched(room).is_success, archive.told)
        assert "/records/" not in _searched(room).text

        decide(browser, package, "public")
        assert "EXN 2021/17" in publish(browser, package)
        (page,) = set(re.findall(r'href="(/records/[a-z0-9]+)', _searched(room).text))
        of_document = f"{page}/documents/{hashlib.sha256(LETTER).hexdigest()}"
        assert room.get(f"{of_document}/file").content == LETTER
        assert LETTER.decode() in unescape(room.get(of_document).text)
        assert (
            page.rpartition("/")[2] in room.get("/oai", params={"verb": "ListRecords", "metadataPrefix": "mets"}).text
        )

        _leaves_the_room_as_it_is(anew)
        assert room.get(page).is_success

        decide(browser, package, "hidden")
        assert (room.get(page).status_code, room.get(f"{of_document}/file").status_code) == (410, 410)
        assert page not in _searched(room).text
        assert list(town.store.keys("files/")) == list(town.store.keys("records/")) == []


def _searched(room: httpx.Client) -> httpx.Response:
    """Search for a word of the document that no title has, in another form."""
    return room.get("/search", params={"q": "garagen"})


def _leaves_the_room_as_it_is(anew: Server) -> None:
    """Let a worker tend the room that was started before the new database was rebuilt."""
    established = anew.run("one", "establish")
    assert established.code == 0, established
    log = anew.root / "worker-one.log"
    with anew.worker("one"):
        wait_until(lambda: "does not know package" in log.read_text(encoding="utf-8"), anew.told)


@pytest.fixture
def anew(town: Town, postgres: Postgres) -> Iterator[Server]:
    """The same archive, pointed at an empty database."""
    name = postgres.new_database()
    yield replace(town.archive, database=postgres.address(name))
    postgres.drop_database(name)
