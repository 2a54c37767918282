"""Structured changes of a document's bytes: XML by its elements, JSON by its values, anything by its bytes.

Every choice comes from the `random` that is handed in, so hypothesis can shrink it and a seed can repeat it.
"""

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, Final

from tests.fuzz.odd import ENCODINGS, ODD
from tests.fuzz.xml_mutations import xml_mutated

_BYTES: Final = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"<",
    b"&",
    b"]]>",
    b"<!--",
    b"<![CDATA[",
    b"&#0;",
    b"\xed\xa0\x80",
    b"[" * 5000,
    b'{"a":' * 5000,
)
_NUMBERS: Final = (0, -1, 10**400, 1.5, 1e308, float("nan"), float("inf"), 2**63)
_DEEP: Final = 200


def mutated(octets: bytes, random: Random) -> bytes:
    """Change a document once or a few times, mostly as what it is, now and then as mere bytes."""
    for _ in range(random.randint(1, 3)):
        octets = _kind(octets, random)(octets, random)
    return octets


def _kind(octets: bytes, random: Random) -> Callable[[bytes, Random], bytes]:
    if random.randint(0, 4) == 0:
        return bytes_mutated
    return json_mutated if octets[:64].lstrip().startswith((b"{", b"[")) else xml_mutated


# ---------------------------------------------------------------------------------------------- bytes


def bytes_mutated(octets: bytes, random: Random) -> bytes:
    """Cut off, flip, remove, repeat, put in, or write in another encoding."""
    start = random.randint(0, len(octets))
    end = min(len(octets), start + random.choice((1, 2, 8, 64, 512)))
    match random.randint(0, 6):
        case 0:
            return octets[:start]
        case 1:
            flipped = octets[start] ^ (1 << random.randint(0, 7)) if start < len(octets) else 0
            return octets[:start] + bytes([flipped]) + octets[start + 1 :]
        case 2:
            return octets[:start] + octets[end:]
        case 3:
            return octets[:end] + octets[start:]
        case 4:
            return octets[:start] + random.choice(_BYTES) + octets[start:]
        case 5:
            return octets[:start] + random.choice(ODD).encode() + octets[end:]
        case _:
            return octets.decode("utf-8", "replace").encode(random.choice(ENCODINGS), "replace")


# ---------------------------------------------------------------------------------------------- JSON


def json_mutated(octets: bytes, random: Random) -> bytes:
    """Remove, repeat, rename or replace one value of a JSON document; what is none is changed as bytes."""
    try:
        document = json.loads(octets)
    except (ValueError, RecursionError):
        return bytes_mutated(octets, random)
    places = list(_places(document))
    if not places:
        return bytes_mutated(octets, random)
    holder, key = random.choice(places)
    match random.randint(0, 4):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, list):
            holder.insert(0, holder[key])
        case 2 if isinstance(holder, dict):
            holder[random.choice(ODD)] = holder.pop(key)
        case 3:
            other, place = random.choice(places)
            # A copy: what holds itself is no JSON.
            holder[key] = json.loads(json.dumps(other[place])) if place in _keys(other) else None
        case _:
            holder[key] = _odd_json(random)
    try:
        return json.dumps(document, ensure_ascii=random.randint(0, 1) == 0).encode("utf-8", "surrogatepass")
    except RecursionError:  # Nested in what was nested before, deeper than Python writes.
        return octets


def _places(value: Any) -> Sequence[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    pending = [value]
    while pending:
        holder = pending.pop()
        for key in _keys(holder):
            found.append((holder, key))
            pending.append(holder[key])
    return found


def _keys(holder: Any) -> Sequence[Any]:
    match holder:
        case dict():
            return tuple(holder)
        case list():
            return range(len(holder))
        case _:
            return ()


def _odd_json(random: Random) -> Any:
    match random.randint(0, 8):
        case 0:
            return None
        case 1:
            return random.choice((True, False))
        case 2:
            return random.choice(_NUMBERS)
        case 3:
            return {}
        case 4:
            return []
        case 5:
            return random.choice(("\ud800", "\udfff\ud800", "\0", "\x1f", "\ufffe"))
        case 6:
            return _nested(random.choice((5, 70, _DEEP)))
        case _:
            return random.choice(ODD)


def _nested(depth: int) -> list[Any]:
    nested: list[Any] = []
    for _ in range(depth):
        nested = [nested]
    return nested
