"""The page of a case or a record."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from access.asking.form import Filled
from access.language import Language
from access.pages.asking import form_of
from access.pages.finding import around, kind_of_folder, listed
from access.pages.links import CONTENT_LANGUAGE, document_link, kind_of, of_hit, record_link, search_link
from access.question import Question
from access.records import PublicDocument, PublicRecord
from access.reuse.about import about_of
from access.reuse.structured import script_text, structured_data
from access.room import address, language_of, page, room_of
from access.shown import FILE_TYPES
from schemas.numbers import number_in
from schemas.public_index import Facet, class_name, file_type

PARTS_PER_PAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A document as a line in a list."""

    name: str
    link: str
    file_type: str
    format: str | None
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """A step on the way to a page."""

    name: str
    link: str


def show_record(request: Request) -> Response:
    """Show a case or a record with its documents and what belongs to it; each has one address."""
    record, language = listed(request), language_of(request)
    if record.kind != kind_of_folder(request):
        return RedirectResponse(record_link(record, language), status_code=302)
    index = room_of(request).index
    start = number_in(request.query_params.get("from", ""), 0)
    number = index.count_parts(record.id)
    parts = index.parts_of(record.id, offset=start, limit=PARTS_PER_PAGE)
    link = record_link(record, language)
    shown = {
        "record": record,
        "kind": kind_of(record),
        "content_language": record.language or CONTENT_LANGUAGE,
        "crumbs": crumbs(request, record),
        "sheets": sheets(record, language),
        "records": [{"item": of_hit(each, language), "sheets": sheets(each, language)} for each in parts],
        "record_count": number,
        "earlier": f"{link}?from={max(0, start - PARTS_PER_PAGE)}" if start else None,
        "later": f"{link}?from={start + PARTS_PER_PAGE}" if number > start + PARTS_PER_PAGE else None,
        "zip_link": f"{link}/package.zip" if record.documents or any(each.documents for each in parts) else None,
        "permanent": permanent(request, record),
        "structured": script_text(structured_data(record, about_of(room_of(request).settings, address(request, "")))),
        "request_link": f"{language.root}/requests?about={record.id}",
        "form": form_of(request, record, Filled()) if record.level == "on-request" else None,
    }
    return page(request, "record.html", shown)


def follow_ark(request: Request) -> Response:
    """Send whoever follows an ARK to the page that it stands for."""
    record = listed(request)
    told = f"ark:{request.path_params['authority']}/{record.id}"
    if record.ark is None or record.ark.replace("ark:/", "ark:") != told:
        raise HTTPException(404)
    return RedirectResponse(record_link(record, language_of(request)), status_code=302)


def permanent(request: Request, record: PublicRecord) -> str:
    """Give the address to cite: that of the ARK where there is one."""
    return address(request, f"/{record.ark}" if record.ark is not None else record_link(record, Language.SWEDISH))


def crumbs(request: Request, record: PublicRecord) -> tuple[Crumb, ...]:
    """Give the way to a record: archival creator, classes, and the cases around it."""
    language = language_of(request)
    outer = around(request, record)
    told = (outer[0] if outer else record).classification or record.classification
    creator = record.archival_creator
    narrowed = [(Facet.WHO, creator.name)] if creator is not None else []
    narrowed += [(Facet.CLASS, class_name(_class_told(each.code, each.title))) for each in told]
    found = [
        Crumb(name=value, link=search_link(Question(narrowed=((facet, value),)), language)) for facet, value in narrowed
    ]
    return (*found, *(Crumb(name=each.title, link=record_link(each, language)) for each in outer))


def sheets(record: PublicRecord, language: Language) -> list[Sheet]:
    """Show the documents of a record as lines in a list."""
    return [sheet(record, each, language) for each in record.documents]


def sheet(record: PublicRecord, document: PublicDocument, language: Language) -> Sheet:
    """Show a document as a line in a list."""
    return Sheet(
        name=document.name,
        link=document_link(record, document, language),
        file_type=FILE_TYPES[file_type(document.media_type)].said(language),
        format=document.format,
        size=document.size,
    )


def _class_told(code: str | None, title: str) -> dict[str, str]:
    return {"title": title} if code is None else {"code": code, "title": title}
