"""The E-ARK packages of the simulator meet what CSIP and SIP ask and no schema checks."""

from pathlib import Path

import pytest
from lxml import etree

from samples.simulator.csip import Preservation, Version, build_csip, root_name
from tests.unit.samples.described import DELIVERIES
from tests.unit.samples.listed import HREF, METS, faults

CSIP = "{https://DILCIS.eu/XML/METS/CSIPExtensionMETS}"
TITLE = "{http://www.w3.org/1999/xlink}title"


@pytest.fixture
def package(tmp_path: Path) -> etree._ElementTree:
    build_csip(DELIVERIES["skolskjuts"](), tmp_path)
    return etree.parse(tmp_path / "METS.xml")


@pytest.mark.parametrize("name", DELIVERIES)
@pytest.mark.parametrize("version", Version)
def test_all_files_are_listed_with_their_size_and_digest(tmp_path: Path, name: str, version: Version) -> None:
    build_csip(DELIVERIES[name](), tmp_path, version=version)
    assert faults(tmp_path) == set()


@pytest.mark.parametrize(
    ("version", "profile", "kind"),
    [
        (Version.V2_0_4, "E-ARK-SIP.xml", "ERMS"),
        (Version.V2_1_0, "E-ARK-SIP.xml", "citserms_v2_1"),
        (Version.V2_2_0, "E-ARK-SIP-v2-2-0.xml", "citserms_v3_0"),
    ],
)
def test_the_version_decides_profile_and_content_type(
    tmp_path: Path, version: Version, profile: str, kind: str
) -> None:
    build_csip(DELIVERIES["skolskjuts"](), tmp_path, version=version)
    root = etree.parse(tmp_path / "METS.xml").getroot()
    assert root.get("PROFILE") == f"https://earksip.dilcis.eu/profile/{profile}"
    assert root.get(f"{CSIP}CONTENTINFORMATIONTYPE") == kind


def test_object_id_is_the_name_of_the_root_folder(package: etree._ElementTree) -> None:
    assert package.getroot().get("OBJID") == root_name(DELIVERIES["skolskjuts"]())


def test_the_agents_are_those_sip_asks_for(package: etree._ElementTree) -> None:
    agents = [(a.get("ROLE"), a.get("TYPE")) for a in package.iter(f"{METS}agent")]
    assert agents == [
        ("CREATOR", "OTHER"),
        ("OTHER", "OTHER"),
        ("ARCHIVIST", "ORGANIZATION"),
        ("CREATOR", "ORGANIZATION"),
        ("CREATOR", "INDIVIDUAL"),
        ("PRESERVATION", "ORGANIZATION"),
    ]


def test_the_structural_map_points_to_the_representation(package: etree._ElementTree) -> None:
    labels = [div.get("LABEL") for div in package.iterfind(f".//{METS}structMap/{METS}div/{METS}div")]
    assert labels == ["Metadata", "Documentation", "Schemas", "Representations/rep1"]
    (pointer,) = package.iter(f"{METS}mptr")
    (group,) = package.iterfind(f".//{METS}fileGrp[@USE='Representations/rep1']")
    assert pointer.get(TITLE) == group.get("ID")
    assert pointer.get(HREF) == "representations/rep1/METS.xml"


def test_every_section_is_referred_to_and_every_reference_holds(package: etree._ElementTree) -> None:
    ids = [str(element.get("ID")) for element in package.iter() if element.get("ID")]
    assert len(ids) == len(set(ids))
    names = ("DMDID", "ADMID", "FILEID")
    pointed = {key for element in package.iter() for name in names for key in str(element.get(name) or "").split()}
    assert pointed <= set(ids)
    sections = {element.get("ID") for element in package.iter(f"{METS}dmdSec", f"{METS}digiprovMD")}
    assert sections <= pointed


def test_premis_can_be_left_out(tmp_path: Path) -> None:
    build_csip(DELIVERIES["bygglov"](), tmp_path, preservation=Preservation.NONE)
    assert list(tmp_path.rglob("premis.xml")) == []
    assert faults(tmp_path) == set()
