"""The reading room as one application: routes, what is told when something cannot be shown, and headers."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Route
from starlette.types import ASGIApp

from access.asking.book import BookUnavailable
from access.asking.counter import counter_of
from access.database import IndexUnavailable, SqliteQuery
from access.headers import SafeHeaders
from access.pages.errors import broken, gone, not_shown, resting
from access.pages.finding import Gone
from access.postgres import PostgresQuery
from access.postgres_words import PostgresWords
from access.reuse.routes import reuse_routes
from access.reuse.service import Offering, offering_of
from access.room import Room
from access.routes import routes
from access.settings import PublicSettings
from access.sql_index import Dialect, SqlIndex
from access.sqlite_words import SqliteWords
from access.standing import StandingQuery
from access.store import DirectoryStore, PublicStore, StoreUnavailable
from access.store_place import BucketPlace, StorePlace


class _Folder(Convertor[str]):
    """Takes what matches the expression; anything else is no address at all."""

    regex = "cases|records"

    def convert(self, value: str) -> str:
        """Give what was told."""
        return value

    def to_string(self, value: str) -> str:
        """Give what was told."""
        return value


class _Opaque(_Folder):
    """A public id."""

    regex = "[a-z0-9]{16,40}"


class _Digest(_Folder):
    """A SHA-256."""

    regex = "[0-9a-f]{64}"


class _Link(_Folder):
    """The secret of a status link."""

    regex = "[0-9a-f]{64}"


class _Authority(_Folder):
    """The number of whoever assigns an ARK."""

    regex = "[0-9]{5,9}"


register_url_convertor("folder", _Folder())
register_url_convertor("opaque", _Opaque())
register_url_convertor("digest", _Digest())
register_url_convertor("link", _Link())
register_url_convertor("authority", _Authority())


def reading_room(settings: PublicSettings) -> ASGIApp:
    """Build the reading room over the store and index that the settings name."""
    opened, dialect = _index(settings)
    store = _store(settings.store)
    query = StandingQuery(opened, store, time.monotonic)
    counter = counter_of(settings.requests, _now) if settings.requests is not None else None
    room = Room(settings=settings, index=SqlIndex(query, dialect), store=store, counter=counter)

    @asynccontextmanager
    async def closing(_: Starlette) -> AsyncIterator[None]:
        yield
        opened.close()

    return application(room, every_route(offering_of(settings, query, store, _now)), closing)


def _index(settings: PublicSettings) -> tuple[SqliteQuery | PostgresQuery, Dialect]:
    if settings.database is not None:
        return PostgresQuery(settings.database), PostgresWords()
    return SqliteQuery(settings.index), SqliteWords()


def _store(place: StorePlace) -> PublicStore:
    if isinstance(place, BucketPlace):
        from access.s3_store import S3Store  # noqa: PLC0415 - boto3 takes long to load, and a folder needs none of it

        return S3Store(place)
    return DirectoryStore(place)


def every_route(offering: Offering) -> list[Route]:
    """Give every route there is: pages and what they are made of, and open data."""
    return [*routes(), *reuse_routes(offering)]


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the edge of the process, where the clock is


def application(
    room: Room,
    every: Sequence[Route],
    lifespan: Callable[[Starlette], AbstractAsyncContextManager[None]] | None = None,
) -> ASGIApp:
    """Build the reading room over what `room` holds, with all its routes."""
    app = Starlette(
        routes=every,
        lifespan=lifespan,
        exception_handlers={
            HTTPException: not_shown,
            Gone: gone,
            IndexUnavailable: resting,
            StoreUnavailable: resting,
            BookUnavailable: resting,
            ClientDisconnect: not_shown,  # to nobody
            Exception: broken,
        },
    )
    app.router.redirect_slashes = False
    app.state.room = room
    is_encrypted = (room.settings.url or "").startswith("https://")
    return SafeHeaders(app, is_encrypted=is_encrypted)
