"""Keys in staging: opaque, below the delivery's id; a delivered name is data, never a key."""

import re
from typing import Final

_MADE: Final = re.compile(r"[^/]+/(?:copies|generated)/(\d+)/")


def object_key(delivery_id: str, ordinal: int) -> str:
    """Give the key of a delivered file."""
    return f"{delivery_id}/objects/{ordinal // 1000:06d}/{ordinal:09d}"


def copy_key(delivery_id: str, fence: int, ordinal: int) -> str:
    """Give the key of a preservation copy of a delivered file, made under the lease with that fence."""
    return f"{delivery_id}/copies/{fence}/{ordinal // 1000:06d}/{ordinal:09d}"


def generated_folder(delivery_id: str, fence: int) -> str:
    """Give the folder of the package's own files that are written under the lease with that fence."""
    return f"{delivery_id}/generated/{fence}"


def fence_of(key: str) -> int:
    """Give the fence of the lease under which a file was made, 0 for what was delivered."""
    made = _MADE.match(key)
    return int(made[1]) if made else 0


def container_key(delivery_id: str) -> str:
    """Give the key of a delivered container."""
    return f"{delivery_id}/container"
