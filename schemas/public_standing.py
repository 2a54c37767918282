"""How far the public index has come, told in the public store too: an index put back from a copy is found out so.

And as what it was made: words that were stemmed by other rules than a question is are never found.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from schemas.public_store import LAYOUT
from schemas.swedish_stems import STEMS

STANDING_KEY = "standing.json"
"""Key in the public store; the archive puts it there after each withdrawal and when it has published."""

STANDING = """
    SELECT value, (SELECT coalesce(max(position), 0) FROM entries) FROM layout WHERE name = 'index'"""
"""What an index says of itself: its name and its last position."""

MADE_AS: Final[Mapping[str, str]] = MappingProxyType({"layout": str(LAYOUT), "stems": STEMS})
"""Rows of `layout` in every index that this version can write and ask."""
MADE_AS_TOLD = "SELECT name, value FROM layout WHERE name IN ('layout', 'stems')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The name that an index was given when it was made or mended, and the last position in it."""

    index: str
    position: int

    def lacks_some_of(self, told: "Standing") -> bool:
        """Whether an index that stands so may lack a change that one had which stood as `told`."""
        return self.index != told.index or self.position < told.position


def written_standing(standing: Standing) -> bytes:
    """Write it as it lies in the store."""
    return json.dumps({"index": standing.index, "position": standing.position}).encode()


def read_standing(content: bytes) -> Standing:
    """Read what `written_standing` wrote. Raises ValueError."""
    told = json.loads(content)
    if not isinstance(told, dict) or not isinstance(told.get("index"), str) or type(told.get("position")) is not int:
        raise ValueError("this is no standing of a public index")
    return Standing(index=told["index"], position=told["position"])
