"""Every FGS rule has a text and a place in the reference page, and every text a rule or a reason."""

import re
from pathlib import Path

import ingest
from ingest.rules.fgs import cases, names, paketstruktur
from schemas.requirements import all_requirements, requirement

SOURCES = Path(ingest.__file__).parent
FGS = [one for one in all_requirements() if one.id.startswith("FGS-")]
TELLING = re.compile(r"FGS-[A-Z]+-\d+")


def test_every_rule_has_a_text() -> None:
    rules = [rule.id for each in paketstruktur.BY_DIALECT.values() for rule in each.all]
    rules += [rule.id for rule in (*cases.RULES, *names.RULES)]
    assert all(requirement(rule) for rule in rules)


def test_every_text_is_told_somewhere_or_says_why_not() -> None:
    told = {id_ for path in SOURCES.rglob("*.py") for id_ in TELLING.findall(path.read_text(encoding="utf-8"))}
    assert told == {one.id for one in FGS if one.checked}
    assert all(one.why_not and one.why_not_sv for one in FGS if not one.checked)


def test_numbers_have_no_gaps() -> None:
    for family in ("PKT", "EARD", "ARH", "RA"):
        numbers = sorted(int(one.id.rpartition("-")[2]) for one in FGS if one.id.startswith(f"FGS-{family}-"))
        assert numbers == list(range(1, len(numbers) + 1)), family
