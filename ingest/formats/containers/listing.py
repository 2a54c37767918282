"""The checks that every container's listing must pass, whatever its kind."""

from dataclasses import dataclass
from typing import Final, assert_never

from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath, UnsafePath, parse_path
from ingest.formats.containers.limits import AGREED_BYTES, AGREED_FILES, Limits
from ingest.formats.containers.members import (
    BEYOND_LIMITS,
    NO_FILE,
    UNSUPPORTED,
    ContainerDamaged,
    EntryKind,
    Listed,
    Member,
    printable,
)

UNSAFE_NAME: Final = "EARKIV-PKG-5"
DUPLICATE: Final = "EARKIV-PKG-10"
_PACKED_FOLDER: Final = frozenset({"", "."})
EMPTY: Final = "EARKIV-PKG-4"
_MOST_TOLD: Final = 1_000
"""After so many faults the rest would tell nobody more."""


@dataclass(slots=True)
class _Sum:
    size: int = 0
    packed: int = 0


class ListingCheck:
    """Judges entries one by one: names, kinds, limits, duplicates; what passes is kept in `members`.

    A place without a file's name in what is told is the container itself.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._found: list[Violation] = []
        self._members: dict[PackagePath, Member] = {}
        self._folders: set[str] = set()
        self._entries = 0
        self._sum = _Sum()

    @property
    def members(self) -> tuple[Member, ...]:
        """The files that passed, in the container's order."""
        return tuple(self._members.values())

    @property
    def found(self) -> tuple[Violation, ...]:
        """What is wrong with the entries seen."""
        return tuple(self._found)

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong so far."""
        return not self._found

    def violations(self) -> tuple[Violation, ...]:
        """Give all that is wrong when every entry has been seen: an empty container too (EARKIV-PKG-4)."""
        if self._found or self._members:
            return self.found
        return (Violation(rule=EMPTY, location=Location(file="")),)

    def add(self, entry: Listed) -> Member | None:
        """Judge one entry; None when it is no file or does not pass. Raises ContainerDamaged beyond a limit."""
        self._entries += 1
        if self._entries > self._limits.entries:
            raise ContainerDamaged.whole(BEYOND_LIMITS, f"more than {self._limits.entries} entries")
        if len(self._found) >= _MOST_TOLD:
            raise ContainerDamaged(self._take_found())
        # `tar -C folder .` writes ./ before every name: the same path in another notation.
        name = entry.name.removeprefix("./")
        if entry.kind is EntryKind.FOLDER:
            if name in _PACKED_FOLDER:
                return None
            name = name.removesuffix("/")
        match parse_path(name):
            case UnsafePath(fault=fault):
                place = Location(file="", value=printable(entry.name))
                self._found.append(Violation(rule=UNSAFE_NAME, location=place, detail=fault.value))
                return None
            case path:
                return self._add_named(path, entry)

    def _take_found(self) -> tuple[Violation, ...]:
        found = self.found
        self._found.clear()
        return found

    def _add_named(self, path: PackagePath, entry: Listed) -> Member | None:
        match entry.kind:
            case EntryKind.FILE:
                return self._add_file(path, entry)
            case EntryKind.FOLDER:
                self._add_folder(path)
            case EntryKind.LINK | EntryKind.SPECIAL | EntryKind.SPARSE | EntryKind.PRIVILEGED:
                self._report(NO_FILE, path, entry.kind.value)
            case EntryKind.ENCRYPTED | EntryKind.UNSUPPORTED:
                self._report(UNSUPPORTED, path, entry.kind.value)
            case _ as never:
                assert_never(never)
        return None

    def _add_file(self, path: PackagePath, entry: Listed) -> Member | None:
        if path in self._members or path in self._folders:
            self._report(DUPLICATE, path, "")
            return None
        self._claim_folders(path)
        self._check_sizes(path, entry)
        self._check_ratio(path, entry)
        member = Member(path=path, size=entry.size, raw=entry.raw)
        self._members[path] = member
        return member

    def _add_folder(self, path: PackagePath) -> None:
        self._claim_folders(path)
        self._folders.add(path)
        if path in self._members:
            self._report(DUPLICATE, path, "both a file and a folder")

    def _claim_folders(self, path: PackagePath) -> None:
        """Remember the folders above a path: what is a folder cannot be a file too."""
        parent = path.rpartition("/")[0]
        while parent and parent not in self._folders:
            self._folders.add(parent)
            if parent in self._members:
                self._report(DUPLICATE, parent, "both a file and a folder")
            parent = parent.rpartition("/")[0]

    def _check_sizes(self, path: PackagePath, entry: Listed) -> None:
        limits = self._limits
        self._sum.size += entry.size
        if entry.size > limits.member_bytes:
            raise ContainerDamaged.at(path, BEYOND_LIMITS, f"{entry.size} bytes > {limits.member_bytes}")
        if self._sum.size > limits.unpacked_bytes:
            raise ContainerDamaged.whole(BEYOND_LIMITS, f"more than {limits.unpacked_bytes} bytes unpacked")
        if limits.agreed_bytes is not None and self._sum.size > limits.agreed_bytes:
            raise ContainerDamaged.whole(AGREED_BYTES, f"> {limits.agreed_bytes}")
        if limits.agreed_files is not None and len(self._members) >= limits.agreed_files:
            raise ContainerDamaged.whole(AGREED_FILES, f"> {limits.agreed_files}")

    def _check_ratio(self, path: PackagePath, entry: Listed) -> None:
        if entry.packed is None:
            return
        self._sum.packed += entry.packed
        if self._over(entry.size, entry.packed):
            self._report(BEYOND_LIMITS, path, f"{entry.size} bytes packed into {entry.packed}")
        elif self._over(self._sum.size, self._sum.packed) and not self._found:
            self._report(BEYOND_LIMITS, "", f"more than {self._limits.ratio} times its packed size")

    def _over(self, size: int, packed: int) -> bool:
        return size > self._limits.ratio_floor and size > packed * self._limits.ratio

    def _report(self, rule: str, file: str, detail: str) -> None:
        self._found.append(Violation(rule=rule, location=Location(file=file), detail=detail))
