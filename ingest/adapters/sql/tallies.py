"""Tallies: written in the transaction of what they count, spread over shards, summed when they are read."""

from collections.abc import Iterable
from typing import Final
from zlib import crc32

from sqlalchemy import Connection, func, select

from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.tables import tallies
from ingest.domain.tallies import Counted, Tally

SHARDS: Final = 16

_KEY = (tallies.c.counted, tallies.c.label, tallies.c.order)
SUMS: Final = select(*_KEY, func.sum(tallies.c.count), func.sum(tallies.c.amount)).group_by(*_KEY)


def add_tallies(connection: Connection, database: Database, delivery_id: str, added: Iterable[Tally]) -> None:
    """Add to what is counted; the last thing that a transaction does, since others wait for these rows."""
    # In one order for everybody: whoever holds one row and waits for the next is never waited for in turn.
    rows = sorted((_row(tally, crc32(delivery_id.encode()) % SHARDS) for tally in added), key=_place)
    if rows:
        connection.execute(database.insert_adding(tallies, "count", "amount"), rows)


def _row(tally: Tally, shard: int) -> dict[str, str | int]:
    return {
        "counted": tally.counted.value,
        "label": tally.label,
        "order": tally.order,
        "shard": shard,
        "count": tally.count,
        "amount": tally.amount,
    }


def _place(row: dict[str, str | int]) -> tuple[str | int, ...]:
    return row["counted"], row["label"], row["order"]


def tally_of(counted: str, label: str, order: int, count: int, amount: int) -> Tally:
    """Give a sum as a tally; PostgreSQL sums whole numbers as decimal ones."""
    return Tally(counted=Counted(counted), label=label, order=order, count=int(count), amount=int(amount))
