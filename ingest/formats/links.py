"""Links from descriptors to delivered files: what they may look like, and which file answers to them.

A link is tolerated in the shapes that real systems write, and every tolerance is a remark, never silent: a
backslash (EARKIV-FIX-7), another letter case (EARKIV-FIX-12), another Unicode form (EARKIV-FIX-13),
characters that a URI must escape (EARKIV-FIX-14). A link that could lead out of the delivery is never
followed (EARKIV-FIX-6).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from ingest.domain.paths import PackagePath, UnsafePath, parse_path

UNSAFE = "EARKIV-FIX-6"
BACKSLASH = "EARKIV-FIX-7"
LETTER_CASE = "EARKIV-FIX-12"
UNICODE_FORM = "EARKIV-FIX-13"
UNESCAPED = "EARKIV-FIX-14"
NO_FILE = "EARKIV-CASE-5"
SEVERAL_FILES = "EARKIV-CASE-6"

_FILE_SCHEME = re.compile(r"\Afile:[/\\]*", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MUST_BE_ESCAPED = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The file that a link leads to (None when no single file does) and the ids of the rules it calls on.

    `candidates` are all files it could mean: none, the one, or several.
    """

    path: PackagePath | None
    remarks: tuple[str, ...] = ()
    candidates: tuple[PackagePath, ...] = ()


class DeliveredNames:
    """The delivered files' names, indexed once so that each link costs the same whatever their number."""

    def __init__(self, paths: Iterable[PackagePath]) -> None:
        self._exact = frozenset(paths)
        self._by_form: dict[str, list[PackagePath]] = {}
        self._by_case: dict[str, list[PackagePath]] = {}
        for path in sorted(self._exact):
            form = unicodedata.normalize("NFC", path)
            self._by_form.setdefault(form, []).append(path)
            self._by_case.setdefault(form.casefold(), []).append(path)

    def tiers(self, spelling: str) -> Iterator[tuple[tuple[PackagePath, ...], tuple[str, ...]]]:
        """Give the files of that name with what is tolerated: nothing, another form, another letter case."""
        yield ((PackagePath(spelling),) if spelling in self._exact else ()), ()
        form = unicodedata.normalize("NFC", spelling)
        yield tuple(self._by_form.get(form, ())), (UNICODE_FORM,)
        yield tuple(self._by_case.get(form.casefold(), ())), (LETTER_CASE,)


def resolve(href: str, names: DeliveredNames, bases: Sequence[str] = ("",)) -> Resolution:
    """Follow an `xlink:href` from one of the folders `bases` ("" is the package's root).

    `file:` with its slashes is stripped, a backslash read as `/`, and the rest tried literally and
    percent-decoded once: exactly one file must answer.
    """
    plain = _plain(href)
    remarks = (UNESCAPED,) if _MUST_BE_ESCAPED.search(plain.replace("\\", "/")) else ()
    return _follow(plain, remarks, names, bases)


def resolve_attachment(link: str, names: DeliveredNames, bases: Sequence[str]) -> Resolution:
    """Follow `Bilaga/@Lank` (FGS Ärendehantering 1.0); what folder it is relative to differs per producer.

    All of `bases` are tried and exactly one file must answer; else EARKIV-CASE-5 (none) or EARKIV-CASE-6
    (several).
    """
    found = _follow(_plain(link), (), names, bases)
    if found.path is not None or UNSAFE in found.remarks:
        return found
    rule = SEVERAL_FILES if found.candidates else NO_FILE
    return Resolution(path=None, remarks=(*found.remarks, rule), candidates=found.candidates)


def attachment_bases(source: PackagePath, paths: Iterable[PackagePath]) -> tuple[str, ...]:
    """Give the folders that `Lank` is relative to in practice: the root, `content/`, that of the XML."""
    content = {path.partition("/")[0] for path in paths if path.casefold().startswith("content/")}
    own = source.rpartition("/")[0]
    return tuple(dict.fromkeys(("", *sorted(content), own)))


def _plain(link: str) -> str:
    return _FILE_SCHEME.sub("", link.strip(), count=1)


def _follow(plain: str, remarks: tuple[str, ...], names: DeliveredNames, bases: Sequence[str]) -> Resolution:
    slashed = plain.replace("\\", "/")
    if slashed != plain:
        remarks = (BACKSLASH, *remarks)
    spellings = _spellings(slashed)
    safe = [spelling for spelling in spellings if not isinstance(parse_path(spelling), UnsafePath)]
    found = _best([_under(base, spelling) for spelling in safe for base in bases], names)
    if found is None:
        astray = len(safe) < len(spellings) or any(_SCHEME.match(spelling) for spelling in safe)
        return Resolution(path=None, remarks=(*remarks, UNSAFE) if astray else remarks)
    candidates, tolerated = found
    if len(candidates) > 1:
        return Resolution(path=None, remarks=remarks, candidates=candidates)
    return Resolution(path=candidates[0], remarks=(*remarks, *tolerated), candidates=candidates)


def _under(base: str, spelling: str) -> str:
    return f"{base}/{spelling}" if base else spelling


def _spellings(slashed: str) -> tuple[str, ...]:
    """Give the link as written and percent-decoded once, without `.` segments (RFC 3986, 5.2.4)."""
    try:
        written = (slashed, unquote(slashed, errors="strict"))
    except UnicodeDecodeError:
        written = (slashed, slashed)
    undotted = ("/".join(part for part in link.split("/") if part != ".") for link in written)
    return tuple(dict.fromkeys(spelling for spelling in undotted if spelling))


def _best(spellings: Sequence[str], names: DeliveredNames) -> tuple[tuple[PackagePath, ...], tuple[str, ...]] | None:
    """Give the files of the first tier, the strictest, in which any spelling has one."""
    for tier in zip(*(names.tiers(spelling) for spelling in spellings), strict=True):
        hits = tuple(dict.fromkeys(path for paths, _ in tier for path in paths))
        if hits:
            return hits, tier[0][1]
    return None
