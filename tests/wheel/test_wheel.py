"""What the wheel holds, and that it works without the repository."""

import hashlib
import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.architecture.source_tree import REPOSITORY, packages
from tests.wheel.conftest import Installation

pytestmark = [pytest.mark.ci, pytest.mark.timeout(900)]

NAMES_AND_OWNERS = """
import json
from importlib.metadata import packages_distributions
print(json.dumps(packages_distributions()))
"""

EVERY_MODULE = """
import importlib, pkgutil, sys
for name in {names!r}:
    package = importlib.import_module(name)
    assert package.__file__.startswith(sys.prefix), package.__file__
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        # A main module runs when it is imported, and Alembic's environment only runs inside a migration.
        if module.name.endswith((".__main__", ".migrations.env")):
            continue
        try:
            importlib.import_module(module.name)
        except ModuleNotFoundError as missing:
            # The extra `otel` is not installed with the wheel; all else must be.
            assert (module.name, missing.name.partition(".")[0]) == ("ingest.adapters.tracing", "opentelemetry")
        print(module.name)
"""


def test_every_committed_file_of_the_packages_is_in_the_wheel_and_nothing_else(wheel: Path) -> None:
    listing = ["git", "ls-files", "-z", "--", *packages()]
    committed = subprocess.run(listing, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == set(committed.split("\0")) - {""}


def test_the_licence_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert any(name.endswith(".dist-info/licenses/LICENSE") for name in archive.namelist())


def test_the_package_names_belong_to_earkiv_alone(installation: Installation) -> None:
    owners = json.loads(installation.python(NAMES_AND_OWNERS))
    assert all(owners[name] == ["earkiv"] for name in packages())


def test_every_module_imports_with_the_runtime_lock_alone(installation: Installation) -> None:
    assert installation.python(EVERY_MODULE.format(names=packages()))


def test_the_dependencies_agree_with_each_other(installation: Installation) -> None:
    done = installation.run("python", "-m", "pip", "check")
    assert done.returncode == 0, done.stdout


def test_the_command_brings_the_schemas_and_judges_a_delivery(installation: Installation) -> None:
    installed = installation.run("earkiv", "schemas", "install")
    assert installed.returncode == 0, installed.stderr
    write_delivery(installation.workplace / "delivery")
    judged = installation.run("earkiv", "validate", "delivery", "--json")
    assert judged.returncode == 0, judged.stdout + judged.stderr
    assert json.loads(judged.stdout)["verdict"] == "valid"


def test_the_command_refuses_what_is_no_package(installation: Installation) -> None:
    (installation.workplace / "empty").mkdir()
    judged = installation.run("earkiv", "validate", "empty", "--json")
    assert judged.returncode == 1, judged.stdout + judged.stderr
    assert json.loads(judged.stdout)["verdict"] == "invalid"


def write_delivery(folder: Path) -> None:
    """A pushed case with one record of one document: the least that is a delivery."""
    letter = "Ansökan om bygglov för ett växthus på fastigheten Eken 1.\n".encode()
    document = {
        "name": "ansökan.txt",
        "path": "documents/ansökan.txt",
        "size": len(letter),
        "sha256": hashlib.sha256(letter).hexdigest(),
    }
    case = {
        "id": "EXN 2021/17",
        "title": "Ansökan om bygglov",
        "status": "closed",
        "closed": "2021-06-01",
        "records": [{"id": "EXN 2021/17:1", "title": "Ansökan", "documents": [document]}],
    }
    creator = {"name": "Exempelnämnden", "identifier": "ORG:2120009994"}
    push = {"delivery": "exempel-1", "archivalCreator": creator, "case": case}
    (folder / "documents").mkdir(parents=True)
    (folder / "documents" / "ansökan.txt").write_bytes(letter)
    (folder / "case.json").write_text(json.dumps(push, ensure_ascii=False), encoding="utf-8")
