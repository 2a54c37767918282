"""Every mutation on which one of our schemas and its published counterpart are known to disagree, and why.

`docs/reference/schema-differences.md` tells the same to people, under the same ids.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Refuses(StrEnum):
    """Which of the two schemas refuses the mutation that the other accepts."""

    OURS = "ours"
    PUBLISHED = "published"


class Cause(StrEnum):
    """What a difference comes from."""

    SCHEMAS = "the schemas say different things"
    PROCESSOR = "the schemas say the same, and libxml2 reads one of them wrongly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Mutations of one kind that are judged differently: which (by their names, whole), how many, and why."""

    id: str
    mutations: str
    count: int
    refuses: Refuses
    reason: str
    cause: Cause = Cause.SCHEMAS

    def covers(self, mutation: str) -> bool:
        """Whether a mutation is one of these."""
        return re.fullmatch(self.mutations, mutation) is not None


def _published_types(count: int) -> Difference:
    return Difference(
        id="TYPE-1",
        mutations=r".* typed by name \w+",
        count=count,
        refuses=Refuses.OURS,
        reason="xsi:type can name a type of the published schema, and our types have names of their own",
    )


def _our_types(count: int) -> Difference:
    return Difference(
        id="TYPE-2",
        mutations=r".* typed by name \w+",
        count=count,
        refuses=Refuses.PUBLISHED,
        reason="the other way round: xsi:type can name a type of ours, which the published schema does not know",
    )


_ERMS: Final = (
    Difference(
        id="ERMS-1",
        mutations=r".*/record \(full 1\) @recordPhysicalOrDigital 'physical_and_digital'",
        count=2,
        refuses=Refuses.PUBLISHED,
        reason="3.0.0 misspells one term and 3.0.2 corrects it: deliveries of both are read",
    ),
    Difference(
        id="ERMS-2",
        mutations=r"erms/control/systemInformation/agents \(full 1\) agent\[0\] (twice|three times)",
        count=2,
        refuses=Refuses.PUBLISHED,
        reason="a source system has one agent at most in 3.0.0, several in 3.0.2",
    ),
    _published_types(105),
    _our_types(103),
)

_CASES: Final = (
    Difference(
        id="CASE-1",
        mutations=r".* text '(2147483647|2147483648|2021104|2021104000|2021104000000)'",
        count=75,
        refuses=Refuses.OURS,
        reason="the published pattern of a point in time lists its forms as alternatives, and libxml2 then takes "
        "seven, ten or thirteen digits in a row for a date; the pattern does not, nor does another processor",
        cause=Cause.PROCESSOR,
    ),
    _published_types(73),
    _our_types(45),
)

_CSIP_2_1: Final = (
    Difference(
        id="CSIP-1",
        mutations=r"mets \(bare\) @\{\S+\}CONTENTINFORMATIONTYPE "
        r"'(citsarchival_v1_0|csarchival_v1_0|cspremis_v1_0|citserms_v3_0|citsehpj_v2_0|cits3dpm_v1_0)'",
        count=6,
        refuses=Refuses.PUBLISHED,
        reason="the six content information types that CSIP 2.2 adds to those of 2.1",
    ),
    Difference(
        id="CSIP-2",
        mutations=r".* @\{http://www\.w3\.org/XML/1998/namespace\}(base|lang|space) '.*'",
        count=285,
        refuses=Refuses.PUBLISHED,
        reason="the shipped wrapper has W3C's schema of xml:lang and xml:space read too; METS does not ask for it",
    ),
    Difference(
        id="CSIP-3",
        mutations=r".* with (known|broken) \w+",
        count=156,
        refuses=Refuses.PUBLISHED,
        reason="the shipped wrapper has XHTML's schema read too, so XHTML inside METS is judged; METS leaves it open",
    ),
    Difference(
        id="CSIP-4",
        mutations=r"\w+ as the document",
        count=77,
        refuses=Refuses.OURS,
        reason="for the same reason a document of XHTML is a valid one by the shipped wrapper",
    ),
)

DIFFERENCES: Final[Mapping[str, tuple[Difference, ...]]] = MappingProxyType(
    {
        "CITS ERMS 3.0.0": _ERMS,
        "FGS Ärendehantering 1.0": _CASES,
        "FGS Ärendehantering 1.0 without namespace": _CASES,
        "FGS Paketstruktur 1.2": (_published_types(54), _our_types(73)),
        "CSIP 2.2": (),
        "CSIP 2.1": _CSIP_2_1,
    }
)
"""By the name of the pair. A difference that is not covered here fails the tests; so does a line with another count."""
