"""Signing keys in a folder: their ids, their rights, and which files are refused."""

import base64
import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from ingest.adapters.key_files import public_key_text
from ingest.adapters.signing import FollowingSigner, JournalKeys, create_key, key_ids, load, public_key
from ingest.errors import ConfigurationError, StoreUnavailable

# RFC 8032 §7.1, test 1: secret key, public key, signature of the empty message.
SECRET = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"  # noqa: S105 - published
PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
SIGNATURE = (
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595b"
    "be24655141438e7a100b"
)
KEY_ID = hashlib.sha256(bytes.fromhex(PUBLIC)).hexdigest()[:16]


def text(raw: str) -> str:
    return base64.urlsafe_b64encode(bytes.fromhex(raw)).decode().rstrip("=")


def write(folder: Path, pem: bytes, mode: int = 0o600) -> None:
    path = folder / f"{KEY_ID}.pem"
    path.write_bytes(pem)
    path.chmod(mode)


def published() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(SECRET))


def pem_of(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def test_keys_ids_and_signatures_are_those_of_the_standard(tmp_path: Path) -> None:
    write(tmp_path, pem_of(published()))
    signer = load(tmp_path, KEY_ID, {})
    assert signer.key_id == KEY_ID
    assert signer.public_key == text(PUBLIC) == public_key_text(published().public_key())
    assert signer.sign(KEY_ID, b"") == text(SIGNATURE)


def test_a_new_key_is_its_owners_alone_and_can_be_loaded(tmp_path: Path) -> None:
    key_id = create_key(tmp_path)
    (path,) = tmp_path.iterdir()
    assert path.name == f"{key_id}.pem"
    assert path.stat().st_mode & 0o777 == 0o600
    assert key_ids(tmp_path) == (key_id,)
    assert load(tmp_path, key_id, {}).key_id == key_id


def test_without_any_private_key_old_signatures_still_verify(tmp_path: Path) -> None:
    verifier = load(tmp_path, "", {KEY_ID: text(PUBLIC)})
    assert verifier.verify(KEY_ID, b"", text(SIGNATURE))
    assert not verifier.verify(KEY_ID, b"other", text(SIGNATURE))
    with pytest.raises(ConfigurationError):
        verifier.sign(KEY_ID, b"")


def test_an_older_key_of_the_folder_signs_when_named(tmp_path: Path) -> None:
    write(tmp_path, pem_of(published()))
    signer = load(tmp_path, create_key(tmp_path), {})
    assert signer.sign(KEY_ID, b"") == text(SIGNATURE)


@pytest.mark.parametrize("spoilt", ["", "AAAA", "ö", text(PUBLIC)[:-2]])
def test_a_spoilt_public_key_verifies_nothing(tmp_path: Path, spoilt: str) -> None:
    assert not load(tmp_path, "", {KEY_ID: spoilt}).verify(KEY_ID, b"", text(SIGNATURE))


@pytest.mark.parametrize(
    ("pem", "mode", "words"),
    [
        (pem_of(published()), 0o640, "chmod 600"),
        (b"no key", 0o600, "PEM"),
        (pem_of(Ed25519PrivateKey.generate()), 0o600, "another key"),
        (
            published().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")),
            0o600,
            "unencrypted",
        ),
        (
            generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
            0o600,
            "Ed25519",
        ),
    ],
)
def test_a_file_that_cannot_be_the_key_is_named(tmp_path: Path, pem: bytes, mode: int, words: str) -> None:
    write(tmp_path, pem, mode)
    with pytest.raises(ConfigurationError, match=words) as fault:
        load(tmp_path, KEY_ID, {})
    assert str(tmp_path) in fault.value.sv


def test_an_absent_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=KEY_ID):
        load(tmp_path, KEY_ID, {})


def test_a_folder_that_is_gone_holds_no_key(tmp_path: Path) -> None:
    assert key_ids(tmp_path / "gone") == ()
    with pytest.raises(StoreUnavailable):
        create_key(tmp_path / "gone")


def test_a_signer_follows_to_a_new_key_while_it_runs_and_signs_old_decisions_with_the_old_one(tmp_path: Path) -> None:
    first, second = create_key(tmp_path), create_key(tmp_path)
    public = {key: public_key(tmp_path, key) for key in (first, second)}
    journal = [JournalKeys(public={first: public[first]}, usable=(first,))]
    signer = FollowingSigner(tmp_path, lambda: journal[-1])
    assert signer.key_id == first
    theirs = load(tmp_path, second, {}).sign(second, b"kvitto")
    assert not signer.verify(second, b"kvitto", theirs)
    journal.append(JournalKeys(public=public, usable=(first, second)))
    assert signer.verify(second, b"kvitto", theirs)
    assert signer.key_id == second
    assert signer.verify(first, b"kvitto", signer.sign(first, b"kvitto"))


def test_a_signer_never_falls_back_on_a_key_that_was_replaced(tmp_path: Path) -> None:
    first, gone = create_key(tmp_path), "0" * 16
    keys = JournalKeys(public={first: public_key(tmp_path, first), gone: text(PUBLIC)}, usable=(first, gone))
    with pytest.raises(ConfigurationError, match=gone):
        _ = FollowingSigner(tmp_path, lambda: keys).key_id


def test_a_signer_without_any_key_in_the_journal_says_so(tmp_path: Path) -> None:
    create_key(tmp_path)
    with pytest.raises(ConfigurationError, match="no signing key yet"):
        _ = FollowingSigner(tmp_path, lambda: JournalKeys(public={}, usable=())).key_id
