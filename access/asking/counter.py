"""The reading room's counter for requests: the book, its clock, and where tokens come from."""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from access.asking.book import RequestBook
from access.asking.limits import HourlyLimit
from access.asking.sql_book import SqlBook, in_postgres, in_sqlite

_SERVERS = ("postgresql://", "postgres://")


def _token() -> str:
    return secrets.token_hex(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """Where requests are taken in; `token` gives 256 random bits as 64 hexadecimal digits."""

    book: RequestBook
    limit: HourlyLimit
    now: Callable[[], datetime]
    token: Callable[[], str] = _token


def counter_of(place: str, now: Callable[[], datetime]) -> Counter:
    """Open the counter over a store of requests: a SQLite file, or the address of a PostgreSQL database."""
    run = in_postgres(place) if place.startswith(_SERVERS) else in_sqlite(Path(place))
    limit = HourlyLimit(time.monotonic, lambda: secrets.token_bytes(32))
    return Counter(book=SqlBook(run), limit=limit, now=now)


def secret_of(token: str) -> str:
    """Give the secret of the status link of what is sent in a form: sent twice, the form leads to the same page."""
    return hashlib.sha256(f"earkiv status link {token}".encode()).hexdigest()


def id_of(token: str) -> str:
    """Give the id by which the desk speaks of a request: it says nothing of the link."""
    return hashlib.sha256(f"earkiv request id {token}".encode()).hexdigest()[:16]


def written(moment: datetime) -> str:
    """Write a time as the store does."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
