"""Land a pushed case in staging: its parts as they come, then all else that it holds or names (DESIGN §4)."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from ingest.application.arrivals import Refused
from ingest.application.arriving import Arrival
from ingest.application.hold_push import HeldPush
from ingest.application.resumable_uploads import bytes_copied, own_upload, take_over
from ingest.application.room import Room
from ingest.application.within_quota import require_fit
from ingest.domain.findings import Severity, Violation
from ingest.domain.fixity import Fixity
from ingest.domain.packages import StagedObject
from ingest.domain.paths import PackagePath
from ingest.domain.uploads import Upload
from ingest.errors import UnknownSubject
from ingest.formats.case_push import DESCRIPTOR
from ingest.formats.pushed_case import FromUpload, Inline, Part, fault_of, unmatched
from ingest.pipeline.staging_keys import object_key
from ingest.pipeline.step import Ports
from ingest.rules.grouping import group

_DESCRIPTOR_ORDINAL: Final = 0
_FIRST_PART: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LandedPart:
    """A part of the request that lies in staging."""

    ordinal: int
    fixity: Fixity


@dataclass(slots=True, kw_only=True)
class Landing:
    """A push on its way in: parts land one by one, in the order in which they come."""

    arrival: Arrival
    ports: Ports
    parts: dict[str, LandedPart] = field(default_factory=dict)

    def land(self, name: str, chunks: Iterable[bytes]) -> bool:
        """Stage a part; False when one of that name has come already. Raises EarkivError, and what `chunks` raise."""
        if name in self.parts:
            return False
        ordinal = _FIRST_PART + len(self.parts)
        fixity = self.ports.staging.put(object_key(self.arrival.upload.id, ordinal), chunks)
        self.parts[name] = LandedPart(ordinal=ordinal, fixity=fixity)
        return True


def land_push(push: HeldPush, landing: Landing, room: Room) -> list[StagedObject] | Refused:
    """Stage all of a push and say where every file lies, or refuse what shows at once.

    Raises QuotaReached and QuotaTooSmall where the uploads that it names do not fit, OutOfSpace, EarkivError.
    """
    uploads = _finished_uploads(push, landing)
    findings = group([*_absent(push, uploads), *push.dates], push.agreement)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return Refused(findings=findings)
    found = [*unmatched(push.documents, frozenset(landing.parts)), *_other_bytes(push, landing.parts)]
    found += _other_lengths(push, uploads)
    if found:
        return Refused(findings=group(found))
    if uploads:
        lengths = sum(upload.length for upload in uploads.values())
        require_fit(landing.ports.catalogue.count_uploaded(landing.arrival.upload, lengths))
    with room.promised(sum(map(bytes_copied, uploads.values()))):
        try:
            return _staged(push, uploads, landing)
        except UnknownSubject:
            # One was let go meanwhile: as if it had never been there.
            absent = list(_absent(push, _finished_uploads(push, landing)))
            if not absent:
                raise
            return Refused(findings=group(absent, push.agreement))


def _finished_uploads(push: HeldPush, landing: Landing) -> dict[str, Upload]:
    """Find the sender's own finished uploads among those that the documents name."""
    found = {}
    for named in {d.bytes.id for d in push.documents if isinstance(d.bytes, FromUpload)}:
        with suppress(UnknownSubject):
            upload = own_upload(named, landing.arrival.upload.sender, landing.ports)
            if upload.is_finished:
                found[upload.id] = upload
    return found


def _absent(push: HeldPush, uploads: Mapping[str, Upload]) -> list[Violation]:
    return [
        Violation(rule="EARKIV-FIX-3", location=d.at, detail=f"upload {d.bytes.id}")
        for d in push.documents
        if isinstance(d.bytes, FromUpload) and d.bytes.id not in uploads
    ]


def _other_bytes(push: HeldPush, parts: Mapping[str, LandedPart]) -> list[Violation]:
    landed = ((d, parts[d.bytes.name]) for d in push.documents if isinstance(d.bytes, Part) and d.bytes.name in parts)
    faults = (fault_of(document, part.fixity.size, part.fixity.sha256) for document, part in landed)
    return [fault for fault in faults if fault is not None]


def _other_lengths(push: HeldPush, uploads: Mapping[str, Upload]) -> list[Violation]:
    """Say which uploads cannot be what their documents say, before anything of them is copied."""
    named = ((d, uploads[d.bytes.id]) for d in push.documents if isinstance(d.bytes, FromUpload))
    faults = (fault_of(document, upload.length, document.sha256) for document, upload in named)
    return [fault for fault in faults if fault is not None]


def _staged(push: HeldPush, uploads: Mapping[str, Upload], landing: Landing) -> list[StagedObject] | Refused:
    """Stage what has no place of its own yet, and say where every file of the delivery lies."""
    ordinals = count(_FIRST_PART + len(landing.parts))
    objects, faults = [_put(landing, _DESCRIPTOR_ORDINAL, DESCRIPTOR, push)], []
    taken: dict[str, tuple[str, Fixity]] = {}
    for document in push.documents:
        match document.bytes:
            case Part(name=name):
                part = landing.parts[name]
                objects.append(_object(landing, part.ordinal, document.path, part.fixity))
            case Inline():
                objects.append(_put(landing, next(ordinals), document.path, push))
            case FromUpload(id=upload):
                ordinal = next(ordinals)
                fixity = _from_upload(uploads[upload], object_key(landing.arrival.upload.id, ordinal), taken, landing)
                faults.append(fault_of(document, fixity.size, fixity.sha256))
                objects.append(_object(landing, ordinal, document.path, fixity))
    found = [fault for fault in faults if fault is not None]
    return Refused(findings=group(found)) if found else objects


def _from_upload(upload: Upload, key: str, taken: dict[str, tuple[str, Fixity]], landing: Landing) -> Fixity:
    """Take an upload over under a key, by a copy at most once, however many documents have its bytes."""
    if upload.id not in taken:
        taken[upload.id] = (key, take_over(upload, key, landing.ports))
        return taken[upload.id][1]
    first, fixity = taken[upload.id]
    landing.ports.staging.adopt(key, landing.ports.staging, first, fixity)
    return fixity


def _put(landing: Landing, ordinal: int, path: PackagePath, push: HeldPush) -> StagedObject:
    key = object_key(landing.arrival.upload.id, ordinal)
    return _object(landing, ordinal, path, landing.ports.staging.put(key, push.chunks(path)))


def _object(landing: Landing, ordinal: int, path: PackagePath, fixity: Fixity) -> StagedObject:
    key = object_key(landing.arrival.upload.id, ordinal)
    return StagedObject(ordinal=ordinal, path=path, size=fixity.size, sha256=fixity.sha256, key=key)
