"""TAR files, plain and packed, that lie, hide or overwhelm, and odd ones that are honest."""

import gzip
import struct
import sys
import zlib
from collections.abc import Callable, Iterator

from tests.hostile.case import CONTENT, DOCUMENT, Case, accepted, as_text, package, refused
from tests.hostile.tars import BLOCK, END, entry, header, long_name, padded, pax, tarred

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

FILES = package()
TEXT = as_text(FILES)
LONG = b"handlingar/" + b"l" * 120 + b".txt"
LONG_FILES = package({LONG: CONTENT})
Make = Callable[[], bytes]


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _headers()
    yield from _extensions()
    yield from _kinds()
    yield from _endings()
    yield from _packed()
    yield from _bombs()
    yield from _honest()


def more(*blocks: bytes, end: bytes = END) -> Make:
    """The good package and something else."""
    return lambda: tarred(FILES, *blocks, end=end)


def _headers() -> Iterator[Case]:
    yield refused("tar-checksum", more(entry(b"a", b"1", sum=b"000001\0 ")), "PKG-3")
    yield refused("tar-size-no-number", more(header(b"a", 0, number=b"zzzzzzzzzzz\0")), "PKG-3")
    yield refused("tar-size-negative", more(header(b"a", 0, number=b"\xff" * 12)), "PKG-14")
    yield refused("tar-size-huge", more(header(b"a", 0, number=b"\x80" + b"\x7f" * 11)), "PKG-7")
    yield refused("tar-size-beyond", more(header(b"a", 0, number=b"77777777777\0")), "PKG-3")
    yield refused("tar-user-no-number", more(entry(b"a", b"1", user=b"000000\x01\0")), "PKG-3")
    yield refused("tar-name-hides", more(entry(b"a\0dolt", b"1")), "PKG-15")
    yield refused("tar-prefix-hides", more(entry(b"a", b"1", prefix=b"m\0dolt")), "PKG-15")
    yield refused("tar-prefix-parent", more(entry(b"a", b"1", prefix=b"../m")), "PKG-5")
    yield refused("tar-magic", more(entry(b"a", b"1", magic=b"uzzar\x0000")), "PKG-3")
    yield refused("tar-padding", more(header(b"a", 3) + padded(b"abc", b"dolt")), "PKG-15")
    yield refused("tar-folder-with-content", more(entry(b"m/", b"dolt", b"5")), "PKG-14")
    yield refused("tar-duplicate", more(entry(DOCUMENT, b"annat")), "PKG-10")
    yield refused("tar-file-and-folder", more(entry(DOCUMENT + b"/a", b"")), "PKG-10")
    yield refused("tar-folder-over-file", more(entry(DOCUMENT, b"", b"5")), "PKG-10")


def _extensions() -> Iterator[Case]:
    a = entry(b"a", b"1")
    yield refused("tar-pax-path-other", more(pax(("path", b"b")), a), "PKG-14")
    yield refused("tar-pax-path-parent", more(pax(("path", "../å".encode())), a), "PKG-5")
    yield refused("tar-pax-path-nul", more(pax(("path", "å\0b".encode())), a), "PKG-5")
    yield refused("tar-pax-path-latin-1", more(pax(("path", b"\xe5")), a), "PKG-5")
    yield refused("tar-pax-path-empty", more(pax(("path", b"")), a), "PKG-14")
    yield refused("tar-pax-size-other", more(pax(("size", b"1024")), header(b"a", 0), bytes(1024)), "PKG-14")
    yield refused("tar-pax-size-zero", more(pax(("size", b"0")), a), "PKG-14")
    yield refused("tar-pax-size-negative", more(pax(("size", b"-1")), a), "PKG-3")
    yield refused("tar-pax-size-huge", more(pax(("size", b"9" * 19)), a), "PKG-7")
    yield refused("tar-pax-size-beyond", more(pax(("size", b"9999999999")), a), "PKG-3")
    yield refused("tar-pax-twice", more(pax(("path", b"a"), ("path", b"b")), a), "PKG-14")
    yield refused("tar-pax-pax", more(pax(("path", b"a")), pax(("path", b"b")), a), "PKG-14")
    yield refused("tar-pax-no-record", more(entry(b"x", b"hej", b"x"), a), "PKG-3")
    yield refused("tar-pax-length-lies", more(entry(b"x", b"99 path=a\n", b"x"), a), "PKG-3")
    yield refused("tar-pax-length-zero", more(entry(b"x", b"0 path=a\n", b"x"), a), "PKG-3")
    yield refused("tar-pax-last", more(pax(("path", b"a"))), "PKG-14")
    yield refused("tar-pax-link-of-file", more(pax(("linkpath", b"/etc")), a), "PKG-14")
    yield refused("tar-pax-sparse", more(pax(("GNU.sparse.major", b"1")), a), "PKG-6")
    yield refused("tar-pax-sparse-empty", more(pax(("GNU.sparse.major", b"1")), entry(b"a")), "PKG-6")
    yield refused("tar-global-path", more(pax(("path", b"b"), kind=b"g"), a), "PKG-14")
    yield refused("tar-global-size", more(pax(("size", b"9"), kind=b"g"), a), "PKG-14")
    yield refused("tar-long-other", more(long_name(b"b"), a), "PKG-14")
    yield refused("tar-long-twice", more(long_name(b"a"), long_name(b"a"), a), "PKG-14")
    yield refused("tar-long-parent", more(long_name(b"../ut/" + b"x" * 120), entry(b"../ut/" + b"x" * 94)), "PKG-5")
    yield refused("tar-long-hides", more(entry(b"././@LongLink", b"a\0dolt\0", b"L"), a), "PKG-15")
    yield refused("tar-long-last", more(long_name(b"a")), "PKG-14")
    yield refused("tar-long-empty-name", more(long_name(b"a" * 120), entry(b"", b"1")), "PKG-14")
    yield refused("tar-long-and-pax", more(pax(("path", b"a")), long_name(b"a"), a), "PKG-14")
    yield refused("tar-long-link-of-file", more(long_name(b"b", b"K"), a), "PKG-14")
    yield refused("tar-long-huge", more(long_name(b"a" * (2 << 20)), entry(b"a" * 100)), "PKG-7")
    yield refused("tar-long-too-long", more(long_name(b"a" * 300), entry(b"a" * 100)), "PKG-5")
    yield refused("tar-pax-huge", more(pax(("comment", b"a" * (2 << 20))), a), "PKG-7")


def _kinds() -> Iterator[Case]:
    kinds = {"hard-link": b"1", "link": b"2", "character": b"3", "block": b"4", "fifo": b"6", "sparse": b"S"}
    for name, kind in (kinds | {"volume": b"V", "part": b"M", "dump": b"D", "vendor": b"Z"}).items():
        yield refused(f"tar-{name}", more(entry(b"x", b"", kind, link=b"/etc/passwd")), "PKG-6")
    yield refused("tar-link-parent", more(entry(b"../x", b"", b"2", link=b"a")), "PKG-5")
    yield refused("tar-link-with-content", more(entry(b"x", b"dolt", b"2", link=b"a")), "PKG-14")
    yield refused("tar-setuid", more(entry(b"x", b"1", mode=b"0004755\0")), "PKG-6")
    yield refused("tar-setgid", more(entry(b"x", b"1", mode=b"0002755\0")), "PKG-6")


def _endings() -> Iterator[Case]:
    yield refused("tar-no-end", more(end=b""), "PKG-3")
    yield refused("tar-half-end", more(end=bytes(BLOCK)), "PKG-3")
    yield refused("tar-after-one-zero", more(end=bytes(BLOCK) + entry(b"dold", b"1") + END), "PKG-15")
    yield refused("tar-after-end", more(end=END + entry(b"dold", b"1") + END), "PKG-15")
    yield refused("tar-after-fill", more(end=bytes(10240) + b"dolt" + bytes(508)), "PKG-15")
    yield refused("tar-half-block", more(end=END + bytes(100)), "PKG-3")
    yield refused("tar-cut-in-content", lambda: tarred(FILES)[:700], "PKG-3")
    yield refused("tar-cut-in-header", lambda: tarred(FILES)[: BLOCK * 4 + 60], "PKG-3")
    yield refused("tar-zeros", lambda: bytes(10240), "PKG-4")
    yield refused("tar-only-folders", lambda: entry(b"a/", b"", b"5") + END, "PKG-4")


def _packed() -> Iterator[Case]:
    whole = tarred(FILES)
    gz, zst = gzip.compress(whole, mtime=0), zstd.compress(whole)
    yield accepted("gz-plain", lambda: gz, TEXT)
    yield accepted("gz-members", lambda: _in_parts(gzip.compress, whole), TEXT)
    yield accepted("gz-empty-member", lambda: gz + gzip.compress(b"", mtime=0), TEXT)
    yield refused("gz-trailing", lambda: gz + b"dolt", "PKG-15")
    yield refused("gz-trailing-zeros", lambda: gz + bytes(512), "PKG-15")
    yield refused("gz-crc", lambda: gz[:-8] + b"\0\0\0\0" + gz[-4:], "PKG-3")
    yield refused("gz-length", lambda: gz[:-4] + b"\0\0\0\0", "PKG-3")
    yield refused("gz-cut", lambda: gz[:-20], "PKG-3")
    yield refused("gz-second-cut", lambda: gz + gz[:15], "PKG-3")
    yield refused("gz-second-tar", lambda: gz + gz, "PKG-15")
    yield refused("gz-name-out", lambda: gzip.compress(tarred(package({b"../ut": b"1"})), mtime=0), "PKG-5")
    yield refused(
        "gz-two-faults", lambda: gzip.compress(tarred(FILES, entry(b"../a"), entry(b"l", b"", b"2"))), "PKG-5", "PKG-6"
    )
    yield accepted("zstd-plain", lambda: zst, TEXT)
    yield accepted("zstd-frames", lambda: _in_parts(zstd.compress, whole), TEXT)
    skippable = struct.pack("<II", 0x184D2A50, 4) + b"dolt"
    yield refused("zstd-skippable-first", lambda: skippable + zst, "PKG-15")
    yield refused("zstd-skippable-last", lambda: zst + skippable, "PKG-15")
    yield refused("zstd-trailing", lambda: zst + b"dolt", "PKG-15")
    yield refused("zstd-cut", lambda: zst[:-20], "PKG-3")
    yield refused("zstd-window", lambda: zst[:4] + b"\x00\xff" + zst[6:], "PKG-7")
    yield refused("zstd-dictionary", lambda: zst[:4] + b"\x23\x07" + zst[5:], "PKG-9")
    yield refused("zstd-name-out", lambda: zstd.compress(tarred(package({b"../ut": b"1"}))), "PKG-5")


def _bombs() -> Iterator[Case]:
    zeros = entry(b"nollor", bytes(64 << 20))
    yield refused("bomb-gz", lambda: gzip.compress(tarred(FILES, zeros), mtime=0), "PKG-7")
    yield refused("bomb-gz-fill", lambda: gzip.compress(tarred(FILES, end=bytes(64 << 20)), mtime=0), "PKG-7")
    yield refused("bomb-gz-members", lambda: gzip.compress(tarred(FILES)) + gzip.compress(b"") * 200_000, "PKG-7")
    yield refused("bomb-zstd", lambda: zstd.compress(tarred(FILES, zeros)), "PKG-7")
    yield refused("bomb-gz-gz", lambda: gzip.compress(gzip.compress(bytes(64 << 20))), "PKG-1")
    yield refused("bomb-tar-entries", _many_entries, "PKG-7")
    yield refused("bomb-gz-header", lambda: _gz_header(gzip.compress(tarred(FILES), mtime=0)), "PKG-15")


def _honest() -> Iterator[Case]:
    dotted = {b"./" + name: body for name, body in FILES.items()}
    yield accepted("tar-plain", more(), TEXT)
    yield accepted("tar-dotted", lambda: entry(b"./", b"", b"5") + tarred(dotted), TEXT)
    yield accepted("tar-v7", lambda: b"".join(entry(n, b, b"\0", magic=b"") for n, b in FILES.items()) + END, TEXT)
    yield accepted("tar-gnu", lambda: b"".join(entry(n, b, magic=b"ustar  \0") for n, b in FILES.items()) + END, TEXT)
    yield accepted("tar-contiguous", lambda: b"".join(entry(n, b, b"7") for n, b in FILES.items()) + END, TEXT)
    yield accepted("tar-base-256", lambda: b"".join(_wide(n, b) for n, b in FILES.items()) + END, TEXT)
    yield accepted("tar-blocked", more(end=bytes(1 << 20)), TEXT)
    yield accepted("tar-global-comment", lambda: pax(("comment", b"0" * 40), kind=b"g") + tarred(FILES), TEXT)
    yield accepted("tar-folder-setgid", more(entry(b"m/", b"", b"5", mode=b"0002755\0")), TEXT)
    yield accepted("tar-pax-long", lambda: tarred(LONG_FILES), as_text(LONG_FILES))
    gnu = b"".join(long_name(n) + entry(n[:100], b) for n, b in LONG_FILES.items()) + END
    yield accepted("tar-gnu-long", lambda: gnu, as_text(LONG_FILES))
    cut = b"".join(long_name(n) + entry(b"@PathCut/_pc/1", b) for n, b in LONG_FILES.items()) + END
    yield accepted("tar-7-zip-long", lambda: cut, as_text(LONG_FILES))
    prefixed = b"".join(entry(n.rpartition(b"/")[2], b, prefix=n.rpartition(b"/")[0]) for n, b in FILES.items()) + END
    yield accepted("tar-prefix", lambda: prefixed, TEXT)


def _wide(name: bytes, body: bytes) -> bytes:
    return header(name, 0, number=b"\x80" + len(body).to_bytes(11, "big")) + padded(body)


def _in_parts(pack: Callable[[bytes], bytes], whole: bytes) -> bytes:
    return pack(whole[:700]) + pack(whole[700:])


def _many_entries() -> bytes:
    one = bytearray(entry(b"%07d" % 0))
    parts = [tarred(FILES, end=b"")]
    base = sum(one[:148]) + 256 + sum(one[156:]) - sum(b"0000000")
    for number in range(500_001):
        name = b"%07d" % number
        one[:7], one[148:156] = name, b"%06o\0 " % (base + sum(name))
        parts.append(bytes(one))
    return b"".join(parts) + END


def _gz_header(packed: bytes) -> bytes:
    """A gzip header with an endless name."""
    return packed[:3] + b"\x08" + packed[4:10] + b"a" * (4 << 20) + b"\xff" + zlib.compress(b"")
