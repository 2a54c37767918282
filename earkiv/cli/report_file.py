"""The report of `earkiv validate` as a file that can be sent to a producer."""

from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from ingest.application.validate_package import Report
from ingest.formats.report_page import PackageReport, report_page


def write_report(page: Path, reports: Sequence[Report], at: datetime) -> None:
    """Write the page in place of whatever the file was; nothing is left half written. Raises OSError."""
    octets = report_page([_reported(report) for report in reports], at, f"earkiv {version('earkiv')}")
    beside = page.with_name(f".{page.name}.part")
    beside.write_bytes(octets)
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
