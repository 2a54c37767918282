"""The texts of a package in which personal numbers are looked for, each with its place, and what cannot be searched."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from ingest.application.holdings import Holding
from ingest.domain.aips import Aip
from ingest.domain.cases import Case, Record
from ingest.domain.packages import Place
from ingest.domain.paths import PackagePath
from ingest.domain.personal_numbers.described import texts_in
from ingest.domain.personal_numbers.found import Unsearched, Where, unsearched_of
from ingest.domain.submissions import Submission, Use
from ingest.pipeline.step import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchedText:
    """A text, and where it stands: as `Found` says it."""

    where: Where
    path: str
    text: str
    part: str = ""


Searched = SearchedText | Unsearched


def said_texts(described: Case | Record | Submission) -> Iterator[SearchedText]:
    """Give every text of a description, that of the units in it left out."""
    return (SearchedText(where=Where.METADATA, path=path, text=text) for path, text in texts_in(described))


def named_paths(described: Case | Record) -> tuple[PackagePath, ...]:
    """Give the delivered files of a unit's documents, each once."""
    return tuple(dict.fromkeys(document.path for document in described.documents if document.path is not None))


class SearchedFiles:
    """The content files of a package, as delivered and as copied for preservation."""

    def __init__(self, holding: Holding, aip: Aip, ports: Ports) -> None:
        """Read the files of a holding, of which `aip` tells."""
        self._holding = holding
        self._ports = ports
        self._places: defaultdict[PackagePath, list[Place]] = defaultdict(list)
        for one in aip.objects:
            if one.place.use is not Use.METADATA:
                self._places[one.path].append(one.place)
        for copy in aip.derived:
            self._places[copy.source].append(copy.place)

    @property
    def paths(self) -> Iterable[PackagePath]:
        """The files by the paths at which they were delivered."""
        return self._places

    def texts(self, path: PackagePath) -> Iterator[Searched]:
        """Read a delivered file and its copies: their names, and what is in them. Raises ToolFailed, ObjectMissing."""
        for place in self._places.get(path, []):
            yield from self._texts(place.aip_path)

    def _texts(self, path: PackagePath) -> Iterator[Searched]:
        for name in dict.fromkeys((str(path), unquote(path))):
            yield SearchedText(where=Where.FILE_NAME, path=path, text=name)
        extracted = self._ports.text_extractor.texts(self._holding.store, self._holding.key_of(path))
        for one in extracted.parts:
            yield SearchedText(where=Where.DOCUMENT, path=path, text=one.text, part=one.part)
        yield from (unsearched_of(path, unread) for unread in extracted.unread)
