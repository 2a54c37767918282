"""CSIP's own ids for what every dialect is asked of a listed file: is it there, of that size, with that digest?"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from ingest.domain.findings import Violation
from ingest.rules.subjects import ListedFile

CHANGED_LINE_ENDS = "EARKIV-METS-5"
_ABSENT, _SIZE, _OUTSIDE = "EARKIV-FIX-3", "EARKIV-FIX-2", "EARKIV-FIX-6"
_DIGESTS = frozenset({"EARKIV-FIX-1", "EARKIV-FIX-9"})
"""Another digest than the file's, or none that the algorithm stated can give."""

_PLACE: Mapping[str, str] = MappingProxyType(
    {"dmdSec": "CSIP24", "digiprovMD": "CSIP38", "rightsMD": "CSIP51", "file": "CSIP79", "mptr": "CSIP110"}
)
_LENGTH: Mapping[str, str] = MappingProxyType(
    {"dmdSec": "CSIP27", "digiprovMD": "CSIP41", "rightsMD": "CSIP54", "file": "CSIP69"}
)
_CHECKSUM: Mapping[str, str] = MappingProxyType(
    {"dmdSec": "CSIP29", "digiprovMD": "CSIP43", "rightsMD": "CSIP56", "file": "CSIP71"}
)
Listed = Callable[[ListedFile], Iterator[Violation]]
Entries = frozenset[tuple[int, str]]
"""Entries of listings, by line and link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of entries before their files are compared.

    `outside` point out of the package. Of `converted` METS states the right digest, of `spared` the right size
    too: only the files' line ends were changed on the way (EARKIV-METS-5).
    """

    outside: Entries = frozenset()
    converted: Entries = frozenset()
    spared: Entries = frozenset()


def breaches_of(listed: ListedFile, checks: tuple[Listed, ...], known: Known) -> Iterator[Violation]:
    """Put an entry to these checks; each breach comes under CSIP's own id too, where CSIP has one."""
    for check in checks:
        for violation in check(listed):
            yield violation
            own = _own_id(violation.rule, listed, known)
            if own is not None:
                yield replace(violation, rule=own)
    if (listed.line, listed.link) in known.outside and listed.element in _PLACE:
        yield Violation(rule=_PLACE[listed.element], location=listed.location)


def _own_id(rule: str, listed: ListedFile, known: Known) -> str | None:
    """Give CSIP's id for a breach of that rule, None where METS is not to blame or CSIP has none."""
    entry, element = (listed.line, listed.link), listed.element
    if not listed.link:
        return None
    if rule == _ABSENT:
        return _PLACE.get(element)
    if rule == _SIZE and entry not in known.spared:
        return _LENGTH.get(element)
    if rule in _DIGESTS and _is_compared(listed) and entry not in known.converted:
        return _CHECKSUM.get(element)
    return None


def _is_compared(listed: ListedFile) -> bool:
    """Whether there is a file, and something stated that could be its digest: an empty one is told as missing."""
    return listed.file is not None and listed.digest is not None and bool(listed.digest.value.strip())


def known_of(violations: Iterable[Violation]) -> Known:
    """Gather what the reader has said of entries."""
    outside: set[tuple[int, str]] = set()
    converted: dict[tuple[int, str], str] = {}
    for violation in violations:
        place = (violation.location.line, violation.location.value)
        if violation.rule == _OUTSIDE:
            outside.add(place)
        elif violation.rule == CHANGED_LINE_ENDS:
            converted[place] = violation.detail
    return Known(
        outside=frozenset(outside),
        converted=frozenset(converted),
        spared=frozenset(place for place, other_size in converted.items() if not other_size),
    )
