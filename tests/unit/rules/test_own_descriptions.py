"""What the archive writes into its own AIPs gives the rules on ERMS and PREMIS nothing to warn of."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.domain.findings import Severity, Violation
from ingest.domain.paths import PackagePath
from ingest.formats.writing.erms import write_erms
from ingest.formats.writing.premis import write_premis
from ingest.rules.erms.documents import ErmsVersion, erms_violations
from ingest.rules.grouping import group
from ingest.rules.premis.documents import PremisJudge
from tests.unit.formats.writing.maximal import CASE, PARTY, RECORD
from tests.unit.formats.writing.values import AIP, SUBMISSION


def grave(violations: tuple[Violation, ...]) -> list[tuple[str, str]]:
    findings = group(violations)
    return [(f.rule, f.locations[0].value) for f in findings if f.severity is not Severity.INFO]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "described.xml"


def test_our_erms(place: Path) -> None:
    sink = io.BytesIO()
    known = replace(PARTY, protected_identity=False)
    case = replace(CASE, parties=(known,), records=(replace(RECORD, parties=(known,)),), parts=())
    write_erms(sink, replace(AIP, submission=replace(SUBMISSION, cases=(case,))))
    place.write_bytes(sink.getvalue())
    assert grave(tuple(erms_violations(place, PackagePath("erms.xml"), ErmsVersion.V3_0))) == []


def test_our_premis(place: Path) -> None:
    sink = io.BytesIO()
    write_premis(sink, AIP)
    place.write_bytes(sink.getvalue())
    judge = PremisJudge({PackagePath(one.place.aip_path) for one in AIP.objects})
    told = (*judge.violations(place, PackagePath("metadata/preservation/premis.xml")), *judge.ended())
    assert grave(told) == []
    assert {claim.path for claim in judge.claims} == {one.place.aip_path for one in AIP.objects}
