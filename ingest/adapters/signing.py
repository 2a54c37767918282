"""Ed25519 keys in a folder: one PKCS8 PEM file each, readable by its owner only."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from ingest.adapters.files import write_all
from ingest.adapters.folders import sync_path
from ingest.adapters.key_files import bytes_of, key_id_of, private_key, public_key_text, text_of
from ingest.adapters.store_faults import faults_of
from ingest.errors import ConfigurationError

_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class Ed25519Signer:
    """`Signer` with the private keys of a folder, read when they are needed; verifying needs none.

    `key_id` is the key that signs now, "" where this process only verifies; `known` are the public keys it
    verifies with, text by key id.
    """

    def __init__(self, folder: Path, key_id: str, known: Mapping[str, str]) -> None:
        self._folder = folder
        self._key_id = key_id
        self._known = dict(known)
        self._private: dict[str, Ed25519PrivateKey] = {}

    @property
    def key_id(self) -> str:
        """The id of the key that signs now."""
        return self._key_id

    @property
    def public_key(self) -> str:
        """The public key that goes into the journal: 32 bytes, base64url without padding."""
        return public_key_text(self._held(self._key_id).public_key())

    def sign(self, key_id: str, message: bytes) -> str:
        """Give the Ed25519 signature (RFC 8032) by that key, base64url without padding.

        Raises ConfigurationError when the private key is not held.
        """
        return text_of(self._held(key_id).sign(message))

    def verify(self, key_id: str, message: bytes, signature: str) -> bool:
        """Say whether a signature by that key holds; False for an unknown key, or what is no signature."""
        public, raw = bytes_of(self._known.get(key_id, "")), bytes_of(signature)
        if public is None or raw is None:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(raw, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    def require(self, key_id: str) -> None:
        """Read a private key now. Raises ConfigurationError, before anything is decided with it."""
        self._held(key_id)

    def _held(self, key_id: str) -> Ed25519PrivateKey:
        if key_id not in self._private:
            self._private[key_id] = private_key(self._folder, key_id)
            self._known[key_id] = public_key_text(self._private[key_id].public_key())
        return self._private[key_id]


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalKeys:
    """What the journal says of keys: the public ones by id, and those that may sign, the one that does at the end."""

    public: Mapping[str, str]
    usable: Sequence[str]


class FollowingSigner:
    """`Signer` that follows the journal: it signs with the newest key that is added there, also while it runs.

    `look` gives what the journal says now, cheaply where nothing has changed. Old decisions are still signed with the
    key that they name, as long as the folder holds it.
    """

    def __init__(self, folder: Path, look: Callable[[], JournalKeys]) -> None:
        self._folder = folder
        self._look = look
        self._seen = look()
        self._by = Ed25519Signer(folder, "", self._seen.public)

    @property
    def key_id(self) -> str:
        """The id of the key that signs now. Raises ConfigurationError when it is not held, or there is none."""
        self._follow()
        if not self._seen.usable:
            raise ConfigurationError("Arkivet har ännu ingen signeringsnyckel.", "The archive has no signing key yet.")
        newest = self._seen.usable[-1]
        self._by.require(newest)
        return newest

    def sign(self, key_id: str, message: bytes) -> str:
        """Give the signature as `Ed25519Signer` does. Raises ConfigurationError when the private key is not held."""
        return self._by.sign(key_id, message)

    def verify(self, key_id: str, message: bytes, signature: str) -> bool:
        """Say whether a signature by that key holds; False for a key that the journal does not know."""
        if key_id not in self._seen.public:
            self._follow()
        return self._by.verify(key_id, message, signature)

    def _follow(self) -> None:
        keys = self._look()
        if keys is not self._seen:
            # Signer first: whoever sees the new keys also judges by them.
            self._by = Ed25519Signer(self._folder, "", keys.public)
            self._seen = keys


def public_key(folder: Path, key_id: str) -> str:
    """Give the public half of a private key that the folder holds. Raises ConfigurationError."""
    return public_key_text(private_key(folder, key_id).public_key())


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
    """Load a private key to sign with; "" loads none: such a signer only verifies.

    Raises ConfigurationError when the key is absent, another key, or readable by others.
    """
    signer = Ed25519Signer(folder, key_id, known)
    if key_id:
        signer.require(key_id)
    return signer


def _write_durably(path: Path, content: bytes) -> None:
    descriptor = os.open(path, _WRITE, 0o600)
    try:
        write_all(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
