"""CSIP's own ids for what every dialect is asked of a listed file: is it there, of that size, with that digest?"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from ingest.domain.findings import Violation
from ingest.rules.subjects import ListedFile

_ABSENT, _SIZE, _DIGEST, _OUTSIDE = "EARKIV-FIX-3", "EARKIV-FIX-2", "EARKIV-FIX-1", "EARKIV-FIX-6"
_OWN_IDS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        (_ABSENT, "dmdSec"): "CSIP24",
        (_SIZE, "dmdSec"): "CSIP27",
        (_DIGEST, "dmdSec"): "CSIP29",
        (_ABSENT, "digiprovMD"): "CSIP38",
        (_SIZE, "digiprovMD"): "CSIP41",
        (_DIGEST, "digiprovMD"): "CSIP43",
        (_ABSENT, "rightsMD"): "CSIP51",
        (_SIZE, "rightsMD"): "CSIP54",
        (_DIGEST, "rightsMD"): "CSIP56",
        (_ABSENT, "file"): "CSIP79",
        (_SIZE, "file"): "CSIP69",
        (_DIGEST, "file"): "CSIP71",
        (_ABSENT, "mptr"): "CSIP110",
    }
)


CHANGED_LINE_ENDS = "EARKIV-METS-5"
Listed = Callable[[ListedFile], Iterator[Violation]]


def breaches_of(
    listed: ListedFile, checks: tuple[Listed, ...], spared: frozenset[tuple[int, str]]
) -> Iterator[Violation]:
    """Put an entry to these checks; each breach comes under CSIP's own id too, where CSIP has one.

    `spared` are entries, by line and link, whose METS is known to be right (EARKIV-METS-5).
    """
    for check in checks:
        for violation in check(listed):
            yield violation
            own = _OWN_IDS.get((violation.rule, listed.element))
            if own is not None and listed.link and (listed.line, listed.link) not in spared:
                yield replace(violation, rule=own)


def spared_entries(violations: tuple[Violation, ...]) -> frozenset[tuple[int, str]]:
    """Give the entries of files whose line ends were changed on the way."""
    places = (violation.location for violation in violations if violation.rule == CHANGED_LINE_ENDS)
    return frozenset((place.line, place.value) for place in places)
