"""What a package must satisfy, as texts: each requirement with its rule id, level and remedy.

The texts are TOML files in `requirements/`, one per family, and static: where in a delivery and with what
value a requirement is broken is said by the finding. A file gives what all of it share (`specification`, `versions`,
`link`) once, then a `[[requirement]]` per rule, each with its `id` on a line of its own.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).resolve().parent / "requirements"
_ID = re.compile(r'^id = "([^"]+)"$', re.MULTILINE)


class Level(StrEnum):
    """How binding a requirement is, in the words of RFC 2119."""

    MUST = "MUST"
    SHOULD = "SHOULD"
    MAY = "MAY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One requirement: `text_*` says what is wrong and why it matters, `remedy_*` what to do about it.

    `specification` and `versions` say whose requirement it is and in which versions it stands; `clause` says
    on what it rests. `location` is the specification's own XPath for it, "" where it has none, and `link` the
    address of its text. `checked` says by what it is checked, and `why_not` (`why_not_sv` in Swedish) why no machine
    can: one of the two is empty.
    """

    id: str
    specification: str
    versions: tuple[str, ...]
    level: Level
    clause: str
    text_sv: str
    text_en: str
    remedy_sv: str
    remedy_en: str
    location: str = ""
    link: str = ""
    checked: str = "rule"
    why_not: str = ""
    why_not_sv: str = ""


def requirement(id: str) -> Requirement:  # noqa: A002 - the specifications' own word for it
    """Give the requirement with this rule id, such as `CSIP60` or `EARKIV-FIX-1`.

    Raises:
        KeyError: no requirement has that id.
    """
    return _family(_places()[id])[id]


def all_requirements() -> tuple[Requirement, ...]:
    """Give every requirement, by file name and then in the files' order."""
    return tuple(one for path in sorted(FOLDER.glob("*.toml")) for one in _family(path).values())


@cache
def _places() -> Mapping[str, Path]:
    """Tell which file each id stands in; to read all files for one id would take longer than a small package."""
    found: dict[str, Path] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for id_ in _ID.findall(path.read_text(encoding="utf-8")):
            if id_ in found:
                raise ValueError(f"{path.name}: {id_} stands twice")
            found[id_] = path
    return MappingProxyType(found)


@cache
def _family(path: Path) -> Mapping[str, Requirement]:
    family: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = family.pop("requirement")
    return MappingProxyType({row["id"]: _requirement({**family, **row}) for row in rows})


def _requirement(facts: dict[str, Any]) -> Requirement:
    level, versions = Level(facts.pop("level")), tuple(facts.pop("versions"))
    return Requirement(level=level, versions=versions, **facts)
