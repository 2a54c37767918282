"""Findings as JSON documents, the same in reports and receipts (DESIGN §7)."""

from typing import Any

from ingest.domain.findings import Finding, Location, Text


def finding_document(finding: Finding) -> dict[str, Any]:
    """Give a finding as `earkiv validate --json` prints it."""
    return {
        "rule": finding.rule,
        "specification": finding.specification,
        "severity": finding.severity.value,
        "message": _text(finding.message),
        "remedy": _text(finding.remedy),
        "count": finding.count,
        "locations": [_location(location) for location in finding.locations],
    }


def _text(text: Text) -> dict[str, str]:
    return {"sv": text.sv, "en": text.en}


def _location(location: Location) -> dict[str, Any]:
    return {
        "file": writable(location.file),
        "line": location.line,
        "xpath": location.xpath,
        "value": writable(location.value),
    }


def writable(name: str) -> str:
    r"""Give a name as text that UTF-8 can hold: half a surrogate pair is written as `\udcff`."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
