"""A tool that is a few lines of Python: harmless, or as hostile as a document may make a real one."""

import sys
from pathlib import Path
from typing import Final

from ingest.adapters.conversion import Tools
from ingest.adapters.tools.bounds import MIB, Bounds
from ingest.adapters.tools.commands import CommandTool, Preparation
from ingest.adapters.tools.tool import Tool
from ingest.adapters.tools.toolbox import Toolbox
from ingest.domain.allowances import Allowance, AllowanceScale
from ingest.domain.conversions import ConversionRequest

PYTHON = (Path(sys.prefix), Path(sys.base_prefix))
"""What the interpreter must be able to read."""
NARROW = Bounds(seconds=20, cpu_seconds=10, memory=200 * MIB, processes=12, files=40, bytes=8 * MIB)
"""Bounds that a hostile script meets soon."""
BRIEF: Final = Allowance(seconds=2, memory=NARROW.memory, bytes=NARROW.bytes)
"""What one conversion by a script may use, whatever its source."""
SCALE: Final = AllowanceScale(least=BRIEF, most=BRIEF)


def scripted(tool: Tool | None) -> Tools:
    """Give tools for the converter: that one, as `script`, or none."""
    return Tools(toolbox=Toolbox(tools={"script": tool} if tool else {}, office=None), scale=SCALE)


class ScriptedTool(CommandTool):
    """Runs Python code where `source` lies, with the PUID as its argument; what it leaves as `made` is the result."""

    title, asking = "script", "--version"
    reads: tuple[Path, ...] = PYTHON
    more_data = 2048 * MIB  # what it uses is watched

    def __init__(self, code: str, scratch: Path, bounds: Bounds = NARROW) -> None:
        """Run that code for every request."""
        super().__init__(Path(sys.executable), scratch, bounds)
        self._code = code

    def prepared(self, request: ConversionRequest) -> Preparation:
        """Run the code."""
        return Preparation(arguments=("-I", "-c", self._code, request.format.puid or ""), result="made")
