"""What a whole public package holds: of each record what is told of it, its forms and its documents."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from access.file_names import safe_name
from access.records import PublicRecord
from access.room import Room
from access.store import ObjectMissing
from access.zip_stream import Member
from schemas.public_store import Form, file_key, form_key, record_key

_STEP = 200


class Stopped(Exception):
    """The record was withdrawn while it was sent: nothing more of it is."""


def checked(room: Room, public_id: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Give the pieces as long as the record is listed. Raises Stopped as soon as it is withdrawn."""
    return _while(lambda: room.index.is_listed(public_id), public_id, pieces)


def checked_document(room: Room, public_id: str, sha256: str) -> Iterator[bytes]:
    """Give a document as long as its record is listed with it. Raises ObjectMissing at once, Stopped as `checked`."""
    pieces = room.store.chunks(file_key(public_id, sha256))
    return _while(lambda: room.index.holds(public_id, sha256), public_id, pieces)


def _while(may_go_on: Callable[[], bool], public_id: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        if not may_go_on():
            raise Stopped(public_id)
        yield piece


def members(room: Room, record: PublicRecord) -> Iterator[Member]:
    """Give the files of the ZIP: those of the record itself at its top, each part in a folder of its own."""
    yield from _of(room, record, "")
    taken: set[str] = set()
    for part in _parts(room, record):
        folder = _untaken(safe_name(part.title, otherwise=part.id), taken)
        if room.index.is_listed(part.id):
            yield from _of(room, part, f"{folder}/")


def _parts(room: Room, record: PublicRecord) -> Iterator[PublicRecord]:
    """Give what lies below a case, at any depth."""
    for offset in range(0, room.index.count_parts(record.id), _STEP):
        for part in room.index.parts_of(record.id, offset=offset, limit=_STEP):
            yield part
            if part.kind == "case":
                yield from _parts(room, part)


def _of(room: Room, record: PublicRecord, folder: str) -> Iterator[Member]:
    taken: set[str] = set()
    told = ((record_key(record.id), f"{record.id}.json"), (form_key(record.id, Form.METS), f"{record.id}.mets.xml"))
    for key, name in told:
        yield from _member(folder + _untaken(name, taken), partial(_told, room, record.id, key))
    for document in record.documents:
        name = folder + _untaken(safe_name(document.name), taken)
        yield from _member(name, partial(checked_document, room, record.id, document.sha256))


def _told(room: Room, public_id: str, key: str) -> Iterator[bytes]:
    return checked(room, public_id, room.store.chunks(key))


def _member(name: str, opened: Callable[[], Iterator[bytes]]) -> Iterator[Member]:
    """Give one file; what the store no longer holds was withdrawn meanwhile and is left out."""
    try:
        content = opened()
    except ObjectMissing:
        return
    yield Member(name=name, content=content)


def _untaken(name: str, taken: set[str]) -> str:
    """Give the name, numbered if it is taken, also by one that differs in case alone."""
    stem, dot, ending = name.rpartition(".")
    number, tried = 1, name
    while tried.casefold() in taken:
        number += 1
        tried = f"{stem} ({number}).{ending}" if dot else f"{name} ({number})"
    taken.add(tried.casefold())
    return tried
