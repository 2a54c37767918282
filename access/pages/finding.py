"""Finding what an address names. What was never listed, hidden or not, is one and the same: not found."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

from access.index import Listed, Withdrawn
from access.records import PublicDocument, PublicRecord
from access.room import room_of


class Gone(Exception):
    """This was shown once and was withdrawn: its id and the time may be told, and no more."""

    def __init__(self, entry: Withdrawn) -> None:
        super().__init__(entry.id)
        self.entry = entry


def listed(request: Request, kind: str | None = None) -> PublicRecord:
    """Give the record that the address names. Raises HTTPException (404) or Gone."""
    entry = room_of(request).index.entry(request.path_params["public_id"])
    if isinstance(entry, Withdrawn):
        raise Gone(entry)
    if entry is None or kind not in {None, entry.record.kind}:
        raise HTTPException(404)
    return entry.record


def document(request: Request) -> tuple[PublicRecord, PublicDocument]:
    """Give the document that the address names, and its record. Raises HTTPException (404) or Gone."""
    record = listed(request, kind_of_folder(request))
    found = next((each for each in record.documents if each.sha256 == request.path_params["sha256"]), None)
    if found is None:
        raise HTTPException(404)
    return record, found


def kind_of_folder(request: Request) -> str:
    """Tell whether the address speaks of a case or of a record."""
    return "case" if request.path_params["folder"] == "cases" else "record"


def around(request: Request, record: PublicRecord) -> tuple[PublicRecord, ...]:
    """Give the listed cases that a record lies in, the outermost first."""
    index = room_of(request).index
    found: list[PublicRecord] = []
    inner = record
    while inner.part_of is not None and inner.part_of not in {record.id, *(each.id for each in found)}:
        entry = index.entry(inner.part_of)
        if not isinstance(entry, Listed):
            break
        inner = entry.record
        found.insert(0, inner)
    return tuple(found)
