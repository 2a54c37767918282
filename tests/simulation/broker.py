"""A broker that loses, doubles, delays and reorders messages, and forgets all of them at once."""

from kombu.exceptions import OperationalError

from tests.simulation.exposure import Exposure
from tests.simulation.stage import Actor
from tests.simulation.weather import Strike

PLACE = "broker"


class Broker:
    """Messages on their way to whoever listens."""

    def __init__(self, exposure: Exposure) -> None:
        self._exposure = exposure
        self._stage = exposure.stage
        self._weather = exposure.weather
        self._messages: list[tuple[float, str]] = []
        self._listening: list[Actor] = []

    def send(self, delivery_id: str) -> None:
        """Take a message, or lose it. Raises OperationalError, having taken it or not."""
        weather = self._weather
        strike = self._exposure.before(PLACE, "send")
        if strike is Strike.FAULT_BEFORE:
            raise OperationalError("the broker is away")
        random, rates, calm = weather.random, weather.rates, weather.is_calm(self._stage.now)
        if calm or random.random() >= rates.lost:
            self._take(delivery_id)
        else:
            weather.was_foul(self._stage.now)
        if not calm and random.random() < rates.doubled:
            self._take(delivery_id)
        self._exposure.after(strike)
        if strike is Strike.FAULT_AFTER:
            raise OperationalError("the broker's answer was lost")

    def waiting(self) -> int:
        """Say how many messages nobody has taken yet. Raises OperationalError."""
        strike = self._exposure.before(PLACE, "waiting")
        if strike in (Strike.FAULT_BEFORE, Strike.FAULT_AFTER):
            raise OperationalError("the broker is away")
        self._exposure.after(strike)
        return len(self._messages)

    def receive(self) -> str:
        """Wait for a message; the oldest is not always the first."""
        while True:
            due = [number for number, (at, _) in enumerate(self._messages) if at <= self._stage.now]
            if due:
                return self._messages.pop(self._weather.random.choice(due))[1]
            if self._messages:
                self._stage.pause(max(0.01, min(at for at, _ in self._messages) - self._stage.now))
            else:
                self._listening.append(self._stage.current)
                self._stage.park()

    def put_back(self, delivery_id: str) -> None:
        """Take back a message that nobody acknowledged, or lose it after all."""
        if self._weather.random.random() < 0.5:
            self._take(delivery_id)

    def flush(self) -> None:
        """Forget everything."""
        self._messages.clear()

    def _take(self, delivery_id: str) -> None:
        calm = self._weather.is_calm(self._stage.now)
        late = self._weather.random.uniform(0.0, 0.1 if calm else self._weather.rates.late_seconds)
        at = min(self._stage.now + late, max(self._weather.until, self._stage.now + 0.1))
        self._messages.append((at, delivery_id))
        for actor in self._listening:
            if actor.process.alive:
                self._stage.wake(actor, at)
        self._listening.clear()
