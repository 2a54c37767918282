"""Journal entries: one canonical form, and every bit of it is covered by digest or signature."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.adapters.signing import Ed25519Signer, create_key, load
from ingest.domain.journal import EntryType, Header, Subject, SubjectKind
from ingest.formats.journal import (
    Entry,
    EntryDamaged,
    body_digest,
    decode_entry,
    encode_entry,
    header_digest,
    key_id_of,
    signed_bytes,
)
from ingest.formats.wire import Json

SUBJECT = Subject(kind=SubjectKind.DELIVERY, id="6a2c9f10-8f0e-4a53-8a44-1d2e3f4a5b6c")
BODY: Json = {"receipt": {"path": "ansökan å ä ö.pdf", "size": 12}, "events": []}
SALT = "ab" * 32


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Ed25519Signer:
    keys: Path = tmp_path_factory.mktemp("keys")
    key_id = create_key(keys)
    return load(keys, key_id, {key_id: load(keys, key_id, {}).public_key})


def header(key: str) -> Header:
    return Header(
        subject=SUBJECT,
        sequence=1,
        previous="",
        type=EntryType.DELIVERY_DECIDED,
        at=datetime(2026, 11, 23, 12, 0, tzinfo=UTC),
        body=body_digest(SALT, BODY),
        key=key,
    )


def encoded(signer: Ed25519Signer) -> bytes:
    signed = header(signer.key_id)
    return encode_entry(signed, signer.sign(signer.key_id, signed_bytes(signed)), SALT, BODY)


def holds(entry: Entry, signer: Ed25519Signer) -> bool:
    genuine = signer.verify(entry.header.key, signed_bytes(entry.header), entry.signature)
    return genuine and body_digest(entry.salt, entry.body) == entry.header.body


def test_an_entry_reads_back_as_written(signer: Ed25519Signer) -> None:
    entry = decode_entry(encoded(signer))
    assert entry.header == header(signer.key_id)
    assert (entry.salt, entry.body) == (SALT, BODY)
    assert holds(entry, signer)


def test_the_bytes_are_canonical_json(signer: Ed25519Signer) -> None:
    structure = json.loads(encoded(signer))
    text = json.dumps(structure, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert encoded(signer) == text.encode()


@given(st.data())
def test_no_flipped_bit_goes_unseen(signer: Ed25519Signer, choice: st.DataObject) -> None:
    content = bytearray(encoded(signer))
    at = choice.draw(st.integers(0, len(content) * 8 - 1))
    content[at // 8] ^= 1 << at % 8
    try:
        entry = decode_entry(bytes(content))
    except EntryDamaged:
        return
    assert not holds(entry, signer)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"null",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"body":1e999,"header":{},"salt":"","signature":""}',
    ],
)
def test_what_is_no_entry_is_refused(content: bytes) -> None:
    with pytest.raises(EntryDamaged):
        decode_entry(content)


@pytest.mark.parametrize(("name", "value"), [("salt", None), ("salt", 1), ("signature", ["x"]), ("body", 2**60)])
def test_a_part_of_the_wrong_kind_is_refused(signer: Ed25519Signer, name: str, value: object) -> None:
    structure = {**json.loads(encoded(signer)), name: value}
    text = json.dumps(structure, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    with pytest.raises(EntryDamaged):
        decode_entry(text.encode())


def test_other_bytes_that_mean_the_same_are_refused(signer: Ed25519Signer) -> None:
    content = encoded(signer)
    for other in (content + b"\n", b" " + content, content.replace(b'":', b'": ', 1)):
        with pytest.raises(EntryDamaged, match="canonical"):
            decode_entry(other)


def test_the_chain_names_every_word_of_the_header_before(signer: Ed25519Signer) -> None:
    first = header(signer.key_id)
    others = (
        replace(first, sequence=2),
        replace(first, previous="0" * 64),
        replace(first, body="0" * 64),
        replace(first, type=EntryType.PACKAGE_STORED),
        replace(first, subject=replace(SUBJECT, id="x")),
        replace(first, key="x"),
    )
    assert len({header_digest(one) for one in (first, *others)}) == 1 + len(others)


def test_the_body_can_go_without_breaking_chain_or_signature(signer: Ed25519Signer) -> None:
    whole = decode_entry(encoded(signer))
    removed = decode_entry(encode_entry(whole.header, whole.signature, "", None))
    assert header_digest(removed.header) == header_digest(whole.header)
    assert signer.verify(removed.header.key, signed_bytes(removed.header), removed.signature)


def test_a_key_is_known_by_its_own_digest(signer: Ed25519Signer) -> None:
    assert key_id_of(signer.public_key) == signer.key_id
    for none in ("", "å", "%%", signer.public_key[:-2]):
        assert key_id_of(none) != signer.key_id


def test_a_name_that_is_no_utf8_on_disk_can_be_journalled(signer: Ed25519Signer) -> None:
    body: Json = {"files": ["caf\udce9.txt"], "caf\udce9": 1}
    signed = replace(header(signer.key_id), body=body_digest(SALT, body))
    entry = decode_entry(encode_entry(signed, "x", SALT, body))
    assert entry.body == {"files": ["caf\\udce9.txt"], "caf\\udce9": 1}
    assert body_digest(entry.salt, entry.body) == signed.body
