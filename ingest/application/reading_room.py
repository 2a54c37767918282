"""The reading room as the archive writes it: a store and an index, in the orders of `layout.md` (DESIGN §1.5)."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any, Final

from ingest.application.holdings import Holding
from ingest.domain.access.levels import Level
from ingest.domain.publication import PublicUnit
from ingest.errors import DamageFound
from ingest.ports import ObjectStore
from ingest.public_ports import PublicIndex
from schemas.public_standing import STANDING_KEY, Standing, read_standing, written_standing
from schemas.public_store import Form, file_key, form_key, record_key, text_key

_CHUNK: Final = 1 << 20
_FOLDERS: Final = ("forms", "files")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRoom:
    """Another building: what lies here was carried over, and nothing here leads back to the archive."""

    store: ObjectStore
    index: PublicIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A public record ready to be shown: complete, in all its forms, with the text that it is found by."""

    record: Mapping[str, Any]
    forms: Mapping[Form, bytes]
    text: str


def shown_before(room: ReadingRoom, public_id: str) -> Mapping[str, Any] | None:
    """Give the public record that lies in the store under that id, None when none does."""
    key = record_key(public_id)
    if room.store.stat(key) is None:
        return None
    with room.store.open(key) as content:
        record: Mapping[str, Any] = json.load(content)
    return record


def show(
    room: ReadingRoom,
    unit: PublicUnit,
    rendered: Rendered,
    holding: Holding,
    now: Callable[[], datetime],
    is_decided: Callable[[], bool],
) -> bool:
    """Carry a unit over and list it, or say that it is no longer decided. The same again is no change.

    Whatever is told of the unit in the store is written while nobody else can list or withdraw, and only if it is still
    decided: a publisher that was overtaken puts nothing older beside what another has listed since.

    Raises DamageFound where a file is not what was stored: it is not shown then.
    """
    for file in unit.files:
        key = file_key(unit.id, file.sha256)
        if room.store.stat(key) is None:
            _copy(room.store, key, holding, file.aip_path)

    def told() -> bool:
        if not is_decided():
            return False
        _tell(room, unit, rendered)
        return True

    if not room.index.show(rendered.record, rendered.text, now, told):
        return False
    kept = {file_key(unit.id, file.sha256): file for file in unit.files}
    lying = frozenset(room.store.keys(f"files/{unit.id}/"))
    room.store.delete(lying - kept.keys())
    # Whoever withdrew it before it was listed may have removed them since they were looked for.
    for key in kept.keys() - lying:
        _copy(room.store, key, holding, kept[key].aip_path)
    return True


def _tell(room: ReadingRoom, unit: PublicUnit, rendered: Rendered) -> None:
    for form, content in rendered.forms.items():
        room.store.replace(form_key(unit.id, form), content)
    if rendered.text:
        room.store.replace(text_key(unit.id), rendered.text.encode())
    else:
        room.store.delete((text_key(unit.id),))
    room.store.replace(record_key(unit.id), json.dumps(rendered.record, ensure_ascii=False).encode())


def withdraw(room: ReadingRoom, ids: Collection[str], now: Callable[[], datetime]) -> frozenset[str]:
    """Take records out of the room, at once, and say which were listed; then remove all that lies there of them.

    All are named to the index, not those alone that are listed now: one may be listed between a look and the change.
    """
    listed = room.index.withdraw(ids, now)
    if listed:
        tell_standing(room)
    clear(room, ids)
    return listed


def clear(room: ReadingRoom, ids: Collection[str]) -> None:
    """Remove all that lies in the store of those of the ids that are not listed, nor can be before it is gone."""
    for public_id in ids:
        room.index.while_unlisted(public_id, partial(_remove, room.store, public_id))


def _remove(store: ObjectStore, public_id: str) -> None:
    store.delete(tuple(_objects(store, public_id)))


def withdraw_beyond(
    room: ReadingRoom, most: Mapping[str, Level], ids: Collection[str], now: Callable[[], datetime]
) -> frozenset[str]:
    """Take out those of the ids that are shown at a laxer level than `most` allows; one that it does not name, always.

    Raises as `withdraw`.
    """
    listed = room.index.listings(ids)
    lax = [one for one, how in listed.items() if Level(how.level).is_laxer_than(most.get(one, Level.HIDDEN))]
    return withdraw(room, lax, now)


def told_standing(room: ReadingRoom) -> Standing | None:
    """Say how far the index had come when the store was last told of it; None = never. Raises DamageFound."""
    if room.store.stat(STANDING_KEY) is None:
        return None
    with room.store.open(STANDING_KEY) as content:
        held = content.read()
    try:
        return read_standing(held)
    except ValueError as error:
        raise DamageFound(
            f"{STANDING_KEY} i läsesalens lager är skadad. Ta bort den och kör `earkiv publish --all`.",
            f"{STANDING_KEY} in the reading room's store is damaged. Remove it, and run `earkiv publish --all`.",
        ) from error


def tell_standing(room: ReadingRoom) -> None:
    """Tell the store how far the index has come, while it goes no further."""
    if told_standing(room) == room.index.standing():
        return

    def tell(standing: Standing) -> None:
        room.store.replace(STANDING_KEY, written_standing(standing))

    room.index.while_standing(tell)


def lying_ids(room: ReadingRoom) -> Iterator[str]:
    """Give the ids of which anything lies in the store, listed or not; one may come more than once."""
    for folder in ("records", "text", *_FOLDERS):
        keys = (key.split("/")[1] for key in room.store.keys(f"{folder}/"))
        yield from (name.partition(".")[0] for name, _ in groupby(keys))


def _objects(store: ObjectStore, public_id: str) -> Iterator[str]:
    yield from (key for key in (record_key(public_id), text_key(public_id)) if store.stat(key) is not None)
    for folder in _FOLDERS:
        yield from store.keys(f"{folder}/{public_id}/")


def _copy(store: ObjectStore, key: str, holding: Holding, path: str) -> None:
    """Copy a file while it is proven to be what was stored: what turns out damaged is never whole there."""
    with holding.open(path) as content:
        store.put(key, iter(lambda: content.read(_CHUNK), b""))
