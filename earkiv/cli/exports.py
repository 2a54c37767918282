"""`earkiv export`: write a package out of the archive."""

from pathlib import Path

from earkiv.cli import texts
from earkiv.cli.endings import FINE
from earkiv.cli.schema_setup import require_schemas
from earkiv.cli.session import Session
from ingest.application.export_package import Form, export
from ingest.bootstrap import reading


def export_package(reference: str, form: str, to: Path, session: Session) -> int:
    """Export a package in one of its forms. Raises UnknownSubject, DamageFound, and EarkivError for the target."""
    require_schemas(session)
    with reading(session.settings) as archive:
        files = export(archive.ports, reference, Form(form), to)
    session.page().print(session.voice(texts.EXPORTED).format(count=files, path=to))
    return FINE
