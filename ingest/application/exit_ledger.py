"""What an export of the whole archive has done so far: a line of JSON for each package that is written and proven."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from ingest.errors import SourceUnreadable

NAME: Final = "packages.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A generation of a package, as it lies in the export: `path` from its root, size and SHA-256 of the container."""

    package: str
    generation: int
    form: str
    path: str
    size: int
    sha256: str
    delivery: str
    producer: str
    title: str
    stored: str


def exported_so_far(root: Path) -> dict[str, Exported]:
    """Give what an earlier run has proven, by path, as far as it still lies there.

    A line that a kill cut off counts for nothing. Raises SourceUnreadable where the ledger is none, OSError.
    """
    ledger = root / NAME
    if not ledger.exists():
        return {}
    found: dict[str, Exported] = {}
    whole, _, _ = ledger.read_bytes().rpartition(b"\n")
    for line in whole.splitlines():
        try:
            one = Exported(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise SourceUnreadable(
                f"{ledger} är ingen förteckning över en export; välj en annan mapp.",
                f"{ledger} is no ledger of an export; choose another folder.",
            ) from error
        place = root / one.path
        if place.is_file() and place.stat().st_size == one.size:
            found[one.path] = one
    return found


def begin_ledger(root: Path, known: dict[str, Exported]) -> None:
    """Write the ledger anew with what still holds, so that the next line begins at a line's start. Raises OSError."""
    beside = root / f".{NAME}.partial"
    beside.write_bytes(b"".join(map(_line, known.values())))
    beside.replace(root / NAME)


def add_to_ledger(root: Path, one: Exported) -> None:
    """Add a line that survives a power cut. Raises OSError."""
    descriptor = os.open(root / NAME, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        line = _line(one)
        if os.write(descriptor, line) != len(line):
            raise OSError("the line was not written whole")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def end_ledger(root: Path) -> bytes:
    """Put the ledger into the order of its paths, and give its bytes. Raises OSError."""
    known = exported_so_far(root)
    begin_ledger(root, {path: known[path] for path in sorted(known)})
    return (root / NAME).read_bytes()


def _line(one: Exported) -> bytes:
    return json.dumps(asdict(one), ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
