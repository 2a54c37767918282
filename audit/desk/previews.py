"""Documents as they look: on a page of their own, the document in a sandbox, nothing of it in the desk's origin."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from audit.desk import preview_texts as texts
from audit.desk.desk import MOUNTED_AT
from audit.desk.headers import FRAMING_POLICY, HEADERS
from audit.desk.pages import page
from audit.desk.rooms import Room
from audit.desk.visits import Visit
from ingest.application.desk_previews import SeenFile, file_seen, open_preview
from schemas.pieces import Given, pieces_of
from schemas.previews import SANDBOX, Preview, preview_type, text_of

_TAB: Final = 4


def view(visit: Visit) -> Response:
    """Show a document, and what it is."""
    seen = file_seen(visit.at("package"), visit.at("path"), visit.person, visit.desk.ports)
    text, is_cut = _text(visit) if seen.kind is Preview.TEXT else ("", False)
    here = f"{MOUNTED_AT}/packages/{seen.package}"
    response = page(
        visit,
        "view.html",
        texts,
        seen=seen,
        name=seen.path.rpartition("/")[2],
        kind=seen.kind.value,
        text=text,
        is_cut=is_cut,
        here=here,
        address=lambda room: f"{here}/{room}/{quote(seen.path)}",
    )
    response.headers["Content-Security-Policy"] = FRAMING_POLICY
    return response


def _text(visit: Visit) -> tuple[str, bool]:
    """Read a text to its end, which proves it, and give what of it stands on the page."""
    stream, _ = open_preview(visit.at("package"), visit.at("path"), visit.person, visit.desk.ports)
    with stream:
        text, is_cut = text_of(iter((stream.read(),)))
    return text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(_TAB), is_cut


def preview(visit: Visit) -> Response:
    """Give a document to be shown within its page; what no browser may show is not found."""
    stream, seen = open_preview(visit.at("package"), visit.at("path"), visit.person, visit.desk.ports)
    return Given(pieces_of(stream), {**HEADERS, **_sent_as(seen)})


def _sent_as(seen: SeenFile) -> dict[str, str]:
    return {
        **SANDBOX,
        "X-Frame-Options": "SAMEORIGIN",
        "Content-Type": preview_type(seen.media_type),
        "Content-Length": str(seen.size),
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(seen.path.rpartition('/')[2], safe='')}",
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where a file of a package can be looked at, and taken home from."""

    view: str
    file: str


def ways_to(package: str, path: str) -> Ways:
    """Give the ways to a file by its path in the package."""
    here, there = f"{MOUNTED_AT}/packages/{package}", quote(path)
    return Ways(view=f"{here}/view/{there}", file=f"{here}/files/{there}")


ROOMS: Final = (
    Room(method="GET", path="/packages/{package}/view/{path:path}", answer=view),
    Room(method="GET", path="/packages/{package}/preview/{path:path}", answer=preview),
)
