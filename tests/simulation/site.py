"""The machines of one simulation: processes that are started again when they die, and what befalls them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import assert_never

from ingest.adapters.sql.catalogue import SqlCatalogue
from ingest.adapters.sql.leases import PATIENCE_SECONDS, Watch
from ingest.domain.quotas import Quota
from ingest.errors import EarkivError, UnknownSubject
from ingest.pipeline.step import Ports
from tests.simulation.broker import Broker
from tests.simulation.contents import sender_of
from tests.simulation.exposure import CONVERTER, EXAMINER, STAGING, Exposed, Exposure, Written
from tests.simulation.founded import Founded, ports_of
from tests.simulation.plan import Befalling, Mishap, Plan
from tests.simulation.processes import JumpingClock, Program, SeededIds
from tests.simulation.stage import Process, Stage
from tests.simulation.weather import Weather, drawn_rates

LONGEST_RESTART_SECONDS = 8.0


class Site:
    """Everything that exists once; `bare` are the ports as they are, `ports` the same, exposed."""

    def __init__(self, founded: Founded, plan: Plan, random: Random) -> None:
        self.stage = Stage()
        self.weather = Weather(random, drawn_rates(random), plan.until)
        self.exposure = Exposure(self.stage, self.weather, self.kill)
        self.broker = Broker(self.exposure)
        self.clock = JumpingClock(self.stage)
        self.founded = founded
        founded.restore()
        self.bare = ports_of(
            SqlCatalogue(founded.database, Watch(lambda: self.stage.now, PATIENCE_SECONDS)),
            tuple(founded.store(name) for name in ("archive", "copy")[: plan.replicas]),
            founded.signer,
            self.clock,
            SeededIds(random),
        )
        self.ports = _exposed(self.bare, self.exposure)
        self.programs: dict[str, Program] = {}
        self._written = Written()
        self._counted, self._counted_at = 0, -1
        self._plan = plan
        self._random = random
        self._starts: Counter[str] = Counter()
        self._operator = Process("operator")

    def open(self) -> None:
        """Start every process, and let befall them what is planned."""
        for sender in {sender_of(content.name) for task in self._plan.tasks for _, content in task.contents}:
            self.bare.catalogue.set_quota(Quota(producer=sender, deliveries=self._plan.quota))
        for number in range(self._plan.workers):
            self._start(f"worker-{number}")
        for number in range(self._plan.serving):
            self._start(f"service-{number}")
        self.stage.spawn("operator", self._operator, self._let_befall)

    def serving(self) -> Program | None:
        """Give a process that takes in deliveries now; None when a producer finds none."""
        up = [p for slot, p in self.programs.items() if slot.startswith("service") and p.is_up and p.process.alive]
        return self._random.choice(up) if up else None

    def is_beyond_quota(self, sender: str) -> bool:
        """Whether a sender has more under way than it may."""
        under_way = [one for one in self.bare.catalogue.unfinished() if one.sender == sender]
        return self._plan.quota is not None and len(under_way) > self._plan.quota

    def is_decided(self, delivery_id: str) -> bool:
        """Whether nothing more will happen to a delivery, or it is gone."""
        try:
            return self.bare.catalogue.delivery(delivery_id).is_final
        except UnknownSubject:
            return True

    def counted_anew(self, count: Callable[["Site"], int]) -> int:
        """Count in the database what only its writers change; while nobody writes, it is what it was."""
        if self._counted_at != self._written.count:
            self._counted, self._counted_at = count(self), self._written.count
        return self._counted

    def program(self, name: str, ports: Ports) -> Program:
        """Give a process of the program of that name."""
        return Program(Process(name), ports, self.founded.database, self.exposure, self._written)

    def kill(self, process: Process) -> None:
        """Let a process die where it stands, and be started again a little later."""
        if not process.alive:
            return
        process.alive = False
        slot = process.name.partition(".")[0]
        rest = self._random.uniform(0.1, LONGEST_RESTART_SECONDS)
        self.weather.was_foul(self.stage.now + rest)
        self.stage.spawn(f"keeper of {slot}", self._operator, lambda: self._start(slot), rest)

    def _start(self, slot: str) -> None:
        self._starts[slot] += 1
        program = self.programs[slot] = self.program(f"{slot}.{self._starts[slot]}", self.ports)
        self.stage.spawn(f"heart of {program.process.name}", program.process, self._life(slot, program))

    def _life(self, slot: str, program: Program) -> Callable[[], None]:
        def started() -> None:
            if slot.startswith("service"):
                program.serve()
            if slot.startswith("worker") or self._plan.serving_works:
                program.work(self.broker)

        def live() -> None:
            try:
                program.live(started)
            except EarkivError:
                self.kill(program.process)  # It could not start: it ends, and is started again.

        return live

    def _let_befall(self) -> None:
        for one in self._plan.mishaps:
            self.stage.pause(max(0.0, one.at - self.stage.now))
            self.weather.was_foul(one.at if one.mishap is Mishap.CLOCK else one.at + one.seconds)
            self._befall(one)

    def _befall(self, one: Befalling) -> None:
        until = one.at + one.seconds
        match one.mishap:
            case Mishap.KILL:
                self.kill(self._any_process())
            case Mishap.CLOCK:
                self.clock.jumped += timedelta(seconds=one.seconds)
            case Mishap.OUTAGE:
                self.weather.outages[one.place] = until
            case Mishap.FLUSH:
                self.broker.flush()
            case _:
                assert_never(one.mishap)

    def _any_process(self) -> Process:
        return self._random.choice(list(self.programs.values())).process


def _exposed(ports: Ports, exposure: Exposure) -> Ports:
    return replace(
        ports,
        staging=Exposed(ports.staging, STAGING, exposure),
        quarantine=Exposed(ports.quarantine, STAGING, exposure),
        replicas=tuple(Exposed(store, store.name, exposure) for store in ports.replicas),
        trials=Exposed(ports.trials, "test", exposure),
        examiner=Exposed(ports.examiner, EXAMINER, exposure),
        converter=Exposed(ports.converter, CONVERTER, exposure),
    )
