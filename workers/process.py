"""What a worker process holds from its start to its end: the archive, and the threads that send, sweep and tell."""

import os
import time
from contextlib import ExitStack
from threading import Event, Thread

from ingest.bootstrap import writing
from ingest.bootstrap.information_requests import keeping_times, requests_if_any
from ingest.bootstrap.reading_room import room_if_any
from ingest.bootstrap.traces import tracing
from ingest.config import read_settings
from ingest.errors import ConfigurationError
from workers.canary import CanaryKeeper
from workers.reading_room import RoomKeeper
from workers.relay import Messages, Relay
from workers.requests import RequestKeeper
from workers.schedule import Schedule
from workers.turns import Turns
from workers.upkeep import Upkeep
from workers.webhooks import Courier

POOLS = frozenset({"celery.concurrency.thread", "celery.concurrency.solo"})


class WorkerProcess:
    """The archive as one worker process has it open."""

    def __init__(self) -> None:
        self._closing = ExitStack()
        self._turns: Turns | None = None

    @property
    def turns(self) -> Turns:
        """Whose turn it is in the open archive. Raises ConfigurationError before `open`."""
        if self._turns is None:
            raise ConfigurationError(
                "Arbetaren har inget arkiv öppet; starta den med `celery -A workers.app worker`.",
                "The worker has no archive open; start it with `celery -A workers.app worker`.",
            )
        return self._turns

    def open(self, messages: Messages) -> None:
        """Open the archive that the environment names, and relay. Raises EarkivError, and opens nothing then."""
        settings = read_settings(os.environ, os.cpu_count() or 1)
        traces = self._closing.enter_context(tracing(os.environ))
        archive = self._closing.enter_context(writing(settings, traces.fit))
        schedule = Schedule(time.monotonic)
        self._turns = Turns(archive, schedule)
        stop = Event()
        relay, upkeep = Relay(archive.ports.catalogue, schedule, messages), Upkeep(archive)
        courier = Courier(archive)
        keeper = RoomKeeper(archive, lambda: room_if_any(settings))
        threads = {"relay": relay.keep_on, "upkeep": upkeep.keep_on, "courier": courier.keep_on}
        threads["keep room"] = keeper.keep_on
        disposer = RequestKeeper(archive, lambda: requests_if_any(settings), keeping_times(settings))
        threads["dispose requests"] = disposer.keep_on
        if settings.canary_hours:
            threads["canary"] = CanaryKeeper(archive, settings.canary_agreement, settings.canary_hours).keep_on
        for name, work in threads.items():
            thread = Thread(target=work, args=(stop,), name=name, daemon=True)
            thread.start()
            self._closing.callback(thread.join)
        self._closing.callback(stop.set)

    def stop(self) -> None:
        """Take nothing more, and hand back what is under way; before `open` there is nothing to hand back."""
        if self._turns is not None:
            self._turns.stop()

    def close(self) -> None:
        """Stop relaying and give the archive's lock back; closing what is not open is no error."""
        self._turns = None
        self._closing.close()


def require_pool(module: str) -> None:
    """Refuse a pool of processes: its children may not start the examiner's. Raises ConfigurationError."""
    if module not in POOLS:
        raise ConfigurationError(
            "Arbetaren måste köras med trådar: `--pool=threads`.", "The worker must run on threads: `--pool=threads`."
        )
