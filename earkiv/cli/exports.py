"""`earkiv export`: write a package out of the archive, or all of it."""

from pathlib import Path

from earkiv.cli import scan_texts, texts
from earkiv.cli.endings import FINE, REFUSED, WrongUse
from earkiv.cli.schema_setup import require_schemas
from earkiv.cli.session import Session
from earkiv.cli.wording import size_text, visible
from earkiv.cli.work_shown import counted
from ingest.application.exit_export import export_all
from ingest.application.export_package import Form, export
from ingest.application.holdings import package_of
from ingest.application.scan_standings import scans_of
from ingest.bootstrap import reading
from ingest.domain.scans import never_published


def export_chosen(reference: str | None, every: bool, form: str, to: Path, session: Session) -> int:
    """Export one package, or everything. Raises WrongUse for neither or both, and what the two raise."""
    if every == (reference is not None):
        raise WrongUse(texts.ID_OR_ALL_TO_EXPORT.sv, texts.ID_OR_ALL_TO_EXPORT.en)
    return export_archive(form, to, session) if reference is None else export_package(reference, form, to, session)


def export_archive(form: str, to: Path, session: Session) -> int:
    """Export the whole archive; 1 when something had to be left out. Raises EarkivError."""
    with reading(session.settings) as archive, counted(session, texts.EXPORTING, None) as report:
        done = export_all(archive.ports, Form(form), to, report)
    page, voice = session.page(), session.voice
    size = size_text(done.bytes, voice.language)
    counts = {"containers": done.containers, "entries": done.entries, "size": size, "path": to}
    page.print(voice(texts.EXPORTED_ALL).format(**counts, manifest=done.manifest_sha256))
    if done.left_out:
        page.print(voice(texts.LEFT_OUT).format(count=len(done.left_out)), style="bold red")
    for one in done.left_out:
        page.print(visible(f"  {one.what}: {voice(one.why)}"))
    return REFUSED if done.left_out else FINE


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
