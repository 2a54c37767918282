"""OCFL 1.1 inventories: one object per AIP, one version per generation, SHA-256, content stored once per digest."""

import hashlib
import json
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
    "storage_root_files",
    "write_inventory",
]

TYPE = "https://ocfl.io/1.1/spec/#inventory"
ALGORITHM = "sha256"


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
        return f"{self.sha256} inventory.json\n".encode()

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


def root_files(inventory: Inventory) -> tuple[tuple[str, bytes], ...]:
    """List the files of an object's root apart from its inventory."""
    _ = inventory
    return (("0=ocfl_object_1.1", b"ocfl_object_1.1\n"),)


def write_inventory(  # noqa: PLR0913 - an OCFL version has these facts, each named at the call
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
        return Inventory(
            package=_package(structure["id"]),
            generation=_head(structure),
            content=content,
            manifest={digest: tuple(paths) for digest, paths in structure["manifest"].items()},
            states=tuple(_states(structure)),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InventoryDamaged(str(error)) from error


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
        state = structure["versions"][f"v{number}"]["state"]
        yield {digest: tuple(paths) for digest, paths in state.items()}
