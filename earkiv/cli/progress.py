"""Progress bars on stderr: what is being done, how much of it, the rate, and the time that is left."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.table import Column
from rich.text import Text as Line

from earkiv.cli import texts
from earkiv.cli.language import Voice
from earkiv.cli.sizes import size_of
from earkiv.cli.watched_ports import watched
from earkiv.cli.wording import count_text, size_text, visible
from ingest.domain.findings import Text
from ingest.drop_ports import RemoteDrop
from ingest.pipeline.step import Ports

_MINUTE = 60
_NAME = 40


class Phase(IntEnum):
    """The phases of an intake; a delivery never goes back to an earlier one."""

    LANDING = 0
    EXAMINING = 1
    PRESERVING = 2


_TITLES = {
    Phase.LANDING: texts.LANDING,
    Phase.EXAMINING: texts.EXAMINING,
    Phase.PRESERVING: texts.PRESERVING,
}


class Figures(ProgressColumn):
    """Done, total, rate and time left; in bytes, or in files where the task says so."""

    def __init__(self, voice: Voice) -> None:
        super().__init__(table_column=Column(no_wrap=True))
        self._voice = voice

    def render(self, task: Task) -> Line:
        """Write the figures of a task."""
        amount = self._files if task.fields.get("files") else self._bytes
        parts = [amount(task.completed) + (f" / {amount(task.total)}" if task.total else "")]
        if task.speed:
            parts.append(self._voice(texts.PER_SECOND).format(size=amount(task.speed)))
        if task.time_remaining is not None and task.total:
            minutes, seconds = divmod(int(task.time_remaining), _MINUTE)
            parts.append(self._voice(texts.LEFT).format(time=f"{minutes}:{seconds:02d}"))
        return Line(" · ".join(parts))

    def _bytes(self, size: float) -> str:
        return size_text(size, self._voice.language)

    def _files(self, files: float) -> str:
        count = count_text(int(files), self._voice.language)
        return self._voice(texts.FILES_COUNTED).format(count=count)


def _display(voice: Voice) -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(12), Figures(voice))
    return Progress(*columns, console=Console(stderr=True, highlight=False, emoji=False), transient=True)


def _is_container(source: Path | RemoteDrop) -> bool:
    return source.is_file() if isinstance(source, Path) else not source.is_folder


def _size_of(source: Path | RemoteDrop) -> int:
    return size_of(source) if isinstance(source, Path) else sum(file.size for file in source.files)


class Intake:
    """Shows one delivery at a time: landing, examination, preservation, each with its own bar."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._display: Progress | None = None
        self._name = ""
        self.phase = Phase.LANDING
        self._files = 0
        self._bytes = 0

    def fit(self, ports: Ports) -> Ports:
        """Put this meter before the ports."""
        return watched(ports, self)

    def begin(self, source: Path | RemoteDrop) -> None:
        """Show the delivery's first phase."""
        name = visible(source.name or str(source))
        self._name = name if len(name) <= _NAME else f"{name[:_NAME]}…"
        self._files, self._bytes = -1 if _is_container(source) else 0, 0  # a container is not one of its own files
        self._display = _display(self._voice)
        self._display.start()
        self._enter(Phase.LANDING, _size_of(source))

    def end(self) -> None:
        """Take the display away."""
        if self._display:
            self._display.stop()
            self._display = None

    def landed(self, size: int) -> None:
        """Advance the landing; bytes beyond what was expected are a container being unpacked."""
        if self.phase is Phase.LANDING:
            self._bytes += size
            self._advance(size)

    def file_landed(self) -> None:
        """Count the files that are to be examined."""
        if self.phase is Phase.LANDING:
            self._files += 1

    def examined(self, files: int) -> None:
        """Advance the examination."""
        if self.phase is Phase.LANDING:
            self._enter(Phase.EXAMINING, self._files)
        self._advance(files)

    def preserved(self, size: int) -> None:
        """Advance the reading back, once there is something to preserve."""
        if self.phase is Phase.EXAMINING:
            self._enter(Phase.PRESERVING, self._bytes)
        if self.phase is Phase.PRESERVING:
            self._advance(size)

    def _enter(self, phase: Phase, total: int | None) -> None:
        self.phase = phase
        if self._display:
            for done in self._display.task_ids:
                self._display.remove_task(done)
            title = self._voice(_TITLES[phase]).format(name=self._name)
            self._display.add_task(title, total=total, files=phase is Phase.EXAMINING)

    def _advance(self, amount: int) -> None:
        if not self._display:
            return
        task = self._display.tasks[0]
        if task.total is not None and task.completed + amount > task.total:
            self._display.update(task.id, total=task.completed + amount)
        self._display.advance(task.id, amount)


@contextmanager
def reading_shown(title: Text, total: int | None, voice: Voice) -> Iterator[Callable[[int, int], None]]:
    """Show bytes being read; the report is given how many objects and bytes have been read in all."""
    with _display(voice) as display:
        task = display.add_task(voice(title), total=total)
        yield lambda _objects, size: display.update(task, completed=size)
