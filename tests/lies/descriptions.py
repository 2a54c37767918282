"""The lies in what describes a package's content and its history: CITS ERMS, PREMIS, Riksarkivet's document.

What breaks a single document is in `tests/unit/rules/{erms,premis}`; here is what it brings in a whole package.
"""

from collections.abc import Mapping
from typing import Final

from samples.simulator.xml_tree import sha256
from tests.lies.dialects import BARE_ERMS, EARK, FGS_2_0, Dialect, sound
from tests.lies.mets_lies import Lie, lie
from tests.lies.packages import Package, rewritten
from tests.unit.rules.erms import documents as erms
from tests.unit.rules.erms.table import TABLE as ERMS_TABLE
from tests.unit.rules.premis import documents as premis
from tests.unit.rules.premis.test_premis import TABLE as PREMIS_TABLE

PREMIS: Final = "metadata/preservation/premis.xml"
WORDS: Final = "documentation/additionalPackageInfo.xml"
_CONTENT: Final = "representations/rep1/data/Beslut om skolskjuts.pdf"
_BARE_CONTENT: Final = "Beslut om skolskjuts.pdf"
_OF_3_0: Final = frozenset({"ERMS272", "ERMS273", "ERMS274", "ERMS276"})
"""Asked since version 3.0."""
DESCRIBED: Final = (*(one for one in EARK if "SIP" in one.traits), BARE_ERMS)


def _numbered(family: str, numbers: str) -> frozenset[str]:
    return frozenset(f"{family}{number}" for number in numbers.split())


_AGAINST_ERMS: Final = _numbered(
    "ERMS",
    "1 2 6 10 11 12 19 20 21 22 23 34 37 46 47 53 56 59 81 84 89 91 93 95 106 109 113 121 125 126 127 130 132 148 153"
    " 156 171 186 190 192 200 218 239 273 276",
) | _numbered("EARKIV-ERMS-", "5 8 13")
"""The lies that the schema of 3.0 forbids too (EARKIV-XML-4)."""
_AS_A_CASE: Final[Mapping[str, str]] = {"ERMS34": "EARKIV-CASE-5", "ERMS239": "EARKIV-CASE-9"}
"""What is told of the case as it was read, in the words of every dialect."""


def described(dialect: Dialect, *breaks: erms.Break) -> Package:
    """Put the document that uses all of ERMS into the package, with these breaks; all in it is in order without."""
    content = _BARE_CONTENT if dialect is BARE_ERMS else _CONTENT
    text = erms.mutated(*breaks).replace(b"ansokan.pdf", content.encode()).replace(b"EXN 2020/3", b"EXN 2021/17:2")
    return rewritten(sound(dialect), dialect.description, lambda _: text)


def of_erms(rule: str, dialect: Dialect) -> frozenset[str]:
    """Give what the table's break of the rule brings."""
    is_older = bool(dialect.told)
    known = frozenset() if is_older and rule in _OF_3_0 else frozenset({rule})
    schema = {"EARKIV-XML-4"} if rule in _AGAINST_ERMS and not is_older else set()
    also = {_AS_A_CASE[rule]} if rule in _AS_A_CASE else set()
    return known | ERMS_TABLE[rule].also | schema | also | dialect.told


# ------------------------------------------------------------------------------------------- PREMIS

_SILENT_IN_PREMIS: Final = _numbered("PM", "6 9 10 19 20 21 33 38 39 73 74 75 86 87 90 99 105 109 115") | _numbered(
    "EARKIV-PM-", "1 2 3 4 5 6 7 8"
)
"""The lies that PREMIS's schema does not forbid."""
_LOST_OBJECT: Final = _numbered("PM", "3 5 15 17") | {"EARKIV-PM-1"}
_LOST_TARGET: Final = _numbered("PM", "29 31 70 72 81 83")


def preserved(dialect: Dialect, *breaks: premis.Break) -> Package:
    """Put the document that uses all of PREMIS into the package, with these breaks; all in it is in order without."""
    package = sound(dialect)
    content = package.files[_CONTENT]
    said = {
        premis.PDF: _CONTENT,
        premis.SHA256: sha256(content),
        "<size>17<": f"<size>{len(content)}<",
    }
    text = premis.mutated(*breaks).decode("utf-8")
    for old, new in said.items():
        text = text.replace(old, new)
    return rewritten(package, PREMIS, lambda _: text.encode("utf-8"))


def of_premis(rule: str, dialect: Dialect) -> frozenset[str]:
    """Give what the table's break of the rule brings: what was identified is lost to those who refer to it."""
    schema = set() if rule in _SILENT_IN_PREMIS else {"EARKIV-XML-4"}
    unrelated = {"EARKIV-PM-8"} if rule in _LOST_OBJECT else set()
    broken = {"EARKIV-PM-2"} if rule in _LOST_TARGET else set()
    return frozenset({rule}) | schema | unrelated | broken | dialect.told


# ------------------------------------------------------------------------------------------- Riksarkivet's document

_DATA: Final = "representations/rep1/data"
RA_LIES: Final[tuple[Lie, ...]] = (
    lie("FGS-RA-1", "(?<=<ns0:startDate>)[^<]*", "2025-02-30"),
    lie("FGS-RA-2", "(?<=<ns0:endDate>)[^<]*", "1999-12-31"),
    lie("FGS-RA-3", "(?<=<ns0:status>)NEW", "NY"),
    lie("FGS-RA-4", 'type="ORG"', 'type="ORGNR"'),
    lie("FGS-RA-5", 'restricted="true"', 'restricted="ja"'),
    lie("FGS-RA-6", f'(?<="{_DATA}/)Beslut', "Besked"),
    lie("FGS-RA-7", "<ns0:file [^>]*/>", r"\g<0>\g<0>"),
    lie("FGS-RA-8", "<ns0:identification.*?</ns0:identification>", ""),
    lie("FGS-RA-9", "2120009994", "2120009995"),
    lie("EARKIV-FIX-7", f'"{_DATA}/Beslut', r'"representations\\rep1\\data\\Beslut'),
    lie("EARKIV-FIX-6", f'"{_DATA}/Beslut', '"../../Beslut', "FGS-RA-6"),
    lie("EARKIV-XML-1", "</ns0:control>", ""),
)
RIKSARKIVET: Final = FGS_2_0
PREMIS_RULES: Final = tuple(PREMIS_TABLE)
ERMS_RULES: Final = tuple(ERMS_TABLE)
