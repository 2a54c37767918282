"""Receipts as JSON (DESIGN §7), and what exactly their signature covers.

`commitments` are salted digests of each file entry and of the findings. The signature is over the RFC 8785 bytes of
the document without `files`, `findings` and `signature`: taking a file's name out later leaves the signature valid.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from ingest.domain.findings import Finding, Location, Text
from ingest.domain.receipts import Copy, Receipt, ReceiptFile
from ingest.formats.wire import Json, canonical, to_json

_UNSIGNED = frozenset({"files", "findings", "signature"})


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
    """Say whether a printed receipt is untouched; `verify(key id, message, signature)` knows the archive's keys."""
    files = [file_commitment(file) for file in document["files"]]
    commitments = document["commitments"]
    findings = findings_commitment(document["findings"], document["findingsSalt"])
    return (
        files == commitments["files"]
        and findings == commitments["findings"]
        and verify(document["key"], statement_of(document), document["signature"])
    )


def file_commitment(file: dict[str, Any]) -> str:
    """Give the salted digest of one file entry of a receipt."""
    bare = {name: value for name, value in file.items() if name != "salt"}
    return _committed(file["salt"], bare)


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


def finding_document(finding: Finding) -> dict[str, Any]:
    """Give a finding as `earkiv validate --json` prints it."""
    return {
        "rule": finding.rule,
        "specification": finding.specification,
        "severity": finding.severity.value,
        "message": _text(finding.message),
        "remedy": _text(finding.remedy),
        "count": finding.count,
        "locations": [_location(location) for location in finding.locations],
    }


def _text(text: Text) -> dict[str, str]:
    return {"sv": text.sv, "en": text.en}


def _location(location: Location) -> dict[str, Any]:
    return {
        "file": location.file,
        "line": location.line,
        "xpath": location.xpath,
        "value": location.value,
    }
