"""Ed25519 keys in a folder: one PKCS8 PEM file each, readable by its owner only.

A key's id is the first 16 hexadecimal digits of the SHA-256 of its raw public key. Public keys are written as
the raw 32 bytes in base64url without padding; they live in the journal for ever, private keys only here.
"""

import base64
import binascii
import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from ingest.adapters.disk import faults_of, sync_path, write_all
from ingest.errors import ConfigurationError

_KEY_ID_LENGTH = 16
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class Ed25519Signer:
    """`Signer` with one private key; `known` are the other public keys it verifies with, text by key id."""

    def __init__(self, private: Ed25519PrivateKey, known: Mapping[str, str]) -> None:
        self._private = private
        self._public_key = public_key_text(private.public_key())
        self._key_id = key_id_of(private.public_key())
        self._known = {**known, self._key_id: self._public_key}

    @property
    def key_id(self) -> str:
        """The id of the key that signs now."""
        return self._key_id

    @property
    def public_key(self) -> str:
        """The public key that goes into the journal: 32 bytes, base64url without padding."""
        return self._public_key

    def sign(self, message: bytes) -> str:
        """Give the Ed25519 signature of the message (RFC 8032), base64url without padding."""
        return _text(self._private.sign(message))

    def verify(self, key_id: str, message: bytes, signature: str) -> bool:
        """Say whether a signature by that key holds; False for an unknown key, or what is no signature."""
        public, raw = _bytes(self._known.get(key_id, "")), _bytes(signature)
        if public is None or raw is None:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(raw, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def create_key(folder: Path) -> str:
    """Make a key, durable before it is named, in `<folder>/<key id>.pem` with mode 0600; give its id."""
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    key_id = key_id_of(private.public_key())
    target = folder / f"{key_id}.pem"
    with faults_of(folder):
        written = target.with_suffix(".new")
        _write_durably(written, pem)
        written.rename(target)
        sync_path(folder)
    return key_id


def key_ids(folder: Path) -> tuple[str, ...]:
    """List the ids of the private keys in the folder, sorted; () when there is none."""
    with faults_of(folder):
        return tuple(sorted(path.stem for path in folder.glob("*.pem")))


def load(folder: Path, key_id: str, known: Mapping[str, str]) -> Ed25519Signer:
    """Load a private key. Raises ConfigurationError when it is absent, another key, or readable by others."""
    path = folder / f"{key_id}.pem"
    with faults_of(folder):
        try:
            pem = path.read_bytes()
        except FileNotFoundError as error:
            raise _unusable(path, "den finns inte", "it does not exist") from error
        mode = path.stat().st_mode
    if stat.S_IMODE(mode) & 0o077:
        raise _unusable(
            path, "andra än ägaren får läsa den (kör chmod 600)", "others may read it (run chmod 600)"
        )
    private = _parsed(path, pem)
    if key_id_of(private.public_key()) != key_id:
        raise _unusable(path, "den innehåller en annan nyckel", "it holds another key")
    return Ed25519Signer(private, known)


def public_key_text(key: Ed25519PublicKey) -> str:
    """Give a public key's raw 32 bytes in base64url without padding."""
    return _text(key.public_bytes_raw())


def key_id_of(key: Ed25519PublicKey) -> str:
    """Give the first 16 hexadecimal digits of the SHA-256 of the raw public key."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:_KEY_ID_LENGTH]


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


def _write_durably(path: Path, content: bytes) -> None:
    descriptor = os.open(path, _WRITE, 0o600)
    try:
        write_all(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes | None:
    """Decode strictly: one text alone stands for any bytes, so that no second text of a signature holds."""
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    return raw if _text(raw) == text else None
