"""What holds for any bytes whatever that `earkiv validate` is given: findings, never a traceback, never a socket."""

import io
import json
import sys
from contextlib import redirect_stdout
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from earkiv.cli.finding_view import print_verdict
from earkiv.cli.language import Voice
from earkiv.cli.report_file import write_report
from earkiv.cli.session import Printing, Session, print_json
from ingest.application.told_reports import report_document
from ingest.application.validate_package import Report, validate
from ingest.config import Language, read_settings
from ingest.domain.findings import Severity, Verdict
from tests.fuzz.sockets import watched

TODAY: Final = date(2100, 1, 1)  # After whatever the simulator or the machine puts into a package today.
_AT: Final = datetime(2026, 3, 2, 8, tzinfo=UTC)


def judged(path: Path) -> Report:
    """Validate, and hold the law against the report and everything that is printed of it."""
    with watched() as asked:
        report = validate(path, TODAY)
        _shown(report)
    assert asked == []
    assert isinstance(report, Report)
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    assert (report.verdict is Verdict.INVALID) == bool(errors)
    assert all(finding.count >= len(finding.locations) > 0 for finding in report.findings)
    assert all(location.line >= 0 for finding in report.findings for location in finding.locations)
    return report


def _shown(report: Report) -> None:
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with redirect_stdout(printed):
        print_json(report_document(report))
    assert json.loads(_octets(printed)) == _read_back(report)
    with TemporaryDirectory(prefix="earkiv-law-") as folder:
        page = Path(folder, "page.html")
        write_report(page, [report], _AT)
        text = page.read_bytes().decode("utf-8")
    assert text.endswith("</html>\n")


def printed_for_people(report: Report) -> str:
    """Print the report as a person sees it, in both languages."""
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    settings = read_settings({}, 1)
    with redirect_stdout(printed):
        for language in Language:
            session = Session(settings=settings, voice=Voice(language=language), printing=Printing.TEXT)
            print_verdict(report.path, report_document(report), session)
        sys.stdout.flush()
    return _octets(printed).decode("utf-8")


def _octets(printed: io.TextIOWrapper) -> bytes:
    printed.flush()
    buffer = printed.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


def _read_back(report: Report) -> object:
    return json.loads(json.dumps(report_document(report)))
