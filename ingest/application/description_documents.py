"""The descriptions that an archived package holds: the archive's own METS, PREMIS and ERMS, and those delivered."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from re import compile as pattern
from typing import Final

from ingest.application.holdings import Holding
from ingest.domain.submissions import Dialect
from ingest.errors import DamageFound, UnknownSubject
from ingest.formats.arendehantering import ROOT
from ingest.formats.dialects import XmlRoot, root_in
from ingest.formats.erms_words import ERMS
from ingest.formats.mets_values import METS
from ingest.formats.told_premis import NAMESPACES

DELIVERED: Final = "submission/"
"""Where the delivered descriptions lie in a package, as they were delivered."""
MOST_LOOKED_AT: Final = 100
"""So many delivered XML files are looked at for what they are."""
_MOST_OF_OURS: Final = 128 << 20
_MOST_OF_THEIRS: Final = 16 << 20
_REPRESENTATION: Final = pattern(r"representations/[^/]+/METS\.xml")
_CASE_PUSH: Final = "submission/case.json"


class DescriptionKind(StrEnum):
    """What a description is about: what the package consists of, what happened to it, what it holds."""

    METS = "mets"
    PREMIS = "premis"
    ERMS = "erms"


MAIN: Final[Mapping[DescriptionKind, str]] = {
    DescriptionKind.METS: "METS.xml",
    DescriptionKind.PREMIS: "metadata/preservation/premis.xml",
    DescriptionKind.ERMS: "metadata/descriptive/erms.xml",
}
"""Where the archive's own description of the whole package lies in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DescriptionDocument:
    """A description by its path in the package; `size` in bytes."""

    path: str
    kind: DescriptionKind
    size: int

    @property
    def is_delivered(self) -> bool:
        """Whether it is the producer's, not the archive's."""
        return self.path.startswith(DELIVERED)

    @property
    def delivered_path(self) -> str:
        """Its path as delivered."""
        return self.path.removeprefix(DELIVERED)

    @property
    def is_too_large(self) -> bool:
        """Whether it is larger than is read for a page; a stranger's may be less, for it may be made to be heavy."""
        return self.size > (_MOST_OF_THEIRS if self.is_delivered else _MOST_OF_OURS)


def document_in(holding: Holding, kind: DescriptionKind, path: str) -> DescriptionDocument:
    """Give a description by its path, "" = the archive's own of the whole package.

    Raises UnknownSubject where there is none of that kind, ObjectMissing.
    """
    wanted = path or MAIN[kind]
    if wanted in holding.inventory.files and _kind_of(holding, wanted) is kind:
        return _document(holding, wanted, kind)
    raise UnknownSubject(f"{wanted} är ingen sådan beskrivning.", f"{wanted} is no such description.")


def documents_in(holding: Holding, kind: DescriptionKind) -> tuple[DescriptionDocument, ...]:
    """List the descriptions of a kind, the archive's own first. Raises ObjectMissing."""
    paths = sorted(holding.inventory.files)
    own = [path for path in paths if _own_kind(path) is kind]
    delivered = islice((path for path in paths if _may_describe(path)), MOST_LOOKED_AT)
    theirs = [path for path in delivered if _kind_of(holding, path) is kind]
    own.sort(key=lambda path: path != MAIN[kind])
    return tuple(_document(holding, path, kind) for path in (*own, *theirs))


@contextmanager
def lent(holding: Holding, document: DescriptionDocument) -> Iterator[Path]:
    """Lend a description as a local file that is proven to be what was stored. Raises DamageFound, ObjectMissing."""
    with holding.store.local(holding.key_of(document.path)) as local:
        with local.open("rb") as source:
            found = file_digest(source, "sha256").hexdigest()
        if found != holding.inventory.files[document.path]:
            name = document.path
            raise DamageFound(f"{name} är inte de byte som lagrades.", f"{name} is not the bytes that were stored.")
        yield local


def _document(holding: Holding, path: str, kind: DescriptionKind) -> DescriptionDocument:
    return DescriptionDocument(path=path, kind=kind, size=holding.size_of(path))


def _may_describe(path: str) -> bool:
    return path == _CASE_PUSH or (path.startswith(DELIVERED) and path.lower().endswith(".xml"))


def _own_kind(path: str) -> DescriptionKind | None:
    if path == MAIN[DescriptionKind.METS] or _REPRESENTATION.fullmatch(path):
        return DescriptionKind.METS
    return next((kind for kind, main in MAIN.items() if path == main), None)


def _kind_of(holding: Holding, path: str) -> DescriptionKind | None:
    if not _may_describe(path):
        return _own_kind(path)
    if path == _CASE_PUSH:
        return DescriptionKind.ERMS if holding.package.dialect == Dialect.CASE_PUSH else None
    with holding.store.open(holding.key_of(path)) as source:
        root = root_in(source)
    return None if root is None else next((kind for kind, fits in _ROOTS if fits(root)), None)


_ROOTS: Final[tuple[tuple[DescriptionKind, Callable[[XmlRoot], bool]], ...]] = (
    (DescriptionKind.METS, lambda root: (root.namespace, root.name) == (METS, "mets")),
    (DescriptionKind.PREMIS, lambda root: root.name == "premis" and root.namespace in NAMESPACES),
    (DescriptionKind.ERMS, lambda root: root.name == ROOT or (root.namespace, root.name) == (ERMS, "erms")),
)
