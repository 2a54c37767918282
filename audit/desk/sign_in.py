"""The ways in and out: a one-time link, or the organisation's identity provider (ADR 0045)."""

from typing import Final

from starlette.responses import PlainTextResponse, RedirectResponse, Response

from audit.desk import frame_texts as texts
from audit.desk.desk import ByLink, ByProvider, WayIn, print_link
from audit.desk.doors import first_door
from audit.desk.faults import NOT_ALLOWED, NOT_THERE
from audit.desk.headers import HEADERS
from audit.desk.pages import STYLE, fault_page, page
from audit.desk.rooms import Entered, For, Room, sent_to
from audit.desk.visits import FLOW_COOKIE, SESSION_COOKIE, Visit, forget_session, remember_flow
from ingest.domain.desk_use import Trace
from ingest.domain.findings import Text
from ingest.domain.sign_in import person_of


def start(visit: Visit) -> Response:
    """Send a person to the first section that is theirs."""
    door = first_door(visit.person)
    return fault_page(visit, NOT_ALLOWED) if door is None else sent_to(door)


def style(visit: Visit) -> Response:
    """Give the stylesheet, the only thing of the desk that a browser may keep."""
    kept = STYLE.kept_for(visit.request.query_params.get("v"))
    return PlainTextResponse(STYLE.text, media_type="text/css", headers={**HEADERS, "Cache-Control": kept})


def sign_in(visit: Visit) -> Response:
    """Show the way in."""
    return _way_in(visit, None)


def _way_in(visit: Visit, told: Text | None, status: int = 200) -> Response:
    return page(visit, "sign_in.html", status=status, way=_named(visit.desk.way_in), told=told)


def _named(way: WayIn | None) -> str:
    match way:
        case ByLink():
            return "link"
        case ByProvider():
            return "provider"
        case None:
            return "none"


def new_link(visit: Visit) -> Response:
    """Print a new link where only its holder sees it."""
    way = visit.desk.way_in
    if not isinstance(way, ByLink):
        return fault_page(visit, NOT_THERE)
    print_link(way, visit.desk.now())
    return _way_in(visit, texts.LINK_PRINTED)


def enter(visit: Visit) -> Response:
    """Ask whether the holder of a link goes in: looking at an address must not use it up."""
    way, token = visit.desk.way_in, visit.at("token")
    if not isinstance(way, ByLink) or not way.links.is_valid(token, visit.desk.now()):
        return _way_in(visit, texts.LINK_USED, 403)
    return page(visit, "enter.html", token=token)


def sit_down(visit: Visit) -> Response | Entered:
    """Use a link up, and sign its holder in."""
    way = visit.desk.way_in
    if not isinstance(way, ByLink) or not way.links.redeem(visit.at("token"), visit.desk.now()):
        return _way_in(visit, texts.LINK_USED, 403)
    return Entered(person=way.person, response=sent_to("/"))


def to_provider(visit: Visit) -> Response:
    """Send the browser to the identity provider."""
    way = visit.desk.way_in
    if not isinstance(way, ByProvider):
        return fault_page(visit, NOT_THERE)
    token, flow = way.flows.begin(visit.desk.now())
    response = RedirectResponse(way.provider.address(flow, way.redirect), status_code=303, headers=dict(HEADERS))
    remember_flow(response, token, visit.desk)
    return response


def from_provider(visit: Visit) -> Response | Entered:
    """Sign in whoever comes back with an answer to the question that this browser asked."""
    way, now = visit.desk.way_in, visit.desk.now()
    if not isinstance(way, ByProvider):
        return fault_page(visit, NOT_THERE)
    flow = way.flows.end(visit.request.cookies.get(FLOW_COOKIE, ""), now)
    if flow is None or visit.asked("state") != flow.state or not visit.asked("code"):
        return _way_in(visit, texts.NOT_PROVEN, 403)
    claims = way.provider.claims(visit.asked("code"), flow, way.redirect, now)
    if claims is None:
        return _way_in(visit, texts.NOT_PROVEN, 403)
    # A cookie that is shown to our own pages alone is not shown to this one, which another site led to: the page that
    # is answered here leads on.
    return Entered(person=person_of(claims, way.names), response=page(visit, "arrived.html"))


def sign_out(visit: Visit) -> Response:
    """End the session."""
    visit.desk.sessions.close(visit.request.cookies.get(SESSION_COOKIE, ""))
    response = sent_to("/sign-in")
    forget_session(response, visit.desk)
    return response


ROOMS: Final = (
    Room(method="GET", path="/", answer=start, trace=Trace.NONE),
    Room(method="GET", path="/style.css", answer=style, who=For.ANYBODY),
    Room(method="GET", path="/sign-in", answer=sign_in, who=For.ANYBODY),
    Room(method="POST", path="/sign-in/link", answer=new_link, who=For.ANYBODY),
    Room(method="GET", path="/sign-in/provider", answer=to_provider, who=For.ANYBODY),
    Room(method="GET", path="/sign-in/back", answer=from_provider, who=For.ANYBODY, trace=Trace.SIGN_IN),
    Room(method="GET", path="/enter/{token}", answer=enter, who=For.ANYBODY, trace=Trace.SIGN_IN),
    Room(method="POST", path="/enter/{token}", answer=sit_down, who=For.ANYBODY, trace=Trace.SIGN_IN),
    Room(method="POST", path="/sign-out", answer=sign_out, trace=Trace.SIGN_OUT),
)
