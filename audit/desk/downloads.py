"""What is taken home from the desk: files as they lie, and whole packages in every form; no browser is to run any."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response, StreamingResponse

from audit.desk.headers import HEADERS
from audit.desk.rooms import Room
from audit.desk.visits import Visit
from ingest.application.desk_packages import DESCRIPTIONS, export_package, open_file
from ingest.application.export_package import Form
from ingest.errors import UnknownSubject

_CHUNK: Final = 1 << 20
_SANDBOX: Final = {"Content-Security-Policy": "default-src 'none'; sandbox", "Content-Type": "application/octet-stream"}


def file(visit: Visit) -> Response:
    """Give one file of a package."""
    return _file(visit, visit.at("path"))


def description(visit: Visit) -> Response:
    """Give one of the package's three descriptions as it lies."""
    name = visit.request.url.path.rpartition("/")[2].removesuffix(".xml")
    return _file(visit, DESCRIPTIONS[name])


def _file(visit: Visit, path: str) -> Response:
    stream, size = open_file(visit.at("package"), path, visit.person, visit.desk.ports)
    headers = {**HEADERS, **_SANDBOX, "Content-Length": str(size), **_named(path.rpartition("/")[2])}
    return StreamingResponse(_chunks(stream), headers=headers)


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def export(visit: Visit) -> Response:
    """Give a whole package as a ZIP; it is made and checked before the first byte is sent."""
    form = next((one for one in Form if one.value == visit.at("form")), None)
    if form is None:
        raise UnknownSubject(f"{visit.at('form')} är ingen form.", f"{visit.at('form')} is no form.")
    folder = Path(tempfile.mkdtemp(prefix="earkiv-export-"))
    try:
        target = folder / f"{visit.at('package')}.zip"
        export_package(visit.at("package"), form, target, visit.person, visit.desk.ports)
    except BaseException:
        shutil.rmtree(folder)
        raise
    headers = {**HEADERS, **_SANDBOX, **_named(f"{visit.at('package')}-{form.value}.zip")}
    return FileResponse(target, headers=headers, background=BackgroundTask(shutil.rmtree, folder))


ROOMS: Final = (
    Room(method="GET", path="/packages/{package}/mets.xml", answer=description),
    Room(method="GET", path="/packages/{package}/premis.xml", answer=description),
    Room(method="GET", path="/packages/{package}/erms.xml", answer=description),
    Room(method="GET", path="/packages/{package}/files/{path:path}", answer=file),
    Room(method="GET", path="/packages/{package}/export/{form}", answer=export),
)
