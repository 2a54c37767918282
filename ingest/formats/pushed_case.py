"""A case pushed over the API: the JSON with its documents' bytes beside or inside it, made into a delivery's files.

What is kept is `case.json` with the bytes taken out: each document says by `path` where its file lies in the package.
The same push gives the same files.
"""

import base64
import binascii
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath, UnsafePath, parse_path
from ingest.formats.case_push import DESCRIPTOR
from ingest.formats.case_push_json import JsonDocument, JsonFault, pointer, read_json
from ingest.formats.case_push_schema import OUTSIDE, breaches

UNREADABLE = "EARKIV-PKG-1"
UNSAFE_NAME = "EARKIV-PKG-5"
OTHER_DIGEST = "EARKIV-FIX-1"
OTHER_SIZE = "EARKIV-FIX-2"
NOT_THERE = "EARKIV-FIX-3"
NOT_LISTED = "EARKIV-FIX-4"
_FOLDER = "documents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inline:
    """Bytes that stand in the JSON itself."""

    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Bytes that come as a part of the request, by the part's name."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FromUpload:
    """Bytes that came before, by the id of a finished upload."""

    id: str


Bytes = Inline | Part | FromUpload


@dataclass(frozen=True, slots=True, kw_only=True)
class PushedDocument:
    """A document of a push: where its bytes come from, the path it gets, and what the producer says of it."""

    bytes: Bytes
    path: PackagePath
    size: int | None
    sha256: str
    at: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """A push whose JSON is as it must be; `descriptor` are the bytes of the `case.json` that is kept.

    `agreement` is the one that it names, None when it names none.
    """

    descriptor: bytes
    agreement: str | None
    documents: tuple[PushedDocument, ...]


def read_push(content: bytes) -> Push | tuple[Violation, ...]:
    """Read a pushed case, or give everything that is wrong with its JSON and its documents' words, all at once."""
    document = read_json(content)
    if isinstance(document, JsonFault):
        return (_whole(document.line, document.detail),)
    if not isinstance(document.value, dict):
        return (_whole(1, "not an object"),)
    faults = breaches(document, DESCRIPTOR)
    if faults:
        return faults
    return _read_documents(document)


def _whole(line: int, detail: str) -> Violation:
    return Violation(rule=UNREADABLE, location=Location(file=DESCRIPTOR, line=line), detail=detail)


def _read_documents(document: JsonDocument) -> Push | tuple[Violation, ...]:
    kept: dict[str, Any] = deepcopy(dict(document.value))  # type: ignore[arg-type]  # an object, as was just seen
    paths = _Paths()
    documents, faults = [], []
    parts: set[str] = set()
    for at, fields in _documents(kept, ""):
        place = _place(document, at, fields)
        match _document(fields, place, paths):
            case PushedDocument(bytes=Part(name=name)) if name in parts:
                faults.append(Violation(rule=OUTSIDE, location=place, detail=f"part {name} is another document's"))
            case PushedDocument() as one:
                if isinstance(one.bytes, Part):
                    parts.add(one.bytes.name)
                documents.append(one)
                _point_to(fields, one.path)
            case fault:
                faults.append(fault)
    if faults:
        return tuple(faults)
    descriptor = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True).encode()
    return Push(descriptor=descriptor, agreement=kept.get("agreement"), documents=tuple(documents))


def _documents(value: object, at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every document with its JSON pointer; only documents stand in a list of that name."""
    match value:
        case dict():
            for name, inside in value.items():
                if name == "documents":
                    yield from ((pointer(pointer(at, name), n), item) for n, item in enumerate(inside))
                else:
                    yield from _documents(inside, pointer(at, name))
        case list():
            for number, inside in enumerate(value):
                yield from _documents(inside, pointer(at, number))
        case _:
            pass


def _place(document: JsonDocument, at: str, fields: Mapping[str, Any]) -> Location:
    return Location(file=DESCRIPTOR, line=document.lines.get(at, 0), xpath=at, value=fields["name"])


def _document(fields: Mapping[str, Any], at: Location, paths: "_Paths") -> PushedDocument | Violation:
    name = parse_path(fields["name"])
    if isinstance(name, UnsafePath) or "/" in name:
        why = name.fault.value if isinstance(name, UnsafePath) else "a file name, not a path"
        return Violation(rule=UNSAFE_NAME, location=at, detail=why)
    source = _bytes_of(fields)
    if isinstance(source, str):
        return Violation(rule=OUTSIDE, location=at, detail=source)
    document = PushedDocument(
        bytes=source, path=paths.give(name), size=fields.get("size"), sha256=fields["sha256"].lower(), at=at
    )
    if isinstance(source, Inline):
        digest = hashlib.sha256(source.content).hexdigest()
        return fault_of(document, len(source.content), digest) or document
    return document


def fault_of(document: PushedDocument, size: int, sha256: str) -> Violation | None:
    """Say that a document's bytes are not those that the producer described."""
    if document.size is not None and document.size != size:
        return Violation(rule=OTHER_SIZE, location=document.at, detail=f"{document.size} ≠ {size}")
    if document.sha256 != sha256:
        return Violation(rule=OTHER_DIGEST, location=document.at, detail=f"{document.sha256} ≠ {sha256}")
    return None


def _bytes_of(fields: Mapping[str, Any]) -> Bytes | str:
    """Say where the bytes come from, or what is wrong with what the document says of that."""
    match fields:
        case {"part": name}:
            return Part(name=name)
        case {"upload": upload}:
            return FromUpload(id=upload)
        case {"content": content}:
            try:
                return Inline(content=base64.b64decode(content, validate=True))
            except (binascii.Error, ValueError):
                return "content is not base64 (RFC 4648, section 4)"
        case _:
            return "over the API a document has content, part or upload, not path"


def _point_to(fields: dict[str, Any], path: PackagePath) -> None:
    for name in ("content", "part", "upload"):
        fields.pop(name, None)
    fields["path"] = path


class _Paths:
    """Gives each document a path of its own; a name that is taken, or a twin of one, gets a folder of its own."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._number = 0

    def give(self, name: PackagePath) -> PackagePath:
        self._number += 1
        twin = unicodedata.normalize("NFC", name).casefold()
        folder = f"{_FOLDER}-{self._number}" if twin in self._taken else _FOLDER
        self._taken.add(twin)
        return PackagePath(f"{folder}/{name}")


def unmatched(documents: Iterable[PushedDocument], parts: frozenset[str]) -> tuple[Violation, ...]:
    """Say which parts the documents name that did not come, and which came that no document names."""
    named = [(d.bytes.name, d.at) for d in documents if isinstance(d.bytes, Part)]
    absent = (Violation(rule=NOT_THERE, location=at, detail=f"part {name}") for name, at in named if name not in parts)
    extra = sorted(parts - {name for name, _ in named})
    unnamed = (Violation(rule=NOT_LISTED, location=Location(file=name)) for name in extra)
    return (*absent, *unnamed)
