"""An AIP as stored: one OCFL object, whole, with nothing beside what its inventories list (OCFL 1.1, §3)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from audit.inventories import (
    INVENTORY,
    SIDE_CAR,
    believed,
    judge_root,
    judge_version,
    parsed,
    read_pair,
)
from ingest.application.inspect_storage import Inspector
from ingest.domain.damages import DamageKind
from ingest.domain.fixity import Fixity
from ingest.formats.ocfl import Inventory, root_files
from ingest.formats.ocfl_layout import generation_of

_VERSION = re.compile(r"v([1-9][0-9]*)/(.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredObject:
    """An object's newest inventory, and the fixity of every content path that is there and right."""

    root: str
    inventory: Inventory
    intact: Mapping[str, Fixity]


def generations_in(root: str, keys: frozenset[str]) -> int:
    """Give the highest version that is committed: its side-car, the commit point, is there (0 = none is)."""
    committed = map(generation_of, keys)
    return max((generation for folder, generation in committed if folder == root), default=0)


def verify_object(
    inspector: Inspector, package: str, root: str, head: int, claims: Mapping[int, str]
) -> StoredObject | None:
    """Read the versions 1 to `head`; `claims` are the SHA-256s by which receipts name their inventories.

    None when no inventory of the newest version can be read: then nobody can say what its content must be.
    """
    _verify_root_files(inspector, root)
    inventory = _verify_inventories(inspector, package, root, head, claims)
    if inventory is None:
        return None
    intact = dict(_verify_content(inspector, root, inventory))
    return StoredObject(root=root, inventory=inventory, intact=intact)


def _verify_root_files(inspector: Inspector, root: str) -> None:
    for name, content in root_files():
        stored = inspector.content(root + name)
        if stored is not None and stored != content:
            inspector.altered(root + name)


def _verify_inventories(
    inspector: Inspector, package: str, root: str, head: int, claims: Mapping[int, str]
) -> Inventory | None:
    top = read_pair(inspector, root)
    digests: dict[int, str | None] = {}
    newest: Inventory | None = None
    for number in range(1, head + 1):
        pair = read_pair(inspector, f"{root}v{number}/")
        digest = digests[number] = believed(pair, top, claims.get(number))
        judge_version(inspector, pair, digest)
        # The root's copy serves where the version's own is damaged.
        source = top if digest is not None and pair.sha256 != digest == top.sha256 else pair
        inventory = parsed(inspector, source, package, number)
        if inventory and newest and inventory.states[:-1] != newest.states:
            _rewritten(inspector, source.folder + INVENTORY)
        newest = inventory
    judge_root(inspector, top, digests)
    return newest


def _rewritten(inspector: Inspector, key: str) -> None:
    sv = f"{key} i {inspector.store} säger annat om en tidigare version än den versionen själv."
    en = f"{key} in {inspector.store} says something else of an earlier version than that version itself."
    act = ("Jämför med en annan kopia.", "Compare another copy.")
    inspector.found(DamageKind.CONTRADICTION, key, f"{sv} {act[0]}", f"{en} {act[1]}")


def _verify_content(inspector: Inspector, root: str, inventory: Inventory) -> Iterator[tuple[str, Fixity]]:
    for digest, paths in inventory.manifest.items():
        for path in paths:
            fixity = inspector.fixity(root + path)
            if fixity is not None and fixity.sha256 != digest:
                inspector.altered(root + path)
            elif fixity is not None:
                yield path, fixity


def verify_nothing_else(
    inspector: Inspector, stored: StoredObject, keys: frozenset[str], underway: frozenset[int]
) -> None:
    """Name every file in the object's folder that is none of its own; a version underway may be half there."""
    head = stored.inventory.generation
    folders = (stored.root, *(f"{stored.root}v{number}/" for number in range(1, head + 1)))
    own = {stored.root + name for name, _ in root_files()}
    own |= {folder + name for folder in folders for name in (INVENTORY, SIDE_CAR)}
    own |= {stored.root + path for paths in stored.inventory.manifest.values() for path in paths}
    for key in sorted(keys - own):
        found = _VERSION.fullmatch(key.removeprefix(stored.root))
        if not (found and int(found[1]) in underway):
            inspector.unlisted(key)
