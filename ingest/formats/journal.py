"""Journal entries as bytes: exactly the RFC 8785 form of header, signature, salt and body (DESIGN §5)."""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass

from cattrs.errors import BaseValidationError

from ingest.domain.journal import Header
from ingest.formats.wire import Json, canonical, from_json, to_json


class EntryDamaged(ValueError):
    """These bytes are no journal entry as this archive writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A journal entry; `body` is None when it was lawfully removed."""

    header: Header
    signature: str
    salt: str
    body: Json


def body_digest(salt: str, body: Json) -> str:
    """Give the SHA-256 that stands for a body in its header: of the salt, a line feed, and the canonical body."""
    return hashlib.sha256(salt.encode() + b"\n" + canonical(body)).hexdigest()


def signed_bytes(header: Header) -> bytes:
    """Give the bytes that are signed and chained: the canonical header."""
    return canonical(to_json(header))


def header_digest(header: Header) -> str:
    """Give the SHA-256 by which the next entry names this one."""
    return hashlib.sha256(signed_bytes(header)).hexdigest()


def key_id_of(public: str) -> str:
    """Give the id of a public key (base64url without padding): 16 digits of its SHA-256; "" when it is no key."""
    try:
        raw = base64.b64decode(public + "=" * (-len(public) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        return ""
    return hashlib.sha256(raw).hexdigest()[:16]


def encode_entry(header: Header, signature: str, salt: str, body: Json) -> bytes:
    """Give the exact bytes of an entry's file."""
    return canonical({"body": body, "header": to_json(header), "salt": salt, "signature": signature})


def decode_entry(content: bytes) -> Entry:
    """Read an entry. Raises EntryDamaged when the bytes are not exactly what `encode_entry` gives."""
    try:
        structure = json.loads(content)
        entry = Entry(
            header=from_json(structure["header"], Header),
            signature=structure["signature"],
            salt=structure["salt"],
            body=structure["body"],
        )
        encoded = encode_entry(entry.header, entry.signature, entry.salt, entry.body)
        _ = entry.signature.encode(), entry.salt.encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, BaseValidationError) as error:
        raise EntryDamaged(str(error)) from error
    if encoded != content:
        raise EntryDamaged("the bytes are not in canonical form")
    return entry
