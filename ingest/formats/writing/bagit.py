"""Write the tag files of a bag: BagIt 1.0 (RFC 8493) with SHA-256, the payload under `data/`.

In a manifest a line feed, a carriage return and a percent sign of a path are percent-encoded, and nothing else
(RFC 8493, 2.1.3). Some readers, bagit-python among them, do not undo the percent sign: to them such a file is missing.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

DECLARATION, BAG_INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
PAYLOAD = "data/"
_ENCODED = str.maketrans({"%": "%25", "\n": "%0A", "\r": "%0D"})
_CONTINUED = "\n  "
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class BagFile:
    """A file: its path from the payload folder (or, for a tag file, from the bag's), size in bytes, SHA-256."""

    path: str
    size: int
    sha256: str


def tag_files(
    payload: Iterable[BagFile], *, identifier: str, at: datetime, facts: Iterable[tuple[str, str]] = ()
) -> tuple[tuple[str, bytes], ...]:
    """Give the bag's four tag files, name and content; the payload is listed in the order given.

    `identifier` is External-Identifier, `at` gives Bagging-Date, `facts` are further lines of `bag-info.txt`.
    """
    files = tuple(replace(file, path=PAYLOAD + file.path) for file in payload)
    said = (("External-Identifier", identifier), ("Bagging-Date", at.date().isoformat()))
    tags = (
        (DECLARATION, b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
        (BAG_INFO, bag_info((*facts, *said, ("Payload-Oxum", oxum(files))))),
        (MANIFEST, manifest(files)),
    )
    return (*tags, (TAG_MANIFEST, manifest(tag_file(name, content) for name, content in tags)))


def tag_file(name: str, content: bytes) -> BagFile:
    """Give a tag file as the tag manifest lists it."""
    return BagFile(path=name, size=len(content), sha256=hashlib.sha256(content).hexdigest())


def manifest(files: Iterable[BagFile]) -> bytes:
    """Write a manifest: one line per file, digest and path."""
    return "".join(f"{file.sha256}  {file.path.translate(_ENCODED)}\n" for file in files).encode()


def oxum(files: Iterable[BagFile]) -> str:
    """Give Payload-Oxum: the payload's bytes and its number of files."""
    sizes = [file.size for file in files]
    return f"{sum(sizes)}.{len(sizes)}"


def bag_info(facts: Iterable[tuple[str, str]]) -> bytes:
    """Write `bag-info.txt`; a line end in a value goes on in an indented line."""
    lines = (f"{label}: {_LINE_END.sub(_CONTINUED, value.strip())}\n" for label, value in facts)
    return "".join(lines).encode()
