"""Objects that we write are OCFL 1.1 to an independent validator; inventories that are none are refused."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ocfl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.adapters.directory import DirectoryStore
from ingest.domain.paths import PackagePath
from ingest.formats.ocfl import (
    Inventory,
    InventoryDamaged,
    VersionFile,
    object_root,
    parse_inventory,
    root_files,
    side_car_digest,
    storage_root_files,
    write_inventory,
)
from tests.unit.formats.test_ocfl_layout import UGLY

PACKAGE = "1f0e6f2a-5c1c-4d5e-9b1f-0a2b3c4d5e6f"
CREATED = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def version(contents: Mapping[str, bytes], previous: Inventory | None) -> Inventory:
    files = (VersionFile(path=PackagePath(p), sha256=hashlib.sha256(c).hexdigest()) for p, c in contents.items())
    return write_inventory(
        package=PACKAGE,
        generation=1 if previous is None else previous.generation + 1,
        created=CREATED,
        message="delivery x",
        agent="earkiv 0.1.0",
        files=files,
        previous=previous,
    )


def stored(root: Path, *versions: Mapping[str, bytes]) -> Inventory:
    """Write an object of these versions as the pipeline does, and give its newest inventory."""
    root.mkdir(exist_ok=True)
    store = DirectoryStore(root, "archive")
    for key, content in storage_root_files():
        store.put(key, (content,))
    inventory: Inventory | None = None
    for contents in versions:
        inventory = version(contents, inventory)
        _put(store, inventory, {hashlib.sha256(c).hexdigest(): c for c in contents.values()})
    assert inventory is not None
    return inventory


def _put(store: DirectoryStore, inventory: Inventory, by_digest: Mapping[str, bytes]) -> None:
    folder = object_root(PACKAGE)
    for name, content in root_files():
        store.put(folder + name, (content,))
    for path, digest in inventory.new_content:
        store.put(folder + path, (by_digest[digest],))
    for place in (f"{folder}v{inventory.generation}/", folder):
        store.replace(place + "inventory.json", inventory.content)
        store.replace(place + inventory.side_car_name, inventory.side_car)


def confirmed(root: Path) -> bool:
    """Ask ocfl-py about the storage root and everything in it; of its warnings two are our choice.

    W004 asks for SHA-512 (we keep the one SHA-256 from receipt to receipt), W008 for an address of whoever wrote the
    version, which a program has not.
    """
    storage = ocfl.StorageRoot(root=str(root / "ocfl"))
    passed = bool(storage.validate(log_errors=False))
    _, validator = ocfl.Object().validate(objdir=str(root / object_root(PACKAGE).rstrip("/")))
    warned = {message[1:5] for message in validator.log.messages}
    return passed and storage.num_objects == storage.good_objects == 1 and warned == {"W004", "W008"}


FIRST = {"METS.xml": b"<mets/>", "representations/original/data/a.txt": b"a", "twin": b"a"}
SECOND = {"METS.xml": b"<mets n='2'/>", "representations/original/data/a.txt": b"a"}
THIRD = {"METS.xml": b"<mets n='3'/>", "representations/original/data/b.txt": b"b", "again": b"<mets/>"}


@pytest.mark.parametrize("versions", [(FIRST,), (FIRST, SECOND, THIRD)], ids=["one version", "three versions"])
def test_an_independent_validator_confirms_the_object(tmp_path: Path, versions: tuple[dict[str, bytes], ...]) -> None:
    inventory = stored(tmp_path / "archive", *versions)
    assert inventory.generation == len(versions)
    assert confirmed(tmp_path / "archive")


def test_an_independent_validator_confirms_ugly_names(tmp_path: Path) -> None:
    contents = {path: path.encode() for path in UGLY}
    inventory = stored(tmp_path / "archive", contents)
    assert dict(inventory.files) == {path: hashlib.sha256(c).hexdigest() for path, c in contents.items()}
    assert confirmed(tmp_path / "archive")


def test_the_validator_does_see_a_flipped_bit(tmp_path: Path) -> None:
    stored(tmp_path / "archive", FIRST)
    victim = next((tmp_path / "archive").rglob("a.txt"))
    victim.chmod(0o644)
    victim.write_bytes(b"b")
    assert not confirmed(tmp_path / "archive")


def test_content_is_stored_once_and_later_versions_refer_to_it() -> None:
    first = version(FIRST, None)
    second = version(SECOND, first)
    assert [path for path, _ in first.new_content] == [
        "v1/content/METS.xml",
        "v1/content/representations/original/data/a.txt",
    ]
    assert [path for path, _ in second.new_content] == ["v2/content/METS.xml"]
    assert second.states[0] == first.state
    assert set(second.files) == set(SECOND)


def test_the_same_facts_give_the_same_bytes_in_any_order() -> None:
    assert version(FIRST, None).content == version(dict(reversed(FIRST.items())), None).content


def test_an_inventory_reads_back_as_written() -> None:
    written = version(THIRD, version(SECOND, version(FIRST, None)))
    assert parse_inventory(written.content) == written


def test_a_side_car_names_its_digest_and_nothing_else_is_one() -> None:
    inventory = version(FIRST, None)
    assert side_car_digest(inventory.side_car) == inventory.sha256
    for other in (b"", b"x", inventory.side_car + b"\n", inventory.side_car.upper(), b"\xff" * 80):
        assert side_car_digest(other) is None


def _changed(path: tuple[str, ...], value: Any) -> bytes:
    structure = json.loads(version(SECOND, version(FIRST, None)).content)
    place = structure
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(structure).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"null",
        b"[]",
        b"[" * 100_000,
        _changed(("id",), "urn:isbn:1"),
        _changed(("id",), None),
        _changed(("type",), "https://ocfl.io/1.0/spec/#inventory"),
        _changed(("digestAlgorithm",), "md5"),
        _changed(("head",), "v3"),
        _changed(("head",), 2),
        _changed(("manifest",), {}),
        _changed(("manifest",), {"0" * 64: "v1/content/x"}),
        _changed(("manifest", "0" * 64), ["../../x"]),
        _changed(("manifest", "0" * 64), [1]),
        _changed(("versions", "v1", "state"), {"1" * 64: ["x"]}),
        _changed(("versions", "v1", "state"), []),
    ],
)
def test_what_is_no_inventory_is_refused(content: bytes) -> None:
    with pytest.raises(InventoryDamaged):
        parse_inventory(content)


@given(st.data())
def test_a_flipped_bit_never_gives_the_same_digest_nor_another_error(choice: st.DataObject) -> None:
    inventory = version(SECOND, version(FIRST, None))
    content = bytearray(inventory.content)
    at = choice.draw(st.integers(0, len(content) * 8 - 1))
    content[at // 8] ^= 1 << at % 8
    try:
        read = parse_inventory(bytes(content))
    except InventoryDamaged:
        return
    assert read.sha256 != inventory.sha256
