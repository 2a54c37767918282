"""The frame that every rule stands in."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from ingest.domain.findings import Severity, Violation
from ingest.rules.severities import default_severity

SubjectT = TypeVar("SubjectT")
JudgedT_contra = TypeVar("JudgedT_contra", contravariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[JudgedT_contra]):
    """A rule by its id; `check` is pure and gives a violation of that id for each breach it finds in a subject.

    A rule for a kind of subject is one for every narrower kind too.
    """

    id: str
    check: Callable[[JudgedT_contra], Iterator[Violation]]

    @property
    def severity(self) -> Severity:
        """Its severity where no agreement says otherwise."""
        return default_severity(self.id)


def breaches(rules: tuple[Rule[SubjectT], ...], subjects: Iterable[SubjectT]) -> Iterator[Violation]:
    """Put every subject to every rule, each subject once and none kept."""
    checks = tuple(rule.check for rule in rules)
    for subject in subjects:
        for check in checks:
            yield from check(subject)
