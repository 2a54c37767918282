"""The subjects of a package, one after another, in delivered order."""

from collections.abc import Iterator

from ingest.domain.cases import Case, Described, Record
from ingest.domain.documents import Document
from ingest.domain.packages import ObservedFile
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import FileReference, Reading
from ingest.rules.claims import case_documents, parsed
from ingest.rules.subjects import (
    Claim,
    DescribedUnit,
    HeldDocument,
    Judged,
    JudgedCase,
    JudgedFile,
    ListedFile,
)

_TOLD_OF_LINKS = frozenset({"EARKIV-FIX-6", "EARKIV-CASE-5", "EARKIV-CASE-6"})
_UNKNOWN_VALUE = "EARKIV-CASE-9"


def listed_files(judged: Judged) -> Iterator[ListedFile]:
    """Give every entry of the listings."""
    told = _told_links(judged.reading)
    for reference in judged.reading.references:
        claim = _claim(judged, reference.source, reference)
        sought = judged.files is not None and (claim.line, claim.link) not in told
        yield ListedFile(reference=reference, claim=claim, sought=sought)


def held_documents(judged: Judged) -> Iterator[HeldDocument]:
    """Give every document of cases and records that is not an entry of a listing at the same time (case push)."""
    reading = judged.reading
    listed = {(reference.line, reference.href) for reference in reading.references if reference.href}
    told = _told_links(reading)
    for document, source in _documents(reading):
        claim = _claim(judged, source, document)
        place = (claim.line, claim.link)
        if place in listed:
            continue
        yield HeldDocument(
            document=document,
            claim=claim,
            dialect=reading.submission.dialect,
            sought=judged.files is not None and bool(claim.link) and place not in told,
        )


def _told_links(reading: Reading) -> frozenset[tuple[int, str]]:
    """The links of which the reader itself has said why no single file answers to them, by line and words."""
    places = (v.location for v in reading.violations if v.rule in _TOLD_OF_LINKS)
    return frozenset((place.line, place.value) for place in places)


def _claim(judged: Judged, source: str, named: FileReference | Document) -> Claim:
    link = named.href if isinstance(named, FileReference) else named.link
    return Claim(
        source=source,
        line=named.line,
        link=link,
        size=named.size,
        digest=named.digest,
        parsed=parsed(named.digest),
        file=_file(judged, named.path),
    )


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
    listings = {reference.source for reference in reading.references}
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
    told = frozenset(v.location.value for v in reading.violations if v.rule == _UNKNOWN_VALUE)
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
