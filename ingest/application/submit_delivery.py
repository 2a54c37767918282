"""Hand a folder or a container on this machine over: its bytes land in staging, and then the delivery is `received`."""

from dataclasses import dataclass
from pathlib import Path

from ingest.application.handing_over import Landed, Terms, hand_over
from ingest.application.land_folder import land_folder
from ingest.application.local_sources import chunks_of, listed, unreadable
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.deliveries import Delivery, SourceContainer
from ingest.domain.paths import PackagePath
from ingest.formats.containers import kind_of, package_root
from ingest.formats.side_car import find_side_car
from ingest.pipeline.landing import DeliveredFile, staged_alone
from ingest.pipeline.staging_keys import container_key
from ingest.pipeline.step import Ports, Work
from ingest.pipeline.unpacking import SIDE_CAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What is handed over: a local path, the agreement it comes under, and who does it."""

    path: Path
    agreement: SubmissionAgreement
    owner: str


def submit(handover: Handover, ports: Ports) -> str:
    """Land the bytes durably and give the delivery's id, as `hand_over` does.

    Raises SourceUnreadable when the operating system refuses to read, OutOfSpace, StoreReadOnly.
    """
    terms = Terms(agreement=handover.agreement, owner=handover.owner)
    try:
        return hand_over(_LocalSource(handover.path), terms, ports)
    except OSError as error:
        raise unreadable(handover.path, error) from error


class _LocalSource:
    """A folder or a file of this machine."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.origin = str(path.resolve())

    @property
    def kind(self) -> str:
        """What the path is by now."""
        if self._path.is_dir():
            return "folder"
        kind = kind_of(self._path)
        return kind.value if kind else "file"

    def is_as_begun(self, upload: Delivery, ports: Ports) -> bool:
        """Whether it has the names and sizes that have landed, and nothing newer."""
        if upload.source.kind != "folder":
            return self._path.stat().st_mtime <= upload.received_at.timestamp()
        view = listed(self._path)
        root = package_root(view.entries)
        found = {n: (path.removeprefix(root), size) for n, (path, size) in enumerate(view.entries.items())}
        landed = all(found.get(o.ordinal) == (o.path, o.size) for o in ports.catalogue.staged(upload.id))
        return landed and view.newest <= upload.received_at.timestamp()

    def land(self, work: Work) -> Landed:
        """Stage the folder's files, or the container and its note."""
        if work.delivery.source.kind == "folder":
            return land_folder(work, self._path)
        return self._land_file(work.delivery, work.ports), ()

    def _land_file(self, upload: Delivery, ports: Ports) -> SourceContainer:
        key = container_key(upload.id)
        ports.staging.prove_room(self._path.stat().st_size)
        fixity = ports.staging.put(key, chunks_of(self._path))
        return SourceContainer(
            name=self._path.name,
            kind=upload.source.kind,
            size=fixity.size,
            sha256=fixity.sha256,
            key=key,
            side_car=self._land_side_car(upload, ports),
        )

    def _land_side_car(self, upload: Delivery, ports: Ports) -> str:
        beside = find_side_car(self._path)
        if beside is None:
            return ""
        path = PackagePath(beside.name)
        note = staged_alone(upload.id, DeliveredFile(ordinal=SIDE_CAR, path=path, chunks=chunks_of(beside)), ports)
        ports.catalogue.add_staged(upload.id, [note])
        return path
