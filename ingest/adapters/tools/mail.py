"""Mail to PDF/A: the message is made a page by a process of its own, and LibreOffice prints the page."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import ingest
from ingest.adapters.tools.bounds import Bounds
from ingest.adapters.tools.confined import Confinement, run, workspace
from ingest.adapters.tools.mail_page import PAGE, SOURCE
from ingest.adapters.tools.office import WEB_PAGE, Office
from ingest.adapters.tools.parts import hand_over, taken
from ingest.adapters.tools.tool import Tried, cost_of, fault_of
from ingest.domain.allowances import Allowance
from ingest.domain.conversions import ConversionFault, ConversionRequest, NotConverted

_PARTS_OF_MEMORY: Final = 4
_OURSELVES: Final = tuple({Path(sys.prefix), Path(sys.base_prefix), Path(ingest.__file__).parents[1]})


class MailPrinter:
    """`Tool` for single messages; the message itself is kept as it is, and attachments are only named."""

    def __init__(self, office: Office, scratch: Path, bounds: Bounds) -> None:
        self._office = office
        self._scratch = scratch
        self._bounds = bounds

    @property
    def version(self) -> str:
        """LibreOffice's name and version: it makes the PDF. Raises ToolFailed."""
        return self._office.version

    @contextmanager
    def convert(self, source: Path, request: ConversionRequest, allowance: Allowance) -> Iterator[Tried]:
        """Print a message. Raises ToolFailed, ObjectMissing."""
        with workspace(self._scratch) as folder:
            page = folder.with_suffix(".html")
            written = self._page(source, folder, page, allowance)
            try:
                if isinstance(written.made, NotConverted):
                    yield written
                    return
                left = replace(allowance, seconds=max(0.0, allowance.seconds - written.seconds))
                with self._office.converted(page, WEB_PAGE, request.target.name, left) as printed:
                    yield replace(printed, seconds=printed.seconds + written.seconds)
            finally:
                page.unlink(missing_ok=True)

    def _page(self, source: Path, folder: Path, page: Path, allowance: Allowance) -> Tried:
        hand_over(source, folder / SOURCE)
        command = (sys.executable, "-I", "-m", "ingest.adapters.tools.mail_page")
        # LibreOffice is warm beside it.
        bounds = replace(self._bounds.within(allowance), memory=allowance.memory // _PARTS_OF_MEMORY)
        ran = run(Confinement(command=command, folder=folder, bounds=bounds, reads=_OURSELVES))
        if failed := fault_of(ran.ending, ran.said):
            return Tried(made=failed, seconds=cost_of(ran.ending, ran.seconds, allowance))
        with taken(folder / PAGE) as written:
            if written is None:
                made = NotConverted(reason=ConversionFault.FAILED, detail="no page was made")
                return Tried(made=made, seconds=ran.seconds)
            with page.open("xb") as kept:
                shutil.copyfileobj(written, kept)
        return Tried(made=page, seconds=ran.seconds)
