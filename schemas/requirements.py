"""What a package must satisfy, as texts: each requirement with its rule id, level and remedy.

The texts are TOML files in `requirements/`, one per family, and static: where in a delivery and with what
value a requirement is broken is said by the finding. A file gives `specification` and `versions` once, then a
`[[requirement]]` per rule.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).resolve().parent / "requirements"


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
    address of its text. `checked` says by what it is checked, and `why_not` why no machine can: one of the two is
    empty.
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


def requirement(id: str) -> Requirement:  # noqa: A002 - the specifications' own word for it
    """Give the requirement with this rule id, such as `CSIP60` or `EARKIV-FIX-1`.

    Raises:
        KeyError: no requirement has that id.
    """
    return _by_id()[id]


def all_requirements() -> tuple[Requirement, ...]:
    """Give every requirement, by file name and then in the files' order."""
    return tuple(_by_id().values())


@cache
def _by_id() -> Mapping[str, Requirement]:
    found: dict[str, Requirement] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for one in _read(path):
            if one.id in found:
                raise ValueError(f"{path.name}: {one.id} stands twice")
            found[one.id] = one
    return MappingProxyType(found)


def _read(path: Path) -> Iterator[Requirement]:
    family: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    for row in family["requirement"]:
        facts = {"specification": family["specification"], "versions": family["versions"], **row}
        level, versions = Level(facts.pop("level")), tuple(facts.pop("versions"))
        yield Requirement(level=level, versions=versions, **facts)
