"""The METS rules on whatever is handed in: what the simulator builds, versions left open, and bytes of any kind.

Every lie in a METS and what comes of it is in `tests/lies`; `test_sip_lies` tells those of a SIP 2.2 in the quick run.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.application.validate_package import validate
from ingest.rules.examination import examine_mets_alone
from ingest.rules.mets import packages as folder_rules
from ingest.rules.mets.registry import EARK, KIND_RULES
from samples.simulator.csip import Kind, Preservation, Version, build_csip, root_name
from schemas.requirements import all_requirements
from tests.unit.rules.mets.packages import built, examined, ids, lie
from tests.unit.samples.described import DELIVERIES, correct


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("sound"))


@pytest.fixture
def package(sound: Path, tmp_path: Path) -> Iterator[Path]:
    copy = tmp_path / sound.name
    shutil.copytree(sound, copy)
    yield copy
    shutil.rmtree(copy)


def test_the_sound_package_breaks_nothing(package: Path) -> None:
    assert ids(package) == set()


@pytest.mark.parametrize("version", Version)
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("name", DELIVERIES)
def test_what_the_simulator_builds_has_no_errors_and_no_warnings(
    tmp_path: Path, name: str, kind: Kind, version: Version
) -> None:
    folder = tmp_path / root_name(correct(name))
    build_csip(correct(name), folder, version=version, kind=kind, preservation=Preservation.PREMIS)
    found = {f.rule for f in validate(folder).findings if f.severity in {"error", "warning"}}
    assert found == set()


def test_the_version_that_an_address_leaves_open_is_told(package: Path) -> None:
    lie(package, r' PROFILE="[^"]*"', ' PROFILE="https://earksip.dilcis.eu/profile/E-ARK-SIP.xml"')
    lie(package, r'csip:CONTENTINFORMATIONTYPE="citserms_v3_0"', 'csip:CONTENTINFORMATIONTYPE="MIXED"')
    assert "EARKIV-METS-3" in {violation.rule for violation in examined(package).violations}


def test_a_breach_of_many_files_is_told_ten_times_and_counted(tmp_path: Path) -> None:
    file = '<file ID="f{}" MIMETYPE="text/plain"><FLocat LOCTYPE="URL"/></file>'
    files = "".join(file.format(number) for number in range(1000))
    mets = f'<mets xmlns="http://www.loc.gov/METS/"><fileSec><fileGrp>{files}</fileGrp></fileSec></mets>'
    (tmp_path / "METS.xml").write_text(mets)
    told = [v for v in examine_mets_alone(tmp_path / "METS.xml").violations if v.rule == "CSIP69"]
    assert (len(told), sum(violation.times for violation in told)) == (10, 1000)


def test_a_file_whose_line_ends_were_changed_is_told_as_such(package: Path) -> None:
    text = next(package.glob("documentation/*.txt"))
    text.write_bytes(text.read_bytes().replace(b"\n", b"\r\n"))
    rules = {finding.rule for finding in validate(package).findings}
    assert {"EARKIV-FIX-1", "EARKIV-FIX-2", "EARKIV-METS-5"} <= rules
    assert rules.isdisjoint({"CSIP69", "CSIP71"})


def test_a_changed_file_is_told_under_csip_s_own_ids_too(package: Path) -> None:
    next(package.glob("documentation/*.txt")).write_bytes(b"")
    rules = {finding.rule for finding in validate(package).findings}
    assert {"EARKIV-FIX-1", "EARKIV-FIX-2", "CSIP69", "CSIP71"} <= rules


@pytest.mark.parametrize("text", ["", "<mets/>", "<mets xmlns='http://www.loc.gov/METS/'/>", "\0", "<a>" * 999])
def test_no_bytes_stop_the_rules(package: Path, text: str) -> None:
    (package / "METS.xml").write_text(text)
    assert examined(package).violations
    (package / "representations" / "rep1" / "METS.xml").write_text(text)
    assert examined(package).violations


def test_a_mets_cut_short_anywhere_is_judged_as_far_as_it_goes(package: Path) -> None:
    whole = (package / "METS.xml").read_bytes()
    for end in range(0, len(whole), 997):
        (package / "METS.xml").write_bytes(whole[:end])
        assert examined(package).violations


@pytest.mark.untraced
def test_every_attribute_may_be_missing_or_empty(package: Path) -> None:
    whole = (package / "METS.xml").read_text(encoding="utf-8")
    for place in re.finditer(r' ([\w:]+)="[^"]*"', whole):
        for instead in ("", f' {place[1]}=""' if not place[1].startswith("xmlns") else ""):
            (package / "METS.xml").write_text(whole[: place.start()] + instead + whole[place.end() :], encoding="utf-8")
            assert isinstance(examined(package).violations, tuple)


def test_every_requirement_of_e_ark_is_checked_or_says_why_not() -> None:
    echoed = {"CSIP61", "CSIP74", "CSIP75", "CSIPSTR1"}  # Told with all references, and of containers.
    rules = {rule.id for rule in (*EARK.all, *KIND_RULES)} | set(folder_rules.IDS) | echoed
    rows = [
        one for one in all_requirements() if one.specification in {f"E-ARK {s}" for s in ("CSIP", "SIP", "AIP", "DIP")}
    ]
    assert {one.id for one in rows if one.checked} == {rule for rule in rules if not rule.startswith("EARKIV")}
    assert [one.id for one in rows if bool(one.checked) == bool(one.why_not)] == []


def test_a_package_that_looks_like_e_ark_lacks_its_mets(package: Path) -> None:
    (package / "METS.xml").unlink()
    assert "CSIPSTR4" in {violation.rule for violation in examined(package).violations}
