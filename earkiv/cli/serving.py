"""`earkiv serve`: the API over an embedded archive."""

import logging
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from audit.desk.app import create_desk
from audit.desk.desk import MOUNTED_AT
from earkiv.cli import public_door
from earkiv.cli import serving_texts as texts
from earkiv.cli.desk_door import address_of, desk_of
from earkiv.cli.endings import FINE
from earkiv.cli.schema_setup import require_schemas
from earkiv.cli.session import Session
from earkiv.serving.runner import running
from ingest.adapters.log_lines import LogForm
from ingest.api.pace import Pace
from ingest.api.server import Server
from ingest.api.service import Service
from ingest.application.arriving import Arrivals
from ingest.application.desk_record import DeskRecord
from ingest.bootstrap import Archive, writing
from ingest.bootstrap.information_requests import keeping_times, requests_if_any
from ingest.bootstrap.logs import tell
from ingest.bootstrap.reading_room import room_if_any
from ingest.bootstrap.traces import tracing
from ingest.config import Settings
from ingest.errors import ConfigurationError
from ingest.network_ports import IdentityProvider
from workers.canary import CanaryKeeper
from workers.indexing import Indexer
from workers.reading_room import RoomKeeper
from workers.requests import RequestKeeper
from workers.upkeep import Upkeep, UpkeepBesideLandings

logger = logging.getLogger(__name__)

_DRAIN_SECONDS = 20
_BACKLOG = 2048


def serve(host: str, port: int, public_port: int | None, session: Session) -> int:
    """Serve until told to stop (SIGTERM, Ctrl-C); the reading room of an embedded archive too, as its own process.

    Raises ConfigurationError for an address that cannot be listened on, EarkivError when the archive cannot be opened.
    """
    require_schemas(session)
    form = tell(session.settings)
    _require_fitting_key(session, form)
    with (
        _stopped_in_order(),
        _listening(host, port) as listener,
        public_door.listening(host, public_port, _listening, session) as public,
        tracing(os.environ) as traces,
        writing(session.settings, traces.fit) as archive,
        public_door.room_open(public, session),
        worked_off(archive, session.settings) as is_ready,
        _beside("index", Indexer(archive).keep_on),
        _beside("keep room", _keeper_of(archive, session.settings).keep_on),
        _beside("dispose requests", _disposer_of(archive, session.settings).keep_on),
    ):
        record = DeskRecord(archive.ports)
        service = Service(
            archive=archive,
            arrivals=Arrivals(archive.owner, archive.ports),
            record=record,
            api_key=session.settings.api_key,
            identity_provider=_identity_provider(session.settings),
            metrics_key=session.settings.metrics_key,
            stuck_seconds=60.0 * session.settings.stuck_minutes,
            pace=Pace(least_rate=session.settings.least_rate),
            traces=traces,
            is_ready=is_ready,
        )
        where = {"host": host, "port": listener.getsockname()[1]}
        if form is LogForm.JSON:
            logger.info("taking in deliveries", extra=where)
        else:
            session.note(session.voice(texts.SERVING).format(**where))
        if public is not None:
            room = address_of(host, public.getsockname()[1])
            session.note(session.voice(texts.ROOM).format(address=room))
        here = session.settings.desk.url or address_of(host, listener.getsockname()[1])
        desk = desk_of(archive, session, here, record)
        Server(service, _DRAIN_SECONDS, {MOUNTED_AT: create_desk(desk)}).run([listener])
    return FINE


def _keeper_of(archive: Archive, settings: Settings) -> RoomKeeper:
    """Give who keeps the reading room to what was decided; on a server the workers do so too."""
    return RoomKeeper(archive, lambda: room_if_any(settings))


def _disposer_of(archive: Archive, settings: Settings) -> RequestKeeper:
    """Give who disposes of what belongs to requests of the public; on a server the workers do so too."""
    return RequestKeeper(archive, lambda: requests_if_any(settings), keeping_times(settings))


def _identity_provider(settings: Settings) -> IdentityProvider | None:
    """Give who vouches for clients beside the archive's own keys, if anybody does."""
    if settings.identity_issuer is None or settings.identity_audience is None:
        return None
    from ingest.adapters.identity_provider import OidcProvider  # noqa: PLC0415 - where one is named alone

    return OidcProvider(settings.identity_issuer, settings.identity_audience)


def _require_fitting_key(session: Session, form: LogForm) -> None:
    """Say when nobody can deliver. Raises ConfigurationError for the embedded archive's key on a server."""
    settings = session.settings
    if settings.database is not None and settings.api_key is not None:
        raise ConfigurationError(texts.KEY_ON_SERVER.sv, texts.KEY_ON_SERVER.en)
    if settings.database is None and settings.api_key is None:
        if form is LogForm.JSON:
            logger.warning("there is no EARKIV_API_KEY: only keys made by `earkiv keys create` are valid")
        else:
            session.note(session.voice(texts.NO_API_KEY))


@contextmanager
def worked_off(archive: Archive, settings: Settings) -> Iterator[Callable[[], bool]]:
    """Let what is taken in be worked off: here, or on a server by its Celery workers; lend what says whether it is."""
    if settings.database is not None:
        yield lambda: True
        return
    # Before anything arrives: later, what is being landed here has the same owner.
    Upkeep(archive).clear_leftovers()
    upkeep = UpkeepBesideLandings(archive)
    with running(archive) as runner, _beside("upkeep", upkeep.keep_on), _canaries(archive, settings):
        yield lambda: runner.is_working


@contextmanager
def _canaries(archive: Archive, settings: Settings) -> Iterator[None]:
    """Send canaries on schedule, where there is one."""
    if not settings.canary_hours:
        yield
        return
    keeper = CanaryKeeper(archive, settings.canary_agreement, settings.canary_hours)
    with _beside("canary", keeper.keep_on):
        yield


@contextmanager
def _beside(name: str, work: Callable[[Event], None]) -> Iterator[None]:
    """Let a thread of that name work for as long as the `with` block lasts."""
    stop = Event()
    thread = Thread(target=work, args=(stop,), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


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
