"""A crawler that visits every route and surface of a reading room, and keeps every byte that it is answered."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from unittest.mock import patch
from urllib.parse import unquote, urlencode, urlsplit

import anyio
import anyio.to_thread
from starlette.types import ASGIApp, Message, Scope

from schemas.public_store import Form
from tests.canaries.words import NOBODYS

URL = "https://lasesal.example.se"
_OAI = "oai:lasesal.example.se:"
_LINKS = re.compile(rb'(?:href|src|action|rdf:resource|rdf:about)="([^"]*)"|<loc>([^<]*)</loc>')
_TOKEN = re.compile(rb"<resumptionToken[^>]*>([^<]+)<")
_RECORD = "/{folder}/{public_id}"
_DOCUMENT = f"{_RECORD}/documents/{{sha256}}"
_PAGES = ("/", "/search", "/requests", "/about", "/accessibility")
_OF_IDS = (_RECORD, f"{_RECORD}/package.zip", "/ark:{authority}/{public_id}", "/ark:/{authority}/{public_id}")
_OF_DOCUMENTS = (_DOCUMENT, f"{_DOCUMENT}/file", f"{_DOCUMENT}/preview")
_ANSWERS = ("/requests/{link}", "/requests/{link}/files/{sha256}")
_ONCE = ("/en", "/style.css", "/health/live")
_OPEN_DATA = ("/oai", "/sitemap.xml", "/sitemaps/{number}.xml", "/feed.atom", "/datasets/dcat", "/robots.txt")
ROUTES = frozenset(
    {f"{root}{route}" for root in ("", "/en") for route in (*_PAGES, *_OF_IDS, *_OF_DOCUMENTS, *_ANSWERS)}
    | {*_ONCE, *_OPEN_DATA}
)
"""Every route that the crawler visits; a test fails where the reading room has another."""
FORMS = frozenset({"/requests", "/en/requests", "/oai"})
"""Routes that take in a form, which `send` sends."""
_FORM = (b"content-type", b"application/x-www-form-urlencoded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: the headers as they were sent."""

    address: str
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @property
    def sent(self) -> bytes:
        """Every byte of the answer."""
        return b"\n".join([*(b": ".join(header) for header in self.headers), self.body])


def surfaces(root: str) -> Iterator[str]:
    """Give the addresses that lead everywhere, in one language."""
    yield from (f"{root}{page}" if page != "/" else root or "/" for page in _PAGES)
    yield f"{root}/search?q={NOBODYS}"
    yield f"{root}/search?q=bygglov"
    yield f"{root}/nothing/here"


def open_data(ids: Iterable[str]) -> Iterator[str]:
    """Give the addresses of open data, every record in every form."""
    yield from ("/sitemap.xml", "/sitemaps/1.xml", "/feed.atom", "/datasets/dcat", "/robots.txt", "/style.css")
    yield from (f"/oai?verb={verb}" for verb in ("Identify", "ListMetadataFormats", "ListSets", "Nothing"))
    known = tuple(ids)
    for form in Form:
        yield f"/oai?verb=ListIdentifiers&metadataPrefix={form}"
        yield f"/oai?verb=ListRecords&metadataPrefix={form}"
        yield from (f"/oai?verb=GetRecord&metadataPrefix={form}&identifier={_OAI}{one}" for one in known)
    yield from (f"/oai?verb=ListMetadataFormats&identifier={_OAI}{one}" for one in known)
    yield "/health/live"


def of_ids(root: str, ids: Iterable[str], digests: Sequence[str]) -> Iterator[str]:
    """Give every address that an id can stand in, whether there is anything or not."""
    for one in ids:
        yield f"{root}/requests?about={one}"
        yield from (f"{root}/{path}" for path in (f"ark:99999/{one}", f"ark:/99999/{one}"))
        for folder in ("cases", "records"):
            yield from (f"{root}/{folder}/{one}{ending}" for ending in ("", "/package.zip"))
            for digest in digests:
                at = f"{root}/{folder}/{one}/documents/{digest}"
                yield from (f"{at}{ending}" for ending in ("", "/file", "/preview"))


def visit(app: ASGIApp, seeds: Iterable[str]) -> dict[str, Answer]:
    """Visit addresses, and whatever they link to in this reading room: results of a search no further than once."""
    return _crawl(app, seeds, _linked)


def ask(app: ASGIApp, addresses: Iterable[str]) -> dict[str, Answer]:
    """Visit addresses and no others."""
    return _crawl(app, addresses, lambda _: ())


def _crawl(app: ASGIApp, seeds: Iterable[str], onwards: Callable[[Answer], Iterable[str]]) -> dict[str, Answer]:
    """Crawl on this thread alone: tens of thousands of changes between threads would take longer than the answers."""
    with patch.object(anyio.to_thread, "run_sync", _here):
        return anyio.run(_visit, app, tuple(seeds), onwards)


async def _here(work: Callable[..., object], *arguments: object, **_: object) -> object:
    return work(*arguments)


async def _visit(app: ASGIApp, seeds: Sequence[str], onwards: Callable[[Answer], Iterable[str]]) -> dict[str, Answer]:
    waiting, answers = deque(dict.fromkeys(seeds)), dict[str, Answer]()
    while waiting:
        address = waiting.popleft()
        if address in answers:
            continue
        answer = answers[address] = await _asked(app, address)
        waiting.extend(link for link in onwards(answer) if link not in answers)
    return answers


def _linked(answer: Answer) -> Iterator[str]:
    is_search = "/search?" in answer.address
    yield from (path for path in _links_in(answer.body) if not (is_search and "/search?" in path))


@lru_cache(maxsize=2048)
def _links_in(body: bytes) -> tuple[str, ...]:
    """Give where a page leads in this reading room; most pages are met again as they were."""
    links = (unescape((found[1] or found[2] or b"").decode()) for found in _LINKS.finditer(body))
    paths = (link.removeprefix(URL) for link in links)
    here = (path.partition("#")[0] for path in paths if path.startswith("/") and not path.startswith("//"))
    tokens = (f"/oai?verb=ListRecords&resumptionToken={token.decode()}" for token in _TOKEN.findall(body))
    return tuple(dict.fromkeys((*here, *tokens)))


def send(app: ASGIApp, address: str, fields: Mapping[str, str]) -> Answer:
    """Send a form to an address."""
    with patch.object(anyio.to_thread, "run_sync", _here):
        return anyio.run(_asked, app, address, urlencode(fields).encode())


async def _asked(app: ASGIApp, address: str, form: bytes = b"") -> Answer:
    parts = urlsplit(address)
    status, headers, body = 0, (), bytearray()
    scope: Scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1",
        "method": "POST" if form else "GET",
        "scheme": "http", "path": unquote(parts.path), "raw_path": parts.path.encode(), "root_path": "",
        "query_string": parts.query.encode(), "headers": [(b"host", b"lasesal.example.se"), _FORM],
        "server": ("lasesal.example.se", 80), "client": ("192.0.2.1", 1), "state": {},
    }  # fmt: skip

    async def receive() -> Message:
        return {"type": "http.request", "body": form, "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], tuple(message["headers"])
        else:
            body.extend(message.get("body", b""))

    await app(scope, receive, send)
    return Answer(address=address, status=status, headers=headers, body=bytes(body))
