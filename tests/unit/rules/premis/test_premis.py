"""Every rule on PREMIS keeps still on a sound document, and speaks alone on one that breaks it."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.domain.findings import Severity
from ingest.domain.paths import PackagePath
from ingest.formats.validation import schema_errors
from ingest.rules.premis.documents import DEMANDS, PremisJudge
from schemas.requirements import all_requirements, requirement
from tests.unit.rules.premis.documents import ENTRIES, PDF, SHA256, SOUND, SOURCE, Break, ids, mutated, said, without

_STATEMENTS = ("copyright", "license", "statute", "otherRights")


def _identifier(entity: str, frame: str, rules: tuple[str, str, str]) -> dict[str, Break]:
    place = f"{entity}/{frame}"
    whole, kind, value = rules
    return {
        whole: without(place),
        kind: without(f"{place}/{frame}Type"),
        value: without(f"{place}/{frame}Value"),
    }


def _rights(number: int, kind: str, rules: tuple[str, ...]) -> dict[str, Break]:
    place = f"rights/rightsStatement[{number}]/{kind}Information"
    name = f"{kind}DocumentationIdentifier"
    information, kind_rule, value_rule = rules
    return {
        information: without(place),
        kind_rule: without(f"{place}/{name}/{name}Type"),
        value_rule: without(f"{place}/{name}/{name}Value"),
    }


_CHARACTERISTICS = "object[3]/objectCharacteristics"
_FORMAT = f"{_CHARACTERISTICS}/format"
_ENTITY, _REPRESENTATION, _FILE = "object[1]", "object[2]", "object[3]"

TABLE: Mapping[str, Break] = {
    **_identifier(_ENTITY, "objectIdentifier", ("PM3", "PM4", "PM5")),
    "PM6": without(f"{_ENTITY}/environmentFunction"),
    "PM7": without(f"{_ENTITY}/environmentFunction/environmentFunctionType"),
    "PM8": without(f"{_ENTITY}/environmentFunction/environmentFunctionLevel"),
    "PM9": without(f"{_ENTITY}/environmentDesignation"),
    "PM10": said(f"{_ENTITY}/environmentDesignation/environmentName", ""),
    **_identifier(_REPRESENTATION, "objectIdentifier", ("PM15", "PM16", "PM17")),
    "PM19": without(f"{_REPRESENTATION}/significantProperties/significantPropertiesType"),
    "PM20": said(f"{_REPRESENTATION}/significantProperties/significantPropertiesValue", " "),
    "PM21": without(f"{_REPRESENTATION}/relationship"),
    "PM22": without(f"{_REPRESENTATION}/relationship/relationshipType"),
    "PM23": without(f"{_REPRESENTATION}/relationship/relationshipSubType"),
    **_identifier(f"{_REPRESENTATION}/relationship", "relatedObjectIdentifier", ("PM24", "PM25", "PM26")),
    **_identifier(_FILE, "objectIdentifier", ("PM29", "PM30", "PM31")),
    "PM32": without(_CHARACTERISTICS),
    "PM33": without(f"{_CHARACTERISTICS}/fixity"),
    "PM34": without(f"{_CHARACTERISTICS}/fixity/messageDigestAlgorithm"),
    "PM35": without(f"{_CHARACTERISTICS}/fixity/messageDigest"),
    "PM37": without(_FORMAT),
    "PM38": without(f"{_FORMAT}/formatDesignation"),
    "PM39": said(f"{_FORMAT}/formatDesignation/formatName", ""),
    "PM42": without(f"{_FORMAT}/formatRegistry/formatRegistryName"),
    "PM43": without(f"{_FORMAT}/formatRegistry/formatRegistryKey"),
    "PM46": without(f"{_CHARACTERISTICS}/creatingApplication/creatingApplicationName"),
    "PM54": without(f"{_FILE}/storage/contentLocation/contentLocationType"),
    "PM55": without(f"{_FILE}/storage/contentLocation/contentLocationValue"),
    "PM58": without(f"{_FILE}/relationship/relationshipType"),
    "PM59": without(f"{_FILE}/relationship/relationshipSubType"),
    **_identifier(f"{_FILE}/relationship", "relatedObjectIdentifier", ("PM60", "PM61", "PM62")),
    "PM64": without(f"{_FILE}/relationship/relatedEventIdentifier/relatedEventIdentifierType"),
    "PM65": without(f"{_FILE}/relationship/relatedEventIdentifier/relatedEventIdentifierValue"),
    "PM67": without(f"{_FILE}/linkingRightsStatementIdentifier/linkingRightsStatementIdentifierType"),
    "PM68": without(f"{_FILE}/linkingRightsStatementIdentifier/linkingRightsStatementIdentifierValue"),
    **_identifier("agent", "agentIdentifier", ("PM70", "PM71", "PM72")),
    "PM73": said("agent/agentName", ""),
    "PM74": without("agent/agentType"),
    "PM75": without("agent/agentVersion"),
    "PM78": without("agent/linkingRightsStatementIdentifier/linkingRightsStatementIdentifierType"),
    "PM79": without("agent/linkingRightsStatementIdentifier/linkingRightsStatementIdentifierValue"),
    **_identifier("event", "eventIdentifier", ("PM81", "PM82", "PM83")),
    "PM84": without("event/eventType"),
    "PM85": without("event/eventDateTime"),
    "PM86": without("event/eventOutcomeInformation"),
    **_identifier("event", "linkingAgentIdentifier", ("PM87", "PM88", "PM89")),
    **_identifier("event", "linkingObjectIdentifier", ("PM90", "PM91", "PM92")),
    **_identifier("rights/rightsStatement[2]", "rightsStatementIdentifier", ("PM95", "PM96", "PM97")),
    "PM98": without("rights/rightsStatement[1]/rightsBasis"),
    **_rights(1, "copyright", ("PM99", "PM103", "PM104")),
    "PM100": without("rights/rightsStatement[1]/copyrightInformation/copyrightStatus"),
    "PM101": without("rights/rightsStatement[1]/copyrightInformation/copyrightJurisdiction"),
    **_rights(2, "license", ("PM105", "PM107", "PM108")),
    **_rights(3, "statute", ("PM109", "PM113", "PM114")),
    "PM110": without("rights/rightsStatement[3]/statuteInformation/statuteJurisdiction"),
    "PM111": without("rights/rightsStatement[3]/statuteInformation/statuteCitation"),
    **_rights(4, "otherRights", ("PM115", "PM117", "PM118")),
    "PM119": without("rights/rightsStatement[4]/otherRightsInformation/otherRightsBasis"),
    "PM121": without("rights/rightsStatement[1]/rightsGranted/act"),
    "PM123": without("rights/rightsStatement[1]/rightsGranted/termOfGrant/startDate"),
    "EARKIV-PM-1": said(f"{_REPRESENTATION}/objectIdentifier/objectIdentifierValue", "o1"),
    "EARKIV-PM-2": said("event/linkingAgentIdentifier/linkingAgentIdentifierValue", "a9"),
    "EARKIV-PM-3": said("event/eventType", "magi"),
    "EARKIV-PM-4": said("event/eventDateTime", "2021-02-30T00:00:00"),
    "EARKIV-PM-5": said(f"{_CHARACTERISTICS}/fixity/messageDigest", "kontrollsumma"),
    "EARKIV-PM-6": said(f"{_FILE}/storage/contentLocation/contentLocationValue", "data/annan.pdf"),
    "EARKIV-PM-7": without(f"{_CHARACTERISTICS}/size"),
    "EARKIV-PM-8": said(f"{_REPRESENTATION}/relationship/relatedObjectIdentifier/relatedObjectIdentifierValue", "o9"),
}
LINKS = {"EARKIV-PM-2", "EARKIV-PM-8"}
"""What the loss of an identity or of a link's target may bring along."""
WITHOUT_ROW = {"PM1", "PM94"}


def test_a_sound_document_follows_the_schema_and_every_rule(tmp_path: Path) -> None:
    assert ids(tmp_path, SOUND.encode()) == []
    assert schema_errors(tmp_path / "premis.xml", "premis-3.0", limit=5) == ()


@pytest.mark.parametrize("rule", TABLE)
def test_a_broken_rule_speaks_and_nothing_but_lost_links_with_it(rule: str, tmp_path: Path) -> None:
    told = set(ids(tmp_path, mutated(TABLE[rule])))
    assert rule in told
    assert told - {rule} - LINKS == set()


def test_every_requirement_is_checked_or_says_why_not() -> None:
    asked = {demand.rule for demands in DEMANDS.values() for demand in demands}
    ours = [one for one in all_requirements() if one.specification == "CITS Preservation"]
    assert {one.id for one in ours if one.checked} == {rule for rule in asked if rule.startswith("PM")} | {"PM1"}
    assert [one.id for one in ours if not one.checked and not (one.why_not and one.why_not_sv)] == []
    own = {one.id for one in all_requirements() if one.id.startswith("EARKIV-PM-")}
    assert set(TABLE) | WITHOUT_ROW == asked | own | {"PM1"}


def test_another_version_and_empty_rights_are_told(tmp_path: Path) -> None:
    assert ids(tmp_path, SOUND.replace('version="3.0"', 'version="2.2"').encode()) == ["PM1"]
    empty = mutated(*(without("rights/rightsStatement") for _ in _STATEMENTS))
    assert set(ids(tmp_path, empty)) == {"PM94", "EARKIV-PM-2"}


def test_an_event_type_is_known_by_its_address_too(tmp_path: Path) -> None:
    address = "http://id.loc.gov/vocabulary/preservation/eventType/ing"
    local = SOUND.replace("<eventType>creation", f'<eventType valueURI="{address}">inleverans')
    assert ids(tmp_path, local.encode()) == []


@pytest.mark.parametrize("moment", ["2021", "2021-05", "2021-05-03?", "2021-05-03T12:00:00~", "2021-05-03/2021-05-04"])
def test_edtf_is_no_impossible_date(moment: str, tmp_path: Path) -> None:
    assert ids(tmp_path, mutated(said("event/eventDateTime", moment))) == []


def test_a_place_outside_the_package_is_the_producers_own(tmp_path: Path) -> None:
    place = "object[3]/storage/contentLocation/contentLocationValue"
    for link in ("/var/store/a.tif", "https://example.se/a.tif", "D:\\store\\a.tif"):
        assert ids(tmp_path, mutated(said(place, link))) == []


@pytest.mark.parametrize(
    "link", [PDF, f"file:///{PDF}", f"./{PDF}", "../data/ansokan.pdf", "data/ansokan.pdf", "ansokan.pdf"]
)
def test_a_place_is_counted_from_root_representation_or_document(link: str, tmp_path: Path) -> None:
    local = tmp_path / "premis.xml"
    local.write_bytes(mutated(said("object[3]/storage/contentLocation/contentLocationValue", link)))
    judge = PremisJudge(ENTRIES)
    source = PackagePath("representations/rep1/metadata/premis.xml")
    told = [violation.rule for violation in judge.violations(local, source)]
    assert told == ([] if not link.startswith("..") else ["EARKIV-PM-6"])
    claims = [(claim.path, claim.size, claim.digest and claim.digest.value) for claim in judge.claims]
    assert claims == ([] if link.startswith("..") else [(PDF, 17, SHA256)])


def test_a_link_is_answered_by_another_document_of_the_package(tmp_path: Path) -> None:
    one, other = tmp_path / "one.xml", tmp_path / "other.xml"
    one.write_bytes(mutated(without("agent")))
    other.write_bytes(SOUND.encode())
    judge = PremisJudge(ENTRIES)
    first = [violation.rule for violation in judge.violations(one, SOURCE)]
    second = [violation.rule for violation in judge.violations(other, PackagePath("metadata/other.xml"))]
    assert (first, second, list(judge.ended())) == ([], [], [])


def test_what_the_schema_forbids_is_told_with_its_line(tmp_path: Path) -> None:
    local = tmp_path / "premis.xml"
    local.write_text(SOUND.replace("<size>17</size>", "<size>stor</size>"), encoding="utf-8")
    told = list(PremisJudge(ENTRIES).violations(local, SOURCE))
    line = SOUND[: SOUND.index("<size>")].count("\n") + 1
    assert [(each.rule, each.location.line, each.severity) for each in told] == [
        ("EARKIV-XML-4", line, Severity.WARNING)
    ]


def test_a_document_that_is_no_xml_is_told(tmp_path: Path) -> None:
    local = tmp_path / "premis.xml"
    local.write_text(SOUND.replace("</agent>", "</actor>"), encoding="utf-8")
    assert "EARKIV-XML-1" in [each.rule for each in PremisJudge(None).violations(local, SOURCE)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(place=st.integers(0, len(SOUND.encode())), put=st.binary(max_size=12), cut=st.integers(0, 40))
def test_any_broken_bytes_end_in_violations(tmp_path: Path, place: int, put: bytes, cut: int) -> None:
    octets = SOUND.encode()
    local = tmp_path / "premis.xml"
    local.write_bytes(octets[:place] + put + octets[place + cut :])
    judge = PremisJudge(ENTRIES)
    told = (*judge.violations(local, SOURCE), *judge.ended())
    assert all(requirement(violation.rule).checked for violation in told)
