"""Case push: our own JSON, `case.json` in a folder or the body of a request (docs/reference/case-push.md)."""

from collections.abc import Callable, Iterator, Mapping

from ingest.domain.cases import Case
from ingest.domain.documents import Document
from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath, PathFault, UnsafePath, parse_path
from ingest.domain.submissions import (
    Dialect,
    FileReference,
    Organisation,
    Reading,
    RecordStatus,
    Software,
    Submission,
    Unreadable,
)
from ingest.formats import case_push_parts as parts
from ingest.formats.case_push_cases import read_case, read_record
from ingest.formats.case_push_fields import Fields, fields_of
from ingest.formats.case_push_json import MAX_BYTES, JsonDocument, JsonFault, read_json
from ingest.formats.case_push_schema import MISSING, breaches
from ingest.formats.views import PackageView

DESCRIPTOR = PackagePath("case.json")
NOT_JSON = "EARKIV-PKG-1"
UNSAFE_LINK = "EARKIV-FIX-6"


def read(view: PackageView, descriptor: PackagePath = DESCRIPTOR) -> Reading | Unreadable:
    """Read a folder's case push. KeyError when it has no such descriptor; OSError passes through."""
    with view.local(descriptor) as path, path.open("rb") as source:
        content = source.read(MAX_BYTES + 1)
    return read_content(content, descriptor, view.entries)


def read_content(content: bytes, source: PackagePath, names: Mapping[PackagePath, int]) -> Reading | Unreadable:
    """Read a pushed document whose files are `names`; `source` is what it is called in findings.

    Only a text that is no JSON object is unreadable; every other fault is a violation of the reading.
    """
    return _read(content, source, names, breaches)


def read_held(content: bytes, source: PackagePath, names: Mapping[PackagePath, int]) -> Reading | Unreadable:
    """Read as `read_content` does what has been held against the schema before: that costs more than all the rest."""
    return _read(content, source, names, lambda _, __: ())


def _read(
    content: bytes,
    source: PackagePath,
    names: Mapping[PackagePath, int],
    held: Callable[[JsonDocument, PackagePath], tuple[Violation, ...]],
) -> Reading | Unreadable:
    document = read_json(content)
    if isinstance(document, JsonFault):
        return _unreadable(source, document.line, document.detail)
    top = fields_of(document)
    if top is None:
        return _unreadable(source, 1, "not an object")
    submission = _submission(top, names)
    documents = _documents(submission)
    return Reading(
        submission=submission,
        descriptors=(source,) if source in names else (),
        references=tuple(_reference(item, source) for item in documents if item.link),
        complete_listing=True,
        violations=(*held(document, source), *_link_violations(documents, source)),
    )


def _unreadable(source: PackagePath, line: int, detail: str) -> Unreadable:
    violation = Violation(rule=NOT_JSON, location=Location(file=source, line=line), detail=detail)
    return Unreadable(violations=(violation,), dialect=Dialect.CASE_PUSH)


def _submission(top: Fields, names: Mapping[PackagePath, int]) -> Submission:
    one, system = top.object("case"), top.object("system")
    cases = (*(() if one is None else (one,)), *top.objects("cases"))
    return Submission(
        dialect=Dialect.CASE_PUSH,
        delivery=top.text("delivery"),
        agreement=top.text("agreement"),
        record_status=_record_status(top.text("recordStatus")),
        previous_package=top.text("previousPackage"),
        label=top.text("label"),
        created=top.text("created"),
        archival_creator=_organisation(top.object("archivalCreator")),
        producer=_organisation(top.object("producer")),
        system=None if system is None else Software(name=system.word("name"), version=system.text("version")),
        access_restriction=top.text("accessRestriction"),
        attributes=tuple(map(parts.typed_text, top.objects("attributes"))),
        cases=tuple(read_case(case, names) for case in cases),
        records=tuple(read_record(record, names) for record in top.objects("records")),
    )


def _record_status(word: str | None) -> RecordStatus:
    """Read the kind of delivery; an unknown one is a violation already and read as OTHER."""
    if word is None:
        return RecordStatus.NEW
    return RecordStatus(word) if word in set(RecordStatus) else RecordStatus.OTHER


def _organisation(fields: Fields | None) -> Organisation | None:
    if fields is None:
        return None
    return Organisation(name=fields.word("name"), identifier=fields.text("identifier"))


def _documents(submission: Submission) -> tuple[Document, ...]:
    held = (document for case in submission.cases for document in _held(case))
    return (*held, *(document for record in submission.records for document in record.documents))


def _held(case: Case) -> Iterator[Document]:
    yield from case.documents
    for record in case.records:
        yield from record.documents
    for part in case.parts:
        yield from _held(part)


def _reference(document: Document, source: PackagePath) -> FileReference:
    return FileReference(
        href=document.link,
        path=document.path,
        source=source,
        line=document.line,
        size=document.size,
        digest=document.digest,
        mime_type=document.mime_type,
        original_name=document.name,
    )


def _link_violations(documents: tuple[Document, ...], source: PackagePath) -> Iterator[Violation]:
    """Tell a document whose bytes are not among the delivered files, and a path that could lead out."""
    for document in documents:
        location = Location(file=source, line=document.line, value=document.link)
        match parse_path(document.link):
            case UnsafePath(fault=PathFault.EMPTY):
                yield Violation(rule=MISSING, location=location, detail="path")
            case UnsafePath(fault=fault):
                yield Violation(rule=UNSAFE_LINK, location=location, detail=fault.value)
            case _:
                pass
