"""Give an archived package out again, as CSIP, FGS 1.2 or a bag: whole or not at all, every byte checked on the way."""

import hashlib
from collections.abc import Callable
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from ingest.application.archived_aip import archived_aip
from ingest.application.holdings import Holding, holding_of
from ingest.domain.paths import PackagePath
from ingest.errors import ConfigurationError, SourceUnreadable
from ingest.formats.packing import CONTAINERS, Container, Outlet, outlet_into, outlet_to
from ingest.formats.writing.bagit import BagFile, tag_files
from ingest.formats.writing.fgs12 import (
    DESCRIPTION,
    ExportedFile,
    exported_files,
    link_of,
    write_arendehantering,
    write_sip_mets,
)
from ingest.pipeline.step import Ports


class Form(StrEnum):
    """The forms an export can have."""

    CSIP = "csip"
    FGS_1_2 = "fgs-1.2"
    BAGIT = "bagit"


def export(ports: Ports, reference: str, form: Form, target: Path) -> int:
    """Write a package's newest generation to `target` (`.zip`, `.tar`, else a folder) and give the number of files.

    Raises UnknownSubject, DamageFound (nothing is left at the target then), SourceUnreadable when the target exists
    or cannot be written.
    """
    holding = holding_of(reference, ports)
    try:
        with outlet_to(target, holding.package.stored_at) as outlet:
            return _written_as(form, holding, outlet, _root_of(holding, target), ports)
    except OSError as error:
        raise SourceUnreadable(
            f"{target} kan inte skrivas: {error.strerror}.", f"{target} cannot be written: {error.strerror}."
        ) from error


def export_into(holding: Holding, form: Form, container: Container, sink: BinaryIO, ports: Ports) -> None:
    """Write a package into a stream, in a container that is whole only where nothing failed.

    Raises DamageFound, ObjectMissing, OSError.
    """
    with outlet_into(sink, container, holding.package.stored_at) as outlet:
        _written_as(form, holding, outlet, f"{holding.package.package}/", ports)


def _written_as(form: Form, holding: Holding, outlet: Outlet, root: str, ports: Ports) -> int:
    match form:
        case Form.CSIP:
            return _as_csip(holding, outlet, root)
        case Form.BAGIT:
            return _as_bag(holding, outlet)
        case Form.FGS_1_2:
            return _as_fgs12(holding, outlet, ports)


def write_holding(holding: Holding, form: Form, outlet: Outlet) -> None:
    """Write a package as CSIP or as a bag. Raises DamageFound, ObjectMissing; FGS 1.2 holds no whole package."""
    match form:
        case Form.CSIP:
            _as_csip(holding, outlet, "")
        case Form.BAGIT:
            _as_bag(holding, outlet)
        case Form.FGS_1_2:
            raise ConfigurationError(
                "FGS 1.2 rymmer inte allt som ett arkivpaket har; välj csip eller bagit.",
                "FGS 1.2 does not hold all that an archived package has; choose csip or bagit.",
            )


def _root_of(holding: Holding, target: Path) -> str:
    """A container must unpack to one folder (CSIPSTR1), named by the package; a folder is that folder itself."""
    return f"{holding.package.package}/" if target.suffix.lower() in CONTAINERS else ""


def _as_csip(holding: Holding, outlet: Outlet, root: str) -> int:
    """The AIP is a CSIP package already: its files under their paths."""
    for path in sorted(holding.inventory.files):
        _copy(holding, path, PackagePath(root + path), outlet)
    return len(holding.inventory.files)


def _as_bag(holding: Holding, outlet: Outlet) -> int:
    payload = tuple(
        BagFile(path=PackagePath(path), size=holding.size_of(path), sha256=digest)
        for path, digest in sorted(holding.inventory.files.items())
    )
    tags = tag_files(payload, identifier=f"urn:uuid:{holding.package.package}", at=holding.package.stored_at)
    for name, content in tags:
        outlet.add(PackagePath(name), len(content), BytesIO(content))
    for file in payload:
        _copy(holding, file.path, PackagePath(f"data/{file.path}"), outlet)
    return len(payload) + len(tags)


def _as_fgs12(holding: Holding, outlet: Outlet, ports: Ports) -> int:
    aip = archived_aip(holding, ports)
    files = exported_files(aip)
    cases = _written(lambda sink: write_arendehantering(sink, aip.submission, link_of(files)))
    described = ExportedFile(
        path=DESCRIPTION,
        size=len(cases),
        sha256=hashlib.sha256(cases).hexdigest(),
        mime_type="text/xml",
        original_name=DESCRIPTION,
    )
    mets = _written(lambda sink: write_sip_mets(sink, aip, (described, *files)))
    for name, content in (("sip.xml", mets), (DESCRIPTION, cases)):
        outlet.add(PackagePath(name), len(content), BytesIO(content))
    for file in files:
        _copy(holding, file.source or "", PackagePath(file.path), outlet)
    return len(files) + 2


def _written(write: Callable[[BinaryIO], None]) -> bytes:
    sink = BytesIO()
    write(sink)
    return sink.getvalue()


def _copy(holding: Holding, path: str, to: PackagePath, outlet: Outlet) -> None:
    with holding.open(path) as source:
        outlet.add(to, holding.size_of(path), source)
