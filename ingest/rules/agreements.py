"""Does the delivery keep to its submission agreement? Asked at ingest only."""

from collections.abc import Iterator

from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.findings import Location, Violation
from ingest.domain.packages import NotScanned
from ingest.rules.rule import Rule
from ingest.rules.subjects import Judged, JudgedFile

_DELIVERY = Location(file="")


def foreign_format(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-SA-2: content in a format (PUID) outside the agreement's; descriptors may be what they are."""
    allowed = judged.agreement.formats if judged.agreement else ()
    found = judged.file.format
    if allowed and found is not None and not judged.describes and found.puid not in allowed:
        detail = f"{found.puid or '?'} {found.name} {found.version}".strip()
        yield Violation(rule="EARKIV-SA-2", location=judged.location, detail=detail)


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


def foreign_dialect(judged: Judged) -> Iterator[Violation]:
    """EARKIV-SA-7: a dialect that the agreement does not have."""
    allowed = judged.agreement.dialects if judged.agreement else ()
    dialect = judged.reading.submission.dialect
    if allowed and dialect not in allowed:
        yield Violation(rule="EARKIV-SA-7", location=_DELIVERY, detail=dialect)


def unregistered_agreement(judged: Judged) -> Iterator[Violation]:
    """EARKIV-SA-8: the delivery names an agreement, and the default one was used instead."""
    named = judged.reading.submission.agreement
    used = judged.agreement.id if judged.agreement else None
    if used == DEFAULT_AGREEMENT.id and named and named != used:
        location = Location(file=next(iter(judged.reading.descriptors), ""))
        yield Violation(rule="EARKIV-SA-8", location=location, detail=named)


FILE_RULES: tuple[Rule[JudgedFile], ...] = (
    Rule(id="EARKIV-SA-2", check=foreign_format),
    Rule(id="EARKIV-SA-5", check=unscanned_file),
)
PACKAGE_RULES: tuple[Rule[Judged], ...] = (
    Rule(id="EARKIV-SA-3", check=too_many_bytes),
    Rule(id="EARKIV-SA-4", check=too_many_files),
    Rule(id="EARKIV-SA-6", check=foreign_producer),
    Rule(id="EARKIV-SA-7", check=foreign_dialect),
    Rule(id="EARKIV-SA-8", check=unregistered_agreement),
)
