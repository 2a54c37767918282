"""The reading room's index and store in step: what an index put back from a copy has forgotten is taken out again.

The store says how far the index had come. Where the index has not come so far, every record in it is held against the
store, which holds each listed record as it is listed and nothing of what was withdrawn.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from ingest.application.reading_room import ReadingRoom, shown_before, tell_standing, told_standing

_AT_A_TIME: Final = 500


def keep_in_step(room: ReadingRoom, now: Callable[[], datetime]) -> frozenset[str]:
    """Take out of an index that lacks changes what does not lie in the store as it is listed, and tell the store.

    Gives the public ids that were taken out; publishing puts back what is still decided. Raises DamageFound.
    """
    told = told_standing(room)
    taken = frozenset[str]()
    if told is not None and room.index.standing().lacks_some_of(told):
        taken = room.index.withdraw(tuple(_astray(room)), now)
        # Positions were given twice: under a new name nobody takes the one for the other.
        room.index.rename()
    tell_standing(room)
    return taken


def _astray(room: ReadingRoom) -> Iterator[str]:
    position = 0
    while found := room.index.listed_after(position, _AT_A_TIME):
        listed = room.index.records(found.values())
        yield from (public_id for public_id, record in listed.items() if shown_before(room, public_id) != record)
        position = max(found)
