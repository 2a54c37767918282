"""Receipts as JSON (DESIGN §7), and what exactly their signature covers.

`commitments` hold a digest of each file entry, in which a salted digest stands for the file's name, and a salted digest
of the findings. The signature is over the RFC 8785 bytes of the document without `files`, `findings`, `findingsSalt`
and `signature`. So a name can be taken out later (`without_name`), and so can the findings (`without_findings`): the
salt goes with the words, nobody can guess them back, and the signature still holds for all that is left.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from ingest.domain.receipts import Copy, Receipt, ReceiptFile
from ingest.formats.finding_documents import finding_document
from ingest.formats.wire import Json, canonical, canonical_digest, to_json

_UNSIGNED = frozenset({"files", "findings", "findingsSalt", "signature"})


def derived_salt(seed: str, name: str) -> str:
    """Derive one salt from a receipt's secret seed: SHA-256 of the two."""
    return hashlib.sha256(f"{seed}/{name}".encode()).hexdigest()


def receipt_document(receipt: Receipt, key_id: str, signature: str) -> dict[str, Any]:
    """Give the receipt as printed and as kept in the journal."""
    return {**_unsigned(receipt, key_id), "signature": signature}


def receipt_statement(receipt: Receipt, key_id: str) -> bytes:
    """Give the bytes that are signed for a receipt."""
    return statement_of(_unsigned(receipt, key_id))


def statement_of(document: dict[str, Any]) -> bytes:
    """Give the bytes that a printed receipt's signature covers."""
    return canonical({name: value for name, value in document.items() if name not in _UNSIGNED})


def verify_receipt(document: dict[str, Any], verify: Callable[[str, bytes, str], bool]) -> bool:
    """Say whether a printed receipt is untouched; `verify(key id, message, signature)` knows the archive's keys.

    Names and findings that were taken out leave it untouched, anything else that was changed does not.
    """
    try:
        commitments = document["commitments"]
        files = [file_commitment(file) for file in document["files"]]
        findings = document["findings"]
        return (
            files == commitments["files"]
            and (
                (findings is None and document["findingsSalt"] is None)
                or findings_commitment(findings, document["findingsSalt"]) == commitments["findings"]
            )
            and verify(document["key"], statement_of(document), document["signature"])
        )
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
        return False  # no receipt at all is no untouched receipt


def without_name(document: dict[str, Any], path: str) -> dict[str, Any]:
    """Give the receipt with that file's name taken out for good; everything else still holds."""
    return {**document, "files": [_nameless(f) if f["path"] == path else f for f in document["files"]]}


def without_findings(document: dict[str, Any]) -> dict[str, Any]:
    """Give the receipt with its findings taken out for good; everything else still holds."""
    return {**document, "findings": None, "findingsSalt": None}


def file_commitment(file: dict[str, Any]) -> str:
    """Give the digest that stands for one file entry of a receipt, with its name or with the name taken out."""
    if (file["path"] is None) != ("name" in file):
        raise ValueError("a file entry has its name, or in its place the name's digest")
    return canonical_digest(file if "name" in file else _nameless(file))


def _nameless(file: dict[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in file.items() if name != "salt"}
    return {**rest, "path": None, "name": _committed(file["salt"], file["path"])}


def findings_commitment(findings: Json, salt: str) -> str:
    """Give the salted digest of a receipt's findings."""
    return _committed(salt, findings)


def _committed(salt: str, structure: Json) -> str:
    return hashlib.sha256(salt.encode() + b"\n" + canonical(structure)).hexdigest()


def _unsigned(receipt: Receipt, key_id: str) -> dict[str, Any]:
    files = [_file(file) for file in receipt.files]
    findings = [finding_document(finding) for finding in receipt.findings]
    passed = receipt.custody_passed_at
    return {
        "receipt": receipt.id,
        "delivery": receipt.delivery,
        "deliveryId": receipt.delivery_id,
        "producer": receipt.producer,
        "package": receipt.package,
        "generation": receipt.generation,
        "outcome": receipt.outcome.value,
        "test": receipt.test,
        "dialect": receipt.dialect,
        "title": receipt.title,
        "agreement": {"id": receipt.agreement, "version": receipt.agreement_version},
        "received": receipt.received_at.isoformat(),
        "at": receipt.at.isoformat(),
        "custodyPassed": passed.isoformat() if passed else None,
        "files": files,
        "copies": [_copy(copy) for copy in receipt.copies],
        "findings": findings,
        "findingsSalt": receipt.findings_salt,
        "commitments": {
            "files": [file_commitment(file) for file in files],
            "findings": findings_commitment(findings, receipt.findings_salt),
        },
        "key": key_id,
    }


def _file(file: ReceiptFile) -> dict[str, Any]:
    return {
        "path": file.path,
        "size": file.size,
        "sha256": file.sha256,
        "format": to_json(file.format) if file.format else None,
        "salt": file.salt,
    }


def _copy(copy: Copy) -> dict[str, Any]:
    return {
        "store": copy.store,
        "location": copy.location,
        "inventorySha256": copy.inventory_sha256,
        "verified": copy.verified_at.isoformat(),
    }
