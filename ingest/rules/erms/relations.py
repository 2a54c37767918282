"""Relations between cases and records, judged over the whole delivery: a target may lie in another document."""

from collections.abc import Iterator

from ingest.domain.findings import Violation
from ingest.domain.submissions import Dialect, Reading
from ingest.rules.rule import Rule
from ingest.rules.streams import described_units
from ingest.rules.subjects import Judged

_WITH_ERMS = frozenset({Dialect.ERMS, Dialect.EARK_2_0, Dialect.EARK_2_1, Dialect.EARK_2_2})


def outside_relation(judged: Judged) -> Iterator[Violation]:
    """EARKIV-ERMS-4: a relation to something that is not in this delivery."""
    reading = judged.reading
    if reading.submission.dialect not in _WITH_ERMS:
        return
    known: set[str] | None = None
    for unit in described_units(reading):
        for relation in unit.unit.relations:
            known = _names(reading) if known is None else known
            if relation.target.strip() not in known:
                place = unit.place(f"{relation.type} {relation.target}".strip())
                yield Violation(rule="EARKIV-ERMS-4", location=place)


def _names(reading: Reading) -> set[str]:
    known: set[str] = set()
    for unit in described_units(reading):
        extra = (each.text for each in unit.unit.extra_ids)
        known.update(name.strip() for name in (unit.unit.id, unit.unit.system_id or "", *extra))
    return known


RULES: tuple[Rule[Judged], ...] = (Rule(id="EARKIV-ERMS-4", check=outside_relation),)
