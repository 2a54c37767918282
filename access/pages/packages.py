"""What a whole public package holds: of each record what is told of it, its forms and its documents."""

from collections.abc import Iterable, Iterator

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
    for piece in pieces:
        if not room.index.is_listed(public_id):
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
        yield from _member(room, record.id, key, folder + _untaken(name, taken))
    for document in record.documents:
        key = file_key(record.id, document.sha256)
        yield from _member(room, record.id, key, folder + _untaken(safe_name(document.name), taken))


def _member(room: Room, public_id: str, key: str, name: str) -> Iterator[Member]:
    """Give one file; what the store no longer holds was withdrawn meanwhile and is left out."""
    try:
        yield Member(name=name, content=checked(room, public_id, room.store.chunks(key)))
    except ObjectMissing:
        return


def _untaken(name: str, taken: set[str]) -> str:
    """Give the name, numbered if it is taken, also by one that differs in case alone."""
    stem, dot, ending = name.rpartition(".")
    number, tried = 1, name
    while tried.casefold() in taken:
        number += 1
        tried = f"{stem} ({number}).{ending}" if dot else f"{name} ({number})"
    taken.add(tried.casefold())
    return tried
