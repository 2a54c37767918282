"""Every builder writes every description: all documents, the same bytes, names as the dialect allows."""

import hashlib
import json
import re
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from samples.cases.crowd import crowd
from samples.simulator.arendehantering import Namespace
from samples.simulator.bare_erms import build_bare_erms, write_side_car
from samples.simulator.case_push import build_case_push
from samples.simulator.containers import write_tar, write_zip
from samples.simulator.description import Document
from samples.simulator.eard import build_eard
from samples.simulator.fgs12 import Version, build_fgs12
from tests.unit.samples.described import BUILDERS, DELIVERIES, documents
from tests.unit.samples.listed import faults

EXTENSION = "{ExtensionMETS}"


def digests(folder: Path) -> list[str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]


@pytest.mark.parametrize("name", DELIVERIES)
@pytest.mark.parametrize("dialect", BUILDERS)
def test_all_documents_are_there_and_the_bytes_are_the_same_again(tmp_path: Path, dialect: str, name: str) -> None:
    for attempt in ("one", "two"):
        BUILDERS[dialect](DELIVERIES[name](), tmp_path / attempt)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    aside = {d.content for d in DELIVERIES[name]().documentation + DELIVERIES[name]().schemas}
    expected = {d.content for d in documents(DELIVERIES[name]())} - (aside if dialect != "csip" else set())
    assert {hashlib.sha256(content).hexdigest() for content in expected} <= set(digests(tmp_path / "one"))


@pytest.mark.parametrize("name", DELIVERIES)
@pytest.mark.parametrize("dialect", ["case-push", "fgs12", "eard"])
def test_all_files_are_listed_with_their_size_and_digest(tmp_path: Path, dialect: str, name: str) -> None:
    BUILDERS[dialect](DELIVERIES[name](), tmp_path)
    assert faults(tmp_path) == set()


def test_fgs_names_hold_only_what_the_specification_allows(tmp_path: Path) -> None:
    build_fgs12(DELIVERIES["bygglov"](), tmp_path)
    names = [path.name for path in tmp_path.rglob("*") if path.is_file()]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+\.[a-z]+", name) for name in names)
    files = etree.parse(tmp_path / "sip.xml").iter("{http://www.loc.gov/METS/}file")
    assert "Fasader söder och väster.png" in {file.get(f"{EXTENSION}ORIGINALFILENAME") for file in files}


def test_older_fgs_versions_have_their_own_addresses_and_dates(tmp_path: Path) -> None:
    build_fgs12(DELIVERIES["bygglov"](), tmp_path, version=Version.V1_0)
    root = etree.parse(tmp_path / "sip.xml").getroot()
    assert "/version10/" in str(root.get("PROFILE"))
    assert root.get(f"{EXTENSION}STARTDATE") == "2026-01-14T00:00:00"
    assert root[0].get(f"{EXTENSION}AGREEMENTFORM") is None


def test_cases_can_be_written_without_namespace(tmp_path: Path) -> None:
    build_fgs12(DELIVERIES["bygglov"](), tmp_path, namespace=Namespace.NONE)
    root = etree.parse(tmp_path / "Metadata" / "Arendehantering.xml").getroot()
    assert root.tag == "Leveransobjekt"
    assert root.findtext("ArkivobjektListaArenden/ArkivobjektArende/StatusArande") == "Stängt"


def test_a_pushed_case_keeps_its_marks_and_swedish_names(tmp_path: Path) -> None:
    build_case_push(DELIVERIES["klagomal"](), tmp_path)
    pushed = json.loads((tmp_path / "case.json").read_text(encoding="utf-8"))
    secret = pushed["case"]["records"][1]
    assert secret["restrictions"][0]["regulation"] == "OSL 21 kap. 1 §"
    assert secret["documents"][0]["path"] == "documents/Läkarintyg.docx"
    assert pushed["case"]["status"] == "closed"


def test_several_pushed_cases_stand_in_a_list(tmp_path: Path) -> None:
    build_case_push(DELIVERIES["foreningsbidrag"](), tmp_path)
    pushed = json.loads((tmp_path / "case.json").read_text(encoding="utf-8"))
    assert "case" not in pushed
    assert [case["id"] for case in pushed["cases"]] == ["KFN 2025/0011", "KFN 2025/0012", "KFN 2025/0017"]


def test_two_documents_of_one_path_are_refused(tmp_path: Path) -> None:
    delivery = DELIVERIES["marklov"]()
    record = delivery.cases[0].records[0]
    twin = Document(name=record.documents[0].name, content=b"annat", format=record.documents[0].format)
    case = replace(delivery.cases[0], records=(replace(record, documents=(*record.documents, twin)),))
    with pytest.raises(ValueError, match="more than one document"):
        build_case_push(replace(delivery, cases=(case,)), tmp_path)


@pytest.mark.parametrize("algorithm", ["sha256", "md5"])
def test_the_side_car_states_the_digest_of_the_container(tmp_path: Path, algorithm: str) -> None:
    delivery, container = DELIVERIES["foreningsbidrag"](), tmp_path / "leverans.zip"
    build_bare_erms(delivery, tmp_path / "folder")
    write_zip(tmp_path / "folder", container)
    write_side_car(delivery, container, algorithm=algorithm)
    note = json.loads((tmp_path / "leverans.json").read_text(encoding="utf-8"))
    expected = hashlib.new(algorithm, container.read_bytes(), usedforsecurity=False).hexdigest()
    assert (note["leveransfil"], note["algoritm"], note["kontrollsumma"]) == (
        "leverans.zip",
        algorithm,
        expected,
    )


def test_zip_and_tar_hold_the_folder_below_their_root(tmp_path: Path) -> None:
    build_case_push(DELIVERIES["klagomal"](), tmp_path / "folder")
    write_zip(tmp_path / "folder", tmp_path / "a.zip", root="paket")
    write_tar(tmp_path / "folder", tmp_path / "a.tar", root="paket")
    files = [path for path in (tmp_path / "folder").rglob("*") if path.is_file()]
    expected = {f"paket/{path.relative_to(tmp_path / 'folder').as_posix()}" for path in files}
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert set(archive.namelist()) == expected
        assert archive.testzip() is None
    with tarfile.open(tmp_path / "a.tar") as packed:
        assert set(packed.getnames()) == expected


def test_cases_and_loose_records_go_together_in_a_push_only(tmp_path: Path) -> None:
    both = replace(DELIVERIES["marklov"](), records=DELIVERIES["loose-records"]().records)
    build_case_push(both, tmp_path / "push")
    assert faults(tmp_path / "push") == set()
    with pytest.raises(ValueError, match="either cases or loose records"):
        build_fgs12(both, tmp_path / "fgs12")


def test_a_crowd_has_the_asked_number_and_size_of_documents() -> None:
    held = documents(crowd(cases=3, documents=4, size=1000))
    assert len({document.content for document in held}) == 12
    assert {len(document.content) for document in held} == {1000}
    assert all(document.content.decode() for document in held)


def test_a_crowd_can_be_built(tmp_path: Path) -> None:
    build_fgs12(crowd(cases=2, documents=2, size=64), tmp_path)
    assert faults(tmp_path) == set()


def test_the_draft_keeps_in_record_ids_what_later_versions_have_in_attributes(tmp_path: Path) -> None:
    build_eard(DELIVERIES["bygglov"](), tmp_path)
    root = etree.parse(tmp_path / "sip.xml").getroot()
    assert (root.get("TYPE"), "eARD_Paket_FGS" in str(root.get("PROFILE"))) == ("SIP", True)
    told = {found.get("TYPE"): found.text for found in root.iter("{http://www.loc.gov/METS/}altRecordID")}
    assert {"DELIVERYTYPE", "DELIVERYSPECIFICATION", "SUBMISSIONAGREEMENT"} <= told.keys()
    assert told["STARTDATE"] == "2026-01-14"
