"""Files of packages that go out as copies with the answer to a request: offered, chosen, and read as chosen."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.application.answer_requests import answer_file
from ingest.application.desk_packages import package_for
from ingest.application.holdings import Holding
from ingest.domain.information_requests import AnswerFile, StepLack
from ingest.domain.people import Deed, Person
from ingest.pipeline.step import Ports
from schemas.public_requests import MOST_BYTES, MOST_FILES

MOST_OFFERED: Final = 100
"""So many files of a package are offered at a time."""
_REPRESENTATIONS: Final = "representations"
_TYPE: Final = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenFile:
    """A file of a package, as it was when somebody chose it: by its path there and its SHA-256."""

    package: str
    path: str
    sha256: str

    @property
    def name(self) -> str:
        """The name that it goes out under."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedFile:
    """A file that can be chosen; `size` in bytes."""

    file: ChosenFile
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The first files of a package that answer to a word, and how many do in all; `title` is the package's."""

    title: str
    files: tuple[OfferedFile, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file that was read from the archive whole, and proved to be the one that was chosen."""

    file: AnswerFile
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRead:
    """What was chosen cannot go out; nothing was read."""

    lack: StepLack


def offer_files(package_id: str, word: str, person: Person, ports: Ports) -> Offer:
    """List files of a package, delivered ones and preservation copies, with a word in their path; "" = all.

    Raises NotPermitted, UnknownSubject, DamageFound, ObjectMissing.
    """
    person.require(Deed.ANSWER_REQUESTS)
    holding = package_for(package_id, person, ports)
    paths = [path for path in sorted(_contents(holding)) if word.casefold() in path.casefold()]
    return Offer(
        title=holding.package.title or "",
        files=tuple(_offered(path, holding) for path in paths[:MOST_OFFERED]),
        count=len(paths),
    )


def read_chosen(
    chosen: Sequence[ChosenFile], noted: Callable[[Sequence[ChosenFile]], None], person: Person, ports: Ports
) -> tuple[ReadFile, ...] | NotRead:
    """Read files that go out with an answer, after `noted` has recorded that they are read.

    What is no longer there as it was chosen, and more than an answer holds, is not read. Raises NotPermitted,
    UnknownSubject for a package that is not the person's to read, DamageFound, ObjectMissing.
    """
    person.require(Deed.ANSWER_REQUESTS)
    if not chosen:
        return ()
    holdings = {package: package_for(package, person, ports) for package in {one.package for one in chosen}}
    if any(_contents(holdings[one.package]).get(one.path) != one.sha256 for one in chosen):
        return NotRead(lack=StepLack.CHANGED)
    if len(chosen) > MOST_FILES or sum(holdings[one.package].size_of(one.path) for one in chosen) > MOST_BYTES:
        return NotRead(lack=StepLack.SIZE)
    noted(chosen)
    return tuple(_read(one, holdings[one.package]) for one in chosen)


def _contents(holding: Holding) -> dict[str, str]:
    """Give the files of a package's representations that are content, each with its SHA-256."""
    return dict(_content_files(holding))


def _content_files(holding: Holding) -> Iterator[tuple[str, str]]:
    for path, sha256 in holding.inventory.files.items():
        match path.split("/"):
            case [folder, _, "data", _, *_] if folder == _REPRESENTATIONS:
                yield path, sha256


def _offered(path: str, holding: Holding) -> OfferedFile:
    file = ChosenFile(package=holding.package.package, path=path, sha256=holding.inventory.files[path])
    return OfferedFile(file=file, size=holding.size_of(path))


def _read(chosen: ChosenFile, holding: Holding) -> ReadFile:
    with holding.open(chosen.path) as stream:
        content = stream.read()
    return ReadFile(file=answer_file(chosen.name, _TYPE, content), content=content)
