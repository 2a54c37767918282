"""The command line (DESIGN §7): what it reads, what it prints, how it ends.

Exit 0 = fine, 1 = content refused or damage found, 2 = wrong usage or a fault of the machine.
"""

import sys
from collections.abc import Sequence
from typing import NoReturn

from earkiv.cli.endings import ended
from earkiv.cli.language import spoken


def main() -> NoReturn:
    """Run the command that the process was started with, and end the process."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code; every fault is told on stderr and becomes 2."""
    from earkiv.cli.commands import build  # noqa: PLC0415 - a fault while importing is told like any other

    voice = spoken(arguments)
    return ended(lambda: build(voice)(arguments), voice)
