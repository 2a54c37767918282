"""A document: its page, its preview in a sandbox, its bytes, and a whole package as a ZIP."""

from collections.abc import Generator, Iterator

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from access.file_names import attachment, inline, safe_name
from access.pages.finding import document, kind_of_folder, listed
from access.pages.links import CONTENT_LANGUAGE, record_link
from access.pages.packages import Stopped, checked, checked_document, members
from access.pages.records import Crumb, crumbs, permanent, sheet
from access.room import language_of, page, room_of
from access.store import ObjectMissing
from access.zip_stream import zipped
from schemas.pieces import Given
from schemas.previews import SANDBOX, Preview, preview_of, preview_type, text_of


def show_document(request: Request) -> Response:
    """Show a document: what it is, and how it looks."""
    record, found = document(request)
    language = language_of(request)
    preview = preview_of(found.media_type, found.size)
    text, is_cut = text_of(_pieces(request)) if preview is Preview.TEXT else ("", False)
    shown = {
        "record": record,
        "document": found,
        "sheet": sheet(record, found, language),
        "crumbs": (*crumbs(request, record), Crumb(name=record.title, link=record_link(record, language))),
        "content_language": record.language or CONTENT_LANGUAGE,
        "preview": preview,
        "text": text,
        "is_cut": is_cut,
        "permanent": permanent(request, record),
    }
    return page(request, "document.html", shown)


def download(request: Request) -> Response:
    """Give a document to be kept."""
    _, found = document(request)
    headers = {"Content-Disposition": attachment(found.name), "Content-Length": str(found.size), **SANDBOX}
    return Given(_pieces(request), headers, "application/octet-stream")


def preview(request: Request) -> Response:
    """Give a document to be shown, in a sandbox; what no browser may show is not found."""
    _, found = document(request)
    kind = preview_of(found.media_type, found.size)
    if kind is Preview.NONE:
        raise HTTPException(404)
    headers = {"Content-Disposition": inline(found.name), "Content-Length": str(found.size), **SANDBOX}
    return Given(_pieces(request), headers, preview_type(found.media_type))


def package(request: Request) -> Response:
    """Give a case or a record, with all that is public of it, as a ZIP."""
    record = listed(request, kind_of_folder(request))
    room = room_of(request)
    content = checked(room, record.id, zipped(members(room, record)))
    headers = {"Content-Disposition": attachment(f"{safe_name(record.title)}.zip"), **SANDBOX}
    return Given(_begun(request, content), headers, "application/zip")


def _begun(request: Request, content: Iterator[bytes]) -> Generator[bytes, None, None]:
    """Read the first piece before anything is answered: what cannot be given at all is told by a page."""
    try:
        first = next(content, b"")
    except Stopped:
        listed(request)
        raise HTTPException(404) from None
    return _from_first(first, content)


def _from_first(first: bytes, others: Iterator[bytes]) -> Generator[bytes, None, None]:
    yield first
    yield from others


def _pieces(request: Request) -> Generator[bytes, None, None]:
    record, found = document(request)
    try:
        pieces = checked_document(room_of(request), record.id, found.sha256)
    except ObjectMissing as error:
        raise HTTPException(404) from error
    return _begun(request, pieces)
