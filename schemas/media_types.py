"""Which media types IANA has registered in its standards tree; the list is the text file beside this module."""

from functools import cache
from pathlib import Path

_LIST = Path(__file__).resolve().parent / "media-types.txt"


@cache
def registered() -> frozenset[str]:
    """Give every registered name of the standards tree, `type/subtype` in lower case."""
    names: set[str] = set()
    kind = ""
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif not line.startswith("#"):
            names.update(f"{kind}/{name}" for name in line.split())
    return frozenset(names)
