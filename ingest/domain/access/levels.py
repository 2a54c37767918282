"""The three levels of access, and which of several is the strictest."""

from enum import StrEnum
from typing import Final


class Level(StrEnum):
    """Who may see a unit; the names have no order of their own: ask `strictest` and `is_laxer_than`."""

    PUBLIC = "public"
    ON_REQUEST = "on-request"
    HIDDEN = "hidden"

    def is_laxer_than(self, other: "Level") -> bool:
        """Whether more may be seen at this level than at the other."""
        return _STRICTNESS[self] < _STRICTNESS[other]


_STRICTNESS: Final = {Level.PUBLIC: 0, Level.ON_REQUEST: 1, Level.HIDDEN: 2}


def strictest(*levels: Level) -> Level:
    """Give the strictest of the levels; public, which adds nothing to any other, when there are none."""
    return max(levels, key=_STRICTNESS.__getitem__, default=Level.PUBLIC)
