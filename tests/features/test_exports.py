"""An export gives the delivered bytes back, in every form and container, and each form is what it says it is."""

import hashlib
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bagit
import pytest

from ingest.application.export_package import Form, export
from ingest.application.validate_package import validate
from ingest.bootstrap import reading
from ingest.domain.findings import Severity
from tests.fakes.small_archive import settings_of
from tests.features import archives

SAMPLES = Path(__file__).parents[2] / "samples" / "deliveries"
GOOD = ("bygglov-fgs12", "skolarende-csip.zip", "klagomal-case-push", "flera-arenden-erms.zip")


@pytest.mark.parametrize("name", ["ut", "ut.zip", "ut.tar"])
@pytest.mark.parametrize("form", [Form.CSIP, Form.BAGIT])
@pytest.mark.parametrize("sample", GOOD)
def test_every_delivered_byte_comes_out_again(tmp_path: Path, sample: str, form: Form, name: str) -> None:
    target, receipt = exported(tmp_path, sample, form, name)
    assert {file["sha256"] for file in receipt["files"]} <= set(digests(target))


@pytest.mark.parametrize("sample", GOOD)
def test_an_fgs_export_holds_all_content_and_is_itself_deliverable(tmp_path: Path, sample: str) -> None:
    """The delivery's own descriptors are told anew in FGS 1.2; every other file is there as it came."""
    target, receipt = exported(tmp_path, sample, Form.FGS_1_2, "ut")
    described = {"xml", "json", "xsd"}
    content = {f["sha256"] for f in receipt["files"] if f["path"].rpartition(".")[2].lower() not in described}
    assert content <= set(digests(target))
    assert [f.rule for f in validate(target).findings if f.severity is Severity.ERROR] == []


@pytest.mark.parametrize("sample", GOOD)
def test_a_bag_is_valid_to_others(tmp_path: Path, sample: str) -> None:
    target, _ = exported(tmp_path, sample, Form.BAGIT, "bag")
    assert bagit.Bag(str(target)).is_valid()


def test_a_csip_container_unpacks_to_one_folder(tmp_path: Path) -> None:
    target, receipt = exported(tmp_path, GOOD[0], Form.CSIP, "ut.zip")
    with zipfile.ZipFile(target) as packed:
        assert {name.partition("/")[0] for name in packed.namelist()} == {receipt["package"]}


def exported(tmp_path: Path, sample: str, form: Form, name: str) -> tuple[Path, dict[str, Any]]:
    home = tmp_path / "home"
    receipt = archives.hand_over_one(home, SAMPLES / sample)
    with reading(settings_of(home)) as archive:
        export(archive.ports, receipt["package"], form, tmp_path / name)
    return tmp_path / name, receipt


def digests(target: Path) -> Iterator[str]:
    match target.suffix:
        case ".zip":
            with zipfile.ZipFile(target) as packed:
                yield from (hashlib.sha256(packed.read(name)).hexdigest() for name in packed.namelist())
        case ".tar":
            with tarfile.open(target) as tarred:
                for member in tarred:
                    stream = tarred.extractfile(member)
                    assert stream is not None
                    yield hashlib.sha256(stream.read()).hexdigest()
        case _:
            yield from (hashlib.sha256(p.read_bytes()).hexdigest() for p in target.rglob("*") if p.is_file())
