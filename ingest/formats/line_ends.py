"""Was a text only changed in its line ends on the way? Then its stated size and digest are those of the other form."""

import hashlib
from pathlib import Path

from ingest.domain.fixity import Digest

_MOST = 64 << 20


def differs_in_line_ends(path: Path, size: int, stated_size: int, stated: Digest) -> bool:
    """Say whether a file of `size` bytes, with its line ends turned round (LF, CR LF), is what was stated.

    Files beyond 64 MiB are not looked into. OSError when the file cannot be read.
    """
    if size == stated_size or max(size, stated_size) > _MOST or stated_size > 2 * size or size > 2 * stated_size:
        return False
    content = path.read_bytes()
    unix = content.replace(b"\r\n", b"\n")
    other = unix if stated_size < size else unix.replace(b"\n", b"\r\n")
    return len(other) == stated_size and hashlib.new(stated.algorithm.hashlib_name, other).hexdigest() == stated.value
