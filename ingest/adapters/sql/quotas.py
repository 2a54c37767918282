"""Quotas of producers, and uploads that begin within them."""

from typing import Final

from sqlalchemy import Connection, bindparam, delete, func, select, text, update

from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.rows import decoded, delivery_row, encoded, storable
from ingest.adapters.sql.tables import OPEN, UNDER_WAY, deliveries, quotas, uploads
from ingest.adapters.sql.uploads import upload_row
from ingest.domain.deliveries import Delivery
from ingest.domain.quotas import Fit, Quota, UnderWay, claimed, fit
from ingest.domain.uploads import MOST_KEPT, MOST_OPEN, Upload

# Locked: of those who begin at the same instant, each sees what the others have begun.
_QUOTA = select(quotas.c.body).where(quotas.c.producer == bindparam("of")).with_for_update()
_DELIVERIES = select(func.count(), func.coalesce(func.sum(deliveries.c.stated), 0)).where(
    text(UNDER_WAY), deliveries.c.sender == bindparam("of")
)
_UPLOADS = select(func.coalesce(func.sum(uploads.c.length), 0)).where(uploads.c.sender == bindparam("of"))
_OPEN = select(func.count()).where(text(OPEN), uploads.c.sender == bindparam("of"))
_KEPT = select(func.count()).where(uploads.c.sender == bindparam("of"))
_COUNT_MORE: Final = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("named"))
    .values(stated=deliveries.c.stated + bindparam("more"))
)
_ALL: Final = select(quotas.c.body).order_by(quotas.c.producer)


class SqlQuotas:
    """What producers may have under way."""

    _database: Database

    def set_quota(self, quota: Quota) -> None:
        """Let a quota hold from now on, in place of any other of its producer; one without bounds lifts it."""
        row = {"producer": storable(quota.producer), "body": encoded(quota)}
        with self._database.writing() as connection:
            connection.execute(delete(quotas).where(quotas.c.producer == row["producer"]))
            if (quota.deliveries, quota.bytes) != (None, None):
                connection.execute(quotas.insert(), row)

    def quotas(self) -> tuple[Quota, ...]:
        """List the quotas by producer."""
        with self._database.reading() as connection:
            return tuple(decoded(body, Quota) for body in connection.scalars(_ALL))

    def open_within_quota(self, upload: Delivery, stated: int | None, uploaded: int = 0) -> Fit:
        """Register an upload (state `uploading`) unless it does not fit into its producer's quota now.

        It counts for the bytes that its request states, and for those uploaded before: what they count for as an upload
        is let in already, what they count for in other deliveries is not.
        """
        with self._database.writing() as connection:
            quota = _quota_of(connection, upload.sender)
            size = claimed(quota, stated)
            found = _fit(connection, quota, UnderWay(deliveries=1, bytes=size + uploaded), let_in=uploaded)
            if found is Fit.NOW:
                connection.execute(deliveries.insert(), {**delivery_row(upload), "stated": size + uploaded})
        return found

    def count_uploaded(self, upload: Delivery, uploaded: int) -> Fit:
        """Count for a delivery that is arriving so many bytes of its sender's own uploads, unless they do not fit.

        What the uploads count for themselves is let in already; each delivery that uses them counts for them anew.
        """
        with self._database.writing() as connection:
            quota = _quota_of(connection, upload.sender)
            found = _fit(connection, quota, UnderWay(deliveries=0, bytes=uploaded), let_in=uploaded)
            if found is Fit.NOW:
                connection.execute(_COUNT_MORE, {"named": upload.id, "more": uploaded})
        return found

    def begin_within_quota(self, upload: Upload) -> Fit:
        """Record an upload of which nothing has come yet unless it does not fit into its producer's quota now.

        Nor does one more where the producer has `MOST_OPEN` that are not whole, or `MOST_KEPT` in all.
        """
        with self._database.writing() as connection:
            quota = _quota_of(connection, upload.sender)
            found = _fit(connection, quota, UnderWay(deliveries=0, bytes=upload.length))
            if found is Fit.NOW and _has_too_many(connection, upload.sender):
                found = Fit.LATER
            if found is Fit.NOW:
                connection.execute(self._database.insert_new(uploads), upload_row(upload))
        return found


def _quota_of(connection: Connection, sender: str | None) -> Quota | None:
    body = None if sender is None else connection.scalar(_QUOTA, {"of": storable(sender)})
    return None if body is None else decoded(body, Quota)


def _has_too_many(connection: Connection, sender: str | None) -> bool:
    """Say whether a producer has as many uploads as one may, whatever its quota."""
    if sender is None:
        return False
    of, bounds = {"of": storable(sender)}, ((_OPEN, MOST_OPEN), (_KEPT, MOST_KEPT))
    return any(connection.execute(count, of).scalar_one() >= most for count, most in bounds)


def _fit(connection: Connection, quota: Quota | None, more: UnderWay, let_in: int = 0) -> Fit:
    """Say whether so much more fits; of what is under way so many bytes are part of it, and were let in before."""
    if quota is None:
        return Fit.NOW
    of = {"of": storable(quota.producer)}
    count, size = connection.execute(_DELIVERIES, of).one()
    waiting: int = connection.execute(_UPLOADS, of).scalar_one()
    return fit(quota, UnderWay(deliveries=count, bytes=max(size + waiting - let_in, 0)), more)
