"""What is wrong with an XML document, as violations of the EARKIV-XML rules."""

from pathlib import Path
from typing import assert_never

from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath
from ingest.formats.validation import SchemaError, located_errors
from ingest.formats.xml import XmlFault, XmlRefused

SCHEMA_FAULTS = 1000
"""How many schema faults of one document are told, at most."""


def refusal(source: PackagePath, refused: XmlRefused) -> Violation:
    """Say why a document is no acceptable XML: broken (XML-1), a DOCTYPE (XML-2), out of bounds (XML-3)."""
    location = Location(file=source, line=refused.line)
    return Violation(rule=_rule(refused.code), location=location, detail=refused.detail)


def _rule(fault: XmlFault) -> str:
    match fault:
        case XmlFault.NOT_WELL_FORMED | XmlFault.ENCODING:
            return "EARKIV-XML-1"
        case XmlFault.DOCTYPE | XmlFault.INCLUSION:
            return "EARKIV-XML-2"
        case XmlFault.DEPTH | XmlFault.ATTRIBUTES | XmlFault.NAMESPACES | XmlFault.TOO_LARGE:
            return "EARKIV-XML-3"
        case _:
            assert_never(fault)


def schema_fault(source: PackagePath, error: SchemaError) -> Violation:
    """Say where a document does not follow its schema (EARKIV-XML-4)."""
    location = Location(file=source, line=error.line, xpath=error.xpath)
    return Violation(rule="EARKIV-XML-4", location=location, detail=error.message)


def schema_faults(source: PackagePath, local: Path, schema: str) -> tuple[Violation, ...]:
    """Find where a document that is known not to follow its schema fails to do so."""
    found = located_errors(local, schema, limit=SCHEMA_FAULTS)
    return tuple(schema_fault(source, error) for error in found)
