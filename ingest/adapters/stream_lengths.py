"""Where a PDF's streams end, in the one case that page-validation gets wrong.

ISO 32000-1, 7.3.8.1: a stream's data lie between the end of the line of `stream` and the end of line before
`endstream`; the latter should be there and is no part of the Length. The Length says how much is data, so a carriage
return that the data end in, before a line feed that ends the line, is data. page-validation 0.11 takes the two
together for one end of line, and says that the Length is wrong (ISO 19005-2, 6.1.7.1).
"""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Final

_STARTS: Final = (b"stream\n", b"stream\r\n")
_END: Final = b"\nendstream"


def are_right_after_all(path: Path, streams: Iterable[tuple[int, int]]) -> bool:
    """Tell whether each of these streams of a PDF, by object number and generation, has the length that it states.

    Only streams whose data end in a carriage return, before a line feed and `endstream`, are ever called right.
    A PDF that cannot be read without repairs has none.
    """
    import pikepdf  # noqa: PLC0415 - only where a validator found fault with a PDF

    content = path.read_bytes()
    try:
        with pikepdf.open(path, attempt_recovery=False, suppress_warnings=True) as document:
            found = [document.get_object(*stream) for stream in streams]
            return all(isinstance(each, pikepdf.Stream) and _is_right(each.read_raw_bytes(), content) for each in found)
    except pikepdf.PdfError:
        return False


def _is_right(stated: bytes, content: bytes) -> bool:
    """Tell whether, wherever a stream begins with these data, as many as its Length states, it ends with them too."""
    if not stated.endswith(b"\r"):
        return False
    ends = list(chain.from_iterable(_ends(start + stated, content) for start in _STARTS))
    return bool(ends) and all(content.startswith(_END, end) for end in ends)


def _ends(begun: bytes, content: bytes) -> Iterable[int]:
    found = content.find(begun)
    while found >= 0:
        yield found + len(begun)
        found = content.find(begun, found + 1)
