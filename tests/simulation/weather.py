"""What strikes the calls of one simulation: which kinds of fault, how often, until when; all drawn from its seed."""

from dataclasses import dataclass
from enum import Enum, auto
from random import Random
from typing import Final

from tests.simulation.stage import Actor

RATES: Final = (0.0, 0.0, 0.005, 0.02, 0.05)
"""How often a kind of fault falls on a call: in many seeds never, so that each kind is also seen alone."""
FREEZE_SECONDS: Final = (35.0, 80.0)
"""For how long a process freezes: others give it up, and finish its work, before it wakes."""
AIMS: Final = (
    "catalogue.write",
    "catalogue.read",
    "staging.put",
    "staging.delete",
    "archive.put",
    "archive.adopt",
    "archive.replace",
    "broker.send",
    "examiner.examine",
)
"""Calls at which a seed may aim all that it has."""
AIMED_RATE: Final = 0.12
SLOW_SECONDS: Final = (0.05, 2.0, 45.0)
"""Up to how long a slow call takes: longer than others have patience with a silent worker."""


class Strike(Enum):
    """What befalls a call: a fault, or the death of the process that calls, before its effect or after.

    A process that freezes before the effect is taken for dead, and has it when it wakes.
    """

    NONE = auto()
    FAULT_BEFORE = auto()
    FAULT_AFTER = auto()
    DEATH_BEFORE = auto()
    DEATH_AFTER = auto()
    FREEZE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How often each kind comes, as a share of calls; of messages `lost` and `doubled`.

    `aim` is a call that `aimed` strikes far more often than others, "" for none; `freeze_at` is the how manieth call of
    a working thread (of those aimed at, if any) it is at which its process freezes, 0 for none.
    """

    aim: str
    aimed: Strike
    freeze_at: int
    fault_before: float
    fault_after: float
    death_before: float
    death_after: float
    slow: float
    slow_seconds: float
    lost: float
    doubled: float
    late_seconds: float


def drawn_rates(random: Random) -> Rates:
    """Draw how often each kind comes."""
    aim = random.choice(AIMS) if random.random() < 0.6 else ""
    return Rates(
        aim=aim,
        aimed=random.choice((Strike.FAULT_BEFORE, Strike.FAULT_AFTER, Strike.DEATH_BEFORE, Strike.DEATH_AFTER)),
        freeze_at=random.randint(1, 8 if aim else 250) if random.random() < 0.3 else 0,
        fault_before=random.choice(RATES),
        fault_after=random.choice(RATES),
        death_before=random.choice(RATES) / 3,
        death_after=random.choice(RATES) / 3,
        slow=random.choice((0.0, 0.005, 0.02)),
        slow_seconds=random.choice(SLOW_SECONDS),
        lost=random.choice((0.0, 0.1, 0.5)),
        doubled=random.choice((0.0, 0.1, 0.5)),
        late_seconds=random.choice((0.1, 5.0, 30.0)),
    )


class Weather:
    """Strikes calls until it is calm; `outages` are places that do not answer at all until a time."""

    def __init__(self, random: Random, rates: Rates, until: float) -> None:
        self.random = random
        self.rates = rates
        self.until = until
        self.calm_at = 0.0
        self.outages: dict[str, float] = {}
        self._working_calls = 0

    def is_calm(self, now: float) -> bool:
        """Whether nothing strikes any more."""
        return now >= self.until

    def was_foul(self, until: float) -> None:
        """Note that a fault lasts, or has lasted, until then."""
        self.calm_at = max(self.calm_at, until)

    def delay(self, now: float) -> float:
        """Draw how long a call takes."""
        drawn = self.random.random()
        if self.is_calm(now):
            return drawn * 0.02 if drawn < 0.3 else 0.0
        if drawn < self.rates.slow:
            seconds = self.random.uniform(0.0, self.rates.slow_seconds)
            self.was_foul(now + seconds)
            return seconds
        return drawn * 0.2 if drawn < 0.4 else 0.0

    def strike(self, place: str, call: str, now: float, actor: Actor) -> Strike:
        """Draw what befalls a call."""
        if self.is_calm(now):
            return Strike.NONE
        if actor.works and self.rates.aim in ("", f"{place}.{call}"):
            self._working_calls += 1
            if self._working_calls == self.rates.freeze_at:
                return Strike.FREEZE
        if self.outages.get(place, 0.0) > now:
            return Strike.FAULT_BEFORE
        struck = self._drawn(f"{place}.{call}")
        if struck is not Strike.NONE:
            self.was_foul(now)
        return struck

    def frozen_for(self) -> float:
        """Draw for how long a process freezes."""
        return self.random.uniform(*FREEZE_SECONDS)

    def _drawn(self, call: str) -> Strike:
        drawn, rates = self.random.random(), self.rates
        if call == rates.aim:
            if drawn < AIMED_RATE:
                return rates.aimed
            drawn -= AIMED_RATE
        for strike, share in (
            (Strike.FAULT_BEFORE, rates.fault_before),
            (Strike.FAULT_AFTER, rates.fault_after),
            (Strike.DEATH_BEFORE, rates.death_before),
            (Strike.DEATH_AFTER, rates.death_after),
        ):
            if drawn < share:
                return strike
            drawn -= share
        return Strike.NONE
