"""Where the schema files of this installation lie, and whether they are the ones the catalogue names.

Third-party schemas lie in the folder that `EARKIV_SCHEMAS` names; without it in `third_party/` beside this
module, or, where that cannot be written, in a folder of the user's own. A file whose SHA-256 is not the
catalogue's counts as missing.
"""

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from schemas.catalogue import BY_NAME, BY_URI, CATALOGUE, ENTRY_POINTS, PACKAGE, Own, SchemaFile
from schemas.faults import SchemasMissing


def locate(name: str) -> Path:
    """Give the verified file of a schema, by catalogue name (`premis-v3-0.xsd`) or short name (`premis-3.0`).

    Raises:
        SchemasMissing: the file is not installed, or its SHA-256 is not the catalogue's.
        KeyError: the catalogue knows no such name.
    """
    schema = BY_NAME[ENTRY_POINTS.get(name, name)]
    found = _find(schema)
    if found is None:
        raise SchemasMissing((schema.name,))
    return found


def missing() -> tuple[str, ...]:
    """Name the catalogue's files that are not installed as the catalogue says; empty when all is well."""
    return tuple(schema.name for schema in CATALOGUE if _find(schema) is None)


def resolve(uri: str) -> Path | None:
    """Give the verified file that stands for a namespace or a published address; None for an unknown URI.

    Raises:
        SchemasMissing: the catalogue knows the URI, but its file is not installed.
    """
    schema = BY_URI.get(uri)
    return None if schema is None else locate(schema.name)


def installation_folder() -> Path:
    """Give the folder that an installation writes to; it need not exist yet."""
    chosen = os.environ.get("EARKIV_SCHEMAS")
    if chosen:
        return Path(chosen)
    beside = PACKAGE / "third_party"
    writable = os.access(beside if beside.is_dir() else PACKAGE, os.W_OK)
    return beside if writable else _user_folder()


def _user_folder() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".local" / "share") / "earkiv" / "schemas"


def _reading_folders() -> tuple[Path, ...]:
    chosen = os.environ.get("EARKIV_SCHEMAS")
    return (Path(chosen),) if chosen else (PACKAGE / "third_party", _user_folder())


def _find(schema: SchemaFile) -> Path | None:
    folders = (PACKAGE,) if isinstance(schema.origin, Own) else _reading_folders()
    return next((path for path in (f / schema.name for f in folders) if _is_intact(path, schema.sha256)), None)


def _is_intact(path: Path, sha256: str) -> bool:
    try:
        stat = path.stat()
    except OSError:
        return False
    return _digest(path, stat.st_size, stat.st_mtime_ns, stat.st_ino) == sha256


@lru_cache(maxsize=256)
def _digest(path: Path, _size: int, _modified: int, _inode: int) -> str:
    """Hash a file once for as long as its size, time and inode stay."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
