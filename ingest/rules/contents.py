"""Does XML in a delivery follow the content schemas that its agreement registers? Asked at ingest only."""

from collections.abc import Iterator

from ingest.domain.content_schemas import ContentCheck
from ingest.domain.findings import Location, Violation
from ingest.rules.rule import Rule
from ingest.rules.subjects import Judged


def broken_content_schema(judged: Judged) -> Iterator[Violation]:
    """EARKIV-SA-9: XML that does not follow the content schema it is registered for."""
    for check in judged.contents:
        yield from _faults(check)


def _faults(check: ContentCheck) -> Iterator[Violation]:
    """Tell the first faults of a file; its last one told stands for those that are only counted."""
    last = len(check.faults) - 1
    for number, fault in enumerate(check.faults):
        location = Location(file=check.path, line=fault.line, xpath=fault.xpath, value=fault.value)
        times = 1 + (check.more if number == last else 0)
        yield Violation(rule="EARKIV-SA-9", location=location, detail=fault.reason, times=times)


def unchecked_content(judged: Judged) -> Iterator[Violation]:
    """EARKIV-SA-10: XML that could not be held against its content schema within the archive's bounds."""
    for check in judged.contents:
        if check.unfinished:
            yield Violation(rule="EARKIV-SA-10", location=Location(file=check.path), detail=check.unfinished)


RULES: tuple[Rule[Judged], ...] = (
    Rule(id="EARKIV-SA-9", check=broken_content_schema),
    Rule(id="EARKIV-SA-10", check=unchecked_content),
)
