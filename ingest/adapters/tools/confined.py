"""Runs a tool in a folder of its own, through a supervisor that keeps it there and within its bounds."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO, Final, Self

from ingest.adapters.tools.bounds import MIB, Bound, Bounds, Crashed, Ending, Exited, Layer, Stopped
from ingest.errors import ToolFailed

_PATIENCE_SECONDS: Final = 30.0
_SAID: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Confinement:
    """A tool to run: its command (an absolute path first), the folder it may write in, what else it may read.

    The tool starts in its folder and knows it by another name: its arguments name files relative to it. `layers` are
    the walls to raise, as far as the system can; `file_bytes` the most in one file, 0 for what the bounds say of all.
    """

    command: tuple[str, ...]
    folder: Path
    bounds: Bounds
    reads: tuple[Path, ...] = ()
    layers: frozenset[Layer] = frozenset(Layer)
    file_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What a tool has used: processor seconds, and bytes of memory at this moment."""

    seconds: float
    memory: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a tool ended, the end of what it said, and its processor seconds."""

    ending: Ending
    said: str
    seconds: float


class Running:
    """A tool under way; leaving the `with` block ends it with all its processes, whatever it does."""

    def __init__(self, confinement: Confinement) -> None:
        """Start it. Raises ToolFailed when not even the supervisor starts."""
        self._folder = confinement.folder
        self._patience = confinement.bounds.seconds + _PATIENCE_SECONDS
        self._last: bytes | None = None
        self._told = b""
        self._supervisor = _started(confinement)
        self.layers = self._layers()

    def _layers(self) -> frozenset[Layer]:
        first = _stream(self._supervisor.stdout).readline()
        try:
            return frozenset(Layer[name] for name in json.loads(first)["layers"])
        except (ValueError, KeyError) as error:
            self._supervisor.kill()
            self._supervisor.wait()
            raise _failed("the supervisor did not start") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def has_ended(self) -> bool:
        """Whether it has ended by itself, or gone beyond a bound."""
        return self._supervisor.poll() is not None

    def stop(self) -> Ending:
        """End it with all its processes, if it has not ended yet, and say how it ended."""
        _stream(self._supervisor.stdin).close()
        return self.wait()

    def wait(self) -> Ending:
        """Wait until it ends, which its bounds see to. Raises ToolFailed when the supervisor itself dies."""
        if self._last is None:
            try:
                self._supervisor.wait(self._patience)
            except subprocess.TimeoutExpired:
                self._supervisor.kill()
                self._supervisor.wait()
            self._last = self._told or _stream(self._supervisor.stdout).read()
            _stream(self._supervisor.stdout).close()
            _stream(self._supervisor.stdin).close()
        return _ending(self._last)

    def allow(self, bounds: Bounds) -> Used | None:
        """Bound it anew from now on; give what it used since it was last bounded, None when it has ended."""
        if self._last is not None:
            return None
        order = {key: value for key, value in asdict(bounds).items() if key != "data"}
        try:
            os.write(_stream(self._supervisor.stdin).fileno(), json.dumps(order).encode() + b"\n")
        except BrokenPipeError:
            return None
        line = _stream(self._supervisor.stdout).readline()
        told = json.loads(line or b"{}")
        if "memory" in told:
            return Used(seconds=told["used"], memory=told["memory"])
        self._told = line
        return None

    @property
    def used_seconds(self) -> float:
        """Processor seconds that one that has ended used since it was last bounded."""
        self.wait()
        return float(json.loads(self._last or b"{}").get("used", 0.0))

    @property
    def said(self) -> str:
        """The end of what the tool wrote on its outputs, on one line."""
        try:
            content = (self._folder / "said").read_bytes()[-_SAID:]
        except OSError:
            return ""
        return " ".join(content.decode("utf-8", "replace").split())


def run(confinement: Confinement) -> Ran:
    """Run a tool to its end. Raises ToolFailed."""
    with Running(confinement) as running:
        return Ran(ending=running.wait(), said=running.said, seconds=running.used_seconds)


@contextmanager
def workspace(scratch: Path) -> Iterator[Path]:
    """Lend an empty folder for one run of a tool, with the `home` and `tmp` that it knows."""
    with TemporaryDirectory(dir=scratch, prefix="tool-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for inside in ("home", "tmp"):
            (folder / inside).mkdir(mode=0o700)
        yield folder


@cache
def layers() -> frozenset[Layer]:
    """Say which walls this system can raise, by raising them around a program that does nothing."""
    bounds = Bounds(seconds=10, cpu_seconds=10, memory=64 * MIB, processes=4, files=16, bytes=MIB)
    with TemporaryDirectory(prefix="earkiv-walls-") as scratch, workspace(Path(scratch)) as folder:
        nothing = Confinement(command=("/bin/true",), folder=folder, bounds=bounds)
        with Running(nothing) as running:
            return running.layers


def _started(confinement: Confinement) -> "subprocess.Popen[bytes]":
    order = {
        **asdict(confinement.bounds),
        "file_bytes": confinement.file_bytes or confinement.bounds.bytes,
        "command": confinement.command,
        "folder": str(confinement.folder),
        "layers": [layer.name for layer in confinement.layers],
        "reads": [str(path) for path in confinement.reads],
    }
    try:
        return subprocess.Popen(  # noqa: S603 - our own module
            (sys.executable, "-I", "-m", "ingest.adapters.tools.supervisor", json.dumps(order)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=confinement.folder,
        )
    except OSError as error:
        raise _failed(str(error)) from error


def _ending(last: bytes) -> Ending:
    try:
        told = json.loads(last)
    except ValueError as error:
        raise _failed("the supervisor of a tool died") from error
    match told:
        case {"code": code}:
            return Exited(code=code)
        case {"signal": signal}:
            return Crashed(signal=signal)
        case _:
            return Stopped(bound=Bound(told["bound"]) if told["bound"] else None)


def _stream(stream: "IO[bytes] | None") -> "IO[bytes]":
    if stream is None:
        message = "a process was started without its pipes"
        raise AssertionError(message)
    return stream


def _failed(reason: str) -> ToolFailed:
    return ToolFailed(f"Ett verktyg kunde inte köras: {reason}.", f"A tool could not be run: {reason}.")
