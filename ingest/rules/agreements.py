"""Does the delivery keep to its submission agreement? Asked at ingest only."""

from collections.abc import Iterator
from typing import Final
from unicodedata import normalize

from ingest.domain.agreements import DEFAULT_AGREEMENT, Standing
from ingest.domain.dates import parse_date
from ingest.domain.findings import Location, Violation
from ingest.domain.packages import NotScanned
from ingest.domain.submissions import RecordStatus
from ingest.rules.chronology import is_before
from ingest.rules.content_types import foreign_content, foreign_dialect
from ingest.rules.disposal import DEFAULT_HOLDS, unstated_disposal
from ingest.rules.rule import Rule
from ingest.rules.streams import judged_cases
from ingest.rules.subjects import Judged, JudgedFile

_DELIVERY = Location(file="")
HELD_FORMAT: Final = "EARKIV-SA-12"
"""The rule whose findings always ask for a person."""


def foreign_format(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-SA-2: content in a format (PUID) outside the agreement's; descriptors may be what they are."""
    allowed = judged.agreement.formats if judged.agreement else ()
    found = judged.file.format
    if allowed and found is not None and not judged.describes and found.puid not in allowed:
        detail = f"{found.puid or '?'} {found.name} {found.version}".strip()
        yield Violation(rule="EARKIV-SA-2", location=judged.location, detail=detail)


def refused_format(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-SA-11: content in a format (PUID) that the agreement refuses."""
    yield from _of_format(judged, "EARKIV-SA-11", judged.agreement.refused_formats if judged.agreement else ())


def held_format(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-SA-12: content in a format (PUID) of which the agreement wants a person to decide."""
    yield from _of_format(judged, HELD_FORMAT, judged.agreement.held_formats if judged.agreement else ())


def _of_format(judged: JudgedFile, rule: str, formats: tuple[str, ...]) -> Iterator[Violation]:
    found = judged.file.format
    if found is not None and found.puid in formats and not judged.describes:
        yield Violation(
            rule=rule, location=judged.location, detail=f"{found.puid} {found.name} {found.version}".strip()
        )


def unwanted_name(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-SA-13: a path that is longer than agreed, or has other characters than agreed.

    A letter is one character however it is written: macOS delivers "å" as "a" and a ring (NFD).
    """
    if judged.agreement is None:
        return
    path, longest, marks = judged.file.path, judged.agreement.max_path_length, judged.agreement.name_marks
    composed = normalize("NFC", path)
    length = min(len(path), len(composed))
    if longest is not None and length > longest:
        yield Violation(rule="EARKIV-SA-13", location=judged.location, detail=f"{length} > {longest}")
    if marks is not None and _others(path, marks) and (others := _others(composed, marks)):
        yield Violation(rule="EARKIV-SA-13", location=judged.location, detail=" ".join(others))


def _others(path: str, marks: str) -> list[str]:
    return sorted({one for one in path if not one.isalnum() and one != "/" and one not in marks})


def unscanned_file(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-SA-5: a file that was honestly not scanned; the agreement says how grave that is."""
    if judged.agreement is not None and isinstance(judged.file.scan, NotScanned):
        yield Violation(rule="EARKIV-SA-5", location=judged.location, detail=judged.file.scan.reason)


def too_many_bytes(judged: Judged) -> Iterator[Violation]:
    """EARKIV-SA-3: more bytes, unpacked, than the agreement grants."""
    limit = judged.agreement.max_bytes if judged.agreement else None
    if limit is None or judged.files is None:
        return
    size = sum(file.size for file in judged.files.values())
    if size > limit:
        yield Violation(rule="EARKIV-SA-3", location=_DELIVERY, detail=f"{size} > {limit}")


def too_many_files(judged: Judged) -> Iterator[Violation]:
    """EARKIV-SA-4: more files than the agreement grants."""
    limit = judged.agreement.max_files if judged.agreement else None
    if limit is not None and judged.files is not None and len(judged.files) > limit:
        yield Violation(rule="EARKIV-SA-4", location=_DELIVERY, detail=f"{len(judged.files)} > {limit}")


def foreign_producer(judged: Judged) -> Iterator[Violation]:
    """EARKIV-SA-6: a producer that is no party to the agreement."""
    parties = judged.agreement.producers if judged.agreement else ()
    if parties and judged.producer not in parties:
        yield Violation(rule="EARKIV-SA-6", location=_DELIVERY, detail=judged.producer)


def closed_too_late(judged: Judged) -> Iterator[Violation]:
    """EARKIV-SA-14: a case that was closed after the last day that the agreement is about."""
    until = parse_date(judged.agreement.closed_until) if judged.agreement else None
    if until is None:
        return
    for one in judged_cases(judged):
        closed = one.case.date("closed")
        if closed is not None and closed.value is not None and not one.within and is_before(until, closed.value):
            location = one.described.place(line=closed.line)
            yield Violation(rule="EARKIV-SA-14", location=location, detail=f"{closed.raw} > {until.text}")


def unregistered_agreement(judged: Judged) -> Iterator[Violation]:
    """EARKIV-SA-8: the delivery names an agreement, and the default one was used instead."""
    named = judged.reading.submission.agreement
    used = judged.agreement.id if judged.agreement else None
    if used == DEFAULT_AGREEMENT.id and named and named != used:
        location = Location(file=next(iter(judged.reading.descriptors), ""))
        yield Violation(rule="EARKIV-SA-8", location=location, detail=named)


def draft_in_earnest(judged: Judged) -> Iterator[Violation]:
    """EARKIV-SA-15: a delivery that is no test, under a draft."""
    agreement, kind = judged.agreement, judged.reading.submission.record_status
    if agreement is not None and agreement.standing is Standing.DRAFT and kind is not RecordStatus.TEST:
        yield Violation(rule="EARKIV-SA-15", location=_DELIVERY, detail=f"{agreement.id} {agreement.version}: {kind}")


FILE_RULES: tuple[Rule[JudgedFile], ...] = (
    Rule(id="EARKIV-SA-2", check=foreign_format),
    Rule(id="EARKIV-SA-5", check=unscanned_file),
    Rule(id="EARKIV-SA-11", check=refused_format),
    Rule(id=HELD_FORMAT, check=held_format),
    Rule(id="EARKIV-SA-13", check=unwanted_name),
)
PACKAGE_RULES: tuple[Rule[Judged], ...] = (
    Rule(id="EARKIV-SA-3", check=too_many_bytes),
    Rule(id="EARKIV-SA-4", check=too_many_files),
    Rule(id="EARKIV-SA-6", check=foreign_producer),
    Rule(id="EARKIV-SA-7", check=foreign_dialect),
    Rule(id="EARKIV-SA-8", check=unregistered_agreement),
    Rule(id="EARKIV-SA-14", check=closed_too_late),
    Rule(id="EARKIV-SA-15", check=draft_in_earnest),
    Rule(id="EARKIV-SA-16", check=foreign_content),
    Rule(id=DEFAULT_HOLDS, check=unstated_disposal),
)
