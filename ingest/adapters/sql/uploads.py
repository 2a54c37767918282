"""Uploads under way: nothing that must outlive a rebuild, for their senders can begin anew."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, func, select, text, update

from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.rows import Row, decoded, encoded, storable
from ingest.adapters.sql.tables import OPEN, uploads
from ingest.domain.uploads import Segment, Upload
from ingest.errors import UnknownSubject

_BODY = select(uploads.c.body).where(uploads.c.id == bindparam("named"))
_TO_COME = select(func.coalesce(func.sum(uploads.c.left), 0)).where(
    text(OPEN), uploads.c.expires_at >= bindparam("from_then")
)
_LOCKED = _BODY.with_for_update()
_EXPIRED = select(uploads.c.body).where(uploads.c.expires_at < bindparam("before")).order_by(uploads.c.expires_at)
_GROW: Final = update(uploads).where(uploads.c.id == bindparam("named"))
_PLACE: Final = _GROW.values(body=bindparam("body"))


class SqlUploads:
    """Resumable uploads."""

    _database: Database

    def upload(self, upload_id: str) -> Upload:
        """Give an upload. Raises UnknownSubject."""
        with self._database.reading() as connection:
            body = connection.scalar(_BODY, {"named": storable(upload_id)})
        if body is None:
            raise _unknown(upload_id)
        return decoded(body, Upload)

    def begin_direct(self, upload_id: str, begun: str) -> Upload:
        """Note the store's id for a direct upload that was just begun, and give the upload. Raises UnknownSubject."""
        with self._database.writing() as connection:
            body = connection.scalar(_LOCKED, {"named": upload_id})
            before = None if body is None else decoded(body, Upload)
            if before is None or before.direct is None:
                raise _unknown(upload_id)
            after = replace(before, direct=replace(before.direct, begun=begun))
            connection.execute(_PLACE, {"named": upload_id, "body": encoded(after)})
        return after

    def extend_upload(self, upload_id: str, offset: int, segments: tuple[Segment, ...]) -> bool:
        """Add what has come after the first `offset` bytes; False when others have come meanwhile.

        Raises UnknownSubject.
        """
        with self._database.writing() as connection:
            body = connection.scalar(_LOCKED, {"named": upload_id})
            if body is None:
                raise _unknown(upload_id)
            before = decoded(body, Upload)
            if before.offset != offset:
                return False
            after = replace(before, segments=(*before.segments, *segments))
            left = after.length - after.offset
            connection.execute(_GROW, {"named": upload_id, "body": encoded(after), "left": left})
        return True

    def bytes_to_come(self, now: datetime) -> int:
        """Say how many bytes of all uploads whose time is not over were announced and have not come yet."""
        with self._database.reading() as connection:
            left: int = connection.execute(_TO_COME, {"from_then": now}).scalar_one()
        return left

    def forget_upload(self, upload_id: str) -> None:
        """Strike an upload off; one that is gone already is no error."""
        with self._database.writing() as connection:
            connection.execute(delete(uploads).where(uploads.c.id == upload_id))

    def expired_uploads(self, now: datetime) -> tuple[Upload, ...]:
        """List the uploads whose time was over before `now`."""
        with self._database.reading() as connection:
            return tuple(decoded(body, Upload) for body in connection.scalars(_EXPIRED, {"before": now}))


def upload_row(upload: Upload) -> Row:
    """Give an upload's row."""
    return {
        "id": upload.id,
        "expires_at": upload.expires_at,
        "sender": None if upload.sender is None else storable(upload.sender),
        "length": upload.length,
        "left": upload.length - upload.offset,
        "body": encoded(upload),
    }


def _unknown(upload_id: str) -> UnknownSubject:
    return UnknownSubject(
        f"Det finns ingen uppladdning med identiteten {upload_id}.", f"There is no upload with the id {upload_id}."
    )
