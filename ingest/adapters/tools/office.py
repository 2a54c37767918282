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

from ingest.adapters.tools.bounds import Bounds, Stopped
from ingest.adapters.tools.confined import Confinement, Running, run, workspace
from ingest.adapters.tools.office_driver import MACRO, profile_files
from ingest.adapters.tools.parts import clear, hand_over, taken, write_new
from ingest.adapters.tools.tool import Made, fault_of
from ingest.domain.conversions import ConversionFault, ConversionRequest, NotConverted
from ingest.errors import ToolFailed

MOST_DOCUMENTS: Final = 50
_START_SECONDS: Final = 120.0
_PAUSE_SECONDS: Final = 0.02
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

    @cached_property
    def version(self) -> str:
        """Name and version. Raises ToolFailed."""
        with workspace(self._scratch) as folder:
            command = (str(self._program), "--headless", "--version")
            _, said = run(Confinement(command=command, folder=folder, bounds=self._bounds))
        found = _VERSION.search(said)
        return f"LibreOffice {found[0]}" if found else "LibreOffice"

    @contextmanager
    def convert(self, source: Path, request: ConversionRequest) -> Iterator[Made]:
        """Convert a document; the filter is chosen by PUID. Raises ToolFailed, ObjectMissing."""
        extension = request.name.rpartition(".")[2].lower()
        unknown = (extension if extension.isascii() and extension.isalnum() else "bin", "")
        with self.converted(source, _READ_AS.get(request.format.puid or "", unknown), request.target.name) as made:
            yield made

    @contextmanager
    def converted(self, source: Path, read_as: tuple[str, str], target: str) -> Iterator[Made]:
        """Convert a document that is read by that extension and filter. Raises ToolFailed, ObjectMissing."""
        part = _PARTS.get(target)
        if part is None:
            yield NotConverted(reason=ConversionFault.FAILED, detail=f"LibreOffice cannot make {target}")
            return
        extension, reader = read_as
        name = f"source.{extension}"
        with self._lock:
            try:
                running = self._warm()
                hand_over(source, self._folder / name)
                write_new(self._folder / "job.part", f"{name}\n{reader}\n{part}\n")
                (self._folder / "job.part").rename(self._folder / "job")
                failed = self._answer(running)
                yield failed or self._folder / "made.pdf"
            except BaseException:
                self._cool()
                raise
            if self._running is not None:
                clear(self._folder, name, "job", "job.part", "answer", "answer.part", "made.pdf")

    def close(self) -> None:
        """End LibreOffice, if it is running."""
        with self._lock:
            self._cool()

    def _warm(self) -> Running:
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
        # It outlives many documents: each has its own deadline, and processor time for all of them.
        bounds = replace(self._bounds, seconds=_ALL_DAY, cpu_seconds=self._bounds.cpu_seconds * MOST_DOCUMENTS)
        running = Running(Confinement(command=command, folder=self._folder, bounds=bounds))
        self._running = self._open.enter_context(running)
        self._documents = 1
        if not self._appears("ready", running, _START_SECONDS):
            said = running.said
            self._cool()
            raise ToolFailed(f"LibreOffice startar inte: {said}", f"LibreOffice does not start: {said}")
        return running

    def _cool(self) -> None:
        self._running = None
        self._open.close()

    def _answer(self, running: Running) -> NotConverted | None:
        """Wait for the answer; whoever does not answer in time, or dies of the document, is started anew next time."""
        if self._appears("answer", running, self._bounds.seconds):
            with taken(self._folder / "answer") as answer:
                said = "" if answer is None else answer.read(_MOST_SAID).decode("utf-8", "replace").strip()
            return None if said == "ok" else NotConverted(reason=ConversionFault.FAILED, detail=" ".join(said.split()))
        ended = running.has_ended
        ending, said = running.stop(), running.said
        self._cool()
        if not ended or ending == Stopped(bound=None):
            return NotConverted(reason=ConversionFault.TOOK_TOO_LONG)
        return fault_of(ending, said) or NotConverted(reason=ConversionFault.FAILED, detail="it ended")

    def _appears(self, name: str, running: Running, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not running.has_ended:
            if (self._folder / name).exists():
                return True
            time.sleep(_PAUSE_SECONDS)
        return False
