"""The addresses of open data; every answer is `no-store`, so that a withdrawal holds at once (DESIGN §8)."""

from collections.abc import Awaitable, Callable
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from access.reuse.dcat import catalogue
from access.reuse.feed import feed
from access.reuse.oai.arguments import ArgumentsRefused, body_arguments, query_arguments
from access.reuse.oai.requests import Pairs
from access.reuse.oai_endpoint import answer_to
from access.reuse.service import Offering
from access.reuse.sitemap import sitemap_index, sitemap_part

OAI_ADDRESS = "/oai"
SITEMAP_ADDRESS = "/sitemap.xml"
FEED_ADDRESS = "/feed.atom"
DCAT_ADDRESS = "/datasets/dcat"
ROBOTS_ADDRESS = "/robots.txt"

_NO_STORE = {"Cache-Control": "no-store"}
_XML = "text/xml"
_Handler = Callable[[Request], Awaitable[Response]]


def reuse_routes(offering: Offering) -> list[Route]:
    """Give the routes of OAI-PMH, sitemap, feed, catalogue and robots.txt."""
    about, entries, clock = offering.about, offering.entries, offering.clock
    return [
        Route(OAI_ADDRESS, partial(_oai, offering), methods=["GET", "POST"], name="oai"),
        Route(SITEMAP_ADDRESS, _written("application/xml", partial(sitemap_index, entries, about)), name="sitemap"),
        Route("/sitemaps/{number:int}.xml", partial(_part, offering), name="sitemap-part"),
        Route(FEED_ADDRESS, _written("application/atom+xml", lambda: feed(entries, about, clock())), name="feed"),
        Route(DCAT_ADDRESS, _written("application/rdf+xml", lambda: catalogue(entries, about, clock())), name="dcat"),
        Route(ROBOTS_ADDRESS, partial(_robots, offering), name="robots"),
    ]


async def _oai(offering: Offering, request: Request) -> Response:
    try:
        pairs = await _pairs(request)
    except ArgumentsRefused as refused:
        return PlainTextResponse(str(refused), status_code=refused.status, headers=_NO_STORE)
    content = await run_in_threadpool(answer_to, pairs, offering)
    return Response(content, media_type=_XML, headers=_NO_STORE)


async def _pairs(request: Request) -> Pairs:
    if request.method == "POST":
        return await body_arguments(request.headers.get("content-type", ""), request.stream())
    return query_arguments(request.scope["query_string"])


async def _part(offering: Offering, request: Request) -> Response:
    number: int = request.path_params["number"]
    content = await run_in_threadpool(sitemap_part, number, offering.entries, offering.about)
    if content is None:
        raise HTTPException(404)
    return Response(content, media_type="application/xml", headers=_NO_STORE)


async def _robots(offering: Offering, _: Request) -> Response:
    lines = (
        "User-agent: *",
        "Disallow: /search",
        "Disallow: /requests",
        f"Sitemap: {offering.about.address(SITEMAP_ADDRESS)}",
    )
    return PlainTextResponse("".join(f"{line}\n" for line in lines), headers=_NO_STORE)


def _written(media_type: str, write: Callable[[], bytes]) -> _Handler:
    async def handler(_: Request) -> Response:
        return Response(await run_in_threadpool(write), media_type=media_type, headers=_NO_STORE)

    return handler
