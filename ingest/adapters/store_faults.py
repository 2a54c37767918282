"""What stores say of an object, and the operating system of a store's folder, in the words of the error tree."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import (
    DamageFound,
    EarkivError,
    InvalidKey,
    ObjectExists,
    ObjectMissing,
    OutOfSpace,
    StoreReadOnly,
    StoreUnavailable,
)

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_TAKEN = frozenset({errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENOTEMPTY})


def store_fault(error: OSError, folder: Path) -> EarkivError:
    """Translate what the operating system said into the error tree, with texts that name the folder."""
    reason = f"{errno.errorcode.get(error.errno or 0, '?')}: {error.strerror}"
    if error.errno in _FULL:
        return OutOfSpace(
            f"Det finns inget utrymme kvar i {folder} ({reason}).", f"No space left in {folder} ({reason})."
        )
    if error.errno in _REFUSED:
        return StoreReadOnly(
            f"Mappen {folder} är skrivskyddad, eller så saknas rättigheter till den ({reason}).",
            f"The folder {folder} is read-only, or rights to it are missing ({reason}).",
        )
    if error.errno in _TAKEN:
        return ObjectExists(
            f"I {folder} finns redan en fil eller mapp där objektet skulle ligga ({reason}).",
            f"In {folder} there already is a file or folder where the object was to lie ({reason}).",
        )
    if error.errno == errno.ENAMETOOLONG:
        return InvalidKey(
            f"Filsystemet under {folder} rymmer inte så långa namn ({reason}).",
            f"The file system under {folder} does not hold names that long ({reason}).",
        )
    return StoreUnavailable(
        f"Mappen {folder} svarar inte som den ska ({reason}).",
        f"The folder {folder} does not answer as it should ({reason}).",
    )


@contextmanager
def faults_of(folder: Path) -> Iterator[None]:
    """Raise every OSError within as the EarkivError it stands for."""
    try:
        yield
    except OSError as error:
        raise store_fault(error, folder) from error


def differs(key: str, store: str) -> DamageFound:
    """Say that an object is not what it was received as."""
    return DamageFound(
        f"{key} i {store} är inte vad som togs emot: storlek eller kontrollsumma skiljer sig.",
        f"{key} in {store} is not what was received: size or digest differs.",
    )


def missing(key: str, place: object) -> ObjectMissing:
    """Say that an object is missing in a store."""
    return ObjectMissing(f"{key} saknas i {place}.", f"{key} is missing in {place}.")


def taken(key: str, place: object) -> ObjectExists:
    """Say that other bytes hold the key."""
    return ObjectExists(
        f"{key} i {place} finns redan med annat innehåll.", f"{key} in {place} already exists with other content."
    )
