"""Verification finds every damage, names the file, says what to do, and never stops."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import ocfl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.verification import DamageKind, verify_packages
from ingest.adapters.directory import DirectoryStore
from ingest.adapters.sql.catalogue import open_catalogue
from ingest.application.rebuild_catalogue import rebuild
from ingest.errors import StoreUnavailable, ToolFailed, UnknownSubject
from ingest.pipeline.step import Ports
from tests.fakes.small_archive import Stored, hand_over, opened, pushed_case
from tests.unit.audit.verifying import damages, keys_named, silent


@pytest.fixture(scope="module")
def whole(pristine: Path) -> Iterator[Ports]:
    with opened(pristine) as ports:
        yield ports


def test_a_sound_archive_has_no_damage_and_every_file_is_read(whole: Ports, pristine: Path) -> None:
    told: list[tuple[int, int]] = []
    verification = verify_packages(whole, None, lambda objects, size: told.append((objects, size)))
    assert verification.damages == ()
    assert told == sorted(told)
    assert told[-1] == (verification.objects, verification.bytes)
    stored = Stored(root=pristine / "archive")
    assert verification.objects >= len(stored.files())
    assert verification.bytes >= sum(len(stored.read(key)) for key in stored.files())


@pytest.mark.untraced
@settings(max_examples=150)
@given(choice=st.data())
def test_any_flipped_bit_in_any_file_is_found_and_named(whole: Ports, pristine: Path, choice: st.DataObject) -> None:
    stored = Stored(root=pristine / "archive")
    key = choice.draw(st.sampled_from(stored.files()))
    content = bytearray(stored.read(key))
    at = choice.draw(st.integers(0, len(content) * 8 - 1))
    content[at // 8] ^= 1 << at % 8
    with stored.damaged(key, bytes(content)):
        assert key in keys_named(whole)


def test_a_flipped_bit_in_the_middle_of_each_file_names_it(whole: Ports, pristine: Path) -> None:
    stored = Stored(root=pristine / "archive")
    for key in stored.files():
        content = bytearray(stored.read(key))
        content[len(content) // 2] ^= 1
        with stored.damaged(key, bytes(content)):
            assert key in keys_named(whole), key


@pytest.mark.parametrize("folder", ["ocfl/", "journal/"])
def test_each_removed_file_is_named(whole: Ports, pristine: Path, folder: str) -> None:
    stored = Stored(root=pristine / "archive")
    for key in stored.files(folder):
        with stored.damaged(key, None):
            found = damages(whole)
        assert any(damage.key == key and damage.kind is DamageKind.MISSING for damage in found), key
        assert all(key in damage.text.sv or damage.key != key for damage in found)


@pytest.mark.parametrize("nothing", [b"", b"\xff", b"[" * 100_000, b"{}", b'{"header": 1e400}', b"null"])
def test_nothing_that_lies_in_a_files_place_stops_the_reading(whole: Ports, pristine: Path, nothing: bytes) -> None:
    stored = Stored(root=pristine / "archive")
    for key in stored.files():
        with stored.damaged(key, nothing):
            assert key in keys_named(whole), key


def test_a_file_too_many_is_named_wherever_it_lies(home: Path, stored: Stored) -> None:
    root = stored.only("v3/inventory.json").removesuffix("v3/inventory.json")
    entry = stored.files("journal/delivery/")[0]
    added = (
        root + "läs mig.txt",
        root + "v1/content/METS.xml.bak",
        root + "v2/extra",
        root + "v4/content/half",
        "ocfl/README",
        "ocfl/abc/def/012/urn%3auuid%3ax/0=ocfl_object_1.1",
        "ocfl/extensions/9999/config.json",
        "journal/notes.txt",
        entry.rpartition("/")[0] + "/x.json",
    )
    for key in added:
        stored.write(key, b"x")
    with opened(home) as ports:
        found = {damage.key: damage.kind for damage in damages(ports)}
    assert set(found) == set(added)
    assert set(found.values()) == {DamageKind.UNLISTED}


def test_a_name_that_can_be_no_key_hides_nothing_behind_it(home: Path, stored: Stored) -> None:
    (home / "archive" / "ocfl" / "0\\bad").write_bytes(b"x")
    (home / "archive" / "journal" / "0\\bad").write_bytes(b"x")
    mets = next(key for key in stored.files() if key.endswith("v3/content/METS.xml"))
    stored.write(mets, b"<x/>")
    with opened(home) as ports:
        found = {damage.key: damage.kind for damage in damages(ports)}
    assert found.pop("ocfl/") is DamageKind.UNREADABLE
    assert found.pop("journal/") is DamageKind.UNREADABLE
    assert found == {mets: DamageKind.ALTERED}


def test_a_link_and_a_folder_in_a_files_place_are_damage(home: Path, stored: Stored) -> None:
    mets, premis = (next(k for k in stored.files() if k.endswith("v1/content/" + name)) for name in NAMES)
    (home / "archive" / mets).rename(home / "elsewhere")
    (home / "archive" / mets).symlink_to(home / "elsewhere")
    stored.remove(premis)
    (home / "archive" / premis).mkdir()
    with opened(home) as ports:
        assert {mets, premis} <= keys_named(ports)


NAMES = ("METS.xml", "metadata/preservation/premis.xml")


def test_a_root_inventory_behind_its_versions_is_told_apart_and_can_be_put_right(home: Path, stored: Stored) -> None:
    root = stored.only("v3/inventory.json").removesuffix("v3/inventory.json")
    stored.write(root + "inventory.json.sha256", stored.read(root + "v2/inventory.json.sha256"))
    for inventory in (stored.read(root + "inventory.json"), stored.read(root + "v2/inventory.json")):
        stored.write(root + "inventory.json", inventory)
        with opened(home) as ports:
            (damage,) = damages(ports)
        assert (damage.kind, damage.key) == (DamageKind.ROOT_BEHIND, root + "inventory.json")
        assert "v3/inventory.json" in damage.text.en


def test_a_version_rewritten_with_all_its_digests_is_found_by_its_receipt(home: Path, stored: Stored) -> None:
    root = stored.only("v3/inventory.json").removesuffix("v3/inventory.json")
    for name in ("inventory.json", "inventory.json.sha256"):
        stored.write(root + "v3/" + name, stored.read(root + "v2/" + name))
        stored.write(root + name, stored.read(root + "v2/" + name))
    with opened(home) as ports:
        found = {damage.key for damage in damages(ports)}
    assert root + "v3/inventory.json" in found


def test_what_mets_and_premis_say_is_compared_with_the_inventory(home: Path, stored: Stored) -> None:
    """All digests rewritten, catalogue and receipts gone: only the documents inside still know better."""
    root = stored.only("v3/inventory.json").removesuffix("v3/inventory.json")
    for key in stored.files("journal/"):
        stored.remove(key)
    inventory = json.loads(stored.read(root + "v3/inventory.json"))
    victim = next(d for d, paths in inventory["versions"]["v3"]["state"].items() if paths[0].endswith("klar)?.txt"))
    twin = next(d for d, paths in inventory["versions"]["v3"]["state"].items() if paths[0].endswith("/bilaga.txt"))
    state = inventory["versions"]["v3"]["state"]
    state[victim], state[twin] = state[twin], state[victim]
    _rewrite(stored, root, inventory)
    with opened(home, catalogue=open_catalogue(home / "new.db")) as ports:
        found = [damage for damage in damages(ports) if damage.kind is DamageKind.CONTRADICTION]
    assert {name for d in found for name in ("METS.xml", "premis.xml") if d.key.endswith(name)} == {
        "METS.xml",
        "premis.xml",
    }
    assert any("klar)?.txt" in damage.text.sv for damage in found)


def _rewrite(stored: Stored, root: str, inventory: object) -> None:
    content = json.dumps(inventory).encode()
    for folder in (root, root + "v3/"):
        stored.write(folder + "inventory.json", content)
        side_car = f"{hashlib.sha256(content).hexdigest()} inventory.json\n"
        stored.write(folder + "inventory.json.sha256", side_car.encode())


def test_a_package_that_is_gone_is_named_once_beside_its_files(home: Path, stored: Stored) -> None:
    root = stored.only("v3/inventory.json").removesuffix("v3/inventory.json")
    shutil.rmtree(home / "archive" / root)
    with opened(home) as ports:
        assert [(d.kind, d.key) for d in damages(ports)] == [(DamageKind.MISSING, root)]


def test_a_package_unknown_to_the_catalogue_asks_for_rebuild(home: Path, stored: Stored) -> None:
    root = stored.only("v3/inventory.json").removesuffix("v3/inventory.json")
    with opened(home, catalogue=open_catalogue(home / "new.db")) as ports:
        found = {damage.key: damage for damage in damages(ports)}
    assert found[root].kind is DamageKind.UNREGISTERED
    assert "earkiv rebuild" in found[root].text.sv


def test_a_package_without_receipt_was_never_acknowledged(home: Path, stored: Stored) -> None:
    root = stored.only("v3/inventory.json").removesuffix("v3/inventory.json")
    for key in stored.files("journal/delivery/"):
        stored.remove(key)
    with opened(home, catalogue=open_catalogue(home / "new.db")) as ports:
        found = {damage.key: damage.kind for damage in damages(ports)}
    assert found[root] is DamageKind.UNACKNOWLEDGED


def test_every_replica_is_read_and_damage_names_its_store(home: Path, stored: Stored) -> None:
    shutil.copytree(home / "archive", home / "second")
    first, second = DirectoryStore(home / "archive", "first"), DirectoryStore(home / "second", "second")
    key = stored.files("ocfl/")[-1]
    stored_there = Stored(root=home / "second")
    stored_there.remove(key)
    with opened(home, replicas=(first, second)) as ports:
        (damage,) = damages(ports)
    assert (damage.store, damage.key) == ("second", key)


def test_named_packages_alone_are_read_with_their_receipts(home: Path, stored: Stored) -> None:
    with opened(home) as ports:
        (package,) = ports.catalogue.packages()
        whole = verify_packages(ports, None, silent)
        named = verify_packages(ports, (package.package,), silent)
        assert named.damages == ()
        assert 0 < named.objects < whole.objects
        stored.write("journal/agreement/stray", b"")
        assert verify_packages(ports, (package.delivery,), silent).damages == ()
        stored.remove(stored.files("journal/package/")[0])
        assert len(verify_packages(ports, (package.delivery,), silent).damages) == 1
        with pytest.raises(UnknownSubject):
            verify_packages(ports, ("no such package",), silent)


class Speechless:
    """A signer that gives up: the run breaks off after the package is stored and before it is registered."""

    def __init__(self, key_id: str) -> None:
        self.key_id = key_id

    def sign(self, key_id: str, message: bytes) -> str:
        """Refuse to sign."""
        _ = key_id, message
        raise ToolFailed("Avbrutet.", "Broken off.")

    def verify(self, key_id: str, message: bytes, signature: str) -> bool:
        """Never asked."""
        raise NotImplementedError


@pytest.mark.parametrize(("delivery", "status"), [("PUSH-1", "REPLACEMENT"), ("PUSH-2", "NEW")])
def test_a_package_underway_is_no_damage_until_the_catalogue_forgets_it(
    home: Path, tmp_path: Path, delivery: str, status: str
) -> None:
    source = pushed_case(tmp_path / "source", status, "avbrutet", delivery)
    with pytest.raises(ToolFailed):
        hand_over(home, (source,), lambda ports: replace(ports, signer=Speechless(ports.signer.key_id)))
    with opened(home) as ports:
        assert damages(ports) == ()
        with open_catalogue(home / "new.db") as catalogue:
            forgotten = replace(ports, catalogue=catalogue)
            (damage,) = rebuild(forgotten).damages
            assert damage.kind is DamageKind.UNACKNOWLEDGED
            assert damages(forgotten) == (replace(damage, text=damages(forgotten)[0].text),)


def test_an_independent_validator_confirms_what_the_pipeline_stored(pristine: Path) -> None:
    storage = ocfl.StorageRoot(root=str(pristine / "archive" / "ocfl"))
    assert storage.validate()
    assert storage.num_objects == storage.good_objects == 1


def test_a_store_that_is_gone_is_no_damage_but_a_fault(home: Path) -> None:
    shutil.rmtree(home / "archive" / "ocfl")
    with opened(home) as ports:
        assert {damage.kind for damage in damages(ports)} == {DamageKind.MISSING}
    with opened(home, replicas=(DirectoryStore(home / "unmounted", "u"),)) as ports, pytest.raises(StoreUnavailable):
        damages(ports)
