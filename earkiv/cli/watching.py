"""`earkiv watch`: take in what systems that can only write files leave in a folder."""

import json
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Final

from earkiv.cli import watch_texts as texts
from earkiv.cli.endings import FAULT, FINE, REFUSED, fault_texts
from earkiv.cli.intake import taken_in
from earkiv.cli.schema_setup import require_schemas
from earkiv.cli.session import Session
from earkiv.cli.wording import visible
from ingest.adapters.drop_folder import Claim, DropFolder, Snapshot
from ingest.adapters.system import RandomIds, SystemClock
from ingest.domain.receipts import Outcome
from ingest.errors import (
    DamageFound,
    EarkivError,
    InvalidKey,
    ObjectExists,
    ObjectMissing,
    OutOfSpace,
    ProgramFault,
    SourceUnreadable,
    TransientError,
)

_LOOK_SECONDS: Final = 2.0
_FAULT_SECONDS: Final = 60.0
_REST_SECONDS: Final = 3600.0
"""So often a drop that waits for a person, to decide or to mend something, is tried again."""
_OF_ONE_DROP: Final = (SourceUnreadable, ProgramFault, DamageFound, ObjectMissing, ObjectExists, InvalidKey)
"""Faults that have to do with one drop alone, or may: whoever mends them is told, and the others go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What to watch, under which agreement; `settle` seconds without a change stand for a marker, None never."""

    folder: Path
    agreement: str
    settle: float | None


def watch(errand: Errand, session: Session) -> int:
    """Watch until told to stop (SIGTERM, Ctrl-C). A fault of the machine, a full disk too, is told, and tried again.

    Raises WrongUse for an unknown agreement, PermanentError when the folder or the archive cannot be used.
    """
    require_schemas(session)
    watcher = _Watcher(errand, session)
    session.note(session.voice(texts.WATCHING).format(folder=errand.folder))
    with _until_stopped() as stopping:
        while not stopping.is_set():
            pause = _LOOK_SECONDS
            try:
                watcher.take(stopping)
            except (TransientError, OutOfSpace) as fault:
                reason, remedy = fault_texts(fault)
                session.note(f"{session.voice(reason)} {session.voice(remedy)}")
                pause = _FAULT_SECONDS
            stopping.wait(pause)
    return FINE


def take_once(errand: Errand, session: Session) -> int:
    """Take in what is there now, and end; 1 when any is refused, 2 when any had to be left. Raises EarkivError."""
    require_schemas(session)
    watcher = _Watcher(errand, session)
    if errand.settle is not None:
        watcher.look()
        time.sleep(errand.settle)
    ended = watcher.take(Event())
    if ended.faults:
        return FAULT
    return REFUSED if ended.refused else FINE


@dataclass(slots=True)
class _Ended:
    """How many drops were refused, and over how many the machine stumbled."""

    refused: int = 0
    faults: int = 0


class _Watcher:
    """Looks at the folder, claims what is complete, and files what was decided."""

    def __init__(self, errand: Errand, session: Session) -> None:
        self._errand = errand
        self._session = session
        self._folder = DropFolder(errand.folder)
        self._since: dict[str, tuple[Snapshot, float]] = {}
        self._resting: dict[Path, float] = {}

    def look(self) -> tuple[str, ...]:
        """Give the names of the drops without a marker that have not changed for long enough."""
        if self._errand.settle is None:
            return ()
        now, seen = time.monotonic(), self._folder.unmarked()
        self._since = {name: self._looked(name, seen, now) for name in seen}
        return tuple(name for name, (_, since) in self._since.items() if now - since >= self._errand.settle)

    def _looked(self, name: str, seen: Mapping[str, Snapshot], now: float) -> tuple[Snapshot, float]:
        before = self._since.get(name)
        return before if before is not None and before[0] == seen[name] else (seen[name], now)

    def take(self, stopping: Event) -> "_Ended":
        """Take in everything that is complete, and what a kill left, and tell how it ended. Raises EarkivError."""
        self._folder.resume()
        for name in (*self._folder.marked(), *self.look()):
            at = SystemClock().now()
            self._folder.claim(name, f"{at:%Y%m%dT%H%M%S}-{RandomIds().new()}")
        claims = [claim for claim in self._folder.claims() if not self._rests(claim)]
        ended = _Ended()
        while claims and not stopping.is_set():
            claims = self._taken(claims, stopping, ended)
        return ended

    def _taken(self, claims: list[Claim], stopping: Event, ended: "_Ended") -> list[Claim]:
        """Take drops in one after another, and give those that are left: one that cannot be read holds up no other."""
        receipts = taken_in([claim.path for claim in claims], self._errand.agreement, self._session)
        with closing(receipts):
            for number, claim in enumerate(claims):
                try:
                    receipt = next(receipts)
                except _OF_ONE_DROP as fault:
                    self._put_off(claim, fault)
                    ended.faults += 1
                    return claims[number + 1 :]
                except OutOfSpace:
                    self._let_rest(claim)  # it may be too large for this disk, and the next may not
                    raise
                ended.refused += self._filed(claim, receipt)
                if stopping.is_set():
                    break
        return []

    def _put_off(self, claim: Claim, fault: EarkivError) -> None:
        reason, remedy = map(self._session.voice, fault_texts(fault))
        said = self._session.voice(texts.PUT_OFF)
        self._session.note(said.format(name=visible(claim.path.name), reason=reason, remedy=remedy))
        self._let_rest(claim)

    def _let_rest(self, claim: Claim) -> None:
        self._resting[claim.place] = time.monotonic() + _REST_SECONDS

    def _rests(self, claim: Claim) -> bool:
        return self._resting.get(claim.place, 0.0) > time.monotonic()

    def _filed(self, claim: Claim, receipt: dict[str, object]) -> int:
        """Put a drop away with its receipt; one that is held stays until it is decided. Give 1 for a refusal."""
        outcome = receipt["outcome"]
        said = texts.TAKEN[Outcome(str(outcome))]
        self._session.page().print(visible(self._session.voice(said).format(name=claim.path.name)))
        if outcome == Outcome.HELD:
            self._let_rest(claim)
            return 0
        into = self._folder.done if outcome == Outcome.ACCEPTED else self._folder.refused
        self._folder.file(claim, json.dumps(receipt, ensure_ascii=False, indent=1).encode("utf-8", "replace"), into)
        return int(outcome == Outcome.REJECTED)


@contextmanager
def _until_stopped() -> Iterator[Event]:
    """Let a stop end the work after the drop at hand."""
    stopping = Event()
    before = {number: signal.signal(number, lambda *_: stopping.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
