"""Where OCFL puts things: object roots by extension 0003, and content paths that any file system can hold.

A logical path (the AIP's own) is kept letter for letter in the inventory. The content path is the same where every
segment is portable; otherwise the segment is percent-encoded, or shortened with a digest, or – where two logical paths
would meet on a file system that ignores letter case or Unicode form – set apart with a digest. Always the same answer
for the same set of paths.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import accumulate
from urllib.parse import quote, unquote

LAYOUT = "0003-hash-and-id-n-tuple-storage-layout"
_TUPLE, _TUPLES, _ID_LIMIT = 3, 3, 100
_SEGMENT_LIMIT = 200
_PATH_LIMIT = 700  # an S3 key has at most 1024 bytes, and the object's root and version take their part
_COMMITTED = re.compile(r"(ocfl/(?:[0-9a-f]{3}/){3}[^/]+/)v([1-9][0-9]*)/inventory\.json\.sha256")
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?\Z", re.IGNORECASE)


def object_root(package: str) -> str:
    """Give an object's folder below the archive, ending in `/`: `ocfl/abc/def/012/urn%3auuid%3a…/`."""
    identifier = object_id(package)
    digest = hashlib.sha256(identifier.encode()).hexdigest()
    tuples = [digest[i * _TUPLE : (i + 1) * _TUPLE] for i in range(_TUPLES)]
    return "/".join(("ocfl", *tuples, _encoded(identifier, digest))) + "/"


def package_at(root: str) -> str | None:
    """Give the package whose folder (ending in `/`) this is; None when no package can lie there."""
    identifier = unquote(root.rstrip("/").rpartition("/")[2])
    package = identifier.removeprefix(object_id(""))
    return package if package != identifier and object_root(package) == root else None


def package_of_key(key: str) -> str | None:
    """Give the package that an object's key belongs to; None for a key of the storage root."""
    return package_at("/".join(key.split("/", _TUPLES + 2)[: _TUPLES + 2]) + "/")


def generation_of(key: str) -> tuple[str, int]:
    """Give the object folder of a version's committing key (`vN/inventory.json.sha256`) and N; 0 for any other key."""
    found = _COMMITTED.fullmatch(key)
    return (found[1], int(found[2])) if found else (key, 0)


def object_id(package: str) -> str:
    """Give the OCFL object id of a package: its METS OBJID."""
    return f"urn:uuid:{package}"


def _encoded(identifier: str, digest: str) -> str:
    # Extension 0003: everything but A-Z a-z 0-9 - _ is percent-encoded in lower case; long ids end in the digest.
    safe = re.sub(r"[^A-Za-z0-9_-]", lambda m: "".join(f"%{byte:02x}" for byte in m[0].encode()), identifier)
    return safe if len(safe) <= _ID_LIMIT else f"{safe[:_ID_LIMIT]}-{digest}"


def storage_root_files() -> tuple[tuple[str, bytes], ...]:
    """List the files of the storage root, by key below the archive (OCFL 1.1, §4)."""
    layout = {
        "extension": LAYOUT,
        "description": "hashed n-tuple folders, then the object's id: urn:uuid and the package's UUID",
    }
    config = {
        "extensionName": LAYOUT,
        "digestAlgorithm": "sha256",
        "tupleSize": _TUPLE,
        "numberOfTuples": _TUPLES,
    }
    return (
        ("ocfl/0=ocfl_1.1", b"ocfl_1.1\n"),
        (f"ocfl/extensions/{LAYOUT}/config.json", _pretty(config)),
        ("ocfl/ocfl_layout.json", _pretty(layout)),
    )


def _pretty(structure: Mapping[str, object]) -> bytes:
    return (json.dumps(structure, indent=2, sort_keys=True) + "\n").encode()


def content_paths(logical: Iterable[str]) -> dict[str, str]:
    """Give each logical path a content path (below `vN/content/`) that no other has on any file system.

    None is a folder of another either; each is at most 700 bytes long, so that every store can hold its key.
    """
    chosen: dict[str, str] = {}
    files: set[str] = set()
    folders: set[str] = set()
    for path in sorted(logical):
        wanted = candidate = _bounded("/".join(_portable(segment) for segment in path.split("/")), path)
        attempts = 0
        while (taken := _taken(candidate, files, folders)) is not None:
            attempts += 1
            candidate = _set_apart(wanted, taken, _short(f"{path}\0{attempts}"))
        *above, whole = _prefixes(candidate)
        files.add(whole)
        folders.update(above)
        chosen[path] = candidate
    return chosen


def _taken(candidate: str, files: set[str], folders: set[str]) -> int | None:
    """Give the depth (from 0) at which a path meets another's file, or as a file another's folder; None if nowhere."""
    *above, whole = _prefixes(candidate)
    for depth, folder in enumerate(above):
        if folder in files:
            return depth
    return len(above) if whole in files or whole in folders else None


def _prefixes(path: str) -> list[str]:
    return list(accumulate(map(_folded, path.split("/")), "{}/{}".format))


def _set_apart(wanted: str, depth: int, mark: str) -> str:
    segments = wanted.split("/")
    segments[depth] = f"{segments[depth]}~~{mark}"
    return "/".join(segments)


def _bounded(candidate: str, path: str) -> str:
    if len(candidate.encode()) <= _PATH_LIMIT:
        return candidate
    return f"{_cut(candidate.replace('/', '_'), _SEGMENT_LIMIT // 2)}~{_short(path)}"


@lru_cache(maxsize=4096)
def _portable(segment: str) -> str:
    encoded = segment if _is_portable(segment) else _percent_encoded(segment)
    if len(encoded.encode()) <= _SEGMENT_LIMIT:
        return encoded
    return f"{_cut(encoded, _SEGMENT_LIMIT // 2)}~{_short(segment)}"


def _percent_encoded(segment: str) -> str:
    quoted = quote(segment, safe="-_()")  # which leaves dots, and the letters of a device's name
    if quoted.endswith("."):
        quoted = quoted[:-1] + "%2E"
    if quoted[0] == "." or _DEVICES.match(quoted):
        quoted = f"%{ord(quoted[0]):02X}{quoted[1:]}"
    return quoted


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")


def _is_portable(segment: str) -> bool:
    if unicodedata.normalize("NFC", segment) != segment or _DEVICES.match(segment):
        return False
    if segment[0] in " ." or segment[-1] in " .":
        return False
    return all(c in " ._-()" or unicodedata.category(c)[0] in "LN" for c in segment)


@lru_cache(maxsize=4096)
def _folded(segment: str) -> str:
    # Unicode, D145: canonical caseless matching.
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", segment).casefold())


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
