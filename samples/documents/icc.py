"""Builds a small ICC version 2 display profile (ICC.1:2001-04): primaries of sRGB, one gamma curve."""

import struct

_D50 = (0.9642, 1.0, 0.8249)
# The primaries of sRGB, adapted to D50.
_PRIMARIES = {
    b"rXYZ": (0.4360747, 0.2225045, 0.0139322),
    b"gXYZ": (0.3850649, 0.7168786, 0.0971045),
    b"bXYZ": (0.1430804, 0.0606169, 0.7141733),
}
_GAMMA = 2.2


def rgb_profile() -> bytes:
    """Give the profile, the same bytes every time."""
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(_GAMMA * 256)) + bytes(2)
    tags = {
        b"desc": _description("RGB with gamma 2.2"),
        b"cprt": b"text" + bytes(4) + b"No copyright, use freely\0" + bytes(3),
        b"wtpt": _xyz(_D50),
        **{name: _xyz(primary) for name, primary in _PRIMARIES.items()},
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    return _assemble(tags)


def _assemble(tags: dict[bytes, bytes]) -> bytes:
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">II", start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    return _header(start + len(body)) + table + body


def _header(size: int) -> bytes:
    created = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    kinds = b"mntrRGB XYZ "
    head = struct.pack(">I", size) + bytes(4) + b"\x02\x10\x00\x00" + kinds + created + b"acsp"
    head += bytes(4) + bytes(4) + bytes(8) + bytes(8) + bytes(4)
    head += b"".join(_fixed(value) for value in _D50)
    return head + bytes(128 - len(head))


def _description(text: str) -> bytes:
    words = text.encode("ascii") + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(words)) + words + bytes(4 + 4 + 2 + 1 + 67)


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(_fixed(value) for value in values)


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))
