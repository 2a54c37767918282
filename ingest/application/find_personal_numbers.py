"""Find personal numbers in an archived package: in what is said of each unit, in file names, and inside documents.

It is worked out anew each time, from what lies in the store. A damaged file raises; one that cannot be read as text is
told as not searched.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from ingest.application.archived_aip import archived_aip
from ingest.application.holdings import Holding, holding_of
from ingest.domain.access.units import UnitKey, units_of
from ingest.domain.aips import Aip
from ingest.domain.cases import Case, Record
from ingest.domain.packages import Place
from ingest.domain.paths import PackagePath
from ingest.domain.personal_numbers import find_numbers
from ingest.domain.personal_numbers.described import texts_in
from ingest.domain.personal_numbers.found import Found, UnitHits, Unsearched, Where, found_in, unsearched_of
from ingest.domain.submissions import Submission, Use
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
    files = _Files(holding, aip, ports)
    found = {key: list(findings) for key, findings in _described(aip.submission, files)}
    left = [path for path in files.paths if path not in files.named]
    found[WHOLE_PACKAGE] = [*_said(aip.submission), *(one for path in left for one in files.search(path))]
    return PersonalNumbers(
        package=holding.package.package,
        generation=holding.package.generation,
        units={key: _unit_hits(findings) for key, findings in found.items()},
    )


class _Files:
    """The content files of a package, as delivered and as copied, each read once."""

    def __init__(self, holding: Holding, aip: Aip, ports: Ports) -> None:
        self._holding = holding
        self._ports = ports
        self._places: defaultdict[PackagePath, list[Place]] = defaultdict(list)
        self._known: dict[PackagePath, tuple[_Finding, ...]] = {}
        for one in aip.objects:
            if one.place.use is not Use.METADATA:
                self._places[one.path].append(one.place)
        for copy in aip.derived:
            self._places[copy.source].append(copy.place)
        self.named: set[PackagePath] = set()

    @property
    def paths(self) -> Iterable[PackagePath]:
        return self._places

    def search(self, path: PackagePath) -> tuple[_Finding, ...]:
        """Search a delivered file and its copies: their names, and what is in them."""
        if path not in self._known:
            places = self._places.get(path, [])
            self._known[path] = tuple(one for place in places for one in self._searched(place.aip_path))
        return self._known[path]

    def _searched(self, path: PackagePath) -> Iterator[_Finding]:
        for name in dict.fromkeys((str(path), unquote(path))):
            yield from (found_in(Where.FILE_NAME, path, hit) for hit in find_numbers(name))
        extracted = self._ports.text_extractor.texts(self._holding.store, self._holding.key_of(path))
        for one in extracted.parts:
            yield from (found_in(Where.DOCUMENT, path, hit, one.part) for hit in find_numbers(one.text))
        yield from (unsearched_of(path, unread) for unread in extracted.unread)


def _described(submission: Submission, files: _Files) -> Iterator[tuple[UnitKey, Iterable[_Finding]]]:
    """Give what is found in each unit; what shares a key cannot be told apart and is told together."""
    found: dict[UnitKey, list[_Finding]] = {}
    for unit in units_of(submission):
        findings = found.setdefault(unit.key, [])
        findings += _said(unit.described)
        documents = unit.described.documents
        for path in dict.fromkeys(document.path for document in documents if document.path is not None):
            files.named.add(path)
            findings += files.search(path)
    yield from found.items()


def _said(described: Case | Record | Submission) -> Iterator[Found]:
    for path, text in texts_in(described):
        yield from (found_in(Where.METADATA, path, hit) for hit in find_numbers(text))


def _unit_hits(findings: Iterable[_Finding]) -> UnitHits:
    told = tuple(findings)
    hits = tuple(one for one in told if isinstance(one, Found))
    unsearched = tuple(one for one in told if isinstance(one, Unsearched))
    digest = canonical_digest({"hits": to_json(hits), "unsearched": to_json(unsearched)})
    return UnitHits(hits=hits, unsearched=unsearched, digest=digest)
