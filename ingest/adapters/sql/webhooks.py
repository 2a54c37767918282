"""Webhooks: each producer's feed of notices, and the subscriptions to it.

No storage holds them, so that `rebuild` carries them over.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, or_, select, update

from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.rows import decoded, encoded, storable
from ingest.adapters.sql.tables import webhook_feeds, webhook_notices, webhook_subscriptions
from ingest.domain.webhooks import News, Notice, Subscription, SubscriptionStatus
from ingest.errors import UnknownSubject

_NEWEST = select(webhook_feeds.c.newest).where(webhook_feeds.c.producer == bindparam("of"))
_LOCKED_FEED = _NEWEST.with_for_update()
_OWN = select(func.count()).where(webhook_subscriptions.c.producer == bindparam("of"))
_PLACE = (webhook_notices.c.number, webhook_notices.c.at, webhook_notices.c.body)
_NOTICES = (
    select(*_PLACE)
    .where(webhook_notices.c.producer == bindparam("of"), webhook_notices.c.number > bindparam("after"))
    .order_by(webhook_notices.c.number)
    .limit(bindparam("most"))
)
_ALL_NOTICES = select(*_PLACE).order_by(webhook_notices.c.producer, webhook_notices.c.number)
_FORGET = delete(webhook_notices).where(webhook_notices.c.at < bindparam("before"))
_BODY = select(webhook_subscriptions.c.body).where(webhook_subscriptions.c.id == bindparam("named"))
_LOCKED = _BODY.with_for_update()
_ALL = select(webhook_subscriptions.c.body)
_AMEND = update(webhook_subscriptions).where(webhook_subscriptions.c.id == bindparam("named"))
_DUE: Final = (
    select(webhook_subscriptions.c.id)
    .select_from(
        webhook_subscriptions.outerjoin(webhook_feeds, webhook_feeds.c.producer == webhook_subscriptions.c.producer)
    )
    .where(
        webhook_subscriptions.c.next_at <= bindparam("by"),
        or_(
            webhook_subscriptions.c.test.is_not(None),
            and_(
                webhook_subscriptions.c.status == SubscriptionStatus.ACTIVE.value,
                webhook_feeds.c.newest > webhook_subscriptions.c.cursor,
            ),
        ),
    )
    .order_by(webhook_subscriptions.c.next_at, webhook_subscriptions.c.id)
    .limit(bindparam("most"))
)


class SqlWebhooks:
    """Feeds and subscriptions."""

    _database: Database

    def add_subscription(self, subscription: Subscription) -> None:
        """Record a subscription; the same again is no error."""
        with self._database.writing() as connection:
            _add(connection, self._database, subscription)

    def add_subscription_within(self, most: int, subscription: Subscription) -> bool:
        """Record a new subscription unless its producer has `most` of them, also when many are made at once."""
        feed = _feed(subscription.producer)
        with self._database.writing() as connection:
            # The feed is locked: of those that are made at the same instant, each sees the others.
            connection.execute(self._database.insert_new(webhook_feeds), {"producer": feed, "newest": 0})
            connection.execute(_LOCKED_FEED, {"of": feed})
            if connection.execute(_OWN, {"of": feed}).scalar_one() >= most:
                return False
            _add(connection, self._database, subscription)
        return True

    def subscription(self, subscription_id: str) -> Subscription:
        """Give a subscription. Raises UnknownSubject."""
        with self._database.reading() as connection:
            body = connection.scalar(_BODY, {"named": storable(subscription_id)})
        if body is None:
            raise _unknown(subscription_id)
        return decoded(body, Subscription)

    def subscriptions(self) -> tuple[Subscription, ...]:
        """List every subscription, oldest first."""
        with self._database.reading() as connection:
            found = [decoded(body, Subscription) for body in connection.scalars(_ALL)]
        return tuple(sorted(found, key=lambda one: (one.created_at, one.id)))

    def amend_subscription(
        self, subscription_id: str, change: Callable[[Subscription], Subscription | None]
    ) -> Subscription | None:
        """Put in its place what `change` makes of it, while nobody else can; None leaves it, and is given back.

        Raises UnknownSubject, and what `change` raises.
        """
        with self._database.writing() as connection:
            body = connection.scalar(_LOCKED, {"named": storable(subscription_id)})
            if body is None:
                raise _unknown(subscription_id)
            after = change(decoded(body, Subscription))
            if after is not None:
                row = _row(after)
                del row["id"]
                connection.execute(_AMEND, {**row, "named": subscription_id})
        return after

    def remove_subscription(self, subscription_id: str) -> None:
        """Strike a subscription off; one that is gone already is no error."""
        with self._database.writing() as connection:
            connection.execute(delete(webhook_subscriptions).where(webhook_subscriptions.c.id == subscription_id))

    def due_subscriptions(self, now: datetime, limit: int) -> tuple[str, ...]:
        """List the ids of those that have something to be sent by `now`, who waits longest first."""
        with self._database.reading() as connection:
            return tuple(connection.scalars(_DUE, {"by": now, "most": limit}).all())

    def newest_notice(self, producer: str | None) -> int:
        """Give the number of the last notice in a producer's feed, 0 before the first."""
        with self._database.reading() as connection:
            return connection.scalar(_NEWEST, {"of": _feed(producer)}) or 0

    def notices(self, producer: str | None, after: int, limit: int) -> tuple[Notice, ...]:
        """List the notices of a feed behind number `after` that are still kept, in order, at most `limit`."""
        with self._database.reading() as connection:
            found = connection.execute(_NOTICES, {"of": _feed(producer), "after": after, "most": limit})
            return tuple(_notice(row) for row in found)

    def all_notices(self) -> tuple[Notice, ...]:
        """List every notice that is kept, by feed and number."""
        with self._database.reading() as connection:
            return tuple(_notice(row) for row in connection.execute(_ALL_NOTICES))

    def add_notices(self, notices: Sequence[Notice]) -> None:
        """Put notices in their places (`rebuild` only); the same again is no error."""
        with self._database.writing() as connection:
            for notice in notices:
                feed = _feed(notice.news.producer)
                row = {"producer": feed, "number": notice.number, "at": notice.at, "body": encoded(notice.news)}
                connection.execute(self._database.insert_new(webhook_notices), row)
                _raise_newest(connection, self._database, feed, notice.number)

    def forget_notices(self, before: datetime) -> int:
        """Forget the notices from before then, and say how many they were."""
        with self._database.writing() as connection:
            return connection.execute(_FORGET, {"before": before}).rowcount


def tell(connection: Connection, database: Database, news: News) -> None:
    """Give news the next number of its feed, in the transaction that makes it true."""
    feed = _feed(news.producer)
    connection.execute(database.insert_adding(webhook_feeds, "newest"), {"producer": feed, "newest": 1})
    number: int = connection.execute(_NEWEST, {"of": feed}).scalar_one()
    connection.execute(webhook_notices.insert(), {"producer": feed, "number": number, "body": encoded(news)})


def _add(connection: Connection, database: Database, subscription: Subscription) -> None:
    connection.execute(database.insert_new(webhook_subscriptions), _row(subscription))
    # A feed of which nothing is kept goes on behind what its receivers know.
    _raise_newest(connection, database, _feed(subscription.producer), subscription.cursor)


def _raise_newest(connection: Connection, database: Database, feed: str, least: int) -> None:
    connection.execute(database.insert_new(webhook_feeds), {"producer": feed, "newest": least})
    raised = update(webhook_feeds).where(webhook_feeds.c.producer == feed, webhook_feeds.c.newest < least)
    connection.execute(raised.values(newest=least))


def _feed(producer: str | None) -> str:
    return storable(producer or "")


def _row(subscription: Subscription) -> dict[str, Any]:
    return {
        "id": subscription.id,
        "producer": _feed(subscription.producer),
        "status": subscription.status.value,
        "cursor": subscription.cursor,
        "next_at": subscription.next_at,
        "test": subscription.test,
        "body": encoded(subscription),
    }


def _notice(row: Row[*tuple[Any, ...]]) -> Notice:
    return Notice(number=row.number, at=row.at, news=decoded(row.body, News))


def _unknown(subscription_id: str) -> UnknownSubject:
    return UnknownSubject(
        f"Det finns ingen webhook med identiteten {subscription_id}.",
        f"There is no webhook with the id {subscription_id}.",
    )
