"""Ports that take simulated time, fail before or after their effect, and at whose calls processes die."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from ingest.adapters.sql.engine import Database
from ingest.errors import CatalogueUnavailable, EarkivError, OutOfSpace, StoreUnavailable, ToolFailed
from tests.simulation.stage import Dead, Process, Stage
from tests.simulation.weather import Strike, Weather

CATALOGUE, STAGING, EXAMINER, CONVERTER = "catalogue", "staging", "examiner", "converter"
_FILLING = frozenset({"put", "adopt", "replace", "prove_room"})


class Exposure:
    """What every call to the outside world goes through; `trace` is every call with its time and what befell it."""

    def __init__(self, stage: Stage, weather: Weather, kill: Callable[[Process], None]) -> None:
        self.stage = stage
        self.weather = weather
        self.trace: list[tuple[float, str, str, str]] = []
        self._kill = kill

    def before(self, place: str, call: str) -> Strike:
        """Let time pass, and draw what befalls the call. Raises Dead."""
        stage = self.stage
        stage.require_alive()
        stage.pause(self.weather.delay(stage.now))
        strike = self.weather.strike(place, call, stage.now, stage.current)
        self.trace.append((stage.now, stage.current.process.name, f"{place}.{call}", strike.name))
        if strike is Strike.DEATH_BEFORE:
            self._die()
        if strike is Strike.FREEZE:
            self._freeze()
        return strike

    def _freeze(self) -> None:
        """Let the caller's process stand still, then wake as if nothing had been."""
        until = self.stage.now + self.weather.frozen_for()
        self.weather.was_foul(until)
        self.stage.current.process.frozen_until = until
        self.stage.require_alive()

    def after(self, strike: Strike) -> None:
        """Let the caller die after the effect. Raises Dead."""
        if strike is Strike.DEATH_AFTER:
            self._die()

    def _die(self) -> None:
        self._kill(self.stage.current.process)
        raise Dead


class Exposed:
    """A store or a tool, each of its calls exposed."""

    def __init__(self, port: Any, place: str, exposure: Exposure) -> None:
        self.port = port
        self._place = place
        self._exposure = exposure

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.port, name)
        given = self._exposed(name, found) if callable(found) else found
        setattr(self, name, given)
        return given

    def _exposed(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        exposure, place = self._exposure, self._place

        def call(*arguments: Any, **named: Any) -> Any:
            strike = exposure.before(place, name)
            if strike is Strike.FAULT_BEFORE:
                raise self._fault(name)
            answer = method(*map(_bare, arguments), **named)
            if name == "keys":
                answer = iter(tuple(answer))
            exposure.after(strike)
            if strike is Strike.FAULT_AFTER:
                raise self._fault(name)
            return answer

        return call

    def _fault(self, name: str) -> EarkivError:
        if self._place in (EXAMINER, CONVERTER):
            return ToolFailed("Verktyget dog.", "The tool died.")
        if name in _FILLING and self._exposure.weather.random.random() < 0.5:
            return OutOfSpace("Disken är full.", "The disk is full.")
        return StoreUnavailable("Lagret svarar inte.", "The store does not answer.")


def _bare(argument: Any) -> Any:
    return argument.port if isinstance(argument, Exposed) else argument


class Written:
    """How many transactions wrote into the one database."""

    def __init__(self) -> None:
        self.count = 0


class ExposedDatabase(Database):
    """One process's way to the one database: each of its transactions is exposed, whole and undivided."""

    def __init__(self, shared: Database, exposure: Exposure, written: Written) -> None:
        # Everything of the shared one but its exposure: compiled statements are dear.
        self._engine, self._reader, self._once = shared._engine, shared._reader, shared._once  # noqa: SLF001
        self._shared = shared
        self.place = shared.place
        self._exposure = exposure
        self._written = written

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection, or raise CatalogueUnavailable before or after."""
        strike = self._before("read")
        with self._shared.reading() as connection:
            yield connection
        self._after(strike)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lend a connection, or raise CatalogueUnavailable before the transaction or after it was committed."""
        strike = self._before("write")
        with self._shared.writing() as connection:
            yield connection
        self._written.count += 1
        self._after(strike)

    def _before(self, call: str) -> Strike:
        strike = self._exposure.before(CATALOGUE, call)
        if strike is Strike.FAULT_BEFORE:
            raise _away()
        return strike

    def _after(self, strike: Strike) -> None:
        self._exposure.after(strike)
        if strike is Strike.FAULT_AFTER:
            raise _away()


def _away() -> CatalogueUnavailable:
    return CatalogueUnavailable("Katalogen svarar inte.", "The catalogue does not answer.")
