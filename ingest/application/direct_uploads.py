"""Uploads that producers put into staging by themselves, in parts, by addresses that are signed for them alone.

From when its bytes are proven on, such an upload is one like any other that came in one segment (`resumable_uploads`).
What a store says of an object but its bytes is not relied on: size and SHA-256 are read from the object itself.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from ingest.application.resumable_uploads import (
    Announced,
    announced_upload,
    let_go,
    let_in,
    new_key,
    no_upload,
    own_upload,
)
from ingest.application.room import Room
from ingest.domain.findings import Finding, Location, Violation
from ingest.domain.fixity import Fixity
from ingest.domain.uploads import DirectPlace, Part, Segment, Upload, missing_parts
from ingest.errors import HandedBack, ObjectMissing, UnknownSubject
from ingest.network_ports import DirectStore
from ingest.pipeline.step import Ports
from ingest.rules.grouping import group

LASTING: Final = timedelta(minutes=15)
"""For so long an address is good: a part that is begun before its end comes in."""
MOST_ADDRESSES: Final = 100
"""Addresses that are given at a time."""
_READ_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """A part, and where it is to be put; the address is a secret."""

    part: Part
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a direct upload has come: the parts that are missing, and the addresses of the first of them."""

    upload: Upload
    missing: tuple[Part, ...]
    addressed: tuple[Addressed, ...]
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """All bytes lie in staging and are those that the sender stated."""

    upload: Upload


@dataclass(frozen=True, slots=True, kw_only=True)
class Incomplete:
    """Parts have not come yet; those that have are kept."""

    missing: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAsStated:
    """The bytes are others than the sender stated."""

    findings: tuple[Finding, ...]


Completion = Proven | Incomplete | NotAsStated


def begin_direct(announced: Announced, room: Room, ports: Ports, direct: DirectStore) -> Upload:
    """Begin an upload. Raises as `resumable_uploads.begin` does, EarkivError: then there is none."""
    bare = announced_upload(announced, ports)
    upload = let_in(replace(bare, direct=DirectPlace(key=new_key(bare, ports))), room, ports)
    # The store is asked behind the row: what is begun there and has no row is nobody's.
    try:
        return ports.catalogue.begin_direct(upload.id, direct.begin(_place(upload).key))
    except BaseException:
        # Nobody can name it. Should this fail too, it goes when its time is over.
        ports.catalogue.forget_upload(upload.id)
        raise


def own_direct_upload(upload_id: str, sender: str | None, ports: Ports) -> Upload:
    """Give a direct upload of that sender. Raises UnknownSubject."""
    upload = own_upload(upload_id, sender, ports)
    if upload.direct is None:
        raise no_upload(upload_id)
    return upload


def standing_of(upload: Upload, ports: Ports, direct: DirectStore) -> Standing:
    """Say what is missing, and sign addresses for it. Raises UnknownSubject where the store has given the upload up."""
    until = min(ports.clock.now() + LASTING, upload.expires_at)
    missing = () if upload.is_finished else _missing(upload, ports, direct)
    place, lasting = _place(upload), until - ports.clock.now()
    addressed = tuple(
        Addressed(part=part, address=direct.address(place.key, place.begun, part, lasting))
        for part in missing[:MOST_ADDRESSES]
    )
    return Standing(upload=upload, missing=missing, addressed=addressed, until=until)


def finish(
    upload: Upload, sha256: str, ports: Ports, direct: DirectStore, is_stopping: Callable[[], bool]
) -> Completion:
    """Make the parts one object and prove by reading it that it is what was announced and stated.

    The same again gives the same. What is not as stated is let go. Raises UnknownSubject where the upload was let go
    meanwhile, HandedBack where it cannot be read to its end now, EarkivError.
    """
    if not upload.is_finished:
        missing = _completed(upload, ports, direct)
        if missing:
            return Incomplete(missing=missing)
        found = _read(upload, ports, is_stopping)
        if found != Fixity(size=upload.length, sha256=sha256):
            let_go(upload, ports)
            return NotAsStated(findings=_faults(upload, found, sha256))
        upload = _recorded(upload, found, ports)
    (only,) = upload.segments
    if only.sha256 != sha256:
        return NotAsStated(findings=_faults(upload, Fixity(size=only.size, sha256=only.sha256), sha256))
    return Proven(upload=upload)


def _missing(upload: Upload, ports: Ports, direct: DirectStore) -> tuple[Part, ...]:
    place = _place(upload)
    sent = direct.sent(place.key, place.begun)
    if sent is None:
        _require_completed(upload, ports)
        return ()
    return missing_parts(upload.length, sent)


def _completed(upload: Upload, ports: Ports, direct: DirectStore) -> tuple[Part, ...]:
    """Make the parts the object, unless some are missing: say which."""
    place = _place(upload)
    sent = direct.sent(place.key, place.begun)
    if sent is not None:
        missing = missing_parts(upload.length, sent)
        if missing:
            return missing
        if direct.complete(place.key, place.begun, sent):
            return ()
    # By an earlier request, whose answer may have been lost; or it was given up.
    _require_completed(upload, ports)
    return ()


def _require_completed(upload: Upload, ports: Ports) -> None:
    """Let an upload go that the store has given up, by a lifecycle rule or a person. Raises UnknownSubject."""
    if ports.staging.stat(_place(upload).key) is None:
        let_go(upload, ports)
        raise no_upload(upload.id)


def _read(upload: Upload, ports: Ports, is_stopping: Callable[[], bool]) -> Fixity:
    """Read the object from its first byte to its last."""
    digest, size = hashlib.sha256(), 0
    try:
        with ports.staging.open(_place(upload).key) as stream:
            while chunk := stream.read(_READ_BYTES):
                digest.update(chunk)
                size += len(chunk)
                if is_stopping():
                    raise HandedBack(
                        f"Uppladdningen {upload.id} prövas inte klart: processen ska stoppas.",
                        f"The upload {upload.id} is not proven to its end: this process stops.",
                    )
    except ObjectMissing as gone:
        # Let go meanwhile, or a person's doing.
        let_go(upload, ports)
        raise no_upload(upload.id) from gone
    return Fixity(size=size, sha256=digest.hexdigest())


def _recorded(upload: Upload, found: Fixity, ports: Ports) -> Upload:
    segment = Segment(key=_place(upload).key, size=found.size, sha256=found.sha256)
    try:
        # False where another request has proven it meanwhile: the same object.
        ports.catalogue.extend_upload(upload.id, 0, (segment,))
    except UnknownSubject:
        # Whoever let it go may have looked before it was completed.
        let_go(upload, ports)
        raise
    return ports.catalogue.upload(upload.id)


def _faults(upload: Upload, found: Fixity, sha256: str) -> tuple[Finding, ...]:
    place = Location(file=upload.name or upload.id)
    violations = []
    if found.size != upload.length:
        violations.append(Violation(rule="EARKIV-FIX-2", location=place, detail=f"{upload.length} ≠ {found.size}"))
    if found.sha256 != sha256:
        violations.append(Violation(rule="EARKIV-FIX-1", location=place, detail=f"{sha256} ≠ {found.sha256}"))
    return group(violations)


def _place(upload: Upload) -> DirectPlace:
    if upload.direct is None:
        message = "this upload passes through the archive"
        raise AssertionError(message)
    return upload.direct
