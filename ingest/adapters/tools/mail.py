"""Mail to PDF/A: the message is made a page by a process of its own, and LibreOffice prints the page."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import ingest
from ingest.adapters.tools.bounds import Bounds
from ingest.adapters.tools.confined import Confinement, run, workspace
from ingest.adapters.tools.mail_page import PAGE, SOURCE
from ingest.adapters.tools.office import WEB_PAGE, Office
from ingest.adapters.tools.parts import hand_over, taken
from ingest.adapters.tools.tool import Made, fault_of
from ingest.domain.conversions import ConversionFault, ConversionRequest, NotConverted

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
    def convert(self, source: Path, request: ConversionRequest) -> Iterator[Made]:
        """Print a message. Raises ToolFailed, ObjectMissing."""
        with workspace(self._scratch) as folder:
            page = folder.with_suffix(".html")
            failed = self._page(source, folder, page)
            try:
                if failed is not None:
                    yield failed
                    return
                with self._office.converted(page, WEB_PAGE, request.target.name) as made:
                    yield made
            finally:
                page.unlink(missing_ok=True)

    def _page(self, source: Path, folder: Path, page: Path) -> NotConverted | None:
        hand_over(source, folder / SOURCE)
        command = (sys.executable, "-I", "-m", "ingest.adapters.tools.mail_page")
        order = Confinement(command=command, folder=folder, bounds=self._bounds, reads=_OURSELVES)
        if failed := fault_of(*run(order)):
            return failed
        with taken(folder / PAGE) as written:
            if written is None:
                return NotConverted(reason=ConversionFault.FAILED, detail="no page was made")
            with page.open("xb") as kept:
                shutil.copyfileobj(written, kept)
        return None
