"""Uploads that survive a cut: their bytes lie in staging as write-once segments until a delivery uses them.

What has come when a connection breaks is kept, to the byte. A segment is recorded when it is durable, so that an
upload's offset never promises more than staging holds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ingest.application.room import Room
from ingest.application.within_quota import require_fit
from ingest.domain.fixity import Fixity
from ingest.domain.uploads import Segment, Upload
from ingest.errors import ObjectMissing, UnknownSubject
from ingest.pipeline.step import Ports

LIFETIME: Final = timedelta(days=7)
SEGMENT_BYTES: Final = 64 << 20
"""A process that dies loses no more of an upload than what it has not recorded: less than this."""
MOST_PIECES: Final = 10_000
"""Pieces that an upload comes in, beside those that are as large as they can be: each stands in its row."""
_FOLDER: Final = "uploads"


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What a sender announces: who it is, how many bytes, and what it calls them."""

    sender: str | None
    length: int
    name: str
    metadata: str


def begin(announced: Announced, room: Room, ports: Ports) -> Upload:
    """Begin an upload. Raises OutOfSpace, StagingTooSmall, QuotaReached and QuotaTooSmall when there is no room."""
    return let_in(announced_upload(announced, ports), room, ports)


def announced_upload(announced: Announced, ports: Ports) -> Upload:
    """Give the upload that is announced; nothing is recorded."""
    now = ports.clock.now()
    return Upload(
        id=ports.ids.new(),
        sender=announced.sender,
        length=announced.length,
        name=announced.name,
        metadata=announced.metadata,
        created_at=now,
        expires_at=now + LIFETIME,
    )


def let_in(upload: Upload, room: Room, ports: Ports) -> Upload:
    """Record an upload of which nothing has come. Raises as `begin` does."""
    # Kept until the catalogue counts it: of those who begin at once, none counts on another's.
    with room.promised(upload.length):
        require_fit(ports.catalogue.begin_within_quota(upload))
    return upload


def own_upload(upload_id: str, sender: str | None, ports: Ports) -> Upload:
    """Give an upload of that sender. Raises UnknownSubject: another's is as if it were not there."""
    upload = ports.catalogue.upload(upload_id)
    if upload.sender != sender or upload.expires_at < ports.clock.now():
        raise no_upload(upload_id)
    return upload


def no_upload(upload_id: str) -> UnknownSubject:
    """Say that there is none, or none that the sender may know of."""
    return UnknownSubject(
        f"Det finns ingen uppladdning med identiteten {upload_id}.", f"There is no upload with the id {upload_id}."
    )


def own_passing_upload(upload_id: str, sender: str | None, ports: Ports) -> Upload:
    """Give an upload of that sender whose bytes pass through the archive. Raises UnknownSubject."""
    upload = own_upload(upload_id, sender, ports)
    if upload.direct is not None:
        raise no_upload(upload_id)
    return upload


def takes_more(upload: Upload) -> bool:
    """Say whether an upload has not come in too many pieces to go on."""
    return len(upload.segments) < MOST_PIECES + upload.offset // SEGMENT_BYTES


def land_segments(upload: Upload, chunks: Iterable[bytes], ports: Ports) -> Iterator[Segment]:
    """Stage bytes as segments, each durable when it is given; nothing is recorded. Raises EarkivError."""
    pieces = _pieces(chunks)
    for first in pieces:
        key = new_key(upload, ports)
        fixity = ports.staging.put(key, _one_segment(first, pieces))
        yield Segment(key=key, size=fixity.size, sha256=fixity.sha256)


def new_key(upload: Upload, ports: Ports) -> str:
    """Give a key of an upload's own that nothing has lain under."""
    return f"{_folder_of(upload.id)}{ports.ids.new()}"


def _folder_of(upload_id: str) -> str:
    return f"{_FOLDER}/{upload_id}/"


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut chunks so that none reaches over the end of a segment, with b"" between segments."""
    left = SEGMENT_BYTES
    for chunk in chunks:
        view = memoryview(chunk)
        while len(view) > left:
            yield bytes(view[:left])
            yield b""
            view, left = view[left:], SEGMENT_BYTES
        if view:
            yield bytes(view)
            left -= len(view)


def _one_segment(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    piece = first
    while piece:
        yield piece
        piece = next(pieces, b"")


def bytes_copied(upload: Upload) -> int:
    """Say how many bytes `take_over` copies: none of an upload that is one segment."""
    return 0 if len(upload.segments) == 1 else upload.length


def take_over(upload: Upload, key: str, ports: Ports) -> Fixity:
    """Put a finished upload under a key: without moving bytes where it is one segment.

    Raises UnknownSubject for an upload that was let go meanwhile, EarkivError.
    """
    try:
        return _taken_over(upload, key, ports)
    except ObjectMissing:
        ports.catalogue.upload(upload.id)
        raise


def _taken_over(upload: Upload, key: str, ports: Ports) -> Fixity:
    match upload.segments:
        case (only,):
            fixity = Fixity(size=only.size, sha256=only.sha256)
            ports.staging.adopt(key, ports.staging, only.key, fixity)
            return fixity
        case segments:
            return ports.staging.put(key, _joined(segments, ports))


def _joined(segments: tuple[Segment, ...], ports: Ports) -> Iterator[bytes]:
    for segment in segments:
        with ports.staging.open(segment.key) as stream:
            while chunk := stream.read(1 << 20):
                yield chunk


def let_go(upload: Upload, ports: Ports) -> None:
    """Forget an upload and its bytes; what a delivery has taken over stays with it."""
    # First its row: whoever misses its bytes then knows why. What a death leaves in between is let go as unknown.
    ports.catalogue.forget_upload(upload.id)
    _delete(upload.id, ports)


def _delete(upload_id: str, ports: Ports) -> None:
    """Delete all that lies in staging for an upload, or is on its way there."""
    folder = _folder_of(upload_id)
    if ports.direct is not None:
        # Before the keys are listed: what is given up is not completed meanwhile.
        ports.direct.give_up(folder)
    ports.staging.delete(tuple(ports.staging.keys(folder)))


def let_go_of_unknown(ports: Ports) -> tuple[str, ...]:
    """Delete what lies in staging for uploads that the catalogue does not know, and give their ids."""
    # The keys are listed first: an upload has its row before its first key, so what has none now never gets one.
    under_way = () if ports.direct is None else ports.direct.under_way(f"{_FOLDER}/")
    found = sorted({key.split("/")[1] for key in (*ports.staging.keys(f"{_FOLDER}/"), *under_way)})
    unknown = tuple(upload_id for upload_id in found if not _is_known(upload_id, ports))
    for upload_id in unknown:
        _delete(upload_id, ports)
    return unknown


def _is_known(upload_id: str, ports: Ports) -> bool:
    try:
        ports.catalogue.upload(upload_id)
    except UnknownSubject:
        return False
    return True


def let_go_of_expired(now: datetime, ports: Ports) -> tuple[Upload, ...]:
    """Forget every upload whose time is over, and give them."""
    expired = ports.catalogue.expired_uploads(now)
    for upload in expired:
        let_go(upload, ports)
    return expired
