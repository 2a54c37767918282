"""Names that are legal and yet will make trouble somewhere: kept exactly as delivered, and told.

The same for folder, ZIP and TAR: only the paths are looked at.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath
from ingest.rules.rule import Rule
from ingest.rules.subjects import Judged

_ENDS_BADLY = re.compile(r"[. ](?:/|$)")
_INVISIBLE = frozenset({"Cf", "Zl", "Zp"})
"""Format characters (direction, zero width, soft hyphen) and the separators of lines and paragraphs."""


def twins(judged: Judged) -> Iterator[Violation]:
    """EARKIV-PKG-17: a file or folder whose name is another's but for case or composition (NFC)."""
    first: dict[str, str] = {}
    for name in _with_folders(_paths(judged)):
        elder = first.setdefault(_alike(name), name)
        if elder != name:
            yield Violation(rule="EARKIV-PKG-17", location=Location(file=name, value=elder))


def invisible(judged: Judged) -> Iterator[Violation]:
    """EARKIV-PKG-18: a name with characters that cannot be seen; they are told by their code points."""
    for path in _paths(judged):
        if not path.isascii():
            found = sorted({c for c in path if unicodedata.category(c) in _INVISIBLE})
            if found:
                value = ", ".join(f"U+{ord(c):04X}" for c in found)
                yield Violation(rule="EARKIV-PKG-18", location=Location(file=path, value=value))


def ends_badly(judged: Judged) -> Iterator[Violation]:
    """EARKIV-PKG-19: a file or folder whose name ends in a dot or a space."""
    for path in _paths(judged):
        if _ENDS_BADLY.search(path):
            yield Violation(rule="EARKIV-PKG-19", location=Location(file=path))


def _paths(judged: Judged) -> Iterable[PackagePath]:
    return () if judged.files is None else judged.files


def _with_folders(paths: Iterable[PackagePath]) -> Iterator[str]:
    """Give every folder above the files once, and every file."""
    folders: set[str] = set()
    for path in paths:
        parent = path.rpartition("/")[0]
        while parent and parent not in folders:
            folders.add(parent)
            yield parent
            parent = parent.rpartition("/")[0]
        yield path


def _alike(name: str) -> str:
    return name.lower() if name.isascii() else unicodedata.normalize("NFC", name).casefold()


RULES: tuple[Rule[Judged], ...] = (
    Rule(id="EARKIV-PKG-17", check=twins),
    Rule(id="EARKIV-PKG-18", check=invisible),
    Rule(id="EARKIV-PKG-19", check=ends_badly),
)
