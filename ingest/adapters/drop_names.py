"""What the names in a drop place say: which are complete drops, and what lies beside each.

The rules are the same for a folder and for a bucket, and look at names alone.
"""

from collections.abc import Iterable
from typing import Final

from ingest.formats.side_car import names_beside

READY: Final = ".ready"
RECEIPT: Final = "receipt.json"
OTHER_RECEIPT: Final = "earkiv-receipt.json"
_UNFINISHED: Final = (READY, ".part", ".tmp", ".filepart", ".crdownload", ".json")
"""Names that are no drops: markers, what is still being written by usual programs, and delivery notes."""
_RECEIPT_STEM: Final = "receipt"


def marked_among(names: Iterable[str]) -> tuple[str, ...]:
    """Give the drops that have a marker among these names, in the order of the names, with or without a drop."""
    return tuple(sorted(name.removesuffix(READY) for name in names if name.endswith(READY)))


def unmarked_among(names: Iterable[str]) -> tuple[str, ...]:
    """Give the names that could be drops without a marker, in their order."""
    held = frozenset(names)
    return tuple(sorted(name for name in held if not name.endswith(_UNFINISHED) and name + READY not in held))


def may_be_taken(name: str) -> bool:
    """Say whether a drop may have the name at all: hidden ones are their system's own."""
    return bool(name) and not name.startswith(".")


def notes_of(drop: str) -> tuple[str, ...]:
    """Give the names that the delivery note beside a drop may have, the preferred one first."""
    return tuple(name for name in names_beside(drop) if name != drop)


def shares_note(note: str, drop: str, names: Iterable[str]) -> bool:
    """Say whether the note beside a drop is that of another of these names too: `X.zip` and `X.tar` have one note."""
    others = (name for name in names if name != drop and may_be_taken(name) and not name.endswith(_UNFINISHED))
    return any(note in notes_of(name) for name in others)


def receipt_of(drop: str) -> str:
    """Give the name of the receipt beside a drop of that name: another than that of the drop, and of its note.

    It depends on the drop's name alone, so that after a kill the same receipt is written again.
    """
    return OTHER_RECEIPT if drop.casefold().partition(".")[0] == _RECEIPT_STEM else RECEIPT
