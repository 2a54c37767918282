"""Store keys: relative POSIX paths, checked on the way in and on the way out."""

import re

from ingest.domain.paths import MAX_SEGMENT_BYTES
from ingest.errors import InvalidKey

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def segments_of(key: str) -> tuple[str, ...]:
    r"""Split a key into its segments. Raises InvalidKey for one that is absolute or climbs, or has a `\`.

    A segment holds 1 to 255 bytes of UTF-8 and no control character; depth and total length have no bound.
    """
    segments = tuple(key.split("/"))
    if _CONTROL.search(key) or "\\" in key or not all(map(_is_segment, segments)):
        raise InvalidKey(
            f"{key[:140]!r} kan inte vara en nyckel i ett lager.", f"{key[:140]!r} can be no key in a store."
        )
    return segments


def folder_of(prefix: str) -> tuple[str, ...]:
    """Split a folder prefix, "" or ending in `/`, into its segments. Raises InvalidKey for any other."""
    if not prefix:
        return ()
    return segments_of(prefix.removesuffix("/") if prefix.endswith("/") else "")


def _is_segment(segment: str) -> bool:
    if segment in {"", ".", ".."}:
        return False
    try:
        return len(segment.encode()) <= MAX_SEGMENT_BYTES
    except UnicodeEncodeError:  # a lone surrogate: a name that is no UTF-8 on disk
        return False
