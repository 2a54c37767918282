"""The checks that every container's listing must pass, whatever its kind."""

from dataclasses import dataclass
from typing import assert_never

from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath, UnsafePath, parse_path
from ingest.formats.containers.members import EntryKind, Limits, Listed, Member, printable


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    size: int = 0
    packed: int = 0


class ListingCheck:
    """Judges entries one by one: names, kinds, limits, duplicates; what passes is kept in `members`."""

    def __init__(self, container: str, limits: Limits) -> None:
        self._container = container
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

    def violations_so_far(self) -> tuple[Violation, ...]:
        """Give what is wrong with the entries seen."""
        return tuple(self._found)

    def violations(self) -> tuple[Violation, ...]:
        """Give all that is wrong when every entry has been seen: an empty container too (EARKIV-PKG-4)."""
        found = self.violations_so_far()
        if found or self._members:
            return found
        return (self._violation("EARKIV-PKG-4", self._container, ""),)

    def add(self, entry: Listed) -> Member | None:
        """Judge one entry; None when it is no file or does not pass."""
        self._entries += 1
        if self._entries == self._limits.entries + 1:
            self._report("EARKIV-PKG-7", self._container, f"more than {self._limits.entries} entries")
        match parse_path(entry.name.removesuffix("/") if entry.kind is EntryKind.FOLDER else entry.name):
            case UnsafePath(fault=fault):
                self._found.append(
                    Violation(
                        rule="EARKIV-PKG-5",
                        location=Location(file=self._container, value=printable(entry.name)),
                        detail=fault.value,
                    )
                )
                return None
            case path:
                return self._add_named(path, entry)

    def _add_named(self, path: PackagePath, entry: Listed) -> Member | None:
        match entry.kind:
            case EntryKind.FILE:
                return self._add_file(path, entry)
            case EntryKind.FOLDER:
                self._add_folder(path)
            case EntryKind.LINK | EntryKind.SPECIAL:
                self._report("EARKIV-PKG-6", path, entry.kind.value)
            case EntryKind.ENCRYPTED | EntryKind.UNSUPPORTED:
                self._report("EARKIV-PKG-9", path, entry.kind.value)
            case _ as never:
                assert_never(never)
        return None

    def _add_file(self, path: PackagePath, entry: Listed) -> Member | None:
        if path in self._members or path in self._folders:
            self._report("EARKIV-PKG-10", path, "")
            return None
        self._claim_folders(path)
        self._check_ratio(path, entry)
        member = Member(path=path, size=entry.size)
        self._members[path] = member
        return member

    def _add_folder(self, path: PackagePath) -> None:
        self._claim_folders(path)
        self._folders.add(path)
        if path in self._members:
            self._report("EARKIV-PKG-10", path, "both a file and a folder")

    def _claim_folders(self, path: PackagePath) -> None:
        """Remember the folders above a path: what is a folder cannot be a file too."""
        parent = path.rpartition("/")[0]
        while parent and parent not in self._folders:
            self._folders.add(parent)
            if parent in self._members:
                self._report("EARKIV-PKG-10", parent, "both a file and a folder")
            parent = parent.rpartition("/")[0]

    def _check_ratio(self, path: PackagePath, entry: Listed) -> None:
        if entry.packed is None:
            return
        self._sum = _Sum(size=self._sum.size + entry.size, packed=self._sum.packed + entry.packed)
        if self._over(entry.size, entry.packed):
            self._report("EARKIV-PKG-7", path, f"{entry.size} bytes packed into {entry.packed}")
        elif self._over(self._sum.size, self._sum.packed) and not self._found:
            times = f"more than {self._limits.ratio} times its packed size"
            self._report("EARKIV-PKG-7", self._container, times)

    def _over(self, size: int, packed: int) -> bool:
        return size > self._limits.ratio_floor and size > packed * self._limits.ratio

    def _report(self, rule: str, file: str, detail: str) -> None:
        self._found.append(self._violation(rule, file, detail))

    @staticmethod
    def _violation(rule: str, file: str, detail: str) -> Violation:
        return Violation(rule=rule, location=Location(file=file), detail=detail)
