"""The subjects of a package, one after another, in delivered order."""

from collections.abc import Iterator

from ingest.domain.cases import Case, Described, Record
from ingest.domain.documents import Document
from ingest.domain.packages import ObservedFile
from ingest.domain.paths import PackagePath
from ingest.domain.references import parts_of
from ingest.domain.submissions import FileReference, Reading
from ingest.rules.claims import case_documents, differing, parsed
from ingest.rules.subjects import (
    DescribedUnit,
    HeldDocument,
    Judged,
    JudgedCase,
    JudgedFile,
    ListedFile,
)

_TOLD_OF_LINKS = frozenset({"EARKIV-FIX-6", "EARKIV-CASE-5", "EARKIV-CASE-6"})
_UNKNOWN_VALUES = frozenset({"EARKIV-CASE-9", "FGS-ARH-5"})


def listed_files(judged: Judged) -> Iterator[ListedFile]:
    """Give the entries of the listings, but those of runs whose files are as stated: no rule has a word for them."""
    told = _told_links(judged.reading)
    for reference in _in_question(judged):
        yield ListedFile(
            source=reference.source,
            line=reference.line,
            link=reference.href,
            size=reference.size,
            digest=reference.digest,
            parsed=parsed(reference.digest),
            file=_file(judged, reference.path),
            path=reference.path,
            sought=judged.files is not None and (reference.line, reference.href) not in told,
            element=reference.element,
        )


def _in_question(judged: Judged) -> Iterator[FileReference]:
    for part in parts_of(judged.reading.references):
        if isinstance(part, FileReference):
            yield part
        elif judged.files is not None:
            yield from differing(part, judged.files)


def held_documents(judged: Judged) -> Iterator[HeldDocument]:
    """Give every document of cases and records that is not an entry of a listing at the same time (case push)."""
    reading = judged.reading
    documents = tuple(_documents(reading))
    listed = frozenset(_places_of({document.link for document, _ in documents} - {""}, reading))
    told = _told_links(reading)
    for document, source in documents:
        place = (document.line, document.link)
        if place not in listed:
            sought = judged.files is not None and bool(document.link) and place not in told
            yield _held(judged, document, source, sought=sought)


def _places_of(links: set[str], reading: Reading) -> Iterator[tuple[int, str]]:
    """Give the line of each entry with one of these links."""
    for part in parts_of(reading.references) if links else ():
        if isinstance(part, FileReference):
            yield from [(part.line, part.href)] if part.href in links else ()
        else:
            columns = part.columns()
            yield from (place for place in zip(columns.lines, columns.hrefs, strict=True) if place[1] in links)


def _held(judged: Judged, document: Document, source: str, *, sought: bool) -> HeldDocument:
    return HeldDocument(
        source=source,
        line=document.line,
        link=document.link,
        size=document.size,
        digest=document.digest,
        parsed=parsed(document.digest),
        file=_file(judged, document.path),
        path=document.path,
        dialect=judged.reading.submission.dialect,
        sought=sought,
    )


def _told_links(reading: Reading) -> frozenset[tuple[int, str]]:
    """The links of which the reader itself has said why no single file answers to them, by line and words."""
    places = (v.location for v in reading.violations if v.rule in _TOLD_OF_LINKS)
    return frozenset((place.line, place.value) for place in places)


def _file(judged: Judged, path: PackagePath | None) -> ObservedFile | None:
    return None if judged.files is None or path is None else judged.files.get(path)


def top_level(reading: Reading) -> Iterator[tuple[Case | Record, str]]:
    """Give every case and then every loose record with the descriptor that describes it."""
    units: tuple[Case | Record, ...] = (*reading.submission.cases, *reading.submission.records)
    sources: tuple[str, ...] = reading.described_in
    if len(sources) != len(units):
        sources = (_describing(reading),) * len(units)
    return zip(units, sources, strict=True)


def _describing(reading: Reading) -> str:
    """The first descriptor that lists no files, as METS and `case.json` do, else the first of all."""
    listings = {part.source for part in parts_of(reading.references)}
    others = (path for path in reading.descriptors if path not in listings)
    return next(others, next(iter(reading.descriptors), ""))


def _documents(reading: Reading) -> Iterator[tuple[Document, str]]:
    for unit, source in top_level(reading):
        documents = case_documents(unit) if isinstance(unit, Case) else unit.documents
        yield from ((document, source) for document in documents)


def described_units(reading: Reading) -> Iterator[DescribedUnit]:
    """Give every case and record, those inside others included."""
    for unit, source in top_level(reading):
        yield from (DescribedUnit(unit=inner, source=source) for inner in _with_all_inside(unit))


def _with_all_inside(unit: Described) -> Iterator[Described]:
    yield unit
    if isinstance(unit, Case):
        yield from unit.records
        for part in unit.parts:
            yield from _with_all_inside(part)


def judged_cases(judged: Judged) -> Iterator[JudgedCase]:
    """Give every case, parts included."""
    reading = judged.reading
    told = frozenset(v.location.value for v in reading.violations if v.rule in _UNKNOWN_VALUES)
    for unit, source in top_level(reading):
        if isinstance(unit, Case):
            for case, within in _with_parts(unit):
                yield JudgedCase(
                    case=case,
                    described=DescribedUnit(unit=case, source=source),
                    dialect=reading.submission.dialect,
                    within=within,
                    told=told,
                )


def _with_parts(case: Case) -> Iterator[tuple[Case, bool]]:
    """Give a case and its parts, each with whether a case is around it; a class is none."""
    pending = [(case, False)]
    while pending:
        one, within = pending.pop()
        yield one, within
        inside = within or one.aggregation_type != "class"
        pending.extend((part, inside) for part in reversed(one.parts))


def judged_files(judged: Judged) -> Iterator[JudgedFile]:
    """Give every delivered file; none when a METS is judged alone."""
    describing = {*judged.reading.descriptors, judged.side_car}
    for file in (judged.files or {}).values():
        yield JudgedFile(file=file, describes=file.path in describing, agreement=judged.agreement)
