"""The archive's keys as its operator changes them and as a producer uses them, on a server that runs all the while."""

import base64
import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ingest.formats.receipts import verify_receipt
from tests.features import documented
from tests.features.api_client import KEY, Client, case_push, document, served
from tests.features.front_door import Door

WELL_KNOWN = "/.well-known/earkiv-keys.json"


def keys_of(client: Client) -> list[dict[str, Any]]:
    answer = client.http.get(WELL_KNOWN, headers={"Authorization": ""})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/jwk-set+json")
    found: list[dict[str, Any]] = answer.json()["keys"]
    return found


def receipt_of(client: Client, delivery: str) -> dict[str, Any]:
    return client.receipt(client.post(json=case_push(delivery, document(delivery.encode()))).headers["location"])


def holds(receipt: dict[str, Any], keys: list[dict[str, Any]]) -> bool:
    """Check a receipt with nothing but what is published."""

    def verify(key_id: str, message: bytes, signature: str) -> bool:
        (published,) = (key for key in keys if key["kid"] == key_id)
        try:
            Ed25519PublicKey.from_public_bytes(_raw(published["x"])).verify(_raw(signature), message)
        except InvalidSignature:
            return False
        return True

    return verify_receipt(receipt, verify)


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_a_key_is_changed_while_the_server_runs_and_every_receipt_holds_ever_after(tmp_path: Path) -> None:
    home = tmp_path / "home"
    door = Door(home=home)
    with served(home) as client:
        before = receipt_of(client, "d-1")
        (first,) = keys_of(client)
        assert (first["kid"], first["status"], first["until"]) == (before["key"], "active", None)

        rotated = door.run("signing-key", "rotate", "--json")
        assert rotated.code == 0, rotated
        after = receipt_of(client, "d-2")
        assert after["key"] == rotated.document["key"] != before["key"]
        old, new = keys_of(client)
        assert (old["kid"], old["status"], old["until"]) == (first["kid"], "retired", new["from"])
        assert (new["kid"], new["status"], new["introducedBy"]) == (after["key"], "active", old["kid"])
        assert holds(before, [old, new])
        assert holds(after, [old, new])
        assert not holds({**after, "title": "En annan"}, [old, new])

        named = door.run("signing-key", "mark-compromised", old["kid"], "--since", before["at"], "--reason", "Stulen")
        assert named.code == 0, named
        told, _ = keys_of(client)
        assert (told["status"], told["compromised"]["since"]) == ("compromised", before["at"])
        assert "Stulen" not in json.dumps(told)
        published = keys_of(client)
    found = door.run("verify", "--json")
    assert (found.code, found.document["verdict"]) == (0, "intact")
    doubted = {doubt["key"].split("/")[3] for doubt in found.document["doubts"]}
    assert before["deliveryId"] in doubted
    assert after["deliveryId"] not in doubted
    assert "DOUBTFUL" in door.run("verify", "--lang", "en").out
    (home / "catalogue.sqlite").unlink()
    assert door.run("rebuild").code == 0
    with served(home) as client:
        assert keys_of(client) == published


def test_the_keys_may_be_kept_by_caches_until_they_change(tmp_path: Path) -> None:
    with served(tmp_path / "home", working=False) as client:
        first = client.http.get(WELL_KNOWN)
        assert first.headers["cache-control"] == "public, max-age=300"
        tag = first.headers["etag"]
        for condition, status in ((tag, 304), (f'"x", W/{tag}', 304), ("*", 304), ('"x"', 200)):
            assert client.http.get(WELL_KNOWN, headers={"If-None-Match": condition}).status_code == status
        assert Door(home=tmp_path / "home").run("signing-key", "rotate").code == 0
        changed = client.http.get(WELL_KNOWN, headers={"If-None-Match": tag})
        assert (changed.status_code, len(changed.json()["keys"])) == (200, 2)


def test_a_key_can_be_made_first_and_taken_into_use_later(tmp_path: Path) -> None:
    door = Door(home=tmp_path / "home")
    assert door.run("establish").code == 0
    made = door.run("signing-key", "create", "--json").document
    assert Path(made["path"]).stat().st_mode & 0o777 == 0o600
    assert [key["status"] for key in door.run("signing-key", "list", "--json").document] == ["active"]
    assert door.run("signing-key", "rotate", made["key"], "--json").document["key"] == made["key"]
    listed = door.run("signing-key", "list", "--json").document
    assert [(key["status"], key["held"]) for key in listed] == [("retired", True), ("active", True)]
    assert "retired" in door.run("signing-key", "list", "--lang", "en").out
    assert "signerar nu" in door.run("signing-key", "list", "--lang", "sv").out


@pytest.mark.parametrize(
    ("since", "words"),
    [("yesterday", "time zone"), ("2026-01-01T10:00", "time zone"), ("2999-01-01T10:00Z", "not been")],
)
def test_a_time_that_is_none_is_refused(tmp_path: Path, since: str, words: str) -> None:
    door = Door(home=tmp_path / "home")
    answer = door.run("signing-key", "mark-compromised", "x", "--since", since, "--reason", "r", "--lang", "en")
    assert (answer.code, words in answer.err) == (2, True), answer


def test_the_doctor_says_which_key_signs_which_waits_and_which_is_missing(tmp_path: Path) -> None:
    door = Door(home=tmp_path / "home")
    assert door.run("establish").code == 0
    (first,) = door.run("signing-key", "list", "--json").document
    waiting = door.run("signing-key", "create", "--json").document["key"]
    said = " ".join(door.run("doctor", "--lang", "en").out.split())
    assert f"Signing key {first['key']}: signs now" in said
    assert f"Signing key {waiting}: waits" in said
    (tmp_path / "home" / "keys" / f"{first['key']}.pem").unlink()
    assert f"{first['key']}: signs now, but does not lie in" in " ".join(door.run("doctor", "--lang", "en").out.split())
    entry = tmp_path / "home" / "archive" / "journal" / "archive" / "ar" / "archive" / "00000001.json"
    entry.write_bytes(b"{}")
    torn = door.run("doctor", "--lang", "en")
    assert (torn.code, "cannot be read from the journal" in torn.out) == (2, True)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_producer_checks_a_receipt_by_what_the_how_to_says(tmp_path: Path) -> None:
    folder, files = tmp_path / "producer", tmp_path / "files" / "documents"
    folder.mkdir()
    files.mkdir(parents=True)
    (files / "ansökan.txt").write_bytes(b"Hej!")
    fetch, signature, compare, follow = documented.blocks("check-a-receipt")
    with served(tmp_path / "home") as client:
        # Two changes of keys, so that there is something to follow.
        for _ in range(2):
            assert Door(home=tmp_path / "home").run("signing-key", "rotate").code == 0
        delivery = client.post(json=case_push("d-1", document(b"Hej!"))).json()["id"]
        client.receipt(f"/v1/deliveries/{delivery}")
        address = {"ARCHIVE": str(client.http.base_url).rstrip("/"), "KEY": KEY, "DELIVERY": delivery}
        documented.run(fetch, folder, **address)
    assert "Signature Verified Successfully" in documented.run(signature, folder)
    compared = documented.run(compare, folder, FILES=str(tmp_path / "files"))
    assert "same      documents/ansökan.txt" in compared
    followed = documented.run(follow, folder)
    assert followed.count("Signature Verified Successfully") == 3
    assert followed.count("introduced by itself") == 1

    receipt = json.loads((folder / "receipt.json").read_text(encoding="utf-8"))
    receipt["custodyPassed"] = "2020-01-01T00:00:00+00:00"
    (folder / "receipt.json").write_text(json.dumps(receipt), encoding="utf-8")
    forged = subprocess.run(["bash", "-euo", "pipefail", "-c", signature], cwd=folder, capture_output=True, check=False)
    assert forged.returncode != 0
    assert b"Verified Successfully" not in forged.stdout


def test_the_key_of_a_receipt_is_the_digest_of_what_is_published(tmp_path: Path) -> None:
    with served(tmp_path / "home", working=False) as client:
        (key,) = keys_of(client)
    assert (key["kty"], key["crv"], key["alg"], key["use"]) == ("OKP", "Ed25519", "Ed25519", "sig")
    assert hashlib.sha256(_raw(key["x"])).hexdigest()[:16] == key["kid"]
