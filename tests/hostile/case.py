"""One case of the hostile corpus: how it is made, and what must be answered."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

CASE_JSON: Final = b"case.json"
DOCUMENT: Final = b"handlingar/beslut.txt"
CONTENT: Final = "Beslut i ärendet.\n".encode() * 20
FILES: Final[Mapping[bytes, bytes]] = {DOCUMENT: CONTENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A file that somebody sends: refused for exactly these rules, or accepted with exactly these warnings on names.

    Rule ids without `EARKIV-`. An accepted one names the files that it must be read as.
    """

    name: str
    make: Callable[[], bytes]
    refused: frozenset[str] = frozenset()
    warned: frozenset[str] = frozenset()
    files: Mapping[str, bytes] | None = None


def refused(name: str, make: Callable[[], bytes], *rules: str) -> Case:
    """Expect a refusal."""
    return Case(name=name, make=make, refused=frozenset(rules))


def accepted(name: str, make: Callable[[], bytes], files: Mapping[str, bytes], *warned: str) -> Case:
    """Expect a good package, read as these files."""
    return Case(name=name, make=make, files=files, warned=frozenset(warned))


def package(files: Mapping[bytes, bytes] = FILES, names: Mapping[bytes, str] | None = None) -> dict[bytes, bytes]:
    """Give a pushed case with these documents; `names` are what their bytes are to be read as."""
    read_as = {name: (names or {}).get(name) or name.decode("utf-8", "replace") for name in files}
    documents = [
        {"name": "Handling", "path": read_as[name], "size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
        for name, body in files.items()
    ]
    case = {
        "delivery": "fientlig-" + hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:12],
        "archivalCreator": {"name": "Exempelnämnden", "identifier": "ORG:2120009994"},
        "producer": {"name": "Exempelstaden", "identifier": "ORG:2120009994"},
        "system": {"name": "Exempeldiariet", "version": "7.2"},
        "case": {
            "id": "EXN 2021/17",
            "title": "Ansökan om bygglov",
            "status": "closed",
            "opened": "2021-04-01",
            "closed": "2021-06-01",
            "records": [{"id": "EXN 2021/17:1", "title": "Ansökan", "date": "2021-04-01", "documents": documents}],
        },
    }
    return {CASE_JSON: json.dumps(case, ensure_ascii=False).encode(), **files}


def as_text(files: Mapping[bytes, bytes], names: Mapping[bytes, str] | None = None) -> dict[str, bytes]:
    """Give files by their names as they are to be read."""
    return {(names or {}).get(name) or name.decode(): body for name, body in files.items()}
