"""How Ed25519 keys and signatures are written: private keys as PEM files, the rest as text.

A key's id is the first 16 hexadecimal digits of the SHA-256 of its raw public key. Public keys and signatures are
base64url without padding; public keys live in the journal for ever, private keys in files of their owner only.
"""

import base64
import binascii
import hashlib
import stat
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from ingest.adapters.store_faults import faults_of
from ingest.errors import ConfigurationError

_KEY_ID_LENGTH = 16


def public_key_text(key: Ed25519PublicKey) -> str:
    """Give a public key's raw 32 bytes in base64url without padding."""
    return text_of(key.public_bytes_raw())


def key_id_of(key: Ed25519PublicKey) -> str:
    """Give the first 16 hexadecimal digits of the SHA-256 of the raw public key."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:_KEY_ID_LENGTH]


def private_key(folder: Path, key_id: str) -> Ed25519PrivateKey:
    """Read `<folder>/<key id>.pem`. Raises ConfigurationError when it is absent, another key or readable by others."""
    path = folder / f"{key_id}.pem"
    with faults_of(folder):
        try:
            pem, mode = path.read_bytes(), path.stat().st_mode
        except FileNotFoundError as error:
            raise _unusable(path, "den finns inte", "it does not exist") from error
    if stat.S_IMODE(mode) & 0o077:
        raise _unusable(path, "andra än ägaren får läsa den (kör chmod 600)", "others may read it (run chmod 600)")
    private = _parsed(path, pem)
    if key_id_of(private.public_key()) != key_id:
        raise _unusable(path, "den innehåller en annan nyckel", "it holds another key")
    return private


def _parsed(path: Path, pem: bytes) -> Ed25519PrivateKey:
    try:
        private = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _unusable(path, "den är ingen okrypterad PEM-nyckel", "it is no unencrypted PEM key") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise _unusable(path, "den är ingen Ed25519-nyckel", "it is no Ed25519 key")
    return private


def _unusable(path: Path, sv: str, en: str) -> ConfigurationError:
    return ConfigurationError(
        f"Signeringsnyckeln {path} går inte att använda: {sv}.",
        f"The signing key {path} cannot be used: {en}.",
    )


def text_of(raw: bytes) -> str:
    """Write bytes in base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def bytes_of(text: str) -> bytes | None:
    """Decode strictly: one text alone stands for any bytes, so that no second text of a signature holds."""
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    return raw if text_of(raw) == text else None
