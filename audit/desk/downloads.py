"""What is taken home from the desk: files as they lie, and whole packages in every form; no browser is to run any."""

from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from audit.desk.headers import HEADERS
from audit.desk.rooms import Room
from audit.desk.streams import sent_while_written
from audit.desk.visits import Visit
from ingest.application.description_documents import MAIN, DescriptionKind
from ingest.application.desk_packages import export_package, open_file
from ingest.application.export_package import Form
from ingest.errors import UnknownSubject
from ingest.formats.packing import Container
from schemas.pieces import Given, pieces_of

_SANDBOX: Final = {"Content-Security-Policy": "default-src 'none'; sandbox", "Content-Type": "application/octet-stream"}


def file(visit: Visit) -> Response:
    """Give one file of a package."""
    return _file(visit, visit.at("path"))


def description(visit: Visit) -> Response:
    """Give one of the package's three descriptions as it lies."""
    name = visit.request.url.path.rpartition("/")[2].removesuffix(".xml")
    return _file(visit, MAIN[DescriptionKind(name)])


def _file(visit: Visit, path: str) -> Response:
    stream, size = open_file(visit.at("package"), path, visit.person, visit.desk.ports)
    headers = {**HEADERS, **_SANDBOX, "Content-Length": str(size), **_named(path.rpartition("/")[2])}
    return Given(pieces_of(stream), headers)


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}


def export(visit: Visit) -> Response:
    """Give a whole package in a form and a container; it is checked while it is sent, and damage breaks it off."""
    form, container = _form(visit.at("form")), _container(visit.asked("container"))
    if form is None or container is None:
        raise UnknownSubject("Adressen nämner ingen form.", "The address names no form.")
    write = export_package(visit.at("package"), form, container, visit.person, visit.desk.ports)
    name = f"{visit.at('package')}-{form.value}.{container.value}"
    return Given(sent_while_written(write), {**HEADERS, **_SANDBOX, **_named(name)})


def _form(said: str) -> Form | None:
    return next((one for one in Form if one.value == said), None)


def _container(said: str) -> Container | None:
    """A ZIP is what people mean who do not say."""
    return next((one for one in Container if one.value == (said or Container.ZIP)), None)


ROOMS: Final = (
    Room(method="GET", path="/packages/{package}/mets.xml", answer=description),
    Room(method="GET", path="/packages/{package}/premis.xml", answer=description),
    Room(method="GET", path="/packages/{package}/erms.xml", answer=description),
    Room(method="GET", path="/packages/{package}/files/{path:path}", answer=file),
    Room(method="GET", path="/packages/{package}/export/{form}", answer=export),
)
