"""`earkiv export`: write a package out of the archive."""

from pathlib import Path

from earkiv.cli import scan_texts, texts
from earkiv.cli.endings import FINE
from earkiv.cli.schema_setup import require_schemas
from earkiv.cli.session import Session
from ingest.application.export_package import Form, export
from ingest.application.holdings import package_of
from ingest.application.scan_standings import scans_of
from ingest.bootstrap import reading
from ingest.domain.scans import never_published


def export_package(reference: str, form: str, to: Path, session: Session) -> int:
    """Export a package in one of its forms, and say where it carries something infected along.

    Raises UnknownSubject, DamageFound, and EarkivError for the target.
    """
    require_schemas(session)
    with reading(session.settings) as archive:
        package = package_of(reference, archive.ports)
        barred = never_published(scans_of(package.package, package.delivery_id, archive.ports))
        files = export(archive.ports, reference, Form(form), to)
    session.page().print(session.voice(texts.EXPORTED).format(count=files, path=to))
    if barred:
        session.note(session.voice(scan_texts.EXPORTED_INFECTED).format(count=len(barred)))
    return FINE
