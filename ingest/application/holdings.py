"""An archived package as it lies in a store, read by the paths of the AIP; every file is checked while it is read."""

import hashlib
import io
from dataclasses import dataclass
from typing import BinaryIO

from ingest.application.told_packages import kept_of
from ingest.domain.holdings import ArchivedPackage
from ingest.errors import DamageFound, ObjectMissing, UnknownSubject
from ingest.formats.ocfl import Inventory, InventoryDamaged, object_root, parse_inventory
from ingest.pipeline.step import Ports
from ingest.ports import ObjectStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A package's newest generation in one store."""

    package: ArchivedPackage
    store: ObjectStore
    inventory: Inventory

    def key_of(self, path: str) -> str:
        """Give the storage key of a file by its path in the AIP; KeyError when there is none."""
        digest = self.inventory.files[path]
        return object_root(self.package.package) + self.inventory.manifest[digest][0]

    def size_of(self, path: str) -> int:
        """Give a file's size in bytes. Raises ObjectMissing."""
        found = self.store.stat(self.key_of(path))
        if found is None:
            raise ObjectMissing(f"{path} saknas i {self.store.name}.", f"{path} is missing in {self.store.name}.")
        return found.size

    def open(self, path: str) -> BinaryIO:
        """Read a file by its path in the AIP; reading to its end raises DamageFound when it is not what was stored."""
        checked = Checked(self.store.open(self.key_of(path)), self.inventory.files[path], path)
        return io.BufferedReader(checked, buffer_size=1 << 20)


class Checked(io.RawIOBase):
    """A stream that proves at its end that it was what it should be."""

    def __init__(self, source: BinaryIO, sha256: str, name: str) -> None:
        """Read this source, which must have that SHA-256."""
        self._source = source
        self._expected = sha256
        self._name = name
        self._digest = hashlib.sha256()

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]  # io passes no other
        """Fill the buffer. Raises DamageFound at the end of a damaged file."""
        chunk = self._source.read(len(buffer))
        if not chunk:
            self._prove()
            return 0
        self._digest.update(chunk)
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        """Close the source too."""
        self._source.close()
        super().close()

    def _prove(self) -> None:
        if self._digest.hexdigest() != self._expected:
            raise DamageFound(
                f"{self._name} är inte de byte som lagrades.", f"{self._name} is not the bytes that were stored."
            )


def package_of(reference: str, ports: Ports) -> ArchivedPackage:
    """Find an archived package by any of its ids. Raises UnknownSubject."""
    package_id, _ = ports.catalogue.find(reference)
    found = None if package_id is None else ports.catalogue.package(package_id)
    if found is None:
        raise UnknownSubject(f"{reference} är inget arkiverat paket.", f"{reference} is no archived package.")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A package with the ports by which it is kept: those of the archive, or of the test store."""

    package: ArchivedPackage
    ports: Ports


def kept_package(package_id: str, ports: Ports) -> Kept:
    """Find a package by its own id, that of a test delivery too. Raises UnknownSubject."""
    known, delivery_id = ports.catalogue.find(package_id)
    delivery = ports.catalogue.delivery(delivery_id)
    found = kept_of(known, delivery, ports)
    if found is None or found.package != package_id:
        raise UnknownSubject(f"{package_id} är inget paket.", f"{package_id} is no package.")
    return Kept(package=found, ports=ports.keeping(delivery))


def holding_of(reference: str, ports: Ports) -> Holding:
    """Give an archived package as it lies in the first store. Raises UnknownSubject, ObjectMissing, DamageFound."""
    return holding_in(Kept(package=package_of(reference, ports), ports=ports))


def holding_in(kept: Kept) -> Holding:
    """Give a package as it lies in the first store of where it is kept. Raises ObjectMissing, DamageFound."""
    found, store = kept.package, kept.ports.replicas[0]
    key = f"{object_root(found.package)}v{found.generation}/inventory.json"
    with store.open(key) as stream:
        content = stream.read()
    try:
        return Holding(package=found, store=store, inventory=parse_inventory(content))
    except InventoryDamaged as error:
        raise DamageFound(f"{key} är skadad.", f"{key} is damaged.") from error
