"""Every route of the reading room with an address that shows it: whoever crawls the room goes by this list."""

from schemas.public_store import Form
from tests.fakes.public_book import ANSWER, LINKS
from tests.fakes.public_room import APPLICATION, CASE, LOOSE, NEVER, ON_REQUEST, WITHDRAWN, SmallRoom

REPOSITORY = "lasesal.example.se"
_RECORD = "/{folder}/{public_id}"
_DOCUMENT = f"{_RECORD}/documents/{{sha256}}"


def pages(room: SmallRoom) -> dict[str, tuple[str, ...]]:
    """Give the addresses of pages for people by their route; English lies below /en as well."""
    sheets = [f"/records/{APPLICATION}/documents/{each['sha256']}" for each in room.records[APPLICATION]["documents"]]
    return {
        "/": ("/",),
        "/search": ("/search", "/search?q=bygglov", "/search?q=finnsinte+garage&when=2021", "/search?who=Ingen"),
        _RECORD: (f"/cases/{CASE}", f"/records/{APPLICATION}", f"/records/{LOOSE}", f"/records/{ON_REQUEST}"),
        _DOCUMENT: tuple(sheets),
        "/requests": ("/requests", f"/requests?about={ON_REQUEST}"),
        "/requests/{link}": tuple(f"/requests/{link}" for link in LINKS.values()),
        "/about": ("/about",),
        "/accessibility": ("/accessibility",),
    }


def contents(room: SmallRoom) -> dict[str, tuple[str, ...]]:
    """Give the addresses of what pages link to."""
    first = room.records[APPLICATION]["documents"][0]["sha256"]
    return {
        f"{_DOCUMENT}/file": (f"/records/{APPLICATION}/documents/{first}/file",),
        f"{_DOCUMENT}/preview": (f"/records/{APPLICATION}/documents/{first}/preview",),
        f"{_RECORD}/package.zip": (f"/cases/{CASE}/package.zip", f"/records/{APPLICATION}/package.zip"),
        "/requests/{link}/files/{sha256}": (f"/requests/{LINKS['copy']}/files/{ANSWER.sha256}",),
        "/ark:{authority}/{public_id}": (f"/ark:99999/{CASE}",),
        "/ark:/{authority}/{public_id}": (f"/ark:/99999/{CASE}",),
    }


OPEN_DATA = {
    "/oai": (
        "/oai?verb=Identify",
        "/oai?verb=ListMetadataFormats",
        "/oai?verb=ListSets",
        "/oai?verb=Nothing",
        *(f"/oai?verb=ListIdentifiers&metadataPrefix={form}" for form in Form),
        *(f"/oai?verb=ListRecords&metadataPrefix={form}" for form in Form),
        *(
            f"/oai?verb=GetRecord&metadataPrefix={form}&identifier=oai:{REPOSITORY}:{each}"
            for form in Form
            for each in (CASE, APPLICATION, ON_REQUEST, WITHDRAWN, NEVER)
        ),
    ),
    "/sitemap.xml": ("/sitemap.xml",),
    "/sitemaps/{number}.xml": ("/sitemaps/1.xml",),
    "/feed.atom": ("/feed.atom",),
    "/datasets/dcat": ("/datasets/dcat",),
    "/robots.txt": ("/robots.txt",),
}
"""Open data, by route."""

ONCE = {"/en": ("/en",), "/style.css": ("/style.css",), "/health/live": ("/health/live",)}
