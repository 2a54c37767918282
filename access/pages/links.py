"""Where pages lie, and what a record looks like in a list."""

from dataclasses import dataclass
from urllib.parse import urlencode

from access.addresses import record_path
from access.language import Language
from access.question import Question, parameters_of
from access.records import ArchivalCreator, PublicDocument, PublicRecord
from access.shown import FILE_TYPES
from schemas.public_index import file_type

CONTENT_LANGUAGE = "sv"
"""What records are written in where they do not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A record as a line in a list."""

    link: str
    title: str
    language: str
    kind: str
    is_on_request: bool
    reference: str | None
    date: str | None
    date_to: str | None
    creator: ArchivalCreator | None
    file_types: tuple[str, ...]


def record_link(record: PublicRecord, language: Language) -> str:
    """Give the path of a record's page."""
    return f"{language.root}{record_path(record.kind, record.id)}"


def document_link(record: PublicRecord, document: PublicDocument, language: Language) -> str:
    """Give the path of a document's page; `/file` and `/preview` below it give its bytes."""
    return f"{record_link(record, language)}/documents/{document.sha256}"


def search_link(question: Question, language: Language, page: int = 1) -> str:
    """Give the path of a page of results."""
    asked = [*parameters_of(question), *([("page", str(page))] if page > 1 else [])]
    return f"{language.root}/search?{urlencode(asked)}" if asked else f"{language.root}/search"


def kind_of(record: PublicRecord) -> str:
    """Give the name of the text that says what this is."""
    if record.kind == "record":
        return "record"
    return "part" if record.part_of is not None else "case"


def of_hit(record: PublicRecord, language: Language) -> Item:
    """Show a record as a line in a list."""
    told = dict.fromkeys(file_type(document.media_type) for document in record.documents)
    return Item(
        link=record_link(record, language),
        title=record.title,
        language=record.language or CONTENT_LANGUAGE,
        kind=kind_of(record),
        is_on_request=record.level == "on-request",
        reference=record.reference,
        date=record.date,
        date_to=record.date_to,
        creator=record.archival_creator,
        file_types=tuple(FILE_TYPES[each].said(language) for each in told),
    )
