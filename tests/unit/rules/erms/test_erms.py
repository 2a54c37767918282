"""Every rule on ERMS keeps still on a sound document, and speaks alone on one that breaks it."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.domain.findings import Violation
from ingest.formats.validation import schema_errors
from ingest.rules.erms.documents import ErmsVersion, demands_of, erms_violations
from schemas.requirements import all_requirements, requirement
from tests.unit.rules.erms.documents import SOUND, SOURCE, Break, added, ids, mutated, said, stated, without
from tests.unit.rules.erms.table import TABLE

OF_WHOLE_DOCUMENTS = {"ERMS278", "EARKIV-ERMS-2", "EARKIV-ERMS-3", "EARKIV-ERMS-16"}
CASELESS = {"ERMS4", "EARKIV-ERMS-9", "EARKIV-ERMS-12"}
ELSEWHERE = {"EARKIV-ERMS-1", "EARKIV-ERMS-4"}


def test_a_sound_document_follows_the_schema_and_every_rule(tmp_path: Path) -> None:
    assert ids(tmp_path, SOUND.encode()) == []
    assert schema_errors(tmp_path / "erms.xml", "erms-3.0", limit=5) == ()


@pytest.mark.parametrize("rule", TABLE)
def test_a_broken_rule_speaks_and_nothing_but_its_consequences_with_it(rule: str, tmp_path: Path) -> None:
    row = TABLE[rule]
    assert set(ids(tmp_path, mutated(row.broken))) == {rule} | row.also


def test_the_table_has_every_rule_on_documents() -> None:
    asked = {demand.rule for demands in demands_of(ErmsVersion.V3_0).values() for demand in demands}
    assert asked | OF_WHOLE_DOCUMENTS == set(TABLE) | CASELESS


def test_every_requirement_is_checked_or_says_why_not() -> None:
    asked = set(TABLE) | CASELESS | ELSEWHERE
    ours = [one for one in all_requirements() if one.specification == "CITS ERMS" or one.id.startswith("EARKIV-ERMS-")]
    assert {one.id for one in ours if one.checked == "rule"} == asked
    assert [one.id for one in ours if not one.checked and not (one.why_not and one.why_not_sv)] == []


def test_a_document_without_scheme_title_or_content_is_told(tmp_path: Path) -> None:
    bare = mutated(
        without("classificationSchema"),
        without("classificationSchema"),
        stated("aggregation", "classificationSchemaUsed", None),
        without("record"),
        without("record"),
    )
    assert ids(tmp_path, bare) == ["ERMS4", "EARKIV-ERMS-12"]
    nameless = mutated(without("record[2]/title"), added("record[2]", "<description>Beslut</description>"))
    assert ids(tmp_path, nameless) == ["ERMS137"]


IMPOSSIBLE: Mapping[str, Break] = {
    "event": said("eventDateTime", "i går"),
    "loan": said("loan/dates/date", "2021-13-01T00:00:00"),
    "scheme": said("fromDate", "2012-00-00"),
    "note": stated("aggregation/notes/note", "noteDate", "2021-05-03T25:00:00"),
    "signature": stated("appendix/eSignature", "dateSignatureIsVerified", "?"),
}


@pytest.mark.parametrize("place", IMPOSSIBLE)
def test_a_date_that_never_was_is_told_wherever_the_model_has_none(place: str, tmp_path: Path) -> None:
    assert ids(tmp_path, mutated(IMPOSSIBLE[place])) == ["EARKIV-ERMS-5"]


def test_dates_that_the_model_holds_are_left_to_the_rules_on_the_model(tmp_path: Path) -> None:
    assert ids(tmp_path, mutated(said("record/dates/date", "2021-02-30T00:00:00"))) == []


def test_version_2_1_is_not_asked_for_what_3_0_added(tmp_path: Path) -> None:
    older = mutated(
        stated("classificationSchema[2]", "classificationSchemaId", None),
        stated("classificationSchema[2]", "classificationSchemaStatus", None),
    )
    assert ids(tmp_path, older, ErmsVersion.V2_1) == []
    assert {"2.1.0"} & set(requirement("ERMS272").versions) == set()


def test_a_breach_points_to_its_line_and_names_the_record(tmp_path: Path) -> None:
    local = tmp_path / "erms.xml"
    local.write_text(SOUND.replace('dateType="created">2021-05-03', 'dateType="sent">2021-05-03'), encoding="utf-8")
    (violation,) = erms_violations(local, SOURCE, ErmsVersion.V3_0)
    line = SOUND.split("\n").index('      <record systemIdentifier="h2" classificationSchemaUsed="klassa">') + 1
    assert (violation.location.line, violation.location.value) == (line, "EXN 2021/17:2")


def test_what_lies_in_foreign_elements_is_not_judged(tmp_path: Path) -> None:
    foreign = '<additionalXMLData><s xmlns="urn:x"><agent xmlns="https://DILCIS.eu/XML/ERMS"/></s></additionalXMLData>'
    assert ids(tmp_path, mutated(added("record/additionalInformation", foreign))) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(place=st.integers(0, len(SOUND.encode())), put=st.binary(max_size=12), cut=st.integers(0, 40))
def test_any_broken_bytes_end_in_violations(tmp_path: Path, place: int, put: bytes, cut: int) -> None:
    octets = SOUND.encode()
    local = tmp_path / "erms.xml"
    local.write_bytes(octets[:place] + put + octets[place + cut :])
    found = list(erms_violations(local, SOURCE, ErmsVersion.V3_0))
    assert all(isinstance(violation, Violation) for violation in found)
    assert all(requirement(violation.rule).checked for violation in found)
