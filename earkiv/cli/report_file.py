"""Pages for people as files: the report of `earkiv validate`, a receipt."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from ingest.application.validate_package import Report
from ingest.formats.report_page import PackageReport, report_page


def write_report(page: Path, reports: Sequence[Report], at: datetime) -> None:
    """Write the report as `write_page` does."""
    write_page(page, (report_page([_reported(report) for report in reports], at, f"earkiv {version('earkiv')}"),))


def write_page(page: Path, pieces: Iterable[bytes]) -> None:
    """Write a page in place of whatever the file was; nothing is left half written. Raises OSError."""
    beside = page.with_name(f".{page.name}.part")
    with beside.open("wb") as file:
        file.writelines(pieces)
    beside.replace(page)


def _reported(report: Report) -> PackageReport:
    return PackageReport(
        name=report.path.resolve().name or str(report.path),
        verdict=report.verdict,
        dialect=report.dialect,
        package=report.package,
        findings=report.findings,
        statistics=report.statistics,
    )
