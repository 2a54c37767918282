"""OCFL 1.1 inventories: one object per AIP, one version per generation, SHA-256, content stored once per digest."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from ingest.domain.paths import PackagePath
from ingest.formats.ocfl_layout import content_paths, object_id, object_root, storage_root_files

__all__ = [
    "Inventory",
    "InventoryDamaged",
    "VersionFile",
    "object_id",
    "object_root",
    "parse_inventory",
    "root_files",
    "side_car_digest",
    "side_car_of",
    "storage_root_files",
    "write_inventory",
]

TYPE = "https://ocfl.io/1.1/spec/#inventory"
ALGORITHM = "sha256"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_CONTENT_PATH = re.compile(r"v[1-9][0-9]*/content/.")


class InventoryDamaged(ValueError):
    """These bytes are no inventory that this archive wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionFile:
    """A file of a version: its path in the AIP and its SHA-256."""

    path: PackagePath
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Inventory:
    """An inventory as written: its exact bytes, and what they say."""

    package: str
    generation: int
    content: bytes
    manifest: Mapping[str, tuple[str, ...]]
    states: tuple[Mapping[str, tuple[str, ...]], ...]

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the inventory's bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def side_car_name(self) -> str:
        """The side-car's file name."""
        return f"inventory.json.{ALGORITHM}"

    @property
    def side_car(self) -> bytes:
        """The side-car's bytes: digest, space, file name."""
        return side_car_of(self.sha256)

    @property
    def new_content(self) -> tuple[tuple[str, str], ...]:
        """The content paths that this version added, each with its SHA-256, sorted by path."""
        folder = f"v{self.generation}/content/"
        added = [(p, digest) for digest, paths in self.manifest.items() for p in paths if p.startswith(folder)]
        return tuple(sorted(added))

    @property
    def state(self) -> Mapping[str, tuple[str, ...]]:
        """The newest version's state: SHA-256 to logical paths."""
        return self.states[-1]

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The newest version's files: logical path to SHA-256."""
        return {path: digest for digest, paths in self.state.items() for path in paths}


def side_car_of(sha256: str) -> bytes:
    """Give the bytes of the side-car of an inventory with that SHA-256."""
    return f"{sha256} inventory.json\n".encode()


def side_car_digest(side_car: bytes) -> str | None:
    """Give the SHA-256 that a side-car names; None when these bytes are no side-car as this archive writes them."""
    digest = side_car[:64].decode("ascii", errors="replace")
    return digest if _DIGEST.fullmatch(digest) and side_car == side_car_of(digest) else None


def root_files(inventory: Inventory | None = None) -> tuple[tuple[str, bytes], ...]:
    """List the files of an object's root apart from its inventory."""
    _ = inventory
    return (("0=ocfl_object_1.1", b"ocfl_object_1.1\n"),)


def write_inventory(
    *,
    package: str,
    generation: int,
    created: datetime,
    message: str,
    agent: str,
    files: Iterable[VersionFile],
    previous: Inventory | None,
) -> Inventory:
    """Make the inventory of the next version; what an earlier version holds is referred to, not stored again."""
    listed = sorted(files, key=lambda f: f.path)
    manifest = dict(previous.manifest) if previous else {}
    names = content_paths(f.path for f in listed)
    for file in listed:
        if file.sha256 not in manifest:
            manifest[file.sha256] = (f"v{generation}/content/{names[file.path]}",)
    state: dict[str, list[str]] = {}
    for file in listed:
        state.setdefault(file.sha256, []).append(file.path)
    version = {
        "created": created.isoformat(),
        "message": message,
        "state": state,
        "user": {"name": agent},
    }
    earlier = json.loads(previous.content)["versions"] if previous else {}
    return parse_inventory(
        _encoded(
            {
                "contentDirectory": "content",
                "digestAlgorithm": ALGORITHM,
                "head": f"v{generation}",
                "id": object_id(package),
                "manifest": manifest,
                "type": TYPE,
                "versions": earlier | {f"v{generation}": version},
            }
        )
    )


def _encoded(structure: Mapping[str, object]) -> bytes:
    return (json.dumps(structure, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def parse_inventory(content: bytes) -> Inventory:
    """Read an inventory of ours. Raises InventoryDamaged when it is none."""
    try:
        structure = json.loads(content)
        inventory = Inventory(
            package=_package(structure["id"]),
            generation=_head(structure),
            content=content,
            manifest=_paths(structure["manifest"]),
            states=tuple(_states(structure)),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InventoryDamaged(str(error)) from error
    if not all(inventory.manifest.keys() >= state.keys() for state in inventory.states):
        raise InventoryDamaged("a version holds what the manifest does not")
    if not all(_CONTENT_PATH.match(path) for paths in inventory.manifest.values() for path in paths):
        raise InventoryDamaged("content lies outside the versions' content folders")
    return inventory


def _package(identifier: str) -> str:
    prefix, _, package = identifier.rpartition(":")
    if prefix != "urn:uuid":
        raise InventoryDamaged(f"not a package id: {identifier!r}")
    return package


def _head(structure: dict[str, Any]) -> int:
    generation = int(structure["head"].removeprefix("v"))
    if structure["type"] != TYPE or structure["digestAlgorithm"] != ALGORITHM:
        raise InventoryDamaged("not an OCFL 1.1 inventory with SHA-256")
    if set(structure["versions"]) != {f"v{n}" for n in range(1, generation + 1)}:
        raise InventoryDamaged("versions are not v1 to head")
    return generation


def _states(structure: dict[str, Any]) -> Iterable[Mapping[str, tuple[str, ...]]]:
    for number in range(1, len(structure["versions"]) + 1):
        yield _paths(structure["versions"][f"v{number}"]["state"])


def _paths(listed: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    for digest, paths in listed.items():
        if not _DIGEST.fullmatch(digest) or not isinstance(paths, list) or not paths:
            raise InventoryDamaged(f"not a SHA-256 with its paths: {digest!r}")
        if not all(isinstance(path, str) for path in paths):
            raise InventoryDamaged(f"not a path, under {digest!r}")
    return {digest: tuple(paths) for digest, paths in listed.items()}
