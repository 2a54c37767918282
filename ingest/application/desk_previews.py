"""A file of an archived package as a person at the desk looks at it before taking it home."""

from dataclasses import dataclass
from typing import BinaryIO

from ingest.application.archived_aip import archived_aip
from ingest.application.desk_packages import package_for
from ingest.application.holdings import Holding
from ingest.application.scan_standings import infected_bytes
from ingest.domain.conversions import DerivedObject
from ingest.domain.packages import DigitalObject, FormatDesignation
from ingest.domain.people import Person
from ingest.domain.publication import media_type_of
from ingest.errors import UnknownSubject
from ingest.pipeline.step import Ports
from schemas.previews import Preview, preview_of

_UNIDENTIFIED = FormatDesignation(puid=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFile:
    """A file by its path in the package; `kind` says how it can be shown, by the format that the archive found.

    What a virus scanner has found something in `is_infected`, and is shown in no way.
    """

    package: str
    path: str
    size: int
    sha256: str
    format: FormatDesignation
    media_type: str
    kind: Preview
    is_infected: bool


def file_seen(package_id: str, path: str, person: Person, ports: Ports) -> SeenFile:
    """Say what a file is, and how it can be shown. Raises NotPermitted, UnknownSubject, DamageFound, ObjectMissing."""
    return _seen(package_for(package_id, person, ports), path, ports)


def open_preview(package_id: str, path: str, person: Person, ports: Ports) -> tuple[BinaryIO, SeenFile]:
    """Open a file that can be shown; reading it to the end proves it.

    Raises UnknownSubject for one that cannot be shown, else as `file_seen` does.
    """
    holding = package_for(package_id, person, ports)
    seen = _seen(holding, path, ports)
    if seen.kind is Preview.NONE:
        raise UnknownSubject(f"{path} kan inte visas.", f"{path} cannot be shown.")
    return holding.open(path), seen


def _seen(holding: Holding, path: str, ports: Ports) -> SeenFile:
    if path not in holding.inventory.files:
        raise UnknownSubject(f"{path} finns inte i paketet.", f"{path} is not in the package.")
    sha256, size = holding.inventory.files[path], holding.size_of(path)
    designation = _format_of(holding, path, ports)
    media_type = media_type_of(designation)
    is_infected = sha256 in infected_bytes(holding.package, ports)
    return SeenFile(
        package=holding.package.package,
        path=path,
        size=size,
        sha256=sha256,
        format=designation,
        media_type=media_type,
        kind=Preview.NONE if is_infected else preview_of(media_type, size),
        is_infected=is_infected,
    )


def _format_of(holding: Holding, path: str, ports: Ports) -> FormatDesignation:
    """Give what the archive found a file to be; what the archive wrote itself was never asked."""
    aip = archived_aip(holding, ports)
    files: tuple[DigitalObject | DerivedObject, ...] = (*aip.objects, *aip.derived)
    return next((file.format for file in files if file.place.aip_path == path), _UNIDENTIFIED)
