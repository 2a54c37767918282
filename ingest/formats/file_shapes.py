"""What makes a METS `file` ordinary: which attributes it states and what form their values have.

Most files of most packages are written by one program in one loop: the same attributes in the same order, and values
of a plain form. `shape_of` knows from the attributes' names alone which form that is, and a `Shape` answers for a file
by one match over all its values. Whatever is not of a form here is not wrong, only out of the ordinary: it is looked
at attribute by attribute.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle
from types import MappingProxyType

from ingest.domain.fixity import DigestAlgorithm
from ingest.formats.mets_values import readable

WITH_SCHEME = "file:///"
_NAME = r"[A-Za-z_][A-Za-z0-9_.-]*"
_SAID = r"\S[^\n]*"
_DAY = r"(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?"
_ZONE = "(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9])?"
_STEP = r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,99}"

OWN: Mapping[str, str] = MappingProxyType(
    {
        "ID": _NAME,
        "SIZE": "[0-9]{1,18}",
        "CREATED": rf"[12][0-9]{{3}}-{_DAY}T{_TIME}{_ZONE}",
        "CHECKSUM": r"[0-9a-fA-F]{32,128}",
        "OWNERID": _SAID,
        "ADMID": rf"{_NAME}(?: {_NAME})*",
        "DMDID": rf"{_NAME}(?: {_NAME})*",
        "ext:ORIGINALFILENAME": _SAID,
        "xlink:href": rf"(?:{_STEP}/){{0,9}}{_STEP}",
    }
)
"""Attributes whose values differ from file to file, and the form in which any of them is as good as another.

An id is an ASCII name, a size at most 18 digits, a moment one of the calendar, a link a relative path of plain
characters (RFC 3986, 2.3), after the scheme if the shape has one.
"""

SHARED: Mapping[str, str] = MappingProxyType(
    {
        "CHECKSUMTYPE": "(?:" + "|".join(DigestAlgorithm) + ")",
        **dict.fromkeys(
            (
                "MIMETYPE",
                "USE",
                *("sip:" + name for name in ("FILEFORMATNAME", "FILEFORMATVERSION", "FORMATREGISTRY")),
                *("sip:" + name for name in ("FORMATREGISTRYKEY", "FILEFORMATREGISTRY", "FILEFORMATKEY")),
                *("ext:" + name for name in ("FORMATREGISTRY", "OTHERFORMATREGISTRY", "FORMATREGISTRYKEY")),
                *("ext:" + name for name in ("FILEFORMATNAME", "FILEFORMATVERSION")),
                "LOCTYPE",
                "xlink:type",
            ),
            r"[^\n]*",
        ),
    }
)
"""Attributes with few values in one package: files with the same ones are of the same kind, whatever the values are."""

_OF_PLACE = frozenset({"LOCTYPE", "xlink:type", "xlink:href"})
_OF_FILE = frozenset({*OWN, *SHARED}) - _OF_PLACE
_NEEDED = frozenset({"ID", "SIZE", "CHECKSUM", "CHECKSUMTYPE", "xlink:href"})


_POSSIBLE = frozenset((algorithm.value, algorithm.hex_length) for algorithm in DigestAlgorithm)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shape:
    """The attributes of an ordinary file and of its one location, by readable name in the order they stand.

    `scheme` is what every link begins with, `file:///` or nothing. `forms` match a whole column of values with a line
    feed between them, name by name; `shared` are the positions of the attributes that make a file's kind.
    """

    stated: tuple[str, ...]
    placed: tuple[str, ...]
    scheme: str
    forms: tuple[re.Pattern[str], ...]
    shared: tuple[int, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All names in the order of the values."""
        return (*self.stated, *self.placed)

    def fits(self, columns: Sequence[tuple[str, ...]]) -> bool:
        """Say whether all values have their form, column by column; one value stands for a column of the same."""
        for form, column in zip(self.forms, columns, strict=True):
            text = "\n".join(column)
            if text.count("\n") >= len(column) or form.fullmatch(text) is None:
                return False
        names = self.names
        algorithms, digests = columns[names.index("CHECKSUMTYPE")], columns[names.index("CHECKSUM")]
        if len(algorithms) == 1:
            algorithms *= len(digests)
        return _POSSIBLE.issuperset(zip(algorithms, cycle(map(len, digests)), strict=False))


@lru_cache(maxsize=1024)
def shape_of(stated: tuple[str, ...], placed: tuple[str, ...], scheme: str) -> Shape | None:
    """Give the shape of a file with these attributes (`{namespace}name`), None when none with them is ordinary."""
    of_file = tuple(readable(name) for name in stated)
    of_place = tuple(readable(name) for name in placed)
    names = (*of_file, *of_place)
    is_known = _OF_FILE.issuperset(of_file) and _OF_PLACE.issuperset(of_place)
    if not is_known or not _NEEDED.issubset(names):
        return None
    return Shape(
        stated=of_file,
        placed=of_place,
        scheme=scheme,
        forms=tuple(_column_form(name, scheme) for name in names),
        shared=tuple(place for place, name in enumerate(names) if name in SHARED),
    )


@lru_cache(maxsize=128)
def _column_form(name: str, scheme: str) -> re.Pattern[str]:
    form = OWN.get(name) or SHARED[name]
    begin = scheme if name == "xlink:href" else ""
    return re.compile(rf"(?>{begin}(?:{form})(?:\n|\Z))++")
