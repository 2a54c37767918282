"""Find personal numbers in an archived package: in what is said of each unit, in file names, and inside documents.

It is worked out anew each time, from what lies in the store. A damaged file raises; one that cannot be read as text is
told as not searched.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ingest.application.archived_aip import archived_aip
from ingest.application.holdings import Holding, holding_of
from ingest.application.searched_texts import Searched, SearchedFiles, named_paths, said_texts
from ingest.domain.access.units import UnitKey, units_of
from ingest.domain.paths import PackagePath
from ingest.domain.personal_numbers import find_numbers
from ingest.domain.personal_numbers.found import Found, UnitHits, Unsearched, found_in
from ingest.domain.submissions import Submission
from ingest.formats.wire import canonical_digest, to_json
from ingest.pipeline.step import Ports

WHOLE_PACKAGE: Final[UnitKey] = ()
"""What is said of the package itself, and files that no unit names."""
_Finding = Found | Unsearched


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalNumbers:
    """What was found in one generation of a package: every unit has its entry, and `WHOLE_PACKAGE` too."""

    package: str
    generation: int
    units: Mapping[UnitKey, UnitHits]


def find_personal_numbers(reference: str, ports: Ports) -> PersonalNumbers:
    """Search an archived package. Raises UnknownSubject, DamageFound, ObjectMissing, ToolFailed."""
    return find_in(holding_of(reference, ports), ports)


def find_in(holding: Holding, ports: Ports) -> PersonalNumbers:
    """Search one generation of an archived package. Raises DamageFound, ObjectMissing, ToolFailed."""
    aip = archived_aip(holding, ports)
    files = _Files(SearchedFiles(holding, aip, ports))
    found = {key: list(findings) for key, findings in _described(aip.submission, files)}
    said = _searched(said_texts(aip.submission))
    found[WHOLE_PACKAGE] = [*said, *(one for path in files.unnamed() for one in files.search(path))]
    return PersonalNumbers(
        package=holding.package.package,
        generation=holding.package.generation,
        units={key: _unit_hits(findings) for key, findings in found.items()},
    )


class _Files:
    """The content files of a package, each searched once."""

    def __init__(self, files: SearchedFiles) -> None:
        self._files = files
        self._known: dict[PackagePath, tuple[_Finding, ...]] = {}

    def unnamed(self) -> tuple[PackagePath, ...]:
        """Give the files that nobody has asked for yet."""
        return tuple(path for path in self._files.paths if path not in self._known)

    def search(self, path: PackagePath) -> tuple[_Finding, ...]:
        """Search a delivered file and its copies: their names, and what is in them."""
        if path not in self._known:
            self._known[path] = tuple(_searched(self._files.texts(path)))
        return self._known[path]


def _described(submission: Submission, files: _Files) -> Iterator[tuple[UnitKey, Iterable[_Finding]]]:
    """Give what is found in each unit; what shares a key cannot be told apart and is told together."""
    found: dict[UnitKey, list[_Finding]] = {}
    for unit in units_of(submission):
        findings = found.setdefault(unit.key, [])
        findings += _searched(said_texts(unit.described))
        for path in named_paths(unit.described):
            findings += files.search(path)
    yield from found.items()


def _searched(texts: Iterable[Searched]) -> Iterator[_Finding]:
    for one in texts:
        if isinstance(one, Unsearched):
            yield one
        else:
            yield from (found_in(one.where, one.path, hit, one.part) for hit in find_numbers(one.text))


def _unit_hits(findings: Iterable[_Finding]) -> UnitHits:
    told = tuple(findings)
    hits = tuple(one for one in told if isinstance(one, Found))
    unsearched = tuple(one for one in told if isinstance(one, Unsearched))
    digest = canonical_digest({"hits": to_json(hits), "unsearched": to_json(unsearched)})
    return UnitHits(hits=hits, unsearched=unsearched, digest=digest)
