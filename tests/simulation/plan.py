"""What happens in one simulation apart from the weather of calls: who sends what, and what befalls the machines."""

from dataclasses import dataclass, replace
from enum import Enum, auto
from random import Random
from typing import Final

from tests.simulation.contents import Content, Form

FORMS: Final = (Form.PUSH, Form.PUSH, Form.CONTAINER, Form.CONTAINER_LEFT)
PLACES: Final = ("catalogue", "staging", "archive", "examiner", "broker")
HOUR: Final = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What one producer sends, each after so many seconds; `until_decided`: after each it waits for the receipt."""

    contents: tuple[tuple[float, Content], ...]
    until_decided: bool


class Mishap(Enum):
    """What befalls the machines."""

    KILL = auto()
    CLOCK = auto()
    OUTAGE = auto()
    FLUSH = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Befalling:
    """A mishap and when; `seconds` is how long it lasts, of a clock how far it is set; `place` what it strikes."""

    at: float
    mishap: Mishap
    seconds: float
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One simulation: everything that its seed decides beforehand; after `until` seconds nothing goes wrong.

    `quota` is how many deliveries each sender may have under way, None for any number.
    """

    until: float
    workers: int
    serving: int
    serving_works: bool
    replicas: int
    quota: int | None
    tasks: tuple[Task, ...]
    mishaps: tuple[Befalling, ...]


def drawn_plan(random: Random) -> Plan:
    """Draw a plan."""
    until = random.uniform(4.0, 45.0)
    kinds = [mishap for mishap in Mishap if random.random() < 0.4]
    mishaps = [_befalling(random.choice(kinds), until, random) for _ in range(random.randint(0, 4)) if kinds]
    return Plan(
        until=until,
        workers=random.choice((1, 2, 2, 3)),
        serving=random.choice((1, 1, 2)),
        serving_works=random.random() < 0.3,
        replicas=random.choice((1, 1, 1, 2)),
        quota=random.choice((None, None, 1)),
        tasks=_tasks(random),
        mishaps=tuple(sorted(mishaps, key=lambda one: one.at)),
    )


def _befalling(mishap: Mishap, until: float, random: Random) -> Befalling:
    at = random.uniform(0.0, min(until, 25.0))
    seconds = random.choice((-HOUR, HOUR)) if mishap is Mishap.CLOCK else random.uniform(1.0, 45.0)
    lasting = seconds if mishap is Mishap.CLOCK else min(seconds, until - at)
    return Befalling(at=at, mishap=mishap, seconds=lasting, place=random.choice(PLACES))


def _tasks(random: Random) -> tuple[Task, ...]:
    """One or two names, each with one of the stories that a name can have; each stretch is a producer's own."""
    stories = (_once, _again, _at_once, _contradicted, _refused, _replaced)
    return tuple(
        task
        for number in range(random.choice((1, 1, 2)))
        for task in random.choice(stories)(Content(name=f"D-{number}", words="ett", form=random.choice(FORMS)), random)
    )


def _once(content: Content, random: Random) -> tuple[Task, ...]:
    return (_task(random, content),)


def _again(content: Content, random: Random) -> tuple[Task, ...]:
    return (_task(random, content, content),)


def _at_once(content: Content, random: Random) -> tuple[Task, ...]:
    return (_task(random, content), _task(random, content))


def _contradicted(content: Content, random: Random) -> tuple[Task, ...]:
    return (_task(random, content), _task(random, replace(content, words="två", form=random.choice(FORMS))))


def _refused(content: Content, random: Random) -> tuple[Task, ...]:
    bad = replace(content, closed=False)
    return (_task(random, bad, replace(content, words="rättat")),)


def _replaced(content: Content, random: Random) -> tuple[Task, ...]:
    return (_task(random, content, replace(content, words="nytt", replaces=True)),)


def _task(random: Random, *contents: Content) -> Task:
    waits = (random.choice((0.0, 0.5, 3.0, 12.0)) * random.random() for _ in contents)
    return Task(contents=tuple(zip(waits, contents, strict=True)), until_decided=random.random() < 0.5)
