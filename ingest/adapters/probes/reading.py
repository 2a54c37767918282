"""Where a probe ends whose library cannot make sense of a file: the file is damaged, the machine is well."""

from collections.abc import Callable
from pathlib import Path

from ingest.adapters.store_faults import store_fault
from ingest.domain.characteristics import Characteristic, Observed, Trait

_MOST_WORDS = 200


def damage(reason: str) -> Observed:
    """Say that a file is damaged, in the words of whoever found out."""
    return Observed(characteristics=(Characteristic(trait=Trait.DAMAGED, detail=reason[:_MOST_WORDS]),))


def beyond(budget: str) -> Observed:
    """Say that a file is beyond what a look inside may cost, and in what."""
    return Observed(characteristics=(Characteristic(trait=Trait.TOO_LARGE_TO_CHECK, detail=budget),))


BEYOND_MEMORY = beyond("more memory than a check may take")
"""Made beforehand: where memory has run out, there may be none to make an answer with."""


def damage_unless_read(path: Path, read: Callable[[Path], Observed]) -> Observed:
    """Read a file by a library that raises what it likes over bad content; a fault of the disk is raised as such.

    A file that needs more memory than this process may have is too large to check. Raises StoreUnavailable.
    """
    try:
        return read(path)
    except MemoryError:
        return BEYOND_MEMORY
    except OSError as error:
        if error.errno is not None:
            raise store_fault(error, path.parent) from error
        return damage(words(error, path))
    except Exception as error:  # noqa: BLE001 - libraries raise anything over foreign bytes; here it is the answer
        return damage(words(error, path))


def words(error: Exception, path: Path) -> str:
    """Give an exception in one line: its kind, and what it says, without the place where we keep the file."""
    said = " ".join(str(error).replace(f"{path}: ", "").replace(str(path), "").split())
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
