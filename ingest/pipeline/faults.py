"""Whatever goes wrong below a step leaves it as one of our own faults: the caller knows no others (`ingest.errors`)."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.errors import ConfigurationError, DamageFound, EarkivError, OutOfSpace, ProgramFault, StoreUnavailable
from ingest.formats.journal import EntryDamaged
from ingest.formats.ocfl import InventoryDamaged
from schemas import SchemaFault

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def told(delivery_id: str) -> Iterator[None]:
    """Turn every exception into an EarkivError that says whether a retry may help."""
    try:
        yield
    except EarkivError:
        raise
    except SchemaFault as fault:
        raise ConfigurationError(fault.sv, fault.en) from fault
    except (InventoryDamaged, EntryDamaged) as fault:
        raise DamageFound(f"Arkivet är skadat: {fault}.", f"The archive is damaged: {fault}.") from fault
    except OSError as fault:
        raise _of_the_machine(fault) from fault
    except Exception as fault:  # the outermost boundary: one delivery must not stop the others
        kind = type(fault).__name__
        raise ProgramFault(
            f"Leverans {delivery_id} kom inte vidare: ett fel i programmet ({kind}).",
            f"Delivery {delivery_id} could not go on: a fault in the program ({kind}).",
        ) from fault


@contextmanager
def full_told() -> Iterator[None]:
    """Turn the system's word that a disk or quota is full into OutOfSpace, and leave every other exception as it is."""
    try:
        yield
    except OSError as fault:
        if fault.errno in _FULL:
            raise _of_the_machine(fault) from fault
        raise


def _of_the_machine(fault: OSError) -> EarkivError:
    if fault.errno in _FULL:
        return OutOfSpace("Disken är full.", "The disk is full.")
    return StoreUnavailable(
        f"En fil kunde inte läsas: {fault.strerror}.", f"A file could not be read: {fault.strerror}."
    )
