"""Which tools are at hand, and where."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.adapters.tools.bounds import Bounds
from ingest.adapters.tools.commands import Ffmpeg, Ghostscript, Vips
from ingest.adapters.tools.mail import MailPrinter
from ingest.adapters.tools.office import Office
from ingest.adapters.tools.tool import Tool

PROGRAMS = {"libreoffice": "soffice", "ghostscript": "gs", "vips": "vips", "ffmpeg": "ffmpeg"}
"""The programs behind the tools of the format policy; `mail` is printed by LibreOffice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toolbox:
    """The tools that were found, by the names that the format policy has for them."""

    tools: Mapping[str, Tool]
    office: Office | None

    @property
    def warm(self) -> frozenset[str]:
        """The tools that stay in memory after a conversion: LibreOffice, by its two names."""
        return frozenset() if self.office is None else frozenset({"libreoffice", "mail"})

    def close(self) -> None:
        """End what is still running; a tool that is asked again starts anew."""
        if self.office is not None:
            self.office.close()


def programs(search: str | None) -> dict[str, Path]:
    """Find the programs in those folders (separated by `:`), None = where the system looks."""
    found = {name: shutil.which(program, path=search) for name, program in PROGRAMS.items()}
    return {name: Path(path).absolute() for name, path in found.items() if path is not None}


def open_toolbox(search: str | None, scratch: Path, bounds: Bounds) -> Toolbox:
    """Make ready what is there; nothing is started yet."""
    found = programs(search)
    tools: dict[str, Tool] = {}
    office = Office(found["libreoffice"], scratch, bounds) if "libreoffice" in found else None
    if office is not None:
        tools |= {"libreoffice": office, "mail": MailPrinter(office, scratch, bounds)}
    if "ghostscript" in found:
        tools["ghostscript"] = Ghostscript(found["ghostscript"], scratch, bounds)
    if "vips" in found:
        tools["vips"] = Vips(found["vips"], scratch, bounds)
    if "ffmpeg" in found:
        tools["ffmpeg"] = Ffmpeg(found["ffmpeg"], scratch, bounds)
    return Toolbox(tools=tools, office=office)
