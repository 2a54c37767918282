"""Every rule that the program can report stands in a table with a mutation of a sound package; none is left out."""

from typing import Final

from schemas.requirements import all_requirements
from tests.hostile.corpus import CASES, OURS
from tests.lies import (
    at_ingest,
    case_lies,
    container_lies,
    descriptions,
    flat_mets,
    folders,
    kinds_mets,
    nested_lies,
    package_mets,
    payload_outcomes,
    representation_mets,
)
from tests.unit.rules.fgs.arendehantering_lies import LIES as CASE_LIES
from tests.unit.rules.fgs.paketstruktur_lies import DRAFT_LIES, LIES

METS_LIES: Final = (*package_mets.LIES, *kinds_mets.LIES, *representation_mets.LIES, *flat_mets.LIES)
SAID_OF_ALL: Final = frozenset({"CSIPSTR1", "PM1", "PM94"})
"""Told in tests of their own: `test_mets` (files loose in a container) and `test_descriptions`."""
BY_A_PERSON: Final = frozenset({"EARKIV-DLV-5"})
"""A person's refusal of a delivery that is held, whatever is in it: told in `test_held_decisions`."""
BY_SCHEMA: Final = frozenset({"ERMS129"})
"""Checked by a schema alone, so told as EARKIV-XML-4: `case_lies` has a list of records without any."""
WITHOUT_A_LIE: Final = frozenset[str]()
"""Rules that no mutation of a package can break: none."""


def lied_about() -> frozenset[str]:
    of_files = {rule for outcomes in payload_outcomes.LIES.values() for ids in outcomes.values() for rule in ids}
    tables = (
        (one.rule for one in METS_LIES),
        (one.rule for one in (*LIES, *DRAFT_LIES, *CASE_LIES)),
        (one.rule for _, one in case_lies.TOLD),
        (one.rule for one in descriptions.RA_LIES),
        descriptions.ERMS_RULES,
        descriptions.PREMIS_RULES,
        folders.LIES,
        container_lies.LIES,
        at_ingest.LIES,
        nested_lies.RULES,
        (f"{OURS}{rule}" for case in CASES.values() for rule in (*case.refused, *case.warned)),
        SAID_OF_ALL,
        BY_A_PERSON,
        of_files,
    )
    return frozenset(rule for table in tables for rule in table)


def test_every_rule_that_can_be_reported_is_broken_somewhere() -> None:
    reported = {one.id for one in all_requirements() if one.checked}
    assert reported - lied_about() - BY_SCHEMA == WITHOUT_A_LIE
    assert {one.id for one in all_requirements() if one.checked == "schema"} == BY_SCHEMA


def test_no_lie_is_about_a_rule_that_is_none() -> None:
    known = {one.id for one in all_requirements() if one.checked}
    assert lied_about() - known == set()
