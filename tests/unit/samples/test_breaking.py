"""Each way to break a delivery gives its fault and no other."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from lxml import etree

from samples.simulator import breaking
from samples.simulator import breaking_containers as containers
from samples.simulator.containers import write_zip
from tests.unit.samples.described import BUILDERS, DELIVERIES
from tests.unit.samples.listed import faults

LISTING = ["case-push", "fgs12", "eard", "csip"]


@pytest.fixture(params=LISTING)
def package(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    BUILDERS[request.param](DELIVERIES["skolskjuts"](), folder)
    return folder


@pytest.fixture
def container(tmp_path: Path) -> Path:
    BUILDERS["case-push"](DELIVERIES["skolskjuts"](), tmp_path / "package")
    write_zip(tmp_path / "package", tmp_path / "package.zip")
    return tmp_path / "package.zip"


@pytest.mark.parametrize(
    ("break_it", "fault"),
    [
        (breaking.break_wrong_digest, "digest"),
        (breaking.break_wrong_size, "size"),
        (breaking.break_missing_file, "missing"),
    ],
)
def test_a_broken_document_is_the_only_fault(package: Path, break_it: Callable[[Path], None], fault: str) -> None:
    first = breaking.documents(package)[0]
    break_it(package)
    assert faults(package) == {f"{fault} {first}"}


def test_an_unlisted_file_is_the_only_fault(package: Path) -> None:
    breaking.break_unlisted_file(package)
    (fault,) = faults(package)
    assert fault.startswith("unlisted ")
    assert fault.endswith("Olistad.txt")


def test_an_empty_document_is_stated_rightly(package: Path) -> None:
    breaking.break_empty_file(package)
    assert (package / breaking.documents(package)[0]).read_bytes() == b""
    assert faults(package) == set()


def test_an_open_case_leaves_the_files_whole(package: Path) -> None:
    before = (package / breaking.description(package)).read_text(encoding="utf-8")
    breaking.break_open_case(package)
    after = (package / breaking.description(package)).read_text(encoding="utf-8")
    assert before != after
    assert "2025-10-20" not in after.split("Handling", 1)[0]
    assert ("Öppet" in after) or ("open" in after)
    assert faults(package) == set()


@pytest.mark.parametrize("dialect", ["fgs12", "eard", "csip", "bare-erms"])
def test_a_doctype_keeps_the_manifest_readable(tmp_path: Path, dialect: str) -> None:
    BUILDERS[dialect](DELIVERIES["skolskjuts"](), tmp_path)
    breaking.break_doctype(tmp_path)
    tree = etree.parse(tmp_path / breaking.manifest(tmp_path), etree.XMLParser(resolve_entities=False))
    assert tree.docinfo.internalDTD is not None


def test_a_doctype_needs_xml(tmp_path: Path) -> None:
    BUILDERS["case-push"](DELIVERIES["skolskjuts"](), tmp_path)
    with pytest.raises(ValueError, match="no XML"):
        breaking.break_doctype(tmp_path)


@pytest.mark.parametrize("dialect", ["fgs12", "eard", "csip", "bare-erms"])
def test_a_cut_manifest_is_not_well_formed(tmp_path: Path, dialect: str) -> None:
    BUILDERS[dialect](DELIVERIES["skolskjuts"](), tmp_path)
    breaking.break_broken_manifest(tmp_path)
    with pytest.raises(etree.XMLSyntaxError):
        etree.parse(tmp_path / breaking.manifest(tmp_path))


@pytest.mark.parametrize("dialect", ["fgs12", "csip"])
def test_a_cut_description_is_not_well_formed_but_listed_rightly(tmp_path: Path, dialect: str) -> None:
    BUILDERS[dialect](DELIVERIES["skolskjuts"](), tmp_path)
    breaking.break_broken_description(tmp_path)
    with pytest.raises(etree.XMLSyntaxError):
        etree.parse(tmp_path / breaking.description(tmp_path))
    assert faults(tmp_path) == set()


def test_a_link_leads_outside_to_the_right_bytes(package: Path) -> None:
    first = package / breaking.documents(package)[0]
    breaking.break_escaping_link(package)
    assert first.is_symlink()
    assert not first.resolve().is_relative_to(package)
    assert faults(package) == set()


def test_a_path_climbs_out(package: Path) -> None:
    breaking.break_escaping_path(package)
    assert {fault.split()[0] for fault in faults(package)} >= {"unlisted"}
    assert any("../../etc/hostname" in fault for fault in faults(package))


def test_a_document_listed_elsewhere_is_missing_there_and_unlisted_here(package: Path) -> None:
    first = breaking.documents(package)[0]
    breaking.break_listed_elsewhere(package)
    assert faults(package) == {f"missing {first}.borta", f"unlisted {first}"}


@pytest.mark.parametrize("module", [breaking, containers])
def test_every_fault_has_its_name_in_the_table(module: ModuleType) -> None:
    named = {f"break_{name}" for name in module.BREAKS}
    # An empty document is odd, but stated rightly: no fault of the package.
    assert named == {name for name in vars(module) if name.startswith("break_")} - {"break_empty_file"}


def test_a_folder_that_is_no_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no package"):
        breaking.manifest(tmp_path)


def test_a_truncated_container_and_one_of_no_bytes_are_no_zip(container: Path) -> None:
    containers.break_truncated(container)
    assert not zipfile.is_zipfile(container)
    containers.break_zero_bytes(container)
    assert container.stat().st_size == 0


def test_an_empty_zip_has_no_entries(container: Path) -> None:
    containers.break_empty_zip(container)
    with zipfile.ZipFile(container) as archive:
        assert archive.namelist() == []


@pytest.mark.parametrize(
    ("break_it", "name"),
    [
        (containers.break_dotdot_zip, "../../utanfor.txt"),
        (containers.break_absolute_zip, "/tmp/utanfor.txt"),  # noqa: S108
        (containers.break_drive_letter_zip, "C:\\Temp\\utanfor.txt"),
        (containers.break_case_collision, "CASE.JSON"),
    ],
)
def test_a_bad_name_is_in_the_zip_as_it_is(container: Path, break_it: Callable[[Path], None], name: str) -> None:
    break_it(container)
    with zipfile.ZipFile(container) as archive:
        assert archive.namelist()[-1] == name


def test_a_duplicate_entry_is_there_twice(container: Path) -> None:
    containers.break_duplicate_entry(container)
    with zipfile.ZipFile(container) as archive:
        names = archive.namelist()
    assert names.count(names[0]) == 2


def test_a_link_in_a_zip_has_the_mode_of_one(container: Path) -> None:
    containers.break_link_zip(container)
    with zipfile.ZipFile(container) as archive:
        assert archive.infolist()[-1].external_attr >> 28 == 0o12


def test_a_bomb_is_small_outside_and_big_inside(container: Path) -> None:
    containers.break_bomb(container, mebibytes=8)
    with zipfile.ZipFile(container) as archive:
        entry = archive.infolist()[-1]
    assert entry.file_size == 8 * 2**20
    assert entry.compress_size < entry.file_size // 500


def test_an_encrypted_entry_cannot_be_read(container: Path) -> None:
    containers.break_encrypted_zip(container)
    with zipfile.ZipFile(container) as archive, pytest.raises(RuntimeError, match="password"):
        archive.read(archive.namelist()[0])


def test_a_wrong_crc_is_found_by_the_zip_itself(container: Path) -> None:
    containers.break_wrong_crc(container)
    with zipfile.ZipFile(container) as archive:
        assert archive.testzip() == archive.namelist()[0]
