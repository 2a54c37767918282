"""Which inventories of an OCFL object are to be believed, and which copies of them are damaged (OCFL 1.1, §3.7).

A version's inventory is witnessed by its side-car, by the root's copy and by the receipt that named its SHA-256 when
custody passed. The receipt is signed and has the last word; without one, two that agree outweigh one that does not.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.application.inspect_storage import Inspector
from ingest.domain.damages import DamageKind
from ingest.formats.ocfl import Inventory, InventoryDamaged, parse_inventory, side_car_digest, side_car_of

INVENTORY, SIDE_CAR = "inventory.json", "inventory.json.sha256"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An inventory and its side-car as stored in one folder; None for what is not there to be read."""

    folder: str
    inventory: bytes | None
    side_car: bytes | None

    @property
    def sha256(self) -> str | None:
        """The SHA-256 of the inventory's bytes."""
        return None if self.inventory is None else hashlib.sha256(self.inventory).hexdigest()

    @property
    def named(self) -> str | None:
        """The SHA-256 that the side-car names."""
        return None if self.side_car is None else side_car_digest(self.side_car)


def read_pair(inspector: Inspector, folder: str) -> Pair:
    """Read what a folder (ending in `/`) holds of the two; what is there and cannot be read is a damage."""
    inventory, side_car = (
        inspector.content(folder + name) if inspector.holds(folder + name) else None for name in (INVENTORY, SIDE_CAR)
    )
    return Pair(folder=folder, inventory=inventory, side_car=side_car)


def believed(version: Pair, root: Pair, claim: str | None) -> str | None:
    """Give the SHA-256 that a version's inventory must have; None when no two witnesses agree."""
    if claim is not None:
        return claim
    if version.sha256 is not None and version.sha256 == version.named:
        return version.sha256
    witnesses = {root.sha256, root.named} - {None}
    return next((digest for digest in (version.sha256, version.named) if digest in witnesses), None)


def judge_version(inspector: Inspector, pair: Pair, digest: str | None) -> None:
    """Name what is wrong with a version's own inventory and side-car."""
    if digest is None or pair.sha256 != digest:
        _name(inspector, pair.folder + INVENTORY)
    if digest is None or pair.named != digest:
        _name(inspector, pair.folder + SIDE_CAR)


def judge_root(inspector: Inspector, pair: Pair, digests: Mapping[int, str | None]) -> None:
    """Name what is wrong with the root's copy; one that is merely a version behind can be put right by itself."""
    head = max(digests)
    newest = digests[head]
    if newest is not None and _is_behind(pair, newest, digests.get(head - 1)):
        _behind(inspector, pair.folder, head)
    else:
        judge_version(inspector, pair, newest)


def _is_behind(pair: Pair, newest: str, before: str | None) -> bool:
    """A crash leaves the old pair (none before the first version), or the new inventory with the old side-car."""
    old_side_car = pair.side_car == (None if before is None else side_car_of(before))
    return old_side_car and pair.sha256 in {before, newest}


def _name(inspector: Inspector, key: str) -> None:
    if any(found.key == key for found in inspector.damages):
        return
    if inspector.holds(key):
        inspector.altered(key)
    else:
        inspector.missing(key)


def _behind(inspector: Inspector, root: str, head: int) -> None:
    key = root + INVENTORY
    sv = (
        f"{key} i {inspector.store} är inte den senaste versionens (v{head}): en körning avbröts mellan de två. Inget "
        f"är förlorat; kopiera {root}v{head}/inventory.json och dess .sha256 till {root}, eller kör om leveransen."
    )
    en = (
        f"{key} in {inspector.store} is not the newest version's (v{head}): a run broke off between the two. Nothing "
        f"is lost; copy {root}v{head}/inventory.json and its .sha256 to {root}, or run the delivery again."
    )
    inspector.found(DamageKind.ROOT_BEHIND, key, sv, en)


def parsed(inspector: Inspector, pair: Pair, package: str, generation: int) -> Inventory | None:
    """Read an inventory; one that is none, or another package's or version's, is a damage."""
    if pair.inventory is None:
        return None
    key = pair.folder + INVENTORY
    try:
        inventory = parse_inventory(pair.inventory)
    except InventoryDamaged:
        _name(inspector, key)
        return None
    if (inventory.package, inventory.generation) == (package, generation):
        return inventory
    sv = f"{key} i {inspector.store} beskriver ett annat paket eller en annan version."
    en = f"{key} in {inspector.store} describes another package or version."
    act = ("Återställ den från en annan kopia.", "Restore it from another copy.")
    inspector.found(DamageKind.CONTRADICTION, key, f"{sv} {act[0]}", f"{en} {act[1]}")
    return None
