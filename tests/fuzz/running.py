"""Runs one target in a process of its own, within bounds, and tells how it ended."""

import hashlib
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.architecture.source_tree import REPOSITORY
from tests.fuzz.targets import TARGETS

_LAST_LINES: Final = 60
# Linux lets a process begin with the peak of memory of the one that started it, and libFuzzer's bound looks at that
# peak: a shell between them, which forks once more, makes it begin at nought.
AFRESH: Final = ("/bin/sh", "-c", '"$@"; exit "$?"', "sh")
_FIGURES: Final = re.compile(r"^#(\d+)\s+DONE\s+cov: (\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How far one run goes: inputs (-1 = any number), seconds in all, seconds for one input, MB, bytes of an input."""

    runs: int
    seconds: int
    seed: int
    patience: int = 60
    megabytes: int = 1024
    longest: int = 40_000

    def __str__(self) -> str:
        """Say the bounds as a person reads them."""
        runs = "any number of" if self.runs < 0 else str(self.runs)
        return f"seed {self.seed}, {runs} inputs, {self.seconds} s, {self.patience} s an input, {self.megabytes} MB"

    @property
    def options(self) -> list[str]:
        """Give libFuzzer's options; 0 seconds are no bound to it."""
        return [
            f"-runs={self.runs}",
            f"-max_total_time={self.seconds}",
            f"-seed={self.seed}",
            f"-timeout={self.patience}",
            f"-rss_limit_mb={self.megabytes}",
            f"-max_len={self.longest}",
            "-print_final_stats=1",
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a run ended: 0 and the inputs tried and places seen, or another code and what the process said last."""

    target: str
    code: int
    said: str
    tried: int
    seen: int
    crashes: tuple[Path, ...]

    @property
    def summary(self) -> str:
        """Tell in a line or two how it went, and how to see a crash again."""
        if not self.code:
            return f"{self.target}: {self.tried} inputs, {self.seen} places in the code, nothing found"
        again = (f"  python -m tests.fuzz.child {self.target} /tmp/again {crash}" for crash in self.crashes)
        return "\n".join((f"{self.target}: ended with {self.code}", *again))


def fuzz(name: str, bounds: Bounds, *, work: Path, kept: Path) -> Ended:
    """Run a target from its seeds and from what earlier runs kept; crashes lie in `kept`/crashes."""
    found, crashes, seeds = kept / name, kept / "crashes" / name, work / "seeds"
    for folder in (found, crashes, seeds):
        folder.mkdir(parents=True, exist_ok=True)
    for seed in TARGETS[name].seeds():
        (seeds / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    known = set(crashes.iterdir())
    command = [*AFRESH, sys.executable, "-m", "tests.fuzz.child", name, str(work / "trial")]
    command += [*bounds.options, f"-artifact_prefix={crashes.resolve()}/", str(found.resolve()), str(seeds)]
    done = subprocess.run(
        command,
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    figures = _FIGURES.search(done.stdout)
    return Ended(
        target=name,
        code=done.returncode,
        said="\n".join(done.stdout.splitlines()[-_LAST_LINES:]),
        tried=int(figures[1]) if figures else 0,
        seen=int(figures[2]) if figures else 0,
        crashes=tuple(sorted(set(crashes.iterdir()) - known)),
    )
