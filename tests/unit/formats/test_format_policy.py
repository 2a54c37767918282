"""The format policy: what comes with the program, and what an archive says over it."""

from pathlib import Path

import pytest

from ingest.domain.format_policy import ABILITIES, Standing, When
from ingest.errors import ConfigurationError
from ingest.formats.format_policy import read_policy

OWN = """
[[group]]
delivery = "preferred"
preservation = "preferred"
source_sv = "Vårt eget beslut"
source_en = "Our own decision"
formats = { "fmt/412" = "docx", "fmt/99999" = "Eget" }
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "format-policy.toml"


def test_every_rule_can_be_carried_out(own: Path) -> None:
    policy = read_policy(own)
    assert len(policy.by_puid) == len(policy.rules) > 100
    assert {target for targets in ABILITIES.values() for target in targets} == set(policy.by_name)
    for rule in policy.rules:
        assert rule.name
        assert rule.source.sv
        assert rule.source.en
        assert bool(rule.target) is bool(rule.tool)
        assert not rule.target or rule.target in ABILITIES[rule.tool]
        assert rule.preservation is not Standing.PREFERRED or not rule.target or rule.when is When.NOT_CONFORMING


def test_no_copy_is_made_of_what_copies_are_made_as(own: Path) -> None:
    policy = read_policy(own)
    made = {puid for target in policy.targets for puid in target.puids}
    again = {rule.puid for rule in policy.rules if rule.target and rule.when is When.ALWAYS}
    assert made & again == set()


def test_an_archive_says_otherwise_in_a_file_of_its_own(own: Path) -> None:
    built_in = read_policy(own)
    own.write_text(OWN, encoding="utf-8")
    changed = read_policy(own)
    assert changed.by_puid["fmt/412"].target == ""
    assert changed.by_puid["fmt/412"].source.en == "Our own decision"
    assert changed.by_puid["fmt/99999"].name == "Eget"
    assert changed.by_puid["fmt/40"] == built_in.by_puid["fmt/40"]
    assert len(changed.rules) == len(built_in.rules) + 1


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ("[[group", "format-policy.toml"),
        ("[[groups]]", "unknown key groups"),
        (OWN.replace("delivery", "deliverance"), "deliverance"),
        (OWN.replace('delivery = "preferred"', 'delivery = "splendid"'), "expected Standing @ group.delivery"),
        (OWN.replace("source_sv", 'tool = "vips"\ntarget = "wav"\nsource_sv'), "'vips' does not make 'wav'"),
        (OWN.replace("source_sv", 'tool = "magic"\ntarget = "wav"\nsource_sv'), "'magic' does not make 'wav'"),
        (OWN.replace("source_sv", 'target = "wav"\nsource_sv'), "does not make 'wav'"),
        (OWN + OWN, "stands twice"),
    ],
)
def test_a_mistake_in_it_is_named(own: Path, spoilt: str, said: str) -> None:
    own.write_text(spoilt, encoding="utf-8")
    with pytest.raises(ConfigurationError) as fault:
        read_policy(own)
    assert said in fault.value.en
