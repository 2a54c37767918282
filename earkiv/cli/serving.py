"""`earkiv serve`: the API over an embedded archive."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from earkiv.cli import serving_texts as texts
from earkiv.cli.endings import FINE
from earkiv.cli.schema_setup import require_schemas
from earkiv.cli.session import Session
from earkiv.serving.runner import running
from ingest.api.app import create_app
from ingest.api.service import Service
from ingest.bootstrap import writing
from ingest.errors import ConfigurationError

_DRAIN_SECONDS = 20
_BACKLOG = 2048


def serve(host: str, port: int, session: Session) -> int:
    """Serve until told to stop (SIGTERM, Ctrl-C).

    Raises ConfigurationError for an address that cannot be listened on, EarkivError when the archive cannot be opened.
    """
    require_schemas(session)
    if session.settings.api_key is None:
        session.note(session.voice(texts.NO_API_KEY))
    with (
        _stopped_in_order(),
        _listening(host, port) as listener,
        writing(session.settings) as archive,
        running(archive) as runner,
    ):
        service = Service(archive=archive, api_key=session.settings.api_key, is_ready=lambda: runner.is_working)
        said = session.voice(texts.SERVING)
        session.note(said.format(host=host, port=listener.getsockname()[1]))
        _server(service).run([listener])
    return FINE


def _server(service: Service) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            create_app(service),
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_DRAIN_SECONDS,
        )
    )


def _listening(host: str, port: int) -> socket.socket:
    """Take the address before anything is opened. Raises ConfigurationError."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except (OSError, UnicodeError) as error:
        why = {"host": host, "port": port, "why": error}
        raise ConfigurationError(texts.NO_ADDRESS.sv.format(**why), texts.NO_ADDRESS.en.format(**why)) from error


@contextmanager
def _stopped_in_order() -> Iterator[None]:
    """Let a stop be an end like any other: the server raises its signal again when it has answered everybody."""
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
