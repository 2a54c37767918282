"""Chains and receipts: what was removed, reordered, forged or lost is found and named."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from audit.verification import DamageKind
from ingest.adapters.signing import load
from ingest.formats.journal import body_digest, decode_entry, encode_entry, signed_bytes
from ingest.formats.receipts import file_commitment, statement_of
from ingest.formats.wire import Json
from tests.fakes.small_archive import Stored, opened
from tests.unit.audit.verifying import damages


def test_a_removed_last_entry_is_seen_by_what_the_catalogue_remembers(home: Path, stored: Stored) -> None:
    chain = stored.files("journal/package/")
    assert [key[-13:] for key in chain] == ["00000001.json", "00000002.json", "00000003.json"]
    stored.remove(chain[-1])
    with opened(home) as ports:
        assert [(d.kind, d.key) for d in damages(ports)] == [(DamageKind.MISSING, chain[-1])]


def test_a_reordered_chain_is_named_at_both_entries(home: Path, stored: Stored) -> None:
    _, second, third = stored.files("journal/package/")
    contents = stored.read(second), stored.read(third)
    stored.write(second, contents[1])
    stored.write(third, contents[0])
    with opened(home) as ports:
        found = damages(ports)
    assert {(d.kind, d.key) for d in found} == {
        (DamageKind.BROKEN_CHAIN, second),
        (DamageKind.BROKEN_CHAIN, third),
    }


def forged(home: Path, content: bytes, body: Json) -> bytes:
    """The entry with another body, signed with the archive's own key: what only a thief of the key can do."""
    entry = decode_entry(content)
    header = replace(entry.header, body=body_digest(entry.salt, body))
    signature = load(home / "keys", header.key, {}).sign(header.key, signed_bytes(header))
    return encode_entry(header, signature, entry.salt, body)


def test_a_genuine_signature_on_another_entry_is_seen_by_chain_and_catalogue(home: Path, stored: Stored) -> None:
    _, second, third = stored.files("journal/package/")
    stored.write(second, forged(home, stored.read(second), {}))
    with opened(home) as ports:
        assert {(d.kind, d.key) for d in damages(ports)} == {
            (DamageKind.ALTERED, second),
            (DamageKind.BROKEN_CHAIN, third),
        }


@pytest.mark.parametrize(("part", "value"), [("title", "En annan"), ("files", []), ("package", None), ("copies", 1)])
def test_a_receipt_that_does_not_hold_is_damage_though_its_entry_is_signed(
    home: Path, stored: Stored, part: str, value: Json
) -> None:
    key = next(k for k in stored.files("journal/delivery/") if b'"outcome":"accepted"' in stored.read(k))
    body = decode_entry(stored.read(key)).body
    assert isinstance(body, dict)
    stored.write(key, forged(home, stored.read(key), {**body, "receipt": {**body["receipt"], part: value}}))
    with opened(home) as ports:
        assert (DamageKind.INVALID_RECEIPT, key) in {(d.kind, d.key) for d in damages(ports)}


def test_a_receipt_for_a_file_that_is_not_in_the_package_is_a_contradiction(home: Path, stored: Stored) -> None:
    key = next(k for k in stored.files("journal/delivery/") if b'"generation":3' in stored.read(k))
    body = decode_entry(stored.read(key)).body
    assert isinstance(body, dict)
    receipt = body["receipt"]
    signer = load(home / "keys", receipt["key"], {})
    file = {**receipt["files"][0], "sha256": "0" * 64}
    commitments = {**receipt["commitments"], "files": [file_commitment(file)]}
    changed = {**receipt, "files": [file], "commitments": commitments}
    changed["signature"] = signer.sign(receipt["key"], statement_of(changed))
    stored.write(key, forged(home, stored.read(key), {**body, "receipt": changed}))
    with opened(home) as ports:
        assert (DamageKind.CONTRADICTION, key) in {(d.kind, d.key) for d in damages(ports)}


def test_an_entry_whose_body_was_taken_out_is_damage(home: Path, stored: Stored) -> None:
    key = stored.files("journal/agreement/")[0]
    entry = json.loads(stored.read(key))
    stored.write(key, stored.read(key).replace(_body(stored.read(key)), b'"body":null'))
    assert entry["body"] is not None
    with opened(home) as ports:
        assert [(d.kind, d.key) for d in damages(ports)] == [(DamageKind.ALTERED, key)]


def _body(content: bytes) -> bytes:
    return content[1 : content.index(b',"header":')]


def test_a_lost_signing_key_is_told_once(home: Path, stored: Stored) -> None:
    (key,) = stored.files("journal/archive/")
    stored.remove(key)
    with opened(home) as ports:
        found = damages(ports)
    assert [(d.kind, d.key) for d in found] == [
        (DamageKind.INVALID_SIGNATURE, key.rpartition("/")[0] + "/"),
        (DamageKind.MISSING, key),
    ]
