"""The commands of a how-to, run as they stand there: a block that is marked `sh` is one that a reader can paste."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.architecture.source_tree import REPOSITORY

_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(name: str, folder: str = "how-to") -> tuple[str, ...]:
    """Give the blocks of `docs/FOLDER/NAME.md` in their order."""
    found = tuple(_BLOCK.findall((REPOSITORY / "docs" / folder / f"{name}.md").read_text(encoding="utf-8")))
    assert found, f"{name} has no block that can be run"
    return found


def run(block: str, folder: Path, **variables: str) -> str:
    """Run a block in a folder, as a careful shell does: the first command that fails ends it. Give what it said.

    `earkiv` is the one of this environment.
    """
    programs = f"{Path(sys.executable).parent}:{variables.get('PATH', os.environ['PATH'])}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block],
        cwd=folder,
        env={**os.environ, **variables, "PATH": programs},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
    return done.stdout
