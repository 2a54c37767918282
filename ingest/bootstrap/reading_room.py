"""The reading room as the archive writes it: a folder of an embedded archive, a store and a database of a server."""

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager

from ingest.adapters.directory import DirectoryStore
from ingest.adapters.heartbeat import new_owner
from ingest.adapters.home import create_machine_home, open_home
from ingest.adapters.scratch import own_scratch
from ingest.adapters.store_settings import open_store
from ingest.adapters.system import SystemClock
from ingest.application.reading_room import ReadingRoom, tell_standing, withdraw
from ingest.application.room_standing import keep_in_step
from ingest.config import Settings
from ingest.errors import ConfigurationError
from schemas.public_store import INDEX_FILE, STORE_FOLDER

logger = logging.getLogger(__name__)


@contextmanager
def reading_room(settings: Settings) -> Iterator[ReadingRoom]:
    """Open the reading room for writing, made first if need be.

    Raises ConfigurationError where a server has not been told where it is, DamageFound, CatalogueUnavailable.
    """
    if settings.database is not None:
        yield from _of_server(settings)
        return
    public = open_home(settings.home).public
    from ingest.adapters.public_index import open_public_index  # noqa: PLC0415 - stemmers load slowly, few need them

    for folder in (public, public / STORE_FOLDER):
        folder.mkdir(mode=0o700, exist_ok=True)
    with open_public_index(public / INDEX_FILE) as index:
        yield from _in_step(ReadingRoom(store=DirectoryStore(public / STORE_FOLDER, "public"), index=index))


@contextmanager
def room_if_any(settings: Settings) -> Iterator[ReadingRoom | None]:
    """Open the reading room for writing, None where there is none yet. Raises as `reading_room`."""
    if not _exists(settings):
        yield None
        return
    with reading_room(settings) as room:
        yield room


def taking_out(settings: Settings) -> Callable[[Collection[str]], None]:
    """Give what takes records out of the reading room, by their public ids; without a room there is nothing to take."""

    def take_out(ids: Collection[str]) -> None:
        if not ids:
            return
        with room_if_any(settings) as room:
            if room is not None:
                withdraw(room, ids, SystemClock().now)

    return take_out


def _exists(settings: Settings) -> bool:
    if settings.database is not None:
        # Told of one half, it is asked for the other: to take nothing out in silence would leave secrets on show.
        return settings.stores.public is not None or settings.public_database is not None
    return (open_home(settings.home).public / INDEX_FILE).exists()


def _of_server(settings: Settings) -> Iterator[ReadingRoom]:
    place, database = settings.stores.public, settings.public_database
    if place is None or database is None:
        raise ConfigurationError(
            "Ange var läsesalen finns, med EARKIV_STORE_PUBLIC och EARKIV_PUBLIC_DATABASE.",
            "Say where the reading room is, by EARKIV_STORE_PUBLIC and EARKIV_PUBLIC_DATABASE.",
        )
    from ingest.adapters.public_index import open_public_index  # noqa: PLC0415 - as above

    with ExitStack() as closing:
        scratch = closing.enter_context(own_scratch(create_machine_home(settings.home).scratch, new_owner()))
        index = closing.enter_context(open_public_index(database.reveal()))
        yield from _in_step(ReadingRoom(store=open_store(place, "public", scratch), index=index))


def _in_step(room: ReadingRoom) -> Iterator[ReadingRoom]:
    taken = keep_in_step(room, SystemClock().now)
    if taken:
        logger.warning(
            "the reading room's index was older than its store: took out what may have been withdrawn since",
            extra={"count": len(taken)},
        )
    yield room
    tell_standing(room)
