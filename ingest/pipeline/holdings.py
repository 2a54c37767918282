"""How an AIP's version is laid into a store, and how a copy is proved."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from ingest.domain.fixity import Fixity
from ingest.domain.paths import PackagePath
from ingest.errors import DamageFound, ObjectMissing
from ingest.formats.ocfl import (
    Inventory,
    InventoryDamaged,
    VersionFile,
    object_root,
    parse_inventory,
    root_files,
    write_inventory,
)
from ingest.pipeline.observed import digital_objects, preservation_copies
from ingest.pipeline.step import Work
from ingest.ports import ObjectStore

CHUNK = 1 << 20


def inventory_of(work: Work, created: datetime, agent: str) -> Inventory:
    """Give the inventory of the version that this delivery becomes, as of a creation time and by that software."""
    delivery = work.delivery
    if delivery.package is None:
        message = f"delivery {delivery.id} has no package"
        raise AssertionError(message)
    previous = previous_inventory(work)
    made = {path: fixity.sha256 for path, (_, fixity) in _sources(work).items()}
    kept = {} if delivery.corrects is None or previous is None else dict(previous.files)
    files = tuple(VersionFile(path=PackagePath(path), sha256=digest) for path, digest in (kept | made).items())
    return write_inventory(
        package=delivery.package,
        generation=delivery.generation,
        created=created,
        message=f"delivery {delivery.id}",
        files=files,
        previous=previous,
        agent=agent,
    )


def previous_inventory(work: Work) -> Inventory | None:
    """Give the inventory of the generation before; None for the first. Raises DamageFound, ObjectMissing."""
    delivery = work.delivery
    if delivery.generation == 1 or delivery.package is None:
        return None
    key = f"{object_root(delivery.package)}v{delivery.generation - 1}/inventory.json"
    content = _whole(work.ports.replicas[0], key)
    try:
        return parse_inventory(content)
    except InventoryDamaged as error:
        raise DamageFound(f"{key} är skadad: {error}.", f"{key} is damaged: {error}.") from error


def _sources(work: Work) -> dict[PackagePath, tuple[str, Fixity]]:
    """Every file of the AIP that is not in the archive yet by its path there, with its staging key and fixity.

    A correction has nothing but what was made for it: everything else stays where it is.
    """
    delivery, ports = work.delivery, work.ports
    made = {g.aip_path: (g.key, Fixity(size=g.size, sha256=g.sha256)) for g in ports.catalogue.generated(delivery.id)}
    if delivery.corrects is not None:
        return made
    staged = ports.catalogue.staged(delivery.id)
    reading = ports.readings.readable(delivery, staged, ports.staging)
    objects = digital_objects(reading, staged, ports.catalogue.examinations(delivery.id), delivery.source.side_car)
    copies = preservation_copies(delivery.id, staged, ports.catalogue.conversions(delivery.id))
    delivered = {o.place.aip_path: (o.key, Fixity(size=o.size, sha256=o.sha256)) for o in objects}
    derived = {o.place.aip_path: (o.key, Fixity(size=o.size, sha256=o.sha256)) for o in copies}
    if overlap := (delivered.keys() & made.keys()) | (derived.keys() & (delivered | made).keys()):
        message = f"the archive's own files would hide delivered ones: {sorted(overlap)}"
        raise AssertionError(message)
    return delivered | derived | made


def copy_into(store: ObjectStore, inventory: Inventory, work: Work) -> None:
    """Lay the version into a store; what is there already is left, so a killed copy goes on where it was."""
    by_digest = {fixity.sha256: (key, fixity) for key, fixity in _sources(work).values()}
    root = object_root(inventory.package)
    for name, content in root_files(inventory):
        store.put(root + name, (content,))
    there = frozenset(store.keys(f"{root}v{inventory.generation}/content/"))
    for object_key, digest in _unsettled(root, inventory, there):
        # Not before what is only looked at again: where that takes long, no turn would get beyond it.
        if object_key not in there:
            work.pause()
        key, fixity = by_digest[digest]
        store.adopt(object_key, work.ports.staging, key, fixity)
    version = f"{root}v{inventory.generation}/"
    store.put(version + "inventory.json", (inventory.content,))
    store.put(version + inventory.side_car_name, (inventory.side_car,))
    set_root(store, inventory)


def _unsettled(root: str, inventory: Inventory, there: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Give keys and digests of the new content that is not yet in a store for certain, in their order.

    They come one by one, each when the one before it is durable, whoever the worker was. So what is there is settled,
    but for the last: its worker may have been killed before it was synced or locked.
    """
    new = [(root + path, digest) for path, digest in inventory.new_content]
    last = max((n for n, (key, _) in enumerate(new) if key in there), default=0)
    return (one for n, one in enumerate(new) if n >= last or one[0] not in there)


def set_root(store: ObjectStore, inventory: Inventory) -> None:
    """Make the newest committed version's inventory the root's: this one, or for a late worker one that came since.

    It is looked for again afterwards: a worker that is taken for dead may sleep between looking and replacing.
    """
    root, name = object_root(inventory.package), inventory.side_car_name
    generation, content, side_car = inventory.generation, inventory.content, inventory.side_car
    done = 0
    while True:
        following = f"{root}v{generation + 1}/"
        if store.stat(following + name) is not None:
            generation += 1
            content, side_car = _whole(store, following + "inventory.json"), _whole(store, following + name)
        elif done == generation:
            return
        else:
            store.replace(root + "inventory.json", content)
            store.replace(root + name, side_car)
            done = generation


def _whole(store: ObjectStore, key: str) -> bytes:
    with store.open(key) as stream:
        return stream.read()


def read_back(store: ObjectStore, inventory: Inventory) -> None:
    """Read all that the newest version refers to, also what an earlier one brought, and compare it with the inventory.

    Raises DamageFound, ObjectMissing: then nothing is acknowledged, and what is staged stays.
    """
    root = object_root(inventory.package)
    for digest in sorted(inventory.state):
        for content_path in inventory.manifest[digest]:
            _compare(store, root + content_path, digest)
    version = f"{root}v{inventory.generation}/"
    side_car_digest = hashlib.sha256(inventory.side_car).hexdigest()
    _compare(store, version + "inventory.json", inventory.sha256)
    _compare(store, version + inventory.side_car_name, side_car_digest)


def _compare(store: ObjectStore, key: str, expected: str) -> None:
    if digest_of(store, key) != expected:
        raise DamageFound(
            f"{key} i {store.name} är inte de byte som lagrades.",
            f"{key} in {store.name} is not the bytes that were stored.",
        )


def digest_of(store: ObjectStore, key: str) -> str:
    """Read an object whole and give its SHA-256. Raises ObjectMissing."""
    if store.stat(key) is None:
        raise ObjectMissing(f"{key} saknas i {store.name}.", f"{key} is missing in {store.name}.")
    digest = hashlib.sha256()
    with store.open(key) as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
