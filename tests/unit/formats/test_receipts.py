"""Receipts: names and findings can be taken out and the signature holds; nothing else can be changed."""

import copy
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.adapters.signing import Ed25519Signer, create_key, load
from ingest.domain.findings import Finding, Location, Severity, Text
from ingest.domain.packages import FormatDesignation
from ingest.domain.paths import PackagePath
from ingest.domain.receipts import Copy, Outcome, Receipt, ReceiptFile
from ingest.formats.receipts import (
    derived_salt,
    receipt_document,
    receipt_statement,
    statement_of,
    verify_receipt,
    without_findings,
    without_name,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NAME = "Läkarintyg Lovisa Låtsasdotter.pdf"


def receipt() -> Receipt:
    files = tuple(
        ReceiptFile(
            path=PackagePath(path),
            size=size,
            sha256=f"{size:064x}",
            format=FormatDesignation(puid="fmt/18", name="Acrobat PDF 1.4") if size else None,
            salt=derived_salt("seed", str(size)),
        )
        for size, path in enumerate((NAME, "case.json"))
    )
    finding = Finding(
        rule="EARKIV-X-1",
        specification="earkiv",
        severity=Severity.WARNING,
        message=Text(sv="Fel", en="Wrong"),
        remedy=Text(sv="Rätta", en="Correct"),
        count=1,
        locations=(Location(file=NAME, line=3, value="Låtsasdotter"),),
    )
    place = Copy(store="archive", location="ocfl/x/", inventory_sha256="a" * 64, verified_at=NOON)
    return Receipt(
        id="r",
        delivery="EX-1",
        producer="ORG:2120009994",
        delivery_id="d",
        package="p",
        generation=1,
        outcome=Outcome.ACCEPTED,
        test=False,
        dialect="case-push",
        agreement="default",
        agreement_version=1,
        title="Ansökan om bygglov",
        received_at=NOON,
        at=NOON,
        custody_passed_at=NOON,
        files=files,
        copies=(place,),
        findings=(finding,),
        findings_salt=derived_salt("seed", "findings"),
    )


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Ed25519Signer:
    keys: Path = tmp_path_factory.mktemp("keys")
    key_id = create_key(keys)
    return load(keys, key_id, {key_id: load(keys, key_id, {}).public_key})


@pytest.fixture
def document(signer: Ed25519Signer) -> dict[str, Any]:
    """A receipt as it is printed, and read again by whoever kept it."""
    key = signer.key_id
    printed = receipt_document(receipt(), key, signer.sign(key, receipt_statement(receipt(), key)))
    read: dict[str, Any] = json.loads(json.dumps(printed))
    return read


def places(structure: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a JSON structure."""
    children: Any = ()
    if isinstance(structure, dict):
        children = structure.items()
    elif isinstance(structure, list):
        children = enumerate(structure)
    for step, child in children:
        yield (*path, step)
        yield from places(child, (*path, step))


def changed(structure: Any, path: tuple[str | int, ...], value: Any) -> Any:
    other = copy.deepcopy(structure)
    place = other
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return other


def removed(structure: Any, path: tuple[str | int, ...]) -> Any:
    other = copy.deepcopy(structure)
    place = other
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return other


def other_than(value: Any) -> tuple[Any, ...]:
    match value:
        case str():
            return (value + "x", value[:-1], None) if value else ("x", None)
        case int():
            return (value + 1, None)
        case None:
            return ("x", {})
        case _:
            return (None, [])


def test_a_printed_receipt_holds(document: dict[str, Any], signer: Ed25519Signer) -> None:
    assert verify_receipt(document, signer.verify)


def test_any_other_value_anywhere_breaks_it(document: dict[str, Any], signer: Ed25519Signer) -> None:
    for path in places(document):
        value = document
        for step in path:
            value = value[step]  # type: ignore[index]
        for other in other_than(value):
            assert not verify_receipt(changed(document, path, other), signer.verify), (path, other)


def test_any_part_that_is_taken_away_breaks_it(document: dict[str, Any], signer: Ed25519Signer) -> None:
    for path in places(document):
        assert not verify_receipt(removed(document, path), signer.verify), path


def test_files_in_another_order_or_number_break_it(document: dict[str, Any], signer: Ed25519Signer) -> None:
    first, second = document["files"]
    for files in ([second, first], [first], [first, second, second], []):
        assert not verify_receipt({**document, "files": files}, signer.verify)


def test_a_name_taken_out_leaves_the_signature_valid(document: dict[str, Any], signer: Ed25519Signer) -> None:
    nameless = without_findings(without_name(document, NAME))
    assert verify_receipt(nameless, signer.verify)
    assert "Låtsasdotter" not in json.dumps(nameless, ensure_ascii=False)
    assert document["files"][0]["salt"] not in json.dumps(nameless)
    assert nameless["files"][0]["sha256"] == document["files"][0]["sha256"]
    assert nameless["signature"] == document["signature"]


def test_without_names_and_findings_everything_else_is_still_covered(
    document: dict[str, Any], signer: Ed25519Signer
) -> None:
    nameless = without_findings(without_name(document, NAME))
    for path in places(nameless):
        assert not verify_receipt(removed(nameless, path), signer.verify), path
    for path in (
        ("files", 0, "sha256"),
        ("files", 0, "name"),
        ("files", 0, "size"),
        ("files", 0, "path"),
        ("findings",),
    ):
        assert not verify_receipt(changed(nameless, path, "x"), signer.verify), path


def test_the_signature_covers_no_words_of_files_and_findings(document: dict[str, Any]) -> None:
    statement = statement_of(document)
    assert NAME.encode() not in statement
    assert document["findingsSalt"].encode() not in statement
    assert statement == receipt_statement(receipt(), document["key"])


@pytest.mark.parametrize("other", [{}, {"files": 1}, {"files": [], "commitments": None}, {"files": [[]]}])
def test_what_is_no_receipt_does_not_hold(other: dict[str, Any], signer: Ed25519Signer) -> None:
    assert not verify_receipt(other, signer.verify)


def test_another_archives_key_does_not_hold(document: dict[str, Any], tmp_path: Path) -> None:
    stranger = create_key(tmp_path)
    assert not verify_receipt(document, load(tmp_path, stranger, {}).verify)


def test_every_file_has_a_salt_of_its_own() -> None:
    assert derived_salt("seed", "1") != derived_salt("seed", "2") != derived_salt("other", "2")
