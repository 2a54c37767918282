"""A folder seen as an open container: its files, and those that may describe the package in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from ingest.formats.containers.descriptors import Descriptors, MayDescribe, Opened
from ingest.formats.containers.members import CHUNK_BYTES, Content, EntryKind, Listed, Member
from ingest.formats.views import FolderView


def opened_folder(listed: FolderView, may_describe: MayDescribe) -> Opened:
    """Look at the files of a folder in the order of its listing. Raises OSError when one cannot be read.

    What lies in the files may be other at any later time: what is read of them must be read where it is staged.
    """
    members = tuple(Member(path=path, size=size) for path, size in listed.entries.items())
    descriptors = Descriptors(may_describe, 0)
    for member in members:
        descriptors.look_at(member, _File(member=member, folder=listed))
    return descriptors.opened(members)


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file of the folder, as the entry of a container."""

    member: Member
    folder: FolderView

    @property
    def listed(self) -> Listed:
        """What the listing says of it."""
        return Listed(name=self.member.path, kind=EntryKind.FILE, size=self.member.size, packed=None)

    def chunks(self) -> Iterator[bytes]:
        """Stream the content in chunks of at most 1 MiB."""
        with self.folder.open(self.member.path) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                yield chunk

    def later(self) -> Content:
        """Give the content as it is whenever it is read."""
        return partial(_File.chunks, self)
