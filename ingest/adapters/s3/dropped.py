"""A drop's objects, read as they were when it was claimed, or not at all."""

from collections.abc import Iterator
from functools import partial

from botocore.exceptions import ClientError

from ingest.adapters.files import CHUNK
from ingest.adapters.s3.bucket import Bucket
from ingest.adapters.s3.drop_claims import DropClaim, Seen
from ingest.adapters.s3.faults import MISSING, code_of, faults_of
from ingest.adapters.s3.reading import S3Reader
from ingest.drop_ports import DroppedFile
from ingest.errors import InvalidKey, SourceUnreadable


class DroppedObjects:
    """`RemoteDrop` of the objects that a claim covers, below a folder prefix of a bucket.

    `beyond` are the names that are too long to be put away: while there are any, nothing is read.
    """

    def __init__(self, bucket: Bucket, folder: str, claim: DropClaim, beyond: tuple[str, ...]) -> None:
        self._bucket, self._folder, self._beyond = bucket, folder, beyond
        self.name, self.is_folder = claim.name, claim.is_folder
        self.origin = f"s3://{bucket.address.bucket}/{folder}{claim.name}#{claim.place}"
        inside = f"{claim.name}/" if claim.is_folder else ""
        self._seen = {_file(one, inside): one for one in claim.package}
        self.files = tuple(self._seen)
        self.note = None if claim.note is None else _file(claim.note, "")
        if claim.note is not None and self.note is not None:
            self._seen[self.note] = claim.note

    def chunks(self, file: DroppedFile) -> Iterator[bytes]:
        """Read a file in chunks of at most 1 MiB. Raises InvalidKey, SourceUnreadable, StoreUnavailable."""
        for name in self._beyond:
            raise InvalidKey(f"Namnet {name} är för långt.", f"The name {name} is too long.")
        return read_as_seen(self._bucket, self._folder, self._seen[file])


def _file(seen: Seen, inside: str) -> DroppedFile:
    return DroppedFile(name=seen.key.removeprefix(inside), size=seen.size)


def read_as_seen(bucket: Bucket, folder: str, seen: Seen) -> Iterator[bytes]:
    """Read an object that is still the one that was listed. Raises SourceUnreadable, StoreUnavailable."""
    with faults_of(bucket.place):
        try:
            first = bucket.get(folder + seen.key)
        except ClientError as error:
            if code_of(error) in MISSING:
                raise changed(seen.key) from error
            raise
    with S3Reader(first, partial(bucket.get, folder + seen.key), bucket.place) as stream:
        if first["ETag"] != seen.etag:
            raise changed(seen.key)
        while chunk := stream.read(CHUNK):
            yield chunk


def changed(key: str) -> SourceUnreadable:
    """Say that an object is no longer what was claimed."""
    return SourceUnreadable(
        f"{key} har ändrats eller tagits bort sedan det började tas emot.",
        f"{key} has been changed or taken away since it began to be taken in.",
    )
