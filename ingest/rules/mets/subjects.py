"""What METS rules look at beside the element itself: the document it stands in, and what the document was made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Dialect
from ingest.formats.mets_values import (
    Agent,
    AltRecordId,
    AmdSection,
    Div,
    FileGroup,
    FileSection,
    Fptr,
    Header,
    Mptr,
    Root,
    Section,
    StructMap,
)
from ingest.rules.mets.breaches import Breaches
from ingest.rules.mets.versions import Version

ElementT_contra = TypeVar("ElementT_contra", contravariant=True)


class Level(StrEnum):
    """Which document of a package a METS document is."""

    PACKAGE = "package"
    REPRESENTATION = "representation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The package around a METS document.

    `entries` are its files with their sizes, None when a METS is judged alone; `folders` all its folders in lower
    case, without the last `/`. `root` is the name of the folder that it came in and `latest` the last day that may
    have begun anywhere (YYYY-MM-DD), "" when not known.
    """

    entries: Mapping[PackagePath, int] | None
    folders: frozenset[str] = frozenset()
    root: str = ""
    latest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A METS document as far as its root says: `folder` is its own, "" at the top, else with the last `/`."""

    source: PackagePath
    dialect: Dialect
    level: Level
    folder: str
    root: Root
    versions: frozenset[Version]
    package: Package

    @property
    def name(self) -> str:
        """The name of the folder that the document describes, "" when it is not known."""
        return self.folder.rstrip("/").rpartition("/")[2] if self.folder else self.package.root


@dataclass(slots=True, kw_only=True)
class Group:
    """A file group, and how many files stand in it directly."""

    element: FileGroup
    files: int = 0
    groups: int = 0


@dataclass(slots=True, kw_only=True)
class Division:
    """A division of a structural map down to the second level, with its own pointers.

    `pointed` are the file groups, by id, that it or a division inside it points to.
    """

    element: Div
    fptrs: list[Fptr] = field(default_factory=list)
    mptrs: list[Mptr] = field(default_factory=list)
    pointed: set[str] = field(default_factory=set)


@dataclass(slots=True, kw_only=True)
class Structure:
    """A structural map: its top divisions, and those directly inside them."""

    element: StructMap
    tops: list[Division] = field(default_factory=list)
    divisions: list[Division] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Summary:
    """What a document was made of, its files left out; grows with sections, groups and divisions only."""

    document: Document
    headers: list[Header] = field(default_factory=list)
    agents: list[Agent] = field(default_factory=list)
    record_ids: list[AltRecordId] = field(default_factory=list)
    administrative: list[AmdSection] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    file_sections: list[FileSection] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    structures: list[Structure] = field(default_factory=list)

    @property
    def root(self) -> Root:
        """The document's root element."""
        return self.document.root


@dataclass(frozen=True, slots=True, kw_only=True)
class MetsRule(Generic[ElementT_contra]):
    """A rule by its id; `check` is pure and says how an element (or a summary) breaks it."""

    id: str
    check: Callable[[ElementT_contra, Document], Breaches]
