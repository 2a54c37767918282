"""Reads what a built package states about its files, by means of its own: plain lxml and json."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree

METS = "{http://www.loc.gov/METS/}"
HREF = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file as the package states it, by its path from the package's root."""

    path: str
    size: int
    sha256: str


def entries(folder: Path) -> tuple[Entry, ...]:
    """Everything that case.json, sip.xml, or METS.xml and the METS below it state about files."""
    if (folder / "case.json").is_file():
        return tuple(_pushed(json.loads((folder / "case.json").read_text(encoding="utf-8"))))
    places = [folder / "sip.xml", *sorted(folder.rglob("METS.xml"))]
    return tuple(entry for place in places if place.is_file() for entry in _of_mets(folder, place))


def _of_mets(folder: Path, place: Path) -> Iterator[Entry]:
    base = place.parent.relative_to(folder).as_posix()
    for element in etree.parse(place).iter(f"{METS}file", f"{METS}mdRef"):
        located = element if element.tag == f"{METS}mdRef" else element[0]
        href = unquote(str(located.get(HREF))).removeprefix("file:").lstrip("/")
        path = href if base == "." else f"{base}/{href}"
        yield Entry(path=path, size=int(str(element.get("SIZE"))), sha256=str(element.get("CHECKSUM")))


def _pushed(document: dict[str, Any]) -> Iterator[Entry]:
    cases = document.get("cases", []) + [case for case in [document.get("case")] if case]
    for holder in [*cases, document]:
        for record in holder.get("records", []):
            for held in record["documents"]:
                yield Entry(path=held["path"], size=held["size"], sha256=held["sha256"])


def faults(folder: Path) -> set[str]:
    """What is wrong with a package's files: `missing`, `size`, `digest`, `unlisted`, each with the path."""
    stated = entries(folder)
    found = {problem for entry in stated for problem in _faults_of(folder / entry.path, entry)}
    described = {entry.path for entry in stated} | {"case.json", "sip.xml", "METS.xml"}
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return found | {f"unlisted {path}" for path in present - described}


def _faults_of(file: Path, entry: Entry) -> Iterator[str]:
    if not file.is_file():
        yield f"missing {entry.path}"
        return
    content = file.read_bytes()
    if len(content) != entry.size:
        yield f"size {entry.path}"
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        yield f"digest {entry.path}"
