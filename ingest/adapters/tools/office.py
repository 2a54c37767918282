"""LibreOffice, kept warm: one process that takes one document after another, behind the same walls as any tool.

It is started anew after so many documents, and whenever a document has harmed it: starting costs seconds, a document
a fraction of one.
"""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Final

from ingest.adapters.tools.bounds import MIB, Bound, Bounds, Stopped
from ingest.adapters.tools.confined import Confinement, Running, run, workspace
from ingest.adapters.tools.office_driver import MACRO, profile_files
from ingest.adapters.tools.parts import clear, hand_over, taken, write_new
from ingest.adapters.tools.tool import Tried, cost_of, fault_of
from ingest.domain.allowances import Allowance
from ingest.domain.conversions import ConversionFault, ConversionRequest, NotConverted
from ingest.errors import ToolFailed

MOST_DOCUMENTS: Final = 50
_START_SECONDS: Final = 120.0
_PAUSE_SECONDS: Final = 0.02
_PATIENCE_SECONDS: Final = 10.0
_FRESH_MEMORY: Final = 180 * MIB
"""What it may hold on to for the next document."""
_MOST_SAID: Final = 300
_ALL_DAY: Final = 86_400
_PROFILE: Final = "home/.config/libreoffice/4/user"
_VERSION: Final = re.compile(r"\d+(?:\.\d+)+")
_PARTS: Final = {"pdf-a-2b": "2"}
_WORD, _EXCEL, _POINT = "MS Word 97", "MS Excel 97", "MS PowerPoint 97"
_WORDX, _EXCELX, _POINTX = "MS Word 2007 XML", "Calc MS Excel 2007 XML", "Impress MS PowerPoint 2007 XML"
_READ_AS: Final = {
    **dict.fromkeys(("fmt/40", "fmt/609"), ("doc", _WORD)),
    **dict.fromkeys(("fmt/412", "fmt/523", "fmt/597"), ("docx", _WORDX)),
    "x-fmt/45": ("dot", "MS Word 97 Vorlage"),
    "fmt/39": ("doc", "MS Word 95"),
    "fmt/59": ("xls", "MS Excel 95"),
    **dict.fromkeys(("fmt/61", "fmt/62"), ("xls", _EXCEL)),
    **dict.fromkeys(("fmt/214", "fmt/445"), ("xlsx", _EXCELX)),
    "fmt/595": ("xlsb", "Calc MS Excel 2007 Binary"),
    **dict.fromkeys(("fmt/126", "x-fmt/87"), ("ppt", _POINT)),
    **dict.fromkeys(("fmt/215", "fmt/487"), ("pptx", _POINTX)),
    "fmt/629": ("ppsx", "Impress MS PowerPoint 2007 XML AutoPlay"),
    **dict.fromkeys(("fmt/45", "fmt/50", "fmt/52", "fmt/53", "fmt/355", "fmt/969"), ("rtf", "Rich Text Format")),
    **dict.fromkeys(("fmt/136", "fmt/290", "fmt/291", "fmt/1756"), ("odt", "writer8")),
    **dict.fromkeys(("fmt/137", "fmt/294", "fmt/295", "fmt/1755"), ("ods", "calc8")),
    **dict.fromkeys(("fmt/138", "fmt/292", "fmt/293", "fmt/1754"), ("odp", "impress8")),
    "fmt/128": ("sxw", "StarOffice XML (Writer)"),
    "fmt/129": ("sxc", "StarOffice XML (Calc)"),
    "fmt/130": ("sxi", "StarOffice XML (Impress)"),
    **dict.fromkeys(("x-fmt/44", "x-fmt/203", "x-fmt/393", "x-fmt/394"), ("wpd", "WordPerfect")),
}
"""How a format is read: the extension and the import filter. What is not here LibreOffice finds out by itself."""
WEB_PAGE: Final = ("html", "HTML (StarWriter)")


class Office:
    """`Tool` for word processing, spreadsheets and presentations; threads take turns."""

    def __init__(self, program: Path, scratch: Path, bounds: Bounds) -> None:
        self._program = program
        self._scratch = scratch
        self._bounds = bounds
        self._lock = Lock()
        self._open = ExitStack()
        self._folder = Path()
        self._running: Running | None = None
        self._documents = 0
        self._memory = 0
        self._start_seconds = 0.0

    @cached_property
    def version(self) -> str:
        """Name and version. Raises ToolFailed."""
        with workspace(self._scratch) as folder:
            command = (str(self._program), "--headless", "--version")
            ran = run(Confinement(command=command, folder=folder, bounds=self._bounds))
        found = _VERSION.search(ran.said)
        return f"LibreOffice {found[0]}" if found else "LibreOffice"

    @contextmanager
    def convert(self, source: Path, request: ConversionRequest, allowance: Allowance) -> Iterator[Tried]:
        """Convert a document; the filter is chosen by PUID. Raises ToolFailed, ObjectMissing."""
        extension = request.name.rpartition(".")[2].lower()
        unknown = (extension if extension.isascii() and extension.isalnum() else "bin", "")
        read_as = _READ_AS.get(request.format.puid or "", unknown)
        with self.converted(source, read_as, request.target.name, allowance) as tried:
            yield tried

    @contextmanager
    def converted(self, source: Path, read_as: tuple[str, str], target: str, allowance: Allowance) -> Iterator[Tried]:
        """Convert a document that is read by that extension and filter. Raises ToolFailed, ObjectMissing."""
        part = _PARTS.get(target)
        if part is None:
            cannot = f"LibreOffice cannot make {target}"
            yield Tried(made=NotConverted(reason=ConversionFault.FAILED, detail=cannot))
            return
        extension, reader = read_as
        name = f"source.{extension}"
        with self._lock:
            try:
                running = self._warm(allowance)
                hand_over(source, self._folder / name)
                write_new(self._folder / "job.part", f"{name}\n{reader}\n{part}\n")
                if (used := running.allow(self._bounds.within(allowance))) is not None and self._documents == 1:
                    self._start_seconds = used.seconds
                (self._folder / "job.part").rename(self._folder / "job")
                yield self._answer(running, allowance)
            except BaseException:
                self._cool()
                raise
            if self._running is not None:
                clear(self._folder, name, "job", "job.part", "answer", "answer.part", "made.pdf")
            if self._memory > _FRESH_MEMORY:
                self._cool()

    def close(self) -> None:
        """End LibreOffice, if it is running."""
        with self._lock:
            self._cool()

    def _warm(self, allowance: Allowance) -> Running:
        if self._running is not None and not self._running.has_ended and self._documents < MOST_DOCUMENTS:
            self._documents += 1
            return self._running
        self._cool()
        self._folder = self._open.enter_context(workspace(self._scratch))
        for path, text in profile_files().items():
            target = self._folder / _PROFILE / path
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_new(target, text)
        command = (str(self._program), "--headless", "--norestore", "--nologo", "--nodefault", MACRO)
        # Its start is no document's fault, and has time of its own.
        resting = _resting(self._bounds.within(allowance))
        order = Confinement(command=command, folder=self._folder, bounds=resting, file_bytes=self._bounds.bytes)
        running = Running(order)
        self._running = self._open.enter_context(running)
        self._documents, self._memory = 1, 0
        if not self._appears("ready", running, _START_SECONDS):
            said = running.said
            self._cool()
            raise ToolFailed(f"LibreOffice startar inte: {said}", f"LibreOffice does not start: {said}")
        return running

    def _cool(self) -> None:
        self._running = None
        self._open.close()

    def _answer(self, running: Running, allowance: Allowance) -> Tried:
        """Wait for the answer; whoever does not answer in time, or dies of the document, is started anew next time."""
        bounds = self._bounds.within(allowance)
        if self._appears("answer", running, bounds.seconds + _PATIENCE_SECONDS):
            with taken(self._folder / "answer") as answer:
                said = "" if answer is None else answer.read(_MOST_SAID).decode("utf-8", "replace").strip()
            failed = NotConverted(reason=ConversionFault.FAILED, detail=" ".join(said.split()))
            if (used := running.allow(_resting(bounds))) is not None:
                self._memory = used.memory
                return Tried(made=self._folder / "made.pdf" if said == "ok" else failed, seconds=used.seconds)
        ended = running.has_ended
        ending, said, seconds = running.stop(), running.said, running.used_seconds
        self._cool()
        if not ended or ending == Stopped(bound=None):
            ending = Stopped(bound=Bound.SECONDS)
        # A document pays for the start that it has made necessary.
        cost = cost_of(ending, seconds, allowance) + self._start_seconds
        ended_itself = NotConverted(reason=ConversionFault.FAILED, detail="it ended")
        return Tried(made=fault_of(ending, said) or ended_itself, seconds=cost)

    def _appears(self, name: str, running: Running, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not running.has_ended:
            if (self._folder / name).exists():
                return True
            time.sleep(_PAUSE_SECONDS)
        return False


def _resting(bounds: Bounds) -> Bounds:
    """Give the bounds of one that has nothing to do: it may wait all day."""
    return replace(bounds, seconds=_ALL_DAY, cpu_seconds=_ALL_DAY)
