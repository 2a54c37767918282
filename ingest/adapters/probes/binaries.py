"""Older office documents (OLE2: .doc, .xls, .ppt, .msg) and the encrypted newer ones, which lie in OLE2 too."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.adapters.probes.reading import damage_unless_read
from ingest.domain.characteristics import Characteristic, Observed, Trait

_ENCRYPTED_PACKAGE = "EncryptedPackage"
_MACROS = frozenset({"VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR"})


def probe(path: Path) -> Observed:
    """Tell a password and macros."""
    return damage_unless_read(path, _read)


def _read(path: Path) -> Observed:
    import olefile  # noqa: PLC0415 - only where there is such a document

    with olefile.OleFileIO(str(path)) as document:
        entries: list[list[str]] = document.listdir(streams=True, storages=True)
    return Observed(characteristics=tuple(_found(path, entries)))


def _found(path: Path, entries: list[list[str]]) -> Iterator[Characteristic]:
    if [_ENCRYPTED_PACKAGE] in entries or _has_password(path):
        yield Characteristic(trait=Trait.ENCRYPTED, detail="a password is needed to open it")
    if any(_MACROS.intersection(entry) for entry in entries):
        yield Characteristic(trait=Trait.MACROS, detail="VBA")


def _has_password(path: Path) -> bool:
    import msoffcrypto  # noqa: PLC0415 - as above

    with path.open("rb") as source:
        try:
            document: Any = msoffcrypto.OfficeFile(source)
        except msoffcrypto.exceptions.FileFormatError:
            return False  # no Word, Excel or PowerPoint: an e-mail message, say
        return bool(document.is_encrypted())
