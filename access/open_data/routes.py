"""The addresses of open data; every answer is `no-store`, so that a withdrawal holds at once (DESIGN §8)."""

from collections.abc import Awaitable, Callable
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from access.open_data.dcat import catalogue
from access.open_data.feed import feed
from access.open_data.oai.arguments import ArgumentsRefused, body_arguments, query_arguments
from access.open_data.oai.requests import Pairs
from access.open_data.oai_endpoint import answer_to
from access.open_data.service import OpenData
from access.open_data.sitemap import sitemap_index, sitemap_part

OAI_ADDRESS = "/oai"
SITEMAP_ADDRESS = "/sitemap.xml"
FEED_ADDRESS = "/feed.atom"
DCAT_ADDRESS = "/datasets/dcat"
ROBOTS_ADDRESS = "/robots.txt"

_NO_STORE = {"Cache-Control": "no-store"}
_XML = "text/xml"
_Handler = Callable[[Request], Awaitable[Response]]


def open_data_routes(open_data: OpenData) -> list[Route]:
    """Give the routes of OAI-PMH, sitemap, feed, catalogue and robots.txt."""
    about, entries, clock = open_data.about, open_data.entries, open_data.clock
    return [
        Route(OAI_ADDRESS, partial(_oai, open_data), methods=["GET", "POST"], name="oai"),
        Route(SITEMAP_ADDRESS, _written("application/xml", partial(sitemap_index, entries, about)), name="sitemap"),
        Route("/sitemaps/{number:int}.xml", partial(_part, open_data), name="sitemap-part"),
        Route(FEED_ADDRESS, _written("application/atom+xml", lambda: feed(entries, about, clock())), name="feed"),
        Route(DCAT_ADDRESS, _written("application/rdf+xml", lambda: catalogue(entries, about, clock())), name="dcat"),
        Route(ROBOTS_ADDRESS, partial(_robots, open_data), name="robots"),
    ]


async def _oai(open_data: OpenData, request: Request) -> Response:
    try:
        pairs = await _pairs(request)
    except ArgumentsRefused as refused:
        return PlainTextResponse(str(refused), status_code=refused.status, headers=_NO_STORE)
    content = await run_in_threadpool(answer_to, pairs, open_data)
    return Response(content, media_type=_XML, headers=_NO_STORE)


async def _pairs(request: Request) -> Pairs:
    if request.method == "POST":
        return await body_arguments(request.headers.get("content-type", ""), request.stream())
    return query_arguments(request.scope["query_string"])


async def _part(open_data: OpenData, request: Request) -> Response:
    number: int = request.path_params["number"]
    content = await run_in_threadpool(sitemap_part, number, open_data.entries, open_data.about)
    if content is None:
        raise HTTPException(404)
    return Response(content, media_type="application/xml", headers=_NO_STORE)


async def _robots(open_data: OpenData, _: Request) -> Response:
    lines = (
        "User-agent: *",
        "Disallow: /search",
        "Disallow: /requests",
        f"Sitemap: {open_data.about.address(SITEMAP_ADDRESS)}",
    )
    return PlainTextResponse("".join(f"{line}\n" for line in lines), headers=_NO_STORE)


def _written(media_type: str, write: Callable[[], bytes]) -> _Handler:
    async def handler(_: Request) -> Response:
        return Response(await run_in_threadpool(write), media_type=media_type, headers=_NO_STORE)

    return handler
