"""What may stand before a TAR header to say more of its entry: pax records (POSIX.1-2017) and GNU long names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ingest.formats.containers.members import AMBIGUOUS, DAMAGED, STRAY_BYTES, ContainerDamaged
from ingest.formats.containers.tar_headers import TarHeader

PAX: Final = b"x"
PAX_GLOBAL: Final = b"g"
LONG_NAME: Final = b"L"
LONG_LINK: Final = b"K"
EXTENSIONS: Final = frozenset({PAX, PAX_GLOBAL, LONG_NAME, LONG_LINK})
_LINKS: Final = frozenset({b"1", b"2"})
_SPARSE: Final = ("GNU.sparse.", "SCHILY.realsize")
"""What GNU tar and star say of an entry with holes; bsdtar reads both."""
_OF_ONE_ENTRY: Final = ("path", "size", "linkpath")
_BEYOND_OCTAL: Final = 8**11
_NAME_BYTES: Final = 100
_CUT: Final = b"@PathCut/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extensions:
    """What the extension headers before an entry said of it; empty for most."""

    pax: Mapping[str, bytes] | None = None
    long_name: bytes | None = None
    long_link: bytes | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return self.pax is None and self.long_name is None and self.long_link is None


NONE: Final = Extensions()


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """An entry after all that was said of it: the bytes of its name, its size in bytes, whether it is sparse."""

    name: bytes
    size: int
    is_sparse: bool = False


def extended(known: Extensions, kind: bytes, content: bytes) -> Extensions:
    """Add one extension header's content to what is known. Raises ContainerDamaged when it was said before."""
    match kind:
        case b"x" if known.pax is None:
            return Extensions(pax=_records(content), long_name=known.long_name, long_link=known.long_link)
        case b"g" if known.is_empty:
            _prove_global(_records(content))
            return known
        case b"L" if known.long_name is None:
            return Extensions(pax=known.pax, long_name=_long(content), long_link=known.long_link)
        case b"K" if known.long_link is None:
            return Extensions(pax=known.pax, long_name=known.long_name, long_link=_long(content))
    raise ContainerDamaged.whole(AMBIGUOUS, "two extension headers speak of one entry")


def described(header: TarHeader, said: Extensions) -> Described:
    """Put a header and its extensions together. Raises ContainerDamaged where they contradict each other."""
    if said.is_empty:
        return Described(name=header.name, size=header.size)
    pax = said.pax or {}
    if (said.long_link is not None or "linkpath" in pax) and header.type not in _LINKS:
        raise ContainerDamaged.whole(AMBIGUOUS, "a link's target before something that is no link")
    is_sparse = any(key.startswith(_SPARSE) for key in pax)
    return Described(name=_name(header, said, pax), size=_size(header, pax), is_sparse=is_sparse)


def _name(header: TarHeader, said: Extensions, pax: Mapping[str, bytes]) -> bytes:
    path = pax.get("path")
    if path is not None and said.long_name is not None:
        raise ContainerDamaged.whole(AMBIGUOUS, "a pax path and a GNU long name speak of one entry")
    if path is not None:
        # A name that the header could have held, it must hold: else an older program reads another.
        if path.isascii() and len(path) <= _NAME_BYTES and path.rstrip(b"/") != header.name.rstrip(b"/"):
            raise ContainerDamaged.whole(AMBIGUOUS, f"the pax path {path!r} is not the header's {header.name!r}")
        return path
    if said.long_name is not None:
        if not _cut_from(said.long_name, header.own_name):
            detail = f"the long name {said.long_name[:_NAME_BYTES]!r} is not the header's {header.own_name!r}"
            raise ContainerDamaged.whole(AMBIGUOUS, detail)
        return said.long_name
    return header.name


def _cut_from(long_name: bytes, own_name: bytes) -> bool:
    """Tell whether a header's own name is what was left of a long one: its beginning, or what 7-Zip writes."""
    return own_name.startswith(_CUT) or (own_name != b"" and long_name.startswith(own_name.rstrip(b"/")))


def _size(header: TarHeader, pax: Mapping[str, bytes]) -> int:
    text = pax.get("size")
    if text is None:
        return header.size
    if not text.isdigit() or len(text) > 20:  # noqa: PLR2004 - what a 64-bit number can have
        raise ContainerDamaged.whole(DAMAGED, "a pax size that is no number")
    size = int(text)
    # Only a size that the header has no room for may stand here alone (CVE-2025-62518 came of less).
    if header.size != size and size < _BEYOND_OCTAL:
        raise ContainerDamaged.whole(AMBIGUOUS, f"the pax size {size} is not the header's {header.size}")
    return size


def _records(content: bytes) -> dict[str, bytes]:
    """Read `length keyword=value` lines, which must take all the content."""
    found: dict[str, bytes] = {}
    at = 0
    while at < len(content):
        digits, _, _ = content[at : at + 20].partition(b" ")
        length = int(digits) if digits.isdigit() else 0
        record = content[at : at + length]
        keyword, equals, value = record[len(digits) + 1 :].partition(b"=")
        if len(record) != length or not record.endswith(b"\n") or not keyword or not equals:
            raise ContainerDamaged.whole(DAMAGED, "a pax record that is none")
        key = keyword.decode("utf-8", "backslashreplace")
        if key in found:
            raise ContainerDamaged.whole(AMBIGUOUS, f"the pax header says {key} twice")
        found[key] = value[:-1]
        at += length
    return found


def _prove_global(records: Mapping[str, bytes]) -> None:
    for key in records:
        if key in _OF_ONE_ENTRY or key.startswith(_SPARSE):
            raise ContainerDamaged.whole(AMBIGUOUS, f"a global pax header says {key} for every entry")


def _long(content: bytes) -> bytes:
    text, _, rest = content.partition(b"\0")
    if any(rest):
        raise ContainerDamaged.whole(STRAY_BYTES, "a long name has bytes behind its end")
    return text
