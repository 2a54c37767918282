"""Dialects: told by content, whatever the files are called; what cannot be told is refused with the reason."""

import json
import shutil
from pathlib import Path

import pytest

from ingest.domain.findings import Violation
from ingest.domain.submissions import Dialect
from ingest.formats.dialects import Detected, detect, root_of
from ingest.formats.views import FolderView
from samples.cases import bygglov
from samples.simulator.bare_erms import build_bare_erms
from samples.simulator.case_push import build_case_push
from samples.simulator.csip import build_csip
from samples.simulator.eard import build_eard
from samples.simulator.fgs12 import build_fgs12

BUILT = [
    (build_case_push, Dialect.CASE_PUSH, "case.json"),
    (build_fgs12, Dialect.FGS_1_2, "sip.xml"),
    (build_eard, Dialect.EARD, "sip.xml"),
    (build_csip, Dialect.EARK_2_2, "METS.xml"),
]
AT = "http://xml.ra.se/e-arkiv/METS"
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
DILCIS = "https://earksip.dilcis.eu/profile/E-ARK-SIP.xml"
METS = '<mets xmlns="http://www.loc.gov/METS/" {}/>'


def detected(folder: Path) -> Detected:
    found = detect(FolderView(folder))
    assert isinstance(found, Detected)
    return found


def refused(folder: Path) -> str:
    found = detect(FolderView(folder))
    assert isinstance(found, Violation)
    return found.rule


@pytest.mark.parametrize(("build", "dialect", "descriptor"), BUILT)
def test_every_dialect_is_told(tmp_path: Path, build: object, dialect: Dialect, descriptor: str) -> None:
    assert callable(build)
    build(bygglov.delivery(), tmp_path)
    assert detected(tmp_path) == Detected(dialect=dialect, descriptor=detected(tmp_path).descriptor)
    assert detected(tmp_path).descriptor == descriptor


@pytest.mark.parametrize(("build", "dialect", "descriptor"), BUILT)
def test_a_renamed_descriptor_is_found_and_told(
    tmp_path: Path, build: object, dialect: Dialect, descriptor: str
) -> None:
    assert callable(build)
    build(bygglov.delivery(), tmp_path)
    shutil.move(tmp_path / descriptor, tmp_path / "leverans.dat")
    found = detected(tmp_path)
    assert (found.dialect, found.descriptor) == (dialect, "leverans.dat")
    assert [(remark.rule, remark.location.file) for remark in found.remarks] == [("EARKIV-PKG-11", "leverans.dat")]


def test_a_bare_erms_delivery_is_told_by_its_documents(tmp_path: Path) -> None:
    build_bare_erms(bygglov.delivery(), tmp_path)
    found = detected(tmp_path)
    assert found.dialect is Dialect.ERMS
    assert found.descriptor.endswith("erms.xml")


@pytest.mark.parametrize(
    ("attributes", "name", "dialect"),
    [
        ('PROFILE="http://xml.ra.se/e-arkiv/METS/CommonSpecificationSwedenPackageProfile.xmll"', "a", Dialect.FGS_1_2),
        ('PROFILE="http://xml.ra.se/e-arkiv/METS/eARD_Paket_FGS.xml"', "METS.xml", Dialect.EARD),
        ('PROFILE="https://earksip.dilcis.eu/profile/E-ARK-SIP.xml"', "sip.xml", Dialect.EARK_2_1),
        ('PROFILE="https://earkcsip.dilcis.eu/profile/E-ARK-CSIP-v2-2-0.xml"', "sip.xml", Dialect.EARK_2_2),
        (f'PROFILE="{AT}/version10/CommonSpecificationSwedenPackageProfile.xml"', "METS.xml", Dialect.FGS_1_0),
        (f'PROFILE="{AT}/version11/CommonSpecificationSwedenPackageProfile.xml"', "METS.xml", Dialect.FGS_1_1),
        (f'PROFILE="{AT}/version12/CommonSpecificationSwedenPackageProfile.xml"', "METS.xml", Dialect.FGS_1_2),
        (f'PROFILE="{DILCIS}" xmlns:c="{CSIP}" c:CONTENTINFORMATIONTYPE="ERMS"', "a", Dialect.EARK_2_0),
        (f'PROFILE="{DILCIS}" xmlns:c="{CSIP}" c:CONTENTINFORMATIONTYPE="citserms_v2_1"', "a", Dialect.EARK_2_1),
        ('xmlns:e="ExtensionMETS" e:ARCHIVALNAME="x"', "METS.xml", Dialect.FGS_1_2),
        ("", "sip.xml", Dialect.FGS_1_2),
        ("", "METS.xml", Dialect.EARK_2_1),
        ("", "other.xml", Dialect.EARK_2_1),
    ],
)
def test_a_mets_is_told_by_its_profile_then_by_its_attributes(
    tmp_path: Path, attributes: str, name: str, dialect: Dialect
) -> None:
    (tmp_path / name).write_text(METS.format(attributes))
    assert detected(tmp_path).dialect is dialect


def test_two_descriptors_are_ambiguous(tmp_path: Path) -> None:
    (tmp_path / "sip.xml").write_text(METS.format(""))
    (tmp_path / "case.json").write_text(json.dumps({"delivery": "1", "cases": []}))
    assert refused(tmp_path) == "EARKIV-PKG-8"


@pytest.mark.parametrize(
    ("name", "content", "dialect"),
    [
        ("case.json", "{", Dialect.CASE_PUSH),
        ("sip.xml", "<mets", Dialect.FGS_1_2),
        ("METS.xml", "&", Dialect.EARK_2_1),
    ],
)
def test_a_broken_descriptor_is_known_by_its_name(tmp_path: Path, name: str, content: str, dialect: Dialect) -> None:
    (tmp_path / name).write_text(content)
    assert detected(tmp_path).dialect is dialect


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", "%PDF"), ("data.json", '{"a": 1}'), ("a.xml", "<a/>"), ("sub/sip.xml", METS), ("b.xml", "<mets/>")],
)
def test_what_has_no_descriptor_is_no_package(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content)
    assert refused(tmp_path) == "EARKIV-PKG-2"


def test_an_empty_folder_is_empty(tmp_path: Path) -> None:
    assert refused(tmp_path) == "EARKIV-PKG-4"


def test_a_root_is_read_though_the_document_is_broken_further_down(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text('<?xml version="1.0"?>\n<!-- x -->\n<a xmlns="urn:a" b="1">' + " " * 600 + "<c></a>")
    root = root_of(path)
    assert root is not None
    assert (root.namespace, root.name, root.attributes) == ("urn:a", "a", {"b": "1"})


@pytest.mark.parametrize("content", ["", "text", "<!DOCTYPE a><a/>", "<a"])
def test_what_has_no_readable_root_has_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.xml"
    path.write_text(content)
    assert root_of(path) is None
