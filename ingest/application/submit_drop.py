"""Hand a drop over that lies elsewhere: it streams into staging, and then the delivery is `received`.

What was claimed never changes while it is read: the place says so when it does. So an upload that was cut off goes on
where it was, and a folder is read first when it is staged; only what its names and sizes show refuses it before.
"""

from dataclasses import replace
from typing import Final

from ingest.application.deliver_container import staged_container
from ingest.application.handing_over import Landed, Terms, hand_over, let_go_of_all
from ingest.domain.deliveries import Delivery, SourceContainer
from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath, UnsafePath, parse_path
from ingest.drop_ports import RemoteDrop
from ingest.errors import SourceUnreadable
from ingest.formats.containers import DEFAULT_LIMITS, Limits, Member, Refused, list_names, package_root, printable
from ingest.formats.wire import canonical_digest
from ingest.pipeline.landing import DeliveredFile, land, staged_alone
from ingest.pipeline.staging_keys import container_key
from ingest.pipeline.step import Ports, Work
from ingest.pipeline.unpacking import SIDE_CAR

_FOLDER: Final = "folder"


def submit_drop(drop: RemoteDrop, terms: Terms, ports: Ports, limits: Limits = DEFAULT_LIMITS) -> str:
    """Land the bytes durably and give the delivery's id, as `hand_over` does.

    Raises SourceUnreadable where it is no longer what was claimed, OutOfSpace, StoreReadOnly. Nobody goes on then with
    what has landed of it, nor, once all of it has, with what a watcher landed that is dead: it is let go.
    """
    try:
        delivery = hand_over(_DroppedSource(drop, limits), terms, ports)
    except SourceUnreadable:
        let_go_of_all(drop.origin, terms.owner, ports)
        raise
    let_go_of_all(drop.origin, terms.owner, ports)
    return delivery


class _DroppedSource:
    """A drop that lies elsewhere."""

    def __init__(self, drop: RemoteDrop, limits: Limits) -> None:
        self._drop, self._limits = drop, limits
        self.origin = drop.origin
        self.kind = _FOLDER if drop.is_folder else "file"

    def is_as_begun(self, upload: Delivery, ports: Ports) -> bool:  # noqa: ARG002 - what was claimed is what it is
        """Say yes: its origin names the claim, and what was claimed does not change."""
        return True

    def land(self, work: Work) -> Landed:
        """Stage the folder's files, or the container and its note."""
        return self._land_folder(work) if self._drop.is_folder else self._land_file(work)

    def _land_file(self, work: Work) -> Landed:
        (file,), ports = self._drop.files, work.ports
        key = container_key(work.delivery.id)
        ports.staging.prove_room(file.size)
        fixity = ports.staging.put(key, self._drop.chunks(file))
        landed = staged_container(self._drop.name, key, fixity, ports)
        side_car, violations = self._land_note(work)
        return replace(landed, side_car=side_car), violations

    def _land_note(self, work: Work) -> tuple[str, tuple[Violation, ...]]:
        """Stage the note; one whose name cannot be kept is told, and the container stands alone."""
        note = self._drop.note
        if note is None:
            return "", ()
        path = parse_path(note.name)
        if isinstance(path, UnsafePath):
            place = Location(file=printable(note.name), value=path.fault)
            return "", (Violation(rule="EARKIV-PKG-5", location=place),)
        file = DeliveredFile(ordinal=SIDE_CAR, path=path, chunks=self._drop.chunks(note))
        work.ports.catalogue.add_staged(work.delivery.id, [staged_alone(work.delivery.id, file, work.ports)])
        return path, ()

    def _land_folder(self, work: Work) -> Landed:
        source = replace(work.delivery.source, name=self._drop.name)
        listed = list_names(((file.name, file.size) for file in self._drop.files), self._drop.name, self._limits)
        match listed:
            case Refused(violations=violations):
                return self._unread(source), violations
            case members:
                self._stage(work, members)
                return source, ()

    def _unread(self, source: SourceContainer) -> SourceContainer:
        seen = [[printable(file.name), file.size] for file in self._drop.files]
        return replace(source, size=sum(file.size for file in self._drop.files), sha256=canonical_digest(seen))

    def _stage(self, work: Work, members: tuple[Member, ...]) -> None:
        root = package_root([member.path for member in members])
        known = {staged.ordinal for staged in work.ports.catalogue.staged(work.delivery.id)}
        both = enumerate(zip(members, self._drop.files, strict=True))
        waiting = [(n, PackagePath(m.path.removeprefix(root)), file) for n, (m, file) in both if n not in known]
        work.ports.staging.prove_room(sum(file.size for _, _, file in waiting))
        coming = (DeliveredFile(ordinal=n, path=path, chunks=self._drop.chunks(file)) for n, path, file in waiting)
        land(work.delivery.id, coming, work.ports)
