"""How `earkiv serve` opens the reading room of an embedded archive, on a port of its own."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from earkiv.cli import serving_texts as texts
from earkiv.cli.session import Session
from earkiv.serving.reading_room import opened
from ingest.adapters.home import open_home
from ingest.bootstrap.information_requests import request_ledger
from ingest.bootstrap.reading_room import reading_room
from ingest.errors import ConfigurationError

Listen = Callable[[str, int], socket.socket]
"""Takes an address. Raises ConfigurationError."""

DEFAULT_PORT = 8081
NO_ROOM = 0
"""In place of a port: the reading room stays closed."""


@contextmanager
def listening(host: str, port: int | None, listen: Listen, session: Session) -> Iterator[socket.socket | None]:
    """Take the reading room's address before anything is opened; None where it stays closed.

    On a server it is a service of its own (`python -m access`). A busy port is a fault only where it was asked for.
    """
    on_server = session.settings.database is not None
    if port == NO_ROOM or on_server:
        if port and on_server:
            session.note(session.voice(texts.ROOM_ON_SERVER))
        yield None
        return
    try:
        listener = listen(host, DEFAULT_PORT if port is None else port)
    except ConfigurationError:
        if port is not None:
            raise
        session.note(session.voice(texts.NO_ROOM).format(port=DEFAULT_PORT))
        yield None
        return
    with listener:
        yield listener


@contextmanager
def room_open(listener: socket.socket | None, session: Session) -> Iterator[None]:
    """Keep the reading room open, made first if need be. Raises ConfigurationError, DamageFound."""
    if listener is None:
        yield
        return
    with reading_room(session.settings), request_ledger(session.settings):
        pass  # Made, so that whoever may only read finds it.
    with opened(open_home(session.settings.home).public, listener, os.environ):
        yield
