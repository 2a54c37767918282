"""Do the listing and the delivered files answer to each other, each file listed once and each entry a file?"""

from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath
from ingest.domain.references import names_of, parts_of, paths_of
from ingest.domain.submissions import Dialect, FileReference
from ingest.rules.claims import parsed
from ingest.rules.rule import Rule
from ingest.rules.subjects import Judged, ListedFile


def absent_file(listed: ListedFile) -> Iterator[Violation]:
    """EARKIV-FIX-3: an entry whose file is not in the package; one that points out of it is EARKIV-FIX-6 alone."""
    if listed.sought and listed.path is None:
        yield Violation(rule="EARKIV-FIX-3", location=listed.location)


def missing_digest(listed: ListedFile) -> Iterator[Violation]:
    """EARKIV-FIX-11: an entry without a digest; a pointer to a METS has no place for one, but its file needs one."""
    is_mere_pointer = listed.element == "mptr" and listed.path is None
    if listed.digest is None and not is_mere_pointer:
        yield Violation(rule="EARKIV-FIX-11", location=listed.location)


def unlisted_file(judged: Judged) -> Iterator[Violation]:
    """EARKIV-FIX-4: a file that no entry names; listings themselves and the delivery note need no entry."""
    if judged.files is None or not judged.reading.complete_listing:
        return
    reading = judged.reading
    known = set(paths_of(reading.references))
    listings = {part.source for part in parts_of(reading.references)} | set(reading.descriptors[:1])
    for path in judged.files:
        if path not in known and path not in listings and path != judged.side_car:
            yield Violation(rule="EARKIV-FIX-4", location=Location(file=path))


def doubled_entry(judged: Judged) -> Iterator[Violation]:
    """EARKIV-FIX-5: a file with two entries in one METS, or with entries anywhere that contradict each other.

    METS `file` must have an ID and `mdRef` seldom has: only two entries that both have one count as two of a
    listing. Records may share a file, so in a case push only contradictions count.
    """
    first: dict[PackagePath | str, FileReference] = {}
    entered: set[tuple[PackagePath, PackagePath | str]] = set()
    is_mets = judged.reading.submission.dialect is not Dialect.CASE_PUSH
    several = _repeated(judged.reading.references)
    for reference in judged.reading.references if several else ():
        name = reference.path or reference.href
        if name not in several:
            continue
        key = (reference.source, name)
        again = is_mets and reference.id is not None and key in entered
        if again or _contradicts(reference, first.setdefault(name, reference)):
            location = Location(file=reference.source, line=reference.line, value=reference.href)
            other = first[name]
            detail = f"{other.source}, line {other.line}" if other is not reference else ""
            yield Violation(rule="EARKIV-FIX-5", location=location, detail=detail)
        if reference.id is not None:
            entered.add(key)


def _repeated(references: Sequence[FileReference]) -> frozenset[PackagePath | str]:
    """Give the names that more than one entry has: most packages have none."""
    seen: set[PackagePath | str] = set()
    again: set[PackagePath | str] = set()
    for names in names_of(references):
        fresh = set(names)
        if len(fresh) < len(names):
            again.update(name for name, count in Counter(names).items() if count > 1)
        again |= fresh & seen
        seen |= fresh
    return frozenset(again) - {""}


def _contradicts(reference: FileReference, other: FileReference) -> bool:
    if reference is other:
        return False
    sizes = {reference.size, other.size} - {None}
    digest, earlier = parsed(reference.digest), parsed(other.digest)
    alike = digest is None or earlier is None or digest.algorithm is not earlier.algorithm
    return len(sizes) > 1 or not (alike or digest == earlier)


ENTRY_RULES: tuple[Rule[ListedFile], ...] = (
    Rule(id="EARKIV-FIX-3", check=absent_file),
    Rule(id="EARKIV-FIX-11", check=missing_digest),
)
LISTING_RULES: tuple[Rule[Judged], ...] = (
    Rule(id="EARKIV-FIX-4", check=unlisted_file),
    Rule(id="EARKIV-FIX-5", check=doubled_entry),
)
