"""Agreements are read from files, and with them the documents of their content schemas."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from ingest.application.agreement_files import read_agreements
from ingest.domain.agreements import DisposalDefault, SubmissionAgreement
from ingest.domain.content_schemas import ContentSchema, SchemaDocument, XsdVersion
from ingest.domain.submissions import Dialect
from ingest.errors import ConfigurationError
from ingest.formats.content_documents import MAX_BYTES
from ingest.formats.wire import from_json, to_json
from tests.unit.content_schemas import NAMESPACE, TYPES, entry

REPORT: dict[str, Any] = {
    "namespace": NAMESPACE,
    "root": "rapport",
    "version": "1.1",
    "path": "Content/*.xml",
    "documents": ["rapport/rapport.xsd", "typer.xsd"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "agreements"
    (folder / "rapport").mkdir(parents=True)
    (folder / "rapport" / "rapport.xsd").write_text(entry(), encoding="utf-8")
    (folder / "typer.xsd").write_text(TYPES, encoding="utf-8")
    return folder


def read(folder: Path, *schemas: object) -> SubmissionAgreement:
    (folder / "skola.json").write_text(json.dumps({"content_schemas": schemas}), encoding="utf-8")
    (found,) = read_agreements(folder)
    return found


def test_the_documents_are_kept_with_the_agreement(folder: Path) -> None:
    (found,) = read(folder, REPORT).content_schemas
    documents = (
        SchemaDocument(name="rapport/rapport.xsd", text=entry()),
        SchemaDocument(name="typer.xsd", text=TYPES),
    )
    assert found == ContentSchema(
        root="rapport", namespace=NAMESPACE, path="Content/*.xml", version=XsdVersion.V1_1, documents=documents
    )


def test_what_is_not_said_is_any_path_no_namespace_and_version_1_0(folder: Path) -> None:
    (found,) = read(folder, {"root": "rapport", "documents": ["typer.xsd"]}).content_schemas
    assert (found.namespace, found.path, found.version) == ("", "", XsdVersion.V1_0)


def test_the_bytes_of_a_document_are_kept_exactly(folder: Path) -> None:
    content = "\ufeff<?xml version='1.0'?>\r\n<!-- å\t -->\r\n" + TYPES
    (folder / "typer.xsd").write_bytes(content.encode("utf-8"))
    (found,) = read(folder, {"root": "rapport", "documents": ["typer.xsd"]}).content_schemas
    assert found.documents[0].text.encode("utf-8") == (folder / "typer.xsd").read_bytes()


def test_an_agreement_without_schemas_is_as_before(folder: Path) -> None:
    (folder / "skola.json").write_text('{"max_files": 3}')
    assert read_agreements(folder) == (SubmissionAgreement(id="skola", version=1, max_files=3),)


def test_an_agreement_crosses_the_journal_with_its_schemas(folder: Path) -> None:
    agreement = read(folder, REPORT)
    assert from_json(json.loads(json.dumps(to_json(agreement))), SubmissionAgreement) == agreement


def test_what_was_journalled_before_there_were_schemas_is_read() -> None:
    assert from_json({"id": "skola", "version": 2}, SubmissionAgreement).content_schemas == ()


def refusal(folder: Path, *schemas: object) -> ConfigurationError:
    with pytest.raises(ConfigurationError) as fault:
        read(folder, *schemas)
    assert "skola.json" in fault.value.sv
    assert "skola.json" in fault.value.en
    assert fault.value.sv != fault.value.en
    return fault.value


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../hemligt.xsd",
        "rapport/../../hemligt.xsd",
        "http://example.org/x.xsd",
        "",
        7,
        None,
        {"name": "a"},
    ],
)
def test_only_documents_beside_or_below_the_file_are_read(folder: Path, name: object) -> None:
    (folder.parent / "hemligt.xsd").write_text(TYPES)
    refusal(folder, {**REPORT, "documents": [name]})


def test_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    (folder.parent / "hemligt.xsd").write_text(TYPES)
    (folder / "länk.xsd").symlink_to(folder.parent / "hemligt.xsd")
    assert "länk.xsd" in refusal(folder, {**REPORT, "documents": ["länk.xsd"]}).sv


def test_a_document_that_is_not_there_is_named(folder: Path) -> None:
    assert "saknas.xsd" in refusal(folder, {**REPORT, "documents": ["typer.xsd", "saknas.xsd"]}).en
    assert "rapport" in refusal(folder, {**REPORT, "documents": ["rapport"]}).en


@pytest.mark.parametrize("content", [entry().encode("latin-1"), entry().encode("utf-16")])
def test_a_document_in_another_encoding_than_utf_8_is_refused(folder: Path, content: bytes) -> None:
    (folder / "typer.xsd").write_bytes(content)
    assert "UTF-8" in refusal(folder, REPORT).en


def test_a_document_without_end_is_refused(folder: Path) -> None:
    (folder / "typer.xsd").write_bytes(b"x" * (MAX_BYTES + 1))
    assert str(MAX_BYTES) in refusal(folder, REPORT).sv


@pytest.mark.parametrize(
    "schema",
    [
        "rapport.xsd",
        ["rapport.xsd"],
        {"documents": ["typer.xsd"]},
        {**REPORT, "version": "1.2"},
        {**REPORT, "colour": "blue"},
        {**REPORT, "documents": 7},
    ],
)
def test_what_is_no_content_schema_is_told_by_the_agreements_file(folder: Path, schema: object) -> None:
    refusal(folder, schema)


@pytest.mark.parametrize("name", ["id", "version", "by"])
def test_what_the_archive_itself_knows_is_not_given(folder: Path, name: str) -> None:
    (folder / "skola.json").write_text(json.dumps({name: "1"}), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=name):
        read_agreements(folder)


@pytest.mark.parametrize("day", ["2025-02-30", "2025", "i fjol"])
def test_what_is_no_day_is_told(folder: Path, day: str) -> None:
    (folder / "skola.json").write_text(json.dumps({"closed_until": day}), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="closed_until"):
        read_agreements(folder)


@pytest.mark.parametrize(
    "default", [{"disposable": True, "mandate": "x"}, {"disposable": True, "period": "1"}, {"disposable": "nej"}, {}, 1]
)
def test_what_is_no_disposal_default_is_told(folder: Path, default: object) -> None:
    (folder / "skola.json").write_text(json.dumps({"disposal_default": default}), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="skola"):
        read_agreements(folder)


@pytest.mark.parametrize("kind", [SubmissionAgreement, ContentSchema, DisposalDefault])
def test_the_reference_explains_every_term(kind: type[SubmissionAgreement | ContentSchema | DisposalDefault]) -> None:
    reference = (Path(__file__).parents[3] / "docs" / "reference" / "agreements.md").read_text(encoding="utf-8")
    terms = {field.name for field in fields(kind)} - {"id"}
    assert not {term for term in terms if f"`{term}`" not in reference}
    assert not {dialect for dialect in Dialect if f"`{dialect}`" not in reference}
