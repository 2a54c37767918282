"""Which objects a drop in a bucket is made of, and the claim that says so: pure decisions on what was listed.

An object is whole when it is listed, and is another when its ETag or its time is.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.adapters.drop_names import READY, notes_of
from ingest.drop_ports import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An object as it was listed: its key below `in/`, size in bytes, ETag, time of writing."""

    key: str
    size: int
    etag: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DropClaim:
    """A claim to the drop `name`: `place` is its own name for ever, `objects` all that it covers."""

    name: str
    place: str
    objects: tuple[Seen, ...]

    @property
    def is_folder(self) -> bool:
        """Whether the drop is many objects; one of the drop's own name is a container, whatever lies below it."""
        return all(one.key != self.name for one in self.objects)

    @property
    def package(self) -> tuple[Seen, ...]:
        """The package itself, without note and marker. What a tool puts to stand for a folder is no file of it."""
        if not self.is_folder:
            return tuple(one for one in self.objects if one.key == self.name)
        below = (one for one in self.objects if one.key.startswith(f"{self.name}/"))
        return tuple(one for one in below if one.size or not one.key.endswith("/"))

    @property
    def note(self) -> Seen | None:
        """The delivery note."""
        return _first(self.objects, notes_of(self.name))

    @property
    def leaving(self) -> tuple[Seen, ...]:
        """Everything in the order in which it goes once filed: without its marker nobody takes the rest for new."""
        return tuple(sorted(self.objects, key=lambda one: (one.key != self.name + READY, one.key)))

    def beyond(self, folder: str, most: int) -> tuple[str, ...]:
        """Give the names that would be longer than `most` bytes in a folder of that name."""
        return tuple(one.key for one in self.objects if len((folder + one.key).encode()) > most)

    def written(self) -> bytes:
        """Write the claim, for whoever goes on with it and for whoever looks into the bucket."""
        rows = [[one.key, one.size, one.etag, one.at] for one in self.objects]
        return json.dumps({"name": self.name, "place": self.place, "objects": rows}, ensure_ascii=False).encode()


def read_claim(content: bytes) -> DropClaim:
    """Read a claim back. Raises ValueError for what is none."""
    told = json.loads(content)
    try:
        objects = tuple(Seen(key=key, size=size, etag=etag, at=at) for key, size, etag, at in told["objects"])
        return DropClaim(name=told["name"], place=told["place"], objects=objects)
    except (KeyError, TypeError) as error:
        raise ValueError("no claim") from error


def drop_of(name: str, listed: Iterable[Seen]) -> tuple[Seen, ...]:
    """Give the objects that a drop is made of, with its note and marker, by key; none when its package is not there.

    `listed` is at least all that begins with the drop's name or is a name of its note.
    """
    objects = tuple(sorted(listed, key=lambda one: one.key))
    package = [one for one in objects if one.key == name] or [one for one in objects if one.key.startswith(f"{name}/")]
    if not package:
        return ()
    note = _first(objects, notes_of(name))
    marker = [one for one in objects if one.key == name + READY]
    return (*package, *([note] if note else ()), *marker)


def snapshots_of(names: Iterable[str], listed: Iterable[Seen]) -> dict[str, Snapshot]:
    """Give how each of these drops looks, by the object of its name and all that lies below it."""
    found: dict[str, list[tuple[str, int, str]]] = {name: [] for name in names}
    for one in listed:
        top = one.key.partition("/")[0]
        if top in found:
            found[top].append((one.key, one.size, f"{one.etag} {one.at}"))
    return {name: tuple(seen) for name, seen in found.items() if seen}


def _first(objects: Iterable[Seen], names: tuple[str, ...]) -> Seen | None:
    by_key = {one.key: one for one in objects}
    return next((by_key[name] for name in names if name in by_key), None)
