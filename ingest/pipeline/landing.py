"""Stage delivered files in batches: the bytes of a batch are durable together, then it is recorded."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from ingest.domain.fixity import Fixity
from ingest.domain.packages import StagedObject
from ingest.domain.paths import PackagePath
from ingest.pipeline.staging_keys import object_key
from ingest.pipeline.step import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredFile:
    """A file on its way into staging: its number in the delivery, its path from the package's root, its bytes."""

    ordinal: int
    path: PackagePath
    chunks: Iterable[bytes]


def land(
    delivery_id: str, files: Iterable[DeliveredFile], ports: Ports, lent: Mapping[int, StagedObject] | None = None
) -> None:
    """Stage files and record them; those `lent`, by number, are staged already and only to be recorded.

    A run that was cut off goes on after the last batch recorded. Each file is read before the next is asked for.
    """
    coming = iter(files)
    while batch := _staged(delivery_id, islice(coming, ports.batch), ports, lent or {}):
        ports.catalogue.add_staged(delivery_id, batch)


def staged_alone(delivery_id: str, file: DeliveredFile, ports: Ports) -> StagedObject:
    """Stage one file, and leave it to the caller to have it recorded."""
    return _recorded(delivery_id, file, ports.staging.put(object_key(delivery_id, file.ordinal), file.chunks))


def _staged(
    delivery_id: str, files: Iterable[DeliveredFile], ports: Ports, lent: Mapping[int, StagedObject]
) -> tuple[StagedObject, ...]:
    seen: list[DeliveredFile] = []

    def waiting() -> Iterator[tuple[str, Iterable[bytes]]]:
        for file in files:
            seen.append(file)
            if file.ordinal not in lent:
                yield object_key(delivery_id, file.ordinal), file.chunks

    stored = iter(ports.staging.put_all(waiting()))
    return tuple([lent.get(file.ordinal) or _recorded(delivery_id, file, next(stored)) for file in seen])


def _recorded(delivery_id: str, file: DeliveredFile, fixity: Fixity) -> StagedObject:
    key = object_key(delivery_id, file.ordinal)
    return StagedObject(ordinal=file.ordinal, path=file.path, size=fixity.size, sha256=fixity.sha256, key=key)
