"""Was a text only changed in its line ends on the way? Then its stated digest is that of the other form."""

import hashlib
from pathlib import Path

from ingest.domain.fixity import Digest

_MOST = 64 << 20


def size_with_other_line_ends(path: Path, size: int, stated_size: int, stated: Digest) -> int | None:
    """Give how long a file of `size` bytes is in the form (LF, CR LF) that has the stated digest, or None.

    Files beyond 64 MiB, and those of less than half or more than twice the stated size, are not looked into.
    OSError when the file cannot be read.
    """
    if max(size, stated_size) > _MOST or stated_size > 2 * size or size > 2 * stated_size:
        return None
    content = path.read_bytes()
    unix = content.replace(b"\r\n", b"\n")
    for other in (unix, unix.replace(b"\n", b"\r\n")):
        if other != content and hashlib.new(stated.algorithm.hashlib_name, other).hexdigest() == stated.value:
            return len(other)
    return None
