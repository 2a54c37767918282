"""Whatever the schema of FGS Paketstruktur refuses is refused, by a rule in plain words or by EARKIV-XML-4."""

from itertools import islice
from pathlib import Path

import pytest

from ingest.domain.findings import Severity
from ingest.domain.submissions import Reading
from ingest.formats.fgs12_mets import SCHEMA
from ingest.formats.validation import schema_errors
from ingest.rules.examination import examine_mets_alone
from ingest.rules.grouping import group
from tests.unit.rules.fgs.lies import built
from tests.unit.schemas.fgs_instances import METS
from tests.unit.schemas.mutants import mutants

EVERY = 5
"""One mutant of so many is judged: they are alike enough."""
LEAST = 200


def whole() -> bytes:
    """The document that uses all of the schema, with the agents and the agreement that the rules want too."""
    address = b"http://xml.ra.se/e-arkiv/METS/version12/CommonSpecificationSwedenPackageProfile.xml"
    archivist = b'<agent ROLE="ARCHIVIST" TYPE="ORGANIZATION"><name>n</name>'
    more = b"""<agent ROLE="ARCHIVIST" TYPE="OTHER" OTHERTYPE="SOFTWARE"><name>n</name></agent>
      <agent ROLE="CREATOR" TYPE="ORGANIZATION"><name>n</name></agent><altRecordID"""
    return (
        METS.replace(b'PROFILE="p"', b'PROFILE="' + address + b'"')
        .replace(archivist, archivist + b"<note>Local:n</note>")
        .replace(b"<altRecordID", more, 1)
        .replace(b'"REFERENCECODE"', b'"SUBMISSIONAGREEMENT"')
    )


def errors(path: Path) -> set[str]:
    found = examine_mets_alone(path)
    return {finding.rule for finding in group(found.violations) if finding.severity is Severity.ERROR}


@pytest.mark.untraced
def test_nothing_that_the_schema_refuses_passes(tmp_path: Path) -> None:
    path = tmp_path / "sip.xml"
    document = whole()
    path.write_bytes(document)
    assert errors(path) == set()
    refused = 0
    for name, mutant in islice(mutants(document), 0, None, EVERY):
        path.write_bytes(mutant)
        if schema_errors(path, SCHEMA, limit=1):
            refused += 1
            assert errors(path), name
    assert refused > LEAST


def test_a_sound_document_stays_sound_when_read_alone(tmp_path: Path) -> None:
    found = examine_mets_alone(built(tmp_path) / "sip.xml")
    assert isinstance(found, Reading)
    assert found.violations == ()
