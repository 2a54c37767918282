"""A report of a validation as a JSON document, the same on the command line and over the API (DESIGN §7)."""

from typing import Any

from ingest.application.validate_package import Report
from ingest.domain.statistics import Statistics
from ingest.formats.finding_documents import finding_document


def report_document(report: Report) -> dict[str, Any]:
    """Give a report as DESIGN §7 has it."""
    return {
        "verdict": report.verdict.value,
        "dialect": report.dialect,
        "package": report.package,
        "findings": [finding_document(finding) for finding in report.findings],
        "statistics": _statistics(report.statistics),
    }


def _statistics(counted: Statistics) -> dict[str, int]:
    return {
        "cases": counted.cases,
        "records": counted.records,
        "looseRecords": counted.loose_records,
        "documents": counted.documents,
        "files": counted.files,
        "bytes": counted.bytes,
    }
