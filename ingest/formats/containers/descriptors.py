"""The files of a container that may describe the package in it, found while it is listed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain

from ingest.domain.paths import PackagePath
from ingest.formats.containers.members import ContainerDamaged, Content, Entry, Member
from ingest.formats.containers.roots import package_root

MayDescribe = Callable[[PackagePath, bytes], bool]
"""Tells by a path from the package's root, and by the first bytes of files in the root itself, what may describe it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An open container: its files, and the folder around the package (with its `/`, or "").

    `descriptors` are the files that may describe the package, by their paths from its root; None stands for the
    content of one that was not kept.
    """

    members: tuple[Member, ...]
    root: str
    descriptors: Mapping[PackagePath, Content | None]

    def inside(self, member: Member) -> PackagePath:
        """Give a file's path from the package's root."""
        return PackagePath(member.path.removeprefix(self.root))


class Descriptors:
    """Looks at the files in the order they come; a file in the root is looked into, in any other place only named."""

    def __init__(self, may_describe: MayDescribe, most: int) -> None:
        """Keep at most so many bytes of content that comes only once."""
        self._may_describe = may_describe
        self._left = most
        self._around: str | None = None
        self._found: dict[PackagePath, Content | None] = {}

    def look_at(self, member: Member, entry: Entry) -> None:
        """Keep a file if it may describe the package. Raises ContainerDamaged where the content comes only once."""
        inside = PackagePath(member.path.removeprefix(self._root(member.path)))
        if self._may_describe(inside, b""):
            self._found[member.path] = entry.later() or self._kept(member, entry.chunks())
        elif "/" not in inside:
            self._look_into(inside, member, entry)

    def opened(self, members: tuple[Member, ...]) -> Opened:
        """Give what was found, now that all files are known, and with them the root."""
        root = package_root(member.path for member in members)
        inside = {PackagePath(path.removeprefix(root)): content for path, content in self._found.items()}
        found = {path: content for path, content in inside.items() if "/" not in path or self._may_describe(path, b"")}
        return Opened(members=members, root=root, descriptors=found)

    def _root(self, path: PackagePath) -> str:
        """Give the one folder that all files so far lie in; there is none as soon as there are two, or a file."""
        top = path[: path.find("/") + 1]
        if self._around is None:
            self._around = top
        elif self._around != top:
            self._around = ""
        return self._around

    def _look_into(self, inside: PackagePath, member: Member, entry: Entry) -> None:
        later = entry.later()
        try:
            chunks = later() if later else entry.chunks()
            head = next(chunks, b"")
            if not self._may_describe(inside, head):
                return
        except ContainerDamaged:
            if later is None:
                raise
            # The listing comes first, and then whatever is wrong with the files in their order.
        else:
            later = later or self._kept(member, chain((head,), chunks))
        self._found[member.path] = later

    def _kept(self, member: Member, chunks: Iterator[bytes]) -> Content | None:
        if member.size > self._left:
            return None
        self._left -= member.size
        content = b"".join(chunks)
        return partial(_once, content)


def _once(content: bytes) -> Iterator[bytes]:
    yield content
