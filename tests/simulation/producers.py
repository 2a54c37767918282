"""Producers that send until they are answered, and the history of what they were told."""

import io
from dataclasses import dataclass

from ingest.application.arrivals import Answer, Repeat, Taken, leave_to_workers
from ingest.application.arriving import Sender
from ingest.application.deliver_container import deliver_container, land_container
from ingest.application.deliver_push import deliver_push
from ingest.application.hold_push import hold
from ingest.application.land_push import Landing, land_push
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.errors import EarkivError
from ingest.formats.pushed_case import read_push
from tests.simulation.contents import Content, Form, sender_of
from tests.simulation.plan import Task
from tests.simulation.processes import Program
from tests.simulation.site import Site
from tests.simulation.stage import Dead, Process


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer:
    """The connection was refused or cut, the answer lost, or it was a 503 (`why`)."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One request as its producer saw it."""

    producer: str
    content: Content
    at: float
    answer: Answer | NoAnswer


class Producer:
    """Sends one delivery after the other, each until there is an answer that is one."""

    def __init__(self, name: str, task: Task, site: Site, history: list[Told]) -> None:
        self.process = Process(name)
        self.is_done = False
        self._task = task
        self._site = site
        self._history = history

    def send_all(self) -> None:
        """Work through the task."""
        stage, random = self._site.stage, self._site.weather.random
        for wait, content in self._task.contents:
            stage.pause(wait)
            while isinstance(answer := self._told(content), NoAnswer):
                stage.pause(random.uniform(0.2, 4.0))
            if self._task.until_decided and isinstance(answer, Taken | Repeat):
                while not self._site.is_decided(answer.id):
                    stage.pause(2.0)
        self.is_done = True

    def _told(self, content: Content) -> Answer | NoAnswer:
        at = self._site.stage.now
        answer = self._asked(content)
        self._history.append(Told(producer=self.process.name, content=content, at=at, answer=answer))
        return answer

    def _asked(self, content: Content) -> Answer | NoAnswer:
        stage, weather = self._site.stage, self._site.weather
        program = self._site.serving()
        if program is None:
            return NoAnswer(why="connection refused")
        me = stage.current
        me.process = program.process
        try:
            answer = deliver(content, program)
        except EarkivError as fault:
            return NoAnswer(why=type(fault).__name__)
        except Dead:
            return NoAnswer(why="connection cut")
        finally:
            me.process = self.process
        if self._site.is_beyond_quota(sender_of(content.name)):
            stage.failures.append(f"{content.name} was taken in beyond its sender's quota")
        if not weather.is_calm(stage.now) and weather.random.random() < weather.rates.fault_after * 5:
            return NoAnswer(why="answer lost")
        return answer


def deliver(content: Content, program: Program) -> Answer:
    """Do what the service does with a request."""
    ports, arrivals = program.archive.ports, program.arrivals
    agreement = ports.catalogue.agreement(DEFAULT_AGREEMENT.id)
    assert agreement
    sender = Sender(producer=sender_of(content.name), agreement=agreement)
    size = len(content.sent)
    with arrivals.room.promised(size) as promise, arrivals.arriving(sender, size) as arrival:
        promise.came(size)
        if content.form is Form.PUSH:
            push = read_push(content.sent)
            assert not isinstance(push, tuple), push
            landing = Landing(arrival=arrival, ports=ports)
            held = hold(push, agreement, lambda chunks: io.BytesIO(b"".join(chunks)))
            return deliver_push(land_push(held, landing, arrivals.room), landing, agreement)
        name = f"{content.name}.zip"
        source = land_container(arrival, name, (content.sent,), ports)
        if content.form is Form.CONTAINER_LEFT:
            return leave_to_workers(arrival, source, agreement, ports)
        return deliver_container(arrival, source, agreement, ports)
