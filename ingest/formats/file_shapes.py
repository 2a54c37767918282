"""What makes a METS `file` ordinary: which attributes it states and what form their values have.

Most files of most packages are written by one program in one loop: the same attributes in the same order, and values
of a plain form. `shape_of` knows from the attributes' names alone which form that is, and a `Shape` answers for a file
by one match over all its values. Whatever is not of a form here is not wrong, only out of the ordinary: it is looked
at attribute by attribute.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from ingest.domain.fixity import DigestAlgorithm
from ingest.formats.mets_values import readable

WITH_SCHEME = "file:///"
_NAME = r"[A-Za-z_][A-Za-z0-9_.-]*"
_SAID = r"\S[^\n]*"
_DAY = r"(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?"
_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)?"
_STEP = r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,99}"

OWN: Mapping[str, str] = MappingProxyType(
    {
        "ID": _NAME,
        "SIZE": r"\d{1,18}",
        "CREATED": rf"[12]\d\d\d-{_DAY}T{_TIME}{_ZONE}",
        "CHECKSUM": r"[0-9a-fA-F]{32,128}",
        "OWNERID": _SAID,
        "ADMID": rf"{_NAME}(?: {_NAME})*",
        "DMDID": rf"{_NAME}(?: {_NAME})*",
        "ext:ORIGINALFILENAME": _SAID,
        "xlink:href": rf"(?:{WITH_SCHEME})?(?:{_STEP}/){{0,9}}{_STEP}",
    }
)
"""Attributes whose values differ from file to file, and the form in which any of them is as good as another.

An id is an ASCII name, a size at most 18 digits, a moment one of the calendar, a link a relative path of plain
characters (RFC 3986, 2.3) with or without `file:///`.
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
_NEEDED = frozenset({"ID", "SIZE", "CHECKSUM", "CHECKSUMTYPE", "xlink:href"})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shape:
    """The attributes of an ordinary file and of its one location, by readable name in the order they stand.

    `form` is matched by all values in that order with a line feed between them, and `shared` are the positions of the
    attributes that make the file's kind.
    """

    stated: tuple[str, ...]
    placed: tuple[str, ...]
    form: re.Pattern[str]
    shared: tuple[int, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All names in the order of the values."""
        return (*self.stated, *self.placed)


@lru_cache(maxsize=1024)
def shape_of(stated: tuple[str, ...], placed: tuple[str, ...]) -> Shape | None:
    """Give the shape of a file with these attributes (`{namespace}name`), None when none with them is ordinary."""
    of_file = tuple(readable(name) for name in stated)
    of_place = tuple(readable(name) for name in placed)
    names = (*of_file, *of_place)
    forms = [OWN.get(name) or SHARED.get(name) for name in names]
    if None in forms or not _NEEDED <= {*names} or not _OF_PLACE.isdisjoint(of_file) or not _OF_PLACE >= {*of_place}:
        return None
    return Shape(
        stated=of_file,
        placed=of_place,
        form=re.compile("\n".join(form for form in forms if form is not None), re.ASCII),
        shared=tuple(place for place, name in enumerate(names) if name in SHARED),
    )
