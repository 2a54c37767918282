"""The catalogue is sound, and the files it names are found and verified."""

from collections import Counter
from pathlib import Path, PurePosixPath

import pytest
from lxml import etree

import schemas
from ingest.formats.xsd import compiled
from schemas import installation
from schemas.catalogue import CATALOGUE, ENTRY_POINTS, PACKAGE, FromPackage, Own

XSD = "{http://www.w3.org/2001/XMLSchema}"


def test_no_uri_and_no_file_name_stands_for_two_schemas() -> None:
    uris = Counter(uri for schema in CATALOGUE for uri in schema.uris)
    names = Counter(PurePosixPath(schema.name).name for schema in CATALOGUE)
    assert [word for word, times in (uris + names).items() if times > 1] == []


def test_every_schema_of_ours_is_in_the_catalogue() -> None:
    lying = {
        path.relative_to(PACKAGE).as_posix()
        for folder in ("csip", "erms", "fgs")
        for path in (PACKAGE / folder).glob("**/*.xsd")
    }
    assert lying == {schema.name for schema in CATALOGUE if isinstance(schema.origin, Own)}


def test_third_party_schemas_are_pinned_by_wheel_and_by_file() -> None:
    for schema in CATALOGUE:
        assert len(bytes.fromhex(schema.sha256)) == 32
        assert schema.licence
        if isinstance(schema.origin, FromPackage):
            assert len(bytes.fromhex(schema.origin.wheel_sha256)) == 32
            assert schema.origin.member.endswith("/" + schema.name)


@pytest.mark.usefixtures("installed")
def test_every_entry_point_and_uri_leads_to_a_file() -> None:
    assert all(schemas.locate(name).is_file() for name in ENTRY_POINTS)
    found = schemas.resolve("http://www.loc.gov/METS/")
    assert found is not None
    assert found.name == "mets.xsd"
    assert schemas.resolve("https://DILCIS.eu/XML/METS/CSIPExtensionMETS") == schemas.locate(
        "csip/csip-extension-2.2.xsd"
    )


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("name", ENTRY_POINTS)
def test_every_schema_compiles_from_the_files_of_the_catalogue_alone(name: str) -> None:
    unknown = etree.fromstring("<unknown/>")
    assert not compiled(name).validate(unknown)


@pytest.mark.usefixtures("installed")
def test_our_schemas_ask_for_nothing_that_the_catalogue_lacks() -> None:
    names = {PurePosixPath(schema.name).name for schema in CATALOGUE}
    for schema in CATALOGUE:
        if isinstance(schema.origin, Own):
            for node in etree.parse(str(schemas.locate(schema.name))).iter(f"{XSD}import", f"{XSD}include"):
                wanted = str(node.get("schemaLocation"))
                assert wanted in names or schemas.resolve(wanted) is not None


def test_an_unknown_uri_is_nobody() -> None:
    assert schemas.resolve("http://example.org/mets.xsd") is None


def test_an_unknown_name_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        schemas.locate("../../etc/passwd")


def test_what_is_not_installed_is_named_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EARKIV_SCHEMAS", str(tmp_path))
    assert "premis-v3-0.xsd" in schemas.missing()
    assert not any("/" in name for name in schemas.missing())
    with pytest.raises(schemas.SchemasMissing) as raised:
        schemas.locate("premis-3.0")
    for text in (raised.value.sv, raised.value.en):
        assert "premis-v3-0.xsd" in text
        assert "earkiv schemas install" in text


def test_a_file_with_other_content_counts_as_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EARKIV_SCHEMAS", str(tmp_path))
    (tmp_path / "xml.xsd").write_text("<schema/>", encoding="utf-8")
    assert "xml.xsd" in schemas.missing()


def test_the_folder_named_by_the_environment_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EARKIV_SCHEMAS", str(tmp_path / "x"))
    assert schemas.installation_folder() == tmp_path / "x"


def test_a_package_that_cannot_be_written_sends_the_schemas_to_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EARKIV_SCHEMAS", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setattr(installation, "PACKAGE", tmp_path / "not there")
    assert schemas.installation_folder() == tmp_path / "share" / "earkiv" / "schemas"
