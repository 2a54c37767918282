"""Keys in staging: opaque, below the delivery's id; a delivered name is data, never a key."""


def object_key(delivery_id: str, ordinal: int) -> str:
    """Give the key of a delivered file."""
    return f"{delivery_id}/objects/{ordinal // 1000:06d}/{ordinal:09d}"


def copy_key(delivery_id: str, fence: int, ordinal: int) -> str:
    """Give the key of a preservation copy of a delivered file, made under the lease with that fence."""
    return f"{delivery_id}/copies/{fence}/{ordinal // 1000:06d}/{ordinal:09d}"


def container_key(delivery_id: str) -> str:
    """Give the key of a delivered container."""
    return f"{delivery_id}/container"
