"""Hand a folder or a container over: its bytes land in staging, and from then on the delivery is `received`."""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.application.land_folder import land_folder
from ingest.application.local_sources import chunks_of, listed, unreadable
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.decisions import Transition
from ingest.domain.deliveries import Delivery, DeliveryState, SourceContainer, moved
from ingest.domain.paths import PackagePath
from ingest.errors import ObjectExists, UnknownSubject
from ingest.formats.containers import kind_of, package_root
from ingest.formats.side_car import find_side_car
from ingest.pipeline.landing import DeliveredFile, staged_alone
from ingest.pipeline.names import RECEIVE_SUBMISSION
from ingest.pipeline.staging_keys import container_key
from ingest.pipeline.step import Ports, Work
from ingest.pipeline.unpacking import SIDE_CAR
from ingest.ports import Lease
from ingest.rules.grouping import group


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What is handed over: a local path, the agreement it comes under, and who does it."""

    path: Path
    agreement: SubmissionAgreement
    owner: str


def submit(handover: Handover, ports: Ports) -> str:
    """Land the bytes durably and give the delivery's id; an upload that was cut off goes on where it was.

    One that turns out to have landed other bytes of this source is let go, once, and all of it lands anew.
    Raises SourceUnreadable when the operating system refuses to read, OutOfSpace, StoreReadOnly.
    """
    try:
        lease = _resumed(handover, ports) or _opened(handover, ports)
        try:
            _land_under(lease, handover, ports)
        except ObjectExists:
            _let_go_of(lease.delivery, handover, ports)
            lease = _opened(handover, ports)
            _land_under(lease, handover, ports)
    except OSError as error:
        raise unreadable(handover.path, error) from error
    return lease.delivery


def _resumed(handover: Handover, ports: Ports) -> Lease | None:
    """Find the upload of this source that was cut off; one whose source has changed since is let go."""
    kept = None
    for upload in ports.catalogue.uploads_from(str(handover.path.resolve())):
        lease = taken_over(upload, handover.owner, ports)
        if lease is None:
            continue
        if kept is None and _unchanged(upload, handover, ports):
            kept = lease
        else:
            discard(upload, ports)
    return kept


def taken_over(upload: Delivery, owner: str, ports: Ports) -> Lease | None:
    """Take an upload over; None when another living worker is landing it, or has landed or discarded it."""
    try:
        lease = ports.catalogue.acquire(upload.id, owner)
        if lease is None or ports.catalogue.delivery(upload.id) == upload:
            return lease
    except UnknownSubject:
        return None
    ports.catalogue.release(lease)
    return None


def _unchanged(upload: Delivery, handover: Handover, ports: Ports) -> bool:
    """Whether the source is the one that was being landed: same agreement, same names and sizes, nothing newer."""
    terms = (handover.agreement.id, handover.agreement.version)
    if terms != (upload.agreement, upload.agreement_version) or upload.source.kind != _kind(handover.path):
        return False
    if upload.source.kind != "folder":
        return handover.path.stat().st_mtime <= upload.received_at.timestamp()
    view = listed(handover.path)
    root = package_root(view.entries)
    found = {n: (path.removeprefix(root), size) for n, (path, size) in enumerate(view.entries.items())}
    landed = all(found.get(o.ordinal) == (o.path, o.size) for o in ports.catalogue.staged(upload.id))
    return landed and view.newest <= upload.received_at.timestamp()


def discard(upload: Delivery, ports: Ports) -> None:
    """Let an unfinished upload go: its staged bytes by name, then its row."""
    ports.staging.delete(tuple(ports.staging.keys(f"{upload.id}/")))
    ports.catalogue.discard_upload(upload.id)


def _let_go_of(delivery_id: str, handover: Handover, ports: Ports) -> None:
    """Let an upload go unless another living worker has taken it over by now."""
    for upload in ports.catalogue.uploads_from(str(handover.path.resolve())):
        if upload.id == delivery_id and taken_over(upload, handover.owner, ports) is not None:
            discard(upload, ports)


def _opened(handover: Handover, ports: Ports) -> Lease:
    """Open an upload of our own and take its lease; one that another worker lets go or takes is left to it."""
    while True:
        upload = _upload(handover, ports)
        ports.catalogue.open_upload(upload)
        with suppress(UnknownSubject):
            lease = ports.catalogue.acquire(upload.id, handover.owner)
            if lease is not None:
                return lease


def _upload(handover: Handover, ports: Ports) -> Delivery:
    return Delivery(
        id=ports.ids.new(),
        state=DeliveryState.UPLOADING,
        step=RECEIVE_SUBMISSION,
        version=1,
        received_at=ports.clock.now(),
        source=SourceContainer(name=str(handover.path.resolve()), kind=_kind(handover.path)),
        agreement=handover.agreement.id,
        agreement_version=handover.agreement.version,
    )


def _kind(path: Path) -> str:
    if path.is_dir():
        return "folder"
    kind = kind_of(path)
    return kind.value if kind else "file"


def _land_under(lease: Lease, handover: Handover, ports: Ports) -> None:
    try:
        _land(lease, handover, ports)
    finally:
        ports.catalogue.release(lease)


def _land(lease: Lease, handover: Handover, ports: Ports) -> None:
    upload = ports.catalogue.delivery(lease.delivery)
    if upload.source.kind == "folder":
        work = Work(delivery=upload, lease=lease, ports=ports)
        source, violations = land_folder(work, handover.path)
    else:
        source, violations = _land_file(upload, handover, ports), ()
    after = replace(moved(upload, DeliveryState.RECEIVED, RECEIVE_SUBMISSION), source=source)
    findings = group(violations, handover.agreement)
    ports.catalogue.commit(lease, Transition(before=upload, after=after, findings=findings))


def _land_file(upload: Delivery, handover: Handover, ports: Ports) -> SourceContainer:
    key = container_key(upload.id)
    ports.staging.prove_room(handover.path.stat().st_size)
    fixity = ports.staging.put(key, chunks_of(handover.path))
    return SourceContainer(
        name=handover.path.name,
        kind=upload.source.kind,
        size=fixity.size,
        sha256=fixity.sha256,
        key=key,
        side_car=_land_side_car(upload, handover, ports),
    )


def _land_side_car(upload: Delivery, handover: Handover, ports: Ports) -> str:
    beside = find_side_car(handover.path)
    if beside is None:
        return ""
    path = PackagePath(beside.name)
    note = staged_alone(upload.id, DeliveredFile(ordinal=SIDE_CAR, path=path, chunks=chunks_of(beside)), ports)
    ports.catalogue.add_staged(upload.id, [note])
    return path
