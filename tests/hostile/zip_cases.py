"""ZIP files that lie, hide or overwhelm, and odd ones that are honest."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from tests.hostile.case import CONTENT, DOCUMENT, Case, accepted, as_text, package, refused
from tests.hostile.zips import (
    MAX_32,
    Entry,
    Fields,
    Layout,
    deflated,
    descriptor,
    plain,
    unicode_path,
    wide,
    zip_of,
    zipped,
)

FILES = package()
TEXT = as_text(FILES)
LINK, FIFO, SETUID, SETGID, FOLDER = 0o120777, 0o010644, 0o104755, 0o102755, 0o040755
ZEROS = bytes(64 << 20)
_BLOCK = 10_240


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _contradictions()
    yield from _stray()
    yield from _lies()
    yield from _wide()
    yield from _kinds()
    yield from _bombs()
    yield from _honest()


def last(**changes: object) -> list[Entry]:
    """The good package's entries, the document's changed."""
    *first, document = (plain(name, body) for name, body in FILES.items())
    return [*first, replace(document, **changes)]  # type: ignore[arg-type]  # the fields' own types are checked by use


def made(**changes: object) -> Callable[[], bytes]:
    return lambda: zip_of(last(**changes))


def laid(**layout: object) -> Callable[[], bytes]:
    return lambda: zip_of(last(), Layout(**layout))  # type: ignore[arg-type]  # as above


def filled(more: int = 0) -> bytes:
    """The good package, filled with zeros to a whole block, as bsdtar writes into a pipe, and `more` of them."""
    whole = zip_of(last())
    return whole + bytes(-len(whole) % _BLOCK + more)


def _filled_twice() -> bytes:
    """An end record whose comment is another one and the zeros after it."""
    whole = zip_of(last())
    zeros = bytes(-(len(whole) + 22) % _BLOCK)
    return whole[:-2] + struct.pack("<H", 22 + len(zeros)) + whole[-22:] + zeros


def _contradictions() -> Iterator[Case]:
    lies: dict[str, Fields] = {
        "name": {"name": b"handlingar/annat.txt"},
        "size": {"size": len(CONTENT) + 1},
        "packed": {"packed": len(CONTENT) - 1},
        "crc": {"crc": 1},
        "method": {"method": 8},
        "flags": {"flags": 0x800},
    }
    for field, lie in lies.items():
        yield refused(f"zip-local-{field}", made(local=lie), "PKG-14")
    yield refused("zip-local-name-longer", made(local={"name": DOCUMENT + b"x"}), "PKG-14")
    yield refused("zip-stored-of-two-sizes", made(both={"size": 7}), "PKG-14")
    yield refused("zip-two-ends", laid(before_end=zip_of([])), "PKG-15")
    yield refused("zip-comment-with-end", laid(end={"comment": zip_of([])}), "PKG-14")
    yield refused("zip-comment-with-records", laid(end={"comment": zipped({b"a": b"b"})[:60]}), "PKG-14")
    yield refused("zip-unicode-path-other", made(both={"extra": unicode_path(DOCUMENT, "x.exe")}), "PKG-14")
    yield refused(
        "zip-unicode-path-stale", made(both={"extra": unicode_path(DOCUMENT, DOCUMENT.decode(), 7)}), "PKG-14"
    )
    again = unicode_path(DOCUMENT, DOCUMENT.decode())
    yield refused("zip-unicode-path-twice", made(both={"extra": again * 2}), "PKG-14")
    yield refused("zip-unicode-path-short", made(both={"extra": struct.pack("<HHB", 0x7075, 1, 1)}), "PKG-14")
    yield refused(
        "zip-unicode-path-version", made(both={"extra": unicode_path(DOCUMENT, DOCUMENT.decode(), version=2)}), "PKG-14"
    )
    yield refused("zip-unicode-path-local", made(local={"extra": unicode_path(DOCUMENT, "../ut.txt")}), "PKG-14")
    yield refused("zip-folder-with-content", partial(_more, Entry(name=b"mapp/", content=b"dolt")), "PKG-14")
    yield refused("zip-folder-without-slash", made(central={"mode": FOLDER}), "PKG-14")
    yield refused("zip-dos-folder-without-slash", made(central={"attributes": 0x10}), "PKG-14")
    yield refused("zip-file-with-slash", partial(_more, Entry(name=b"mapp/", central={"mode": 0o100644})), "PKG-14")
    yield refused("zip-descriptor-lies", partial(_streamed, lie=True), "PKG-14")
    yield refused("zip-descriptor-missing", made(flags=8), "PKG-14")
    yield refused("zip-overlap", partial(_overlapping, 10), "PKG-14")
    yield refused("zip-full-overlap", partial(_overlapping, 0), "PKG-14")


def _stray() -> Iterator[Case]:
    yield refused("zip-prefix", laid(before=b"#!/bin/sh\n"), "PKG-15")
    yield refused("zip-prefix-unshifted", laid(before=b"MZ" + bytes(60), shift=-62), "PKG-15")
    yield refused("zip-prefix-html", laid(before=b"<html><script>alert(1)</script>"), "PKG-15")
    yield refused("zip-suffix", laid(after=b"mer"), "PKG-15")
    yield refused("zip-suffix-zeros", laid(after=bytes(512)), "PKG-15")
    yield refused("zip-filled-by-a-byte-too-few", lambda: filled(-1), "PKG-15")
    yield refused("zip-filled-by-a-whole-block", lambda: filled(_BLOCK), "PKG-15")
    yield refused("zip-filled-with-more-than-zeros", lambda: filled()[:-1] + b"\1", "PKG-15")
    yield refused("zip-filled-and-ended-twice", partial(_filled_twice), "PKG-14")
    yield refused("zip-suffix-zip", lambda: zip_of(last()) + zipped({b"a": b"b"}), "PKG-15")
    yield refused("zip-before-directory", laid(between=b"dolt"), "PKG-15")
    yield refused("zip-after-directory", laid(before_end=b"dolt"), "PKG-15")
    yield refused("zip-between-entries", lambda: zip_of([replace(e, after=b"dolt") for e in last()]), "PKG-15")
    yield refused("zip-hidden-entry", partial(_unlisted), "PKG-15")
    yield refused("zip-comment-binary", laid(end={"comment": b"\x7fELF\x02\x01\x01\0"}), "PKG-15")
    yield refused("zip-entry-comment-binary", made(central={"comment": bytes(30)}), "PKG-15")
    yield refused("zip-after-deflated", made(method=8, packed=deflated(CONTENT) + b"dolt"), "PKG-15")
    yield refused("zip-two-deflated", made(method=8, packed=deflated(CONTENT) * 2), "PKG-15")
    yield refused("zip-descriptor-long", made(flags=8, after=bytes(40)), "PKG-15")
    yield refused(
        "zip-folder-hides", partial(_more, Entry(name=b"m/", method=8, packed=deflated(b"") + b"dolt")), "PKG-15"
    )


def _lies() -> Iterator[Case]:
    yield refused("zip-count-low", laid(end={"here": 1, "entries": 1}), "PKG-14")
    yield refused("zip-count-high", laid(end={"here": 3, "entries": 3}), "PKG-14")
    yield refused("zip-count-huge", laid(end={"here": 65534, "entries": 65534}), "PKG-14")
    yield refused("zip-count-two", laid(end={"here": 1}), "PKG-9")
    yield refused("zip-disk", laid(end={"disk": 1}), "PKG-9")
    yield refused("zip-start-disk", laid(end={"start_disk": 1}), "PKG-9")
    yield refused("zip-entry-disk", made(central={"disk": 3}), "PKG-9")
    yield refused("zip-spanned", lambda: b"PK\x07\x08" + zip_of(last()), "PKG-15")
    yield refused("zip-directory-short", laid(end={"size": 40}), "PKG-14")
    yield refused("zip-directory-beyond", laid(end={"start": 1 << 30}), "PKG-3")
    yield refused("zip-directory-early", laid(end={"start": 0}), "PKG-15")
    yield refused("zip-offset-beyond", made(central={"offset": 1 << 30}), "PKG-15")
    yield refused("zip-offset-inside", made(central={"offset": 1}), "PKG-14")
    yield refused("zip-crc", made(both={"crc": 1}), "PKG-3")
    yield refused("zip-content-changed", made(content=CONTENT, packed=CONTENT[::-1]), "PKG-3")
    yield refused("zip-deflate-short", made(method=8, packed=deflated(CONTENT)[:-4]), "PKG-3")
    yield refused("zip-deflate-garbage", made(method=8, packed=b"\xff" * 30), "PKG-3")
    yield refused("zip-deflate-beyond", made(method=8, both={"size": 9}), "PKG-3")
    yield refused("zip-deflate-less", made(method=8, both={"size": len(CONTENT) + 9}), "PKG-3")
    yield refused("zip-extra-longer", made(both={"extra": struct.pack("<HH", 0x5455, 99)}), "PKG-3")
    yield refused("zip-extra-broken", made(both={"extra": b"\1\2\3"}), "PKG-3")
    yield refused("zip-local-mark", made(local={"mark": 0x04034B51}), "PKG-3")
    yield refused("zip-central-mark", made(central={"mark": 0x02014B51}), "PKG-3")
    yield refused("zip-cut", lambda: zip_of(last())[:-200], "PKG-3")
    yield refused("zip-only-end", lambda: zip_of([]), "PKG-4")
    yield refused("zip-only-folders", lambda: zip_of([Entry(name=b"a/"), Entry(name=b"a/b/")]), "PKG-4")
    yield refused("zip-no-end", lambda: zip_of(last())[:-22], "PKG-3")
    yield refused("zip-empty-directory", lambda: zip_of([], Layout(before=zip_of(last())[:300])), "PKG-15")


def _wide() -> Iterator[Case]:
    size = len(CONTENT)
    yield refused("zip64-missing", made(both={"size": MAX_32}), "PKG-14")
    yield refused("zip64-contradicts", made(central={"extra": wide(size + 1)}), "PKG-14")
    yield refused("zip64-local-lies", made(local={"size": MAX_32, "packed": MAX_32, "extra": wide(size, 1)}), "PKG-14")
    yield refused("zip64-too-long", made(central={"size": MAX_32, "extra": wide(size, 0, 0, 0, 0)}), "PKG-14")
    yield refused("zip64-twice", made(central={"size": MAX_32, "extra": wide(size) * 2}), "PKG-14")
    yield refused(
        "zip64-negative", made(both={"size": MAX_32, "packed": MAX_32, "extra": wide(1 << 63, 1 << 63)}), "PKG-14"
    )
    yield refused("zip64-size-huge", made(method=8, both={"size": MAX_32, "extra": wide(1 << 50)}), "PKG-7")
    yield refused("zip64-end-count", laid(wide={"entries": 3}, end={"here": 2}), "PKG-14")
    yield refused("zip64-end-size", laid(wide={"size": 9}), "PKG-14")
    yield refused("zip64-end-all-lies", laid(wide={"start": 9}, end={"start": MAX_32}), "PKG-15")
    yield refused("zip64-end-disk", laid(wide={"disks": 2}), "PKG-9")
    yield refused("zip64-locator-disk", laid(wide={"locator_disk": 1}), "PKG-9")
    yield refused("zip64-locator-nowhere", laid(wide={"at": 0}), "PKG-14")
    yield refused("zip64-locator-beyond", laid(wide={"at": 1 << 40}), "PKG-14")
    yield refused("zip64-end-version-2", laid(wide={"length": 60}), "PKG-9")
    yield refused(
        "zip64-count-2-64",
        laid(wide={"entries": 2**64 - 1, "here": 2**64 - 1}, end={"entries": 65535, "here": 65535}),
        "PKG-7",
    )
    forced: Fields = {"size": MAX_32, "packed": MAX_32, "extra": wide(size, size)}
    yield accepted("zip64-forced", made(both=forced), TEXT)
    yield accepted("zip64-all-fields", made(central={"extra": wide(size, size)}), TEXT)
    yield accepted("zip64-end", laid(wide={}), TEXT)
    announced: Fields = {"here": 0xFFFF, "entries": 0xFFFF, "size": MAX_32, "start": MAX_32}
    yield accepted("zip64-end-announced", laid(wide={}, end=announced), TEXT)


def _kinds() -> Iterator[Case]:
    for name, mode in (("link", LINK), ("fifo", FIFO), ("setuid", SETUID), ("setgid", SETGID), ("device", 0o060644)):
        yield refused(
            f"zip-{name}", partial(_more, Entry(name=b"x", content=b"/etc/passwd", central={"mode": mode})), "PKG-6"
        )
    yield refused("zip-encrypted", made(flags=1), "PKG-9")
    yield refused("zip-strongly-encrypted", made(flags=0x41), "PKG-9")
    yield refused("zip-masked-headers", made(flags=0x2000), "PKG-9")
    yield refused("zip-aes", made(both={"method": 99}), "PKG-9")
    yield refused("zip-newer-version", made(both={"version": 64}), "PKG-9")
    yield refused("zip-patch", made(flags=0x20), "PKG-9")
    for method in (1, 6, 9, 12, 14, 93, 95, 97):
        yield refused(f"zip-method-{method}", made(both={"method": method}), "PKG-9")
    yield refused("zip-duplicate", partial(_more, plain(DOCUMENT, b"annat")), "PKG-10")
    yield refused("zip-duplicate-same", partial(_more, plain(DOCUMENT, CONTENT)), "PKG-10")
    yield refused("zip-duplicate-dotted", partial(_more, plain(b"./" + DOCUMENT, CONTENT)), "PKG-10")
    yield refused("zip-file-and-folder", partial(_more, plain(DOCUMENT + b"/a", b"")), "PKG-10")
    yield refused("zip-file-over-folder", partial(_more, plain(b"handlingar", b"")), "PKG-10")


def _bombs() -> Iterator[Case]:
    yield refused("bomb-zip-ratio", partial(_more, Entry(name=b"nollor", content=ZEROS, method=8)), "PKG-7")
    yield refused("bomb-zip-size-lies", partial(_more, _bomb({"size": 1000})), "PKG-3")
    yield refused("bomb-zip-many", lambda: _many(12, Entry(name=b"", content=bytes(1 << 20), method=8)), "PKG-7")
    yield refused("bomb-zip-overlap", partial(_overlapping_bomb), "PKG-14")
    yield refused("bomb-zip-entries", lambda: _many(500_001, Entry(name=b"")), "PKG-7")
    yield refused("bomb-zip-declared", made(method=8, both={"size": MAX_32, "extra": wide(1 << 40)}), "PKG-7")
    yield refused("bomb-zip-slow-names", lambda: _many(20_000, Entry(name=b"../" * 1000)), "PKG-5")
    yield accepted("zip-nested-is-not-opened", partial(_nested), _nested_files())


def _honest() -> Iterator[Case]:
    yield accepted("zip-plain", lambda: zip_of(last()), TEXT)
    yield accepted("zip-deflated", made(method=8), TEXT)
    yield accepted("zip-filled", filled, TEXT)
    yield accepted("zip-comment", laid(end={"comment": "Från diariet åäö\r\n".encode("cp437")}), TEXT)
    yield accepted("zip-entry-comment", made(central={"comment": b"handling 1"}), TEXT)
    yield accepted("zip-directory-order", laid(order=(1, 0)), TEXT)
    yield accepted("zip-times-differ", made(local={"time": 1, "date": 33}), TEXT)
    yield accepted("zip-unknown-extra", made(both={"extra": struct.pack("<HHI", 0x9999, 4, 7)}), TEXT)
    yield accepted("zip-padded-extra", made(local={"extra": bytes(3)}), TEXT)
    yield accepted(
        "zip-jar-first", lambda: zip_of([Entry(name=b"META-INF/", both={"extra": b"\xfe\xca\0\0"}), *last()]), TEXT
    )
    empty_folder = Entry(name=b"mapp/", method=8, packed=deflated(b""))
    yield accepted("zip-java-folder", partial(_more, empty_folder), TEXT)
    yield accepted(
        "zip-folder-mode", partial(_more, Entry(name=b"mapp/", central={"mode": FOLDER, "attributes": 16})), TEXT
    )
    yield accepted("zip-unicode-path-same", made(both={"extra": unicode_path(DOCUMENT, DOCUMENT.decode())}), TEXT)
    forms = {
        "sig-32": ("<IIII", 0x08074B50),
        "32": ("<III", None),
        "64": ("<IQQ", None),
        "sig-64": ("<IIQQ", 0x08074B50),
    }
    for name, (form, mark) in forms.items():
        yield accepted(f"zip-streamed-{name}", partial(_streamed, form=form, mark=mark), TEXT)
    yield accepted("zip-streamed-zip64", partial(_streamed, form="<IIQQ", wide_local=True), TEXT)


def _more(entry: Entry) -> bytes:
    return zip_of([*last(), entry])


def _streamed(
    *, form: str = "<IIII", mark: int | None = 0x08074B50, lie: bool = False, wide_local: bool = False
) -> bytes:
    unknown: Fields = {"crc": 0, "size": 0, "packed": 0}
    if wide_local:
        unknown = {"crc": 0, "size": MAX_32, "packed": MAX_32, "extra": wide(0, 0)}
    entries = []
    for entry in last(method=8):
        streamed = replace(entry, flags=entry.flags | 8, local=unknown)
        after = descriptor(streamed, form=form, mark=mark)
        entries.append(replace(streamed, after=after[:-1] + b"\1" if lie else after))
    return zip_of(entries)


def _overlapping(inside: int) -> bytes:
    """Two entries of the directory on one local header, or one beginning inside the other."""
    first, document = last()
    offset = len(zip_of([first])) - 22 - 46 - len(first.name)
    twin = replace(document, name=b"handlingar/tva.txt", both={"offset": offset + inside})
    return zip_of([first, document, twin])


def _overlapping_bomb() -> bytes:
    """One kernel of zeros that a thousand entries of the directory point at."""
    kernel = Entry(name=b"k", content=bytes(1 << 20), method=8)
    first, document = last()
    start = len(zip_of([first, document])) - 22 - 92 - len(first.name) - len(document.name)
    twins = [replace(kernel, name=b"%04d" % n, central={"offset": start}) for n in range(50)]
    return zip_of([first, document, kernel, *twins])


def _unlisted() -> bytes:
    """An entry that only a program reading forwards would find."""
    hidden = zipped({b"dold.exe": b"MZ"})
    hidden = hidden[: hidden.index(b"PK\x01\x02")]
    return zip_of([replace(last()[0], after=hidden), last()[1]])


def _bomb(both: Fields) -> Entry:
    return Entry(name=b"nollor", content=ZEROS, method=8, both=both)


def _many(count: int, entry: Entry) -> bytes:
    counted = min(count, 0xFFFF)
    layout = Layout(wide={}, end={"here": counted, "entries": counted, "size": MAX_32, "start": MAX_32})
    return zip_of((replace(entry, name=b"%s%06d" % (entry.name, n)) for n in range(count)), layout)


def _nested_files() -> dict[str, bytes]:
    return as_text(package({b"handlingar/bilaga.zip": _inner()}))


def _inner() -> bytes:
    return zipped({b"../../ut.txt": b"1", b"b.zip": zipped({b"/etc/passwd": b"2"})})


def _nested() -> bytes:
    return zipped(package({b"handlingar/bilaga.zip": _inner()}))
