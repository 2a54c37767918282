"""What rules look at: the whole package, each claim about a file, each listed file, each case, and so on.

Subjects are made one by one while they are judged (`ingest.rules.streams`), so that memory does not grow
with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.cases import Case, Described
from ingest.domain.content_schemas import ContentCheck
from ingest.domain.findings import Location
from ingest.domain.fixity import DeclaredDigest, Digest
from ingest.domain.packages import ObservedFile
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Dialect, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A package to be judged: what was read, and every delivered file as observed.

    `files` is None for a METS judged alone, without payload: what only files could show is not asked then. They
    hold every digest that `ingest.rules.claims.wanted_digests` names. `agreement` is None outside ingest. `side_car`
    is the path under which a delivery note from beside the container lies among the files, "" when none does.
    `contents` says what came of holding files against content schemas, for those with something to tell.
    """

    reading: Reading
    files: Mapping[PackagePath, ObservedFile] | None
    agreement: SubmissionAgreement | None
    producer: str
    side_car: str = ""
    contents: tuple[ContentCheck, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a descriptor says of one file, and the file itself (None when it is absent, or files are not judged)."""

    source: PackagePath | str
    line: int
    link: str
    size: int | None
    digest: DeclaredDigest | None
    parsed: Digest | None
    file: ObservedFile | None

    @property
    def location(self) -> Location:
        """The line that names the file, with its link."""
        return Location(file=self.source, line=self.line, value=self.link)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFile(Claim):
    """An entry of a descriptor's listing; `sought` tells whether its file was looked for and nothing forbade that."""

    path: PackagePath | None
    sought: bool
    element: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldDocument(Claim):
    """A document that a case or record names; `path` and `sought` are as for a listed file."""

    path: PackagePath | None
    dialect: Dialect
    sought: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedUnit:
    """A case or a record, and the descriptor that describes it."""

    unit: Described
    source: PackagePath | str

    def place(self, value: str = "", line: int = 0) -> Location:
        """The descriptor and the line (the unit's own unless given), with the unit's identifier and what was found."""
        parts = (self.unit.id or self.unit.system_id or self.unit.title or "", value)
        return Location(file=self.source, line=line or self.unit.line, value=": ".join(part for part in parts if part))


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCase:
    """A case with what its surroundings decide.

    `within` tells whether it is a part of another case, whose closing holds for it too. `told` are the values
    that the reader has called unknown already.
    """

    case: Case
    described: DescribedUnit
    dialect: Dialect
    within: bool
    told: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedFile:
    """A delivered file; `describes` tells whether it is a descriptor or a delivery note, not content."""

    file: ObservedFile
    describes: bool
    agreement: SubmissionAgreement | None

    @property
    def location(self) -> Location:
        """The file as a whole."""
        return Location(file=self.file.path)
