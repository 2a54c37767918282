"""A process that hands over one path under limits, and prints as JSON how it ended.

Arguments: home, path, then `fsize=N` (no file may grow beyond N bytes) and `modes` (rights bind this process even
when it is root).
"""

import ctypes
import json
import resource
import sys
from pathlib import Path

from ingest.application.ingest_path import ingest_path
from ingest.application.run_deliveries import run_pending
from ingest.application.validate_package import validate
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.errors import EarkivError, TransientError
from tests.features import archives

_VERSION_3 = 0x20080522
_OVERRIDE_RIGHTS = 0b110  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH (capabilities(7))


def be_bound_by_rights() -> None:
    """Give up root's power to read and write what the modes forbid; whoever is not root has none of it."""
    libc = ctypes.CDLL(None, use_errno=True)
    # A header is (version, process or 0 for this one), the sets are twice (effective, permitted, inheritable).
    header, sets = (ctypes.c_uint32 * 2)(_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    if libc.capget(header, sets):
        raise OSError(ctypes.get_errno(), "capget")
    for each in (0, 1):
        sets[each] &= ~_OVERRIDE_RIGHTS
    if libc.capset(header, sets):
        raise OSError(ctypes.get_errno(), "capset")


def bind(limits: list[str]) -> None:
    """Set the limits that the arguments name."""
    for limit in limits:
        if limit == "modes":
            be_bound_by_rights()
        else:
            size = int(limit.removeprefix("fsize="))
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def outcome(home: Path, path: Path) -> dict[str, object]:
    """Hand over as the command line does; a machine fault is told by its class, its texts and whether to retry."""
    try:
        with archives.opened(home) as archive:
            for parked in run_pending(archive.owner, archive.ports):
                raise parked.error
            terms = archives.terms_of(archive, DEFAULT_AGREEMENT.id)
            return {"receipt": ingest_path(path, terms, archive.owner, archive.ports)}
    except EarkivError as fault:
        return told(fault)


def told(fault: EarkivError) -> dict[str, object]:
    """Tell a fault."""
    texts = {"sv": fault.sv, "en": fault.en, "remedy_sv": fault.remedy_sv, "remedy_en": fault.remedy_en}
    return {"fault": type(fault).__name__, "retry": isinstance(fault, TransientError), **texts}


def judgement(path: Path) -> dict[str, object]:
    """Validate and tell the verdict, or the fault."""
    try:
        return {"verdict": validate(path).verdict}
    except EarkivError as fault:
        return told(fault)


if __name__ == "__main__":
    bind(sys.argv[3:])
    at_home, handed = Path(sys.argv[1]), Path(sys.argv[2])
    print(json.dumps({"validate": judgement(handed), "ingest": outcome(at_home, handed)}))  # noqa: T201 - the answer
