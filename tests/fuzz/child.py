"""One target in a process of its own: `python -m tests.fuzz.child TARGET WORK [libFuzzer's options and folders]`.

With files in place of options, each of them is judged once: that is how a crash is seen again. WORK is a folder for
what a run needs on the way.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["ingest"]):
    from tests.fuzz.law import judged
from tests.fuzz.mutations import mutated
from tests.fuzz.targets import TARGETS, UNSTRUCTURED

_BYTES_NOW_AND_THEN = 4
_OPEN_FILES = Path("/proc/self/fd")


def main(arguments: list[str]) -> None:
    """Fuzz until libFuzzer ends the process: with 0 when all went well."""
    name, work = arguments[1], Path(arguments[2])
    trial = _Trial(name, work)
    options = {} if name in UNSTRUCTURED else {"custom_mutator": _changed}
    trial(b"")  # What is loaded once is no leak of the first input.
    for seed in TARGETS[name].seeds():
        trial(seed)
    atheris.Setup([arguments[0], *arguments[3:]], trial, **options)
    atheris.Fuzz()


def _changed(octets: bytes, most: int, seed: int) -> bytes:
    random = Random(seed)  # noqa: S311 - libFuzzer's own choices, to be had again
    if random.randrange(_BYTES_NOW_AND_THEN):
        changed = mutated(octets, random)
        if len(changed) <= most:
            return changed
    return bytes(atheris.Mutate(octets, most))


class _Trial:
    """Puts one input where it belongs, judges it, and looks for what was left behind."""

    def __init__(self, name: str, work: Path) -> None:
        self._target = TARGETS[name]
        self._input = work / "input"
        self._temporary = work / "temporary"
        self._temporary.mkdir(parents=True, exist_ok=True)
        tempfile.tempdir = str(self._temporary)
        self._open: int | None = None

    def __call__(self, octets: bytes) -> None:
        shutil.rmtree(self._input, ignore_errors=True)
        self._input.mkdir()
        judged(self._target.place(octets, self._input))
        left = sorted(path.name for path in self._temporary.iterdir())
        assert not left, f"left in the temporary folder: {left}"
        opened = sum(1 for _ in _OPEN_FILES.iterdir())
        assert self._open is None or opened <= self._open, f"{opened} files are open, before {self._open}"
        self._open = opened


if __name__ == "__main__":
    main(sys.argv)
