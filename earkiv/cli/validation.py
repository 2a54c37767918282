"""`earkiv validate`: judge packages; nothing is changed, nothing is fetched once the schemas are there."""

from collections.abc import Sequence
from pathlib import Path

from earkiv.cli.endings import FINE, REFUSED
from earkiv.cli.schema_setup import require_schemas
from earkiv.cli.session import Printing, Session, one_or_all, print_json, require_paths
from ingest.adapters.system import SystemClock
from ingest.application.told_reports import report_document
from ingest.application.validate_package import Report, validate
from ingest.domain.findings import Verdict


def validate_paths(paths: Sequence[Path], session: Session, page: Path | None = None) -> int:
    """Judge each path, print what is found, write `page` if one is wanted; 1 when any is invalid.

    Raises:
        SourceUnreadable: a path is not there or cannot be read.
    """
    require_paths(paths)
    require_schemas(session)
    reports = []
    today = SystemClock().now().date()
    for path in paths:
        report = validate(path, today)
        reports.append(report)
        if session.printing is Printing.TEXT:
            _print(report, session)
    if page is not None:
        _write_page(page, reports)
    if session.printing is Printing.JSON:
        print_json(one_or_all([report_document(report) for report in reports]))
    return REFUSED if any(report.verdict is Verdict.INVALID for report in reports) else FINE


def _write_page(page: Path, reports: Sequence[Report]) -> None:
    from earkiv.cli.report_file import write_report  # noqa: PLC0415 - needed for a page alone

    write_report(page, reports, SystemClock().now())


def _print(report: Report, session: Session) -> None:
    from earkiv.cli.finding_view import print_verdict  # noqa: PLC0415 - JSON needs no tables

    print_verdict(report.path, report_document(report), session)
