"""Images that are hostile to whoever decodes them."""

import io
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import Final

from PIL import Image


def png(width: int, height: int, packed: bytes) -> bytes:
    """A PNG in colour that states this size."""
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def png_text_bomb(chunks: int) -> bytes:
    """A PNG with texts that unpack to much."""
    text = b"x\0\0" + zlib.compress(b"a" * (40 << 20), 9)
    good = png(1, 1, zlib.compress(b"\0\0\0\0"))
    return good[:33] + _chunk(b"zTXt", text) * chunks + good[33:]


def plain(form: str, width: int, height: int) -> bytes:
    """A sound image of one colour."""
    Image.new("RGB", (width, height)).save(target := io.BytesIO(), form)
    return target.getvalue()


def tiff(entries: int, width: int) -> bytes:
    """A TIFF of one picture that states a size, and so many strips."""
    tags = ((256, width), (257, width), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, 1), (279, entries))
    folder = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + folder + bytes(4)


def looped_tiff() -> bytes:
    """A TIFF whose next picture is its first."""
    return tiff(1, 8)[:-4] + struct.pack("<I", 8)


def frames(count: int, width: int) -> bytes:
    """A GIF of many pictures on a screen of this width and height."""
    head = b"GIF89a" + struct.pack("<HHBBB", width, width, 0x80, 0, 0) + bytes(6)
    frame = b"\x21\xf9\x04\0\0\0\0\0" + b"\x2c" + struct.pack("<4HB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\0"
    return head + frame * count + b";"


def jpeg(height: int) -> bytes:
    """A JPEG in many passes that states another height than it has."""
    Image.new("RGB", (8000, 64)).save(target := io.BytesIO(), "JPEG", progressive=True)
    content = bytearray(target.getvalue())
    at = content.index(b"\xff\xc2") + 5
    content[at : at + 2] = struct.pack(">H", height)
    return bytes(content)


def many_scans(scans: int) -> bytes:
    """A progressive JPEG of which one pass comes again and again."""
    content = jpeg(8000)
    start, end = content.index(b"\xff\xda"), content.rindex(b"\xff\xd9")
    scan = content[start : content.index(b"\xff\xc4", start)]
    return content[:end] + scan * scans + content[end:]


def jpeg_2000() -> bytes:
    """A JPEG 2000 that states a size of 2,000,000,000 dots in tiles of one."""
    size = struct.pack(">HHH8IH", 0xFF51, 41, 0, 60000, 40000, 0, 0, 1, 1, 0, 0, 1) + b"\x07\1\1"
    stream = b"\xff\x4f" + size + b"\xff\xd9"
    head = struct.pack(">I4s2IHBBBB", 22, b"ihdr", 40000, 60000, 1, 7, 7, 0, 0)
    return (
        b"\0\0\0\x0cjP  \r\n\x87\n" + _box(b"ftyp", b"jp2 \0\0\0\0jp2 ") + _box(b"jp2h", head) + _box(b"jp2c", stream)
    )


def webp_frames(count: int) -> bytes:
    """A WebP of many pictures."""
    first, *rest = [Image.new("RGB", (600, 600), (n % 256, 0, 0)) for n in range(count)]
    first.save(target := io.BytesIO(), "WEBP", save_all=True, append_images=rest, duration=1)
    return target.getvalue()


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body


MAKERS: Final[Mapping[str, Callable[[], bytes]]] = {
    "huge.png": lambda: png(60_000, 60_000, zlib.compress(bytes(1000))),
    "bomb.png": lambda: png(12_000, 11_000, zlib.compress(bytes(36_001 * 11_000), 9)),
    "within-budget.png": lambda: png(6_800, 6_800, zlib.compress(bytes(20_401 * 6_800), 1)),
    "texts.png": lambda: png_text_bomb(40),
    "huge.tif": lambda: tiff(1, 60_000),
    "strips.tif": lambda: tiff(1 << 30, 5_000),
    "looped.tif": looped_tiff,
    "frames.gif": lambda: frames(5_000, 4_000),
    "slow.gif": lambda: frames(1_900, 3_000),
    "huge.jpg": lambda: jpeg(65_000),
    "scans.jpg": lambda: many_scans(4_000),
    "large.webp": lambda: plain("WEBP", 16_000, 16_000),
    "frames.webp": lambda: webp_frames(300),
    "huge.jp2": jpeg_2000,
    "large.bmp": lambda: b"BM" + struct.pack("<IIIIiiHH24x", 54, 0, 54, 40, 100_000, 100_000, 1, 24),
}
