"""The command line as a person or a script uses it, on an archive of its own."""

import io
import json
import os
import subprocess
import sys
import threading
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from earkiv.cli import run as run_command
from tests.architecture.source_tree import REPOSITORY

SAMPLES = REPOSITORY / "samples" / "deliveries"
GOOD = ("bygglov-fgs12", "skolarende-csip.zip", "klagomal-case-push", "flera-arenden-erms.zip")
BAD = "trasig-fgs12"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Stdout as the one JSON document that it must be."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Runs commands on one archive; `settings` are further environment variables, `within` a command to run them by."""

    home: Path
    settings: dict[str, str] = field(default_factory=dict)
    within: tuple[str, ...] = ()

    def run(self, *arguments: str | Path, **settings: str) -> Answer:
        """Run one command to its end, from the repository's folder; in this process unless it has to start one.

        To start a process for each command costs a second of processor, more than most commands do. While one runs
        here, its settings and folder are those of all threads, and Ctrl-C ends it and not the tests.
        """
        if self._has_to_start(arguments, self.settings | settings):
            return self.apart(*arguments, **settings)
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        with (
            pytest.MonkeyPatch.context() as patch,
            Path(os.devnull).open(encoding="utf-8") as nothing,
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            for name in os.environ.keys() - self.environment().keys():
                patch.delenv(name)
            for name, value in self.environment(**settings).items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdin", nothing)
            patch.chdir(REPOSITORY)
            code = run_command([*map(str, arguments)])
        return _answer(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))

    def apart(self, *arguments: str | Path, **settings: str) -> Answer:
        """Run one command to its end in a process of its own, from the repository's folder."""
        done = subprocess.run(
            [*self.within, sys.executable, "-m", "earkiv", *map(str, arguments)],
            cwd=REPOSITORY,
            env=self.environment(**settings),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return _answer(done.returncode, done.stdout, done.stderr)

    def _has_to_start(self, arguments: tuple[str | Path, ...], settings: dict[str, str]) -> bool:
        """Whether a command reads or changes what belongs to a process as a whole.

        Settings that are not ours may be read when an interpreter starts; a server takes over all that is logged.
        """
        here = os.environ | {"PYTHONPATH": str(REPOSITORY)}
        foreign = (name for name in settings if not name.startswith("EARKIV_"))
        return (
            bool(self.within)
            or arguments[:1] == ("serve",)
            or threading.current_thread() is not threading.main_thread()
            or any(settings[name] != here.get(name) for name in foreign)
        )

    def environment(self, **settings: str) -> dict[str, str]:
        """The environment of a command: no settings but ours."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name == "EARKIV_SCHEMAS" or not name.startswith(("EARKIV_", "COLUMNS"))
        }
        own = {"EARKIV_HOME": str(self.home), "EARKIV_TOOLS": os.devnull, "PYTHONPATH": str(REPOSITORY)}
        return kept | own | self.settings | settings


def _answer(code: int, out: str, err: str) -> Answer:
    assert "Traceback" not in out + err
    return Answer(code=code, out=out, err=err)
