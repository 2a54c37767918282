"""What a simulated process of the program has of its own, and the threads that it runs: all of it the real code."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from ingest.adapters.heartbeat import keep_beating
from ingest.adapters.sql import processes
from ingest.adapters.sql.catalogue import SqlCatalogue
from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.leases import PATIENCE_SECONDS, Watch
from ingest.application.arriving import Arrivals
from ingest.bootstrap import Archive
from ingest.errors import EarkivError
from ingest.pipeline.readings import Readings
from ingest.pipeline.step import Ports
from ingest.ports import WorkerIdentity
from tests.simulation.broker import Broker
from tests.simulation.exposure import ExposedDatabase, Exposure, Written
from tests.simulation.stage import Dead, Process, Stage, Told
from workers.relay import Relay
from workers.schedule import Schedule
from workers.turns import Turns

NOON: Final = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
TIDY_SECONDS: Final = 10.0
THREADS: Final = 2
"""Deliveries that one worker works on at the same time."""


class JumpingClock:
    """The machine's wall clock, which somebody may set."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.jumped = timedelta(0)

    def now(self) -> datetime:
        """Give the time, whole seconds."""
        return NOON + timedelta(seconds=int(self._stage.now)) + self.jumped

    def seconds(self) -> float:
        """Give the stage's own time, which nobody sets."""
        return self._stage.now


class SeededIds:
    """Ids and salts of one seed."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def new(self) -> str:
        """Give a new UUID."""
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def secret(self) -> str:
        """Give 32 bytes in hexadecimal."""
        return f"{self._random.getrandbits(256):064x}"


class WatchfulCatalogue(SqlCatalogue):
    """The real catalogue; an empty outbox is read again only when something was written: until then it is empty."""

    def __init__(self, database: ExposedDatabase, watch: Watch, written: Written) -> None:
        super().__init__(database, watch)
        self._written = written
        self._empty_at = -1

    def pending(self, limit: int) -> tuple[tuple[int, str], ...]:
        """List messages not yet sent."""
        before = self._written.count
        if self._empty_at == before:
            return ()
        pending = super().pending(limit)
        self._empty_at = -1 if pending else before
        return pending


class Program:
    """The program in one process: its own memory, name and patience, and the archive that all share."""

    def __init__(
        self, process: Process, ports: Ports, database: Database, exposure: Exposure, written: Written
    ) -> None:
        stage = self._stage = exposure.stage
        own = ExposedDatabase(database, exposure, written)
        self.process = process
        self.catalogue = WatchfulCatalogue(own, Watch(lambda: stage.now, PATIENCE_SECONDS), written)
        self.archive = Archive(ports=replace(ports, catalogue=self.catalogue, readings=Readings()), owner=process.name)
        self.arrivals = Arrivals(self.archive.owner, self.archive.ports)
        self.is_up = False

    def live(self, started: Callable[[], None]) -> None:
        """Enrol, start the other threads, and give signs of life until death. Raises EarkivError when it cannot."""
        here = processes.boot_id().partition("/")[0]
        # Another set of process numbers than anybody's who looks: its heartbeat alone says whether it lives.
        identity = WorkerIdentity(owner=self.process.name, boot_id=f"{here}/apart", pid=1, started="1")
        self.catalogue.enrol(identity)
        self.is_up = True
        started()
        keep_beating(self.catalogue, identity, Told(self._stage))

    def serve(self) -> None:
        """Start what clears away behind requests that were cut off."""
        self._stage.spawn(f"upkeep of {self.process.name}", self.process, self._keep_tidy)

    def _keep_tidy(self) -> None:
        while True:
            self._stage.pause(TIDY_SECONDS)
            with suppress(EarkivError):
                self.arrivals.tidy()

    def work(self, broker: Broker) -> None:
        """Start what a worker is: a thread that relays and sweeps, and threads that take what is sent."""
        stage, schedule = self._stage, Schedule(lambda: self._stage.now)
        relay = Relay(self.catalogue, schedule, broker)
        turns = Turns(self.archive, schedule)
        stage.spawn(f"relay of {self.process.name}", self.process, lambda: relay.keep_on(Told(stage)))
        for number in range(THREADS):
            taker = stage.spawn(f"thread {number} of {self.process.name}", self.process, lambda: _take(broker, turns))
            taker.works = True


def _take(broker: Broker, turns: Turns) -> None:
    while True:
        delivery_id = broker.receive()
        try:
            turns.take()
        except EarkivError:
            continue  # The task failed: its message is gone, as Celery acknowledges what failed.
        except Dead:
            broker.put_back(delivery_id)
            raise
