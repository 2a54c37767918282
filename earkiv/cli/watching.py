"""`earkiv watch`: take in what systems that can only write files, or objects, leave in a folder or a bucket."""

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
from earkiv.cli.endings import FAULT, FINE, REFUSED, WrongUse, fault_texts
from earkiv.cli.intake import taken_in
from earkiv.cli.schema_setup import require_schemas
from earkiv.cli.session import Session
from earkiv.cli.wording import visible
from ingest.adapters.drop_folder import DropFolder
from ingest.adapters.drop_settings import drop_place
from ingest.adapters.system import RandomIds, SystemClock
from ingest.domain.receipts import Outcome
from ingest.drop_ports import Claim, DropPlace, Filed, RemoteDrop, Snapshot
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

_FAULT_SECONDS: Final = 60.0
_REST_SECONDS: Final = 3600.0
"""So often a drop that waits for a person, to decide or to mend something, is tried again."""
_OF_ONE_DROP: Final = (SourceUnreadable, ProgramFault, DamageFound, ObjectMissing, ObjectExists, InvalidKey)
"""Faults that have to do with one drop alone, or may: whoever mends them is told, and the others go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What to watch, under which agreement; `settle` seconds without a change stand for a marker, None never."""

    place: DropPlace
    agreement: str
    settle: float | None


def opened_place(said: str | None, session: Session) -> DropPlace:
    """Open the folder, or the bucket of `s3://BUCKET/PREFIX`; where none is said, the one that is set.

    Raises WrongUse for none at all, ConfigurationError, StoreReadOnly.
    """
    said = said or session.settings.drops.place
    if not said:
        raise WrongUse(texts.NO_PLACE.sv, texts.NO_PLACE.en)
    match drop_place(said, session.settings.drops, session.settings.stores):
        case Path() as folder:
            return DropFolder(folder)
        case address:
            from ingest.adapters.s3.drop_bucket import DropBucket  # noqa: PLC0415 - boto3 takes long to load

            return DropBucket(address)


def watch(errand: Errand, session: Session) -> int:
    """Watch until told to stop (SIGTERM, Ctrl-C). A fault of the machine, a full disk too, is told, and tried again.

    Raises WrongUse for an unknown agreement, PermanentError when the folder or the archive cannot be used.
    """
    require_schemas(session)
    watcher = _Watcher(errand, session)
    session.note(session.voice(texts.WATCHING).format(place=errand.place.shown))
    with _until_stopped() as stopping:
        while not stopping.is_set():
            pause = errand.place.look_seconds
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


class _Turns:
    """Drops whose turn comes one after another; the first is at hand from the beginning, for whatever comes before."""

    def __init__(self, claims: list[Claim], place: DropPlace) -> None:
        self.at_hand, *self.left = claims
        self._place = place

    def sources(self) -> Iterator[Path | RemoteDrop]:
        """Give each package when its turn comes, save what another watcher has filed while we waited."""
        while True:
            if self._place.holds(self.at_hand):
                yield self.at_hand.source
            if not self.left:
                return
            self.at_hand = self.left.pop(0)


class _Watcher:
    """Looks at the place, claims what is complete, and files what was decided."""

    def __init__(self, errand: Errand, session: Session) -> None:
        self._errand = errand
        self._session = session
        self._place = errand.place
        self._since: dict[str, tuple[Snapshot, float]] = {}
        self._resting: dict[str, float] = {}

    def look(self) -> tuple[str, ...]:
        """Give the names of the drops without a marker that have not changed for long enough."""
        if self._errand.settle is None:
            return ()
        now, seen = time.monotonic(), self._place.unmarked()
        self._since = {name: self._looked(name, seen, now) for name in seen}
        return tuple(name for name, (_, since) in self._since.items() if now - since >= self._errand.settle)

    def _looked(self, name: str, seen: Mapping[str, Snapshot], now: float) -> tuple[Snapshot, float]:
        before = self._since.get(name)
        return before if before is not None and before[0] == seen[name] else (seen[name], now)

    def take(self, stopping: Event) -> "_Ended":
        """Take in everything that is complete, and what a kill left, and tell how it ended. Raises EarkivError."""
        self._place.resume()
        for name in (*self._place.marked(), *self.look()):
            at = SystemClock().now()
            self._place.claim(name, f"{at:%Y%m%dT%H%M%S}-{RandomIds().new()}")
        claims = [claim for claim in self._place.claims() if not self._rests(claim)]
        ended = _Ended()
        while claims and not stopping.is_set():
            claims = self._taken(claims, stopping, ended)
        return ended

    def _taken(self, claims: list[Claim], stopping: Event, ended: "_Ended") -> list[Claim]:
        """Take drops in one after another, and give those that are left: one that cannot be read holds up no other."""
        turns = _Turns(claims, self._place)
        receipts = taken_in(turns.sources(), self._errand.agreement, self._session)
        with closing(receipts):
            try:
                for receipt in receipts:
                    ended.refused += self._filed(turns.at_hand, receipt)
                    if stopping.is_set():
                        break
            except _OF_ONE_DROP as fault:
                ended.faults += self._put_off(turns.at_hand, fault)
                return turns.left
            except OutOfSpace:
                self._let_rest(turns.at_hand)  # it may be too large for this disk, and the next may not
                raise
        return []

    def _put_off(self, claim: Claim, fault: EarkivError) -> int:
        """Let a drop rest, and say why, unless another watcher has filed it meanwhile. Give 1 for a fault."""
        if not self._place.holds(claim):
            return 0
        reason, remedy = map(self._session.voice, fault_texts(fault))
        said = self._session.voice(texts.PUT_OFF)
        self._session.note(said.format(name=visible(claim.name), reason=reason, remedy=remedy))
        self._let_rest(claim)
        return 1

    def _let_rest(self, claim: Claim) -> None:
        self._resting[claim.place] = time.monotonic() + _REST_SECONDS

    def _rests(self, claim: Claim) -> bool:
        return self._resting.get(claim.place, 0.0) > time.monotonic()

    def _filed(self, claim: Claim, receipt: dict[str, object]) -> int:
        """Put a drop away with its receipt; one that is held stays until it is decided. Give 1 for a refusal."""
        outcome = receipt["outcome"]
        said = texts.TAKEN[Outcome(str(outcome))]
        self._session.page().print(visible(self._session.voice(said).format(name=claim.name)))
        if outcome == Outcome.HELD:
            self._let_rest(claim)
            return 0
        into = Filed.DONE if outcome == Outcome.ACCEPTED else Filed.REFUSED
        self._place.file(claim, json.dumps(receipt, ensure_ascii=False, indent=1).encode("utf-8", "replace"), into)
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
