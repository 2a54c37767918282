"""Names: those that lead out or mean something else somewhere, and ugly ones that are kept with a remark."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

from tests.hostile.case import CONTENT, Case, accepted, as_text, package, refused
from tests.hostile.tars import tarred
from tests.hostile.zips import Entry, plain, zip_of, zipped

OUT: Final[Mapping[str, bytes]] = {
    "parent": b"../ut.txt",
    "parent-inside": b"handlingar/../../ut.txt",
    "parent-last": b"handlingar/..",
    "current": b"handlingar/./a.txt",
    "absolute": b"/etc/passwd",
    "drive": b"C:/Windows/a.txt",
    "drive-relative": b"c:a.txt",
    "unc": b"\\\\server\\share\\a.txt",
    "unc-slashes": b"//server/share/a.txt",
    "backslash": b"handlingar\\a.txt",
    "backslash-parent": b"..\\..\\ut.txt",
    "empty-segment": b"handlingar//a.txt",
    "newline": b"a\nb.txt",
    "escape": b"a\x1b[31mb.txt",
    "bell": b"a\x07.txt",
    "delete": b"a\x7f.txt",
    "c1-control": "a\u0085b.txt".encode(),
    "stream": b"a.txt:dold",
    "colon": b"EXN 2021:17.pdf",
    "con": b"CON",
    "con-txt": b"con.txt",
    "nul-folder": b"nul/a.txt",
    "aux-ext": b"handlingar/aux.tar.gz",
    "com1": b"COM1",
    "com-superscript": "handlingar/COM¹.txt".encode(),
    "lpt-superscript": "lpt³".encode(),
    "prn-space": b"PRN .txt",
    "conin": b"CONIN$",
    "long-part": b"x" * 256,
    "long-part-utf8": "å".encode() * 128,
    "long-whole": b"/".join([b"y" * 250] * 17),
    "deep": b"/".join([b"z"] * 65),
}
UGLY: Final[Mapping[str, tuple[dict[bytes, str], str]]] = {
    "case-twins": ({b"handlingar/a.txt": "", b"handlingar/A.txt": ""}, "PKG-17"),
    "folder-twins": ({b"handlingar/a.txt": "", b"Handlingar/b.txt": ""}, "PKG-17"),
    "composition-twins": (
        {f"handlingar/{unicodedata.normalize(form, 'å')}.txt".encode(): "" for form in ("NFC", "NFD")},
        "PKG-17",
    ),
    "right-to-left": ({"handlingar/an\u202efdp.exe".encode(): ""}, "PKG-18"),
    "zero-width": ({"handlingar/a\u200bb.txt".encode(): ""}, "PKG-18"),
    "line-separator": ({"handlingar/a\u2028b.txt".encode(): ""}, "PKG-18"),
    "trailing-dot": ({b"handlingar/a.": ""}, "PKG-19"),
    "trailing-space": ({b"handlingar/a ": ""}, "PKG-19"),
    "folder-trailing-dot": ({b"mapp./a.txt": ""}, "PKG-19"),
}
PLAIN: Final[Mapping[str, bytes]] = {
    "swedish": "handlingar/ansökan åäö ÅÄÖ.txt".encode(),
    "decomposed": unicodedata.normalize("NFD", "handlingar/ansökan.txt").encode(),
    "html": b"handlingar/<script>alert(1)&amp;.txt",
    "csv": b"handlingar/=cmd|'%20A1",
    "template": b"handlingar/{{7*7}}${7*7}.txt",
    "percent": b"handlingar/%2e%2e%2fut.txt",
    "leading-dot": b"handlingar/.dold",
    "leading-space": b"handlingar/ a.txt",
    "tilde": b"~/a.txt",
    "dash": b"-rf",
    "star": b'handlingar/a*?"|.txt',
    "emoji": "handlingar/📁.txt".encode(),
    "console": b"handlingar/CONTRACT.txt",
    "com10": b"handlingar/COM10.txt",
    "longest-part": b"handlingar/" + b"x" * 251 + b".txt",
    "deepest": b"/".join([b"z"] * 64),
}
OLD: Final[Mapping[str, tuple[bytes, str]]] = {
    "cp437": ("handlingar/ansökan åäö.txt".encode("cp437"), "handlingar/ansökan åäö.txt"),
    "cp850": ("handlingar/Ärende ÅÖ.txt".encode("cp850"), "handlingar/Ärende ÅÖ.txt"),
    "latin-1": ("handlingar/å.txt".encode("latin-1"), "handlingar/σ.txt"),
}


def cases() -> Iterator[Case]:
    """All of them: each name in a ZIP and in a TAR, which must answer alike."""
    for kind, pack in _PACKERS.items():
        for name, raw in OUT.items():
            yield refused(f"name-{kind}-{name}", _packing(pack, {raw: CONTENT}), "PKG-5")
        for name, (names, rule) in UGLY.items():
            files = {raw: CONTENT + raw for raw in names}
            yield accepted(f"name-{kind}-{name}", _packing(pack, files), as_text(package(files)), rule)
        for name, raw in PLAIN.items():
            yield accepted(f"name-{kind}-{name}", _packing(pack, {raw: CONTENT}), as_text(package({raw: CONTENT})))
    yield from _zip_alone()
    yield refused("name-tar-latin-1", _packing(tarred, {"å.txt".encode("latin-1"): CONTENT}), "PKG-5")


def _zip_alone() -> Iterator[Case]:
    yield refused("name-zip-nul", _packing(zipped, {b"a.txt\0.exe": CONTENT}), "PKG-5")
    yield refused("name-zip-empty", _packing(zipped, {b"": CONTENT}), "PKG-5")
    broken = Entry(name=b"\xff\xfe.txt", content=CONTENT, flags=0x800)
    yield refused("name-zip-flag-lies", lambda: zip_of([*_entries(), broken]), "PKG-5")
    overlong = Entry(name=b"\xc0\xae\xc0\xae/ut.txt", content=CONTENT, flags=0x800)
    yield refused("name-zip-overlong-utf-8", lambda: zip_of([*_entries(), overlong]), "PKG-5")
    surrogate = Entry(name=b"\xed\xa0\x80.txt", content=CONTENT, flags=0x800)
    yield refused("name-zip-surrogate", lambda: zip_of([*_entries(), surrogate]), "PKG-5")
    for name, (raw, text) in OLD.items():
        files = package({raw: CONTENT}, {raw: text})
        make = partial(_unflagged, files)
        yield accepted(f"name-zip-{name}", make, as_text(files, {raw: text}), "PKG-16")
    unflagged = package({"handlingar/å.txt".encode(): CONTENT})
    yield accepted("name-zip-utf-8-unflagged", partial(_unflagged, unflagged), as_text(unflagged))


_PACKERS: Final[Mapping[str, Callable[[Mapping[bytes, bytes]], bytes]]] = {"zip": zipped, "tar": tarred}


def _packing(pack: Callable[[Mapping[bytes, bytes]], bytes], files: Mapping[bytes, bytes]) -> Callable[[], bytes]:
    return lambda: pack(package(files))


def _entries() -> list[Entry]:
    return [plain(name, body) for name, body in package().items()]


def _unflagged(files: Mapping[bytes, bytes]) -> bytes:
    return zip_of(Entry(name=name, content=body) for name, body in files.items())
