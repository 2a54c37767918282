"""Reads forms as they are sent, within bounds, the files that come with some of them too."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from audit.desk.faults import TOO_LARGE, UNPROVEN, Fault
from audit.desk.rooms import TakesIn
from audit.desk.visits import SentFile, Visit
from schemas.public_requests import MOST_BYTES, MOST_FILES

_MOST_FORM: Final = 512 << 10
_MOST_FIELDS: Final = 200
_WITH_FILES: Final = "multipart/form-data"


class _TooLarge(Exception):
    """More came than any form of the desk holds."""


async def filled_in_by(visit: Visit, takes_in: TakesIn) -> Visit | Fault:
    """Read a form; one with files where the room takes none, or without end, is none of ours."""
    kind = visit.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if takes_in is TakesIn.FILES and kind == _WITH_FILES:
            return await _with_files(visit)
        held = b"".join([chunk async for chunk in _bounded(visit, _MOST_FORM)])
        fields = parse_qsl(held.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except _TooLarge:
        return TOO_LARGE
    except (ValueError, ClientDisconnect, MultiPartException):
        return UNPROVEN
    return replace(visit, form=dict(fields))


async def _with_files(visit: Visit) -> Visit:
    stream = _bounded(visit, MOST_BYTES + _MOST_FORM)
    parser = MultiPartParser(
        visit.request.headers, stream, max_files=MOST_FILES + 1, max_fields=_MOST_FIELDS, max_part_size=_MOST_FORM
    )
    form = await parser.parse()
    try:
        fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        sent = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
        # A field for files that none was chosen in comes as a file without a name.
        files = tuple([await _read(one) for one in sent if one.filename])
    finally:
        await form.close()
    return replace(visit, form=fields, files=files)


async def _read(file: UploadFile) -> SentFile:
    kind = file.content_type or "application/octet-stream"
    return SentFile(name=file.filename or "", media_type=kind, content=await file.read())


async def _bounded(visit: Visit, most: int) -> AsyncGenerator[bytes, None]:
    taken = 0
    async for chunk in visit.request.stream():
        taken += len(chunk)
        if taken > most:
            raise _TooLarge
        yield chunk
