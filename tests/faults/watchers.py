"""`earkiv watch` in processes of their own, killed at an effect chosen beforehand, and what is dropped for them.

A watcher of a bucket speaks to it through a reaper: a server that hands every request on, and kills the watcher before
or after the chosen one. A watcher of a folder kills itself before the chosen effect, and one of either at the chosen
call to a port of its archive. Each is the whole program, in a child of the fork server.
"""

import json
import os
import re
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import pytest

from earkiv.cli import intake
from earkiv.cli import run as run_command
from ingest.adapters import drop_folder
from ingest.bootstrap import Archive, Fitting
from ingest.bootstrap import writing as opening
from ingest.config import Settings
from samples.simulator.containers import write_zip
from tests.fakes.small_archive import pushed_case
from tests.faults.counting import Tally, counted
from tests.faults.runs import begun
from tests.patience import PATIENCE_SECONDS, end_of
from tests.servers.http_faults import Answer, Backend, Request

_BROKEN_EVERY = 4
_NOBODY = Answer(status=500)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A drop: its files by their paths where it is dropped, what its producer calls it, and how it has to end."""

    name: str
    files: dict[str, bytes]
    delivery: str
    outcome: str

    @property
    def marker(self) -> str:
        """The path of the marker that says that it is complete."""
        return f"{self.name}.ready"


def drop(number: int, folder: Path) -> Dropped:
    """Make a case like no other, every other one packed; some are not what they say of themselves, and are refused."""
    name = f"drop-{number}"
    made = pushed_case(folder / name, "NEW", f"Ärende {number}", f"D-{number}")
    case = made / "case.json"
    case.write_text(case.read_text("utf-8").replace("EXN 2026/1", f"EXN 2026/{number}"), encoding="utf-8")
    is_broken = number % _BROKEN_EVERY == _BROKEN_EVERY - 1
    if is_broken:
        (made / "bilaga.txt").write_bytes(f"annat {number}".encode())
    if number % 2 == 0:
        name = f"{name}.zip"
        write_zip(made, folder / name)
    whole = folder / name
    paths = [path for path in (whole, *whole.rglob("*")) if path.is_file()]
    files = {str(path.relative_to(folder)): path.read_bytes() for path in paths}
    outcome = "rejected" if is_broken else "accepted"
    return Dropped(name=name, files=files, delivery=f"D-{number}", outcome=outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A request to a bucket: its method, a pattern of its target; the watcher dies before it is done or after."""

    name: str
    method: str
    target: str
    is_after: bool

    def meets(self, request: Request) -> bool:
        """Whether that is the request."""
        return request.method == self.method and re.search(self.target, request.target) is not None


class Reaper:
    """Hands requests on, and at the moment that it waits for kills, once, whoever it is told to."""

    def __init__(self, backend: Backend) -> None:
        """Wait for nothing yet."""
        self._backend = backend
        self._lock = threading.Lock()
        self._aimed: tuple[Moment, Callable[[], None]] | None = None
        self.struck = threading.Event()

    def aim(self, moment: Moment, kill: Callable[[], None]) -> None:
        """Wait for that moment."""
        with self._lock:
            self._aimed = moment, kill
            self.struck.clear()

    def rest(self) -> bool:
        """Wait for nothing any more, and say whether it had come to what was waited for: somebody dies of it."""
        with self._lock:
            has_come, self._aimed = self._aimed is None, None
            return has_come

    def __call__(self, request: Request) -> Answer:
        """Answer one request; of one at which somebody dies, nobody hears."""
        with self._lock:
            aimed = self._aimed
            if aimed is None or not aimed[0].meets(request):
                aimed = None
            else:
                self._aimed = None
        if aimed is None:
            return self._backend(request)
        moment, kill = aimed
        answer = self._backend(request) if moment.is_after else _NOBODY
        kill()
        self.struck.set()
        return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What a watcher is to do, with what environment, and where it says what it says.

    `die_at_call` is the call to a port of the archive at which it kills itself, `die_at_effect` the effect on a folder.
    """

    place: str
    environment: Mapping[str, str]
    log: Path
    options: tuple[str, ...] = ()
    die_at_call: int | None = None
    die_at_effect: int | None = None


@dataclass(slots=True)
class Watcher:
    """A watcher at work."""

    process: ForkServerProcess
    log: Path

    def kill(self) -> None:
        """Kill it, as a power cut would."""
        assert self.process.pid
        os.kill(self.process.pid, signal.SIGKILL)

    def await_death(self) -> None:
        """Wait until it has been killed."""
        self.process.join(PATIENCE_SECONDS)
        assert self.process.exitcode == -signal.SIGKILL, (self.process.exitcode, end_of(self.log))

    def stop(self) -> None:
        """Ask it to stop, and see it end well."""
        self.process.terminate()
        self.process.join(PATIENCE_SECONDS)
        assert self.process.exitcode == 0, (self.process.exitcode, end_of(self.log))


@contextmanager
def watching(watch: Watch) -> Iterator[Watcher]:
    """Let a watcher work within the `with` block; one that is left is killed."""
    process, answer = begun(_watch, watch)
    try:
        yield Watcher(process=process, log=watch.log)
    finally:
        if process.is_alive():
            process.kill()
        process.join()
        answer.close()


def _watch(watch: Watch, answer: Connection) -> None:
    said = os.open(watch.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(said, stream)
    os.environ.clear()
    os.environ.update(watch.environment)
    with pytest.MonkeyPatch.context() as patch:
        _die_at_call(watch.die_at_call, patch)
        _die_at_effect(watch.die_at_effect, patch)
        answer.send(run_command(["watch", watch.place, "--lang", "en", *watch.options]))


def _die_at_call(number: int | None, patch: pytest.MonkeyPatch) -> None:
    tally = Tally(number)

    def writing(settings: Settings, fit: Fitting) -> AbstractContextManager[Archive]:
        return opening(settings, lambda ports: counted(fit(ports), tally))

    if number is not None:
        patch.setattr(intake, "writing", writing)


def _die_at_effect(number: int | None, patch: pytest.MonkeyPatch) -> None:
    tally = Tally(number)

    def dying(name: str, effect: Callable[..., Any]) -> Callable[..., Any]:
        def made(*arguments: Any, **named: Any) -> Any:
            tally.count(name)
            return effect(*arguments, **named)

        return made

    for owner, name in ((Path, "rename"), (drop_folder, "sync_path"), (drop_folder, "_write")):
        patch.setattr(owner, name, dying(name, getattr(owner, name)))


def receipt_beside(drop: Dropped, filed: Mapping[str, bytes]) -> dict[str, Any]:
    """Find the one receipt of a drop among all files of `done/` and `refused/`, and all of the drop beside it."""
    marker = f"/{drop.marker}"
    (place,) = (path.removesuffix(marker) for path in filed if path.endswith(marker))
    found = {path.removeprefix(f"{place}/"): filed[path] for path in filed if path.startswith(f"{place}/")}
    receipt: dict[str, Any] = json.loads(found.pop("receipt.json"))
    assert found == {**drop.files, drop.marker: b""}, drop.name
    assert receipt["outcome"] == drop.outcome, receipt
    assert place.startswith("done/" if drop.outcome == "accepted" else "refused/"), place
    return receipt
