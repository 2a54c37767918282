"""Which specification and version a METS document follows, as its PROFILE says.

The addresses of 2.0.4 and 2.1.0 carry no version, nor does the CSIP profile's own: what they leave open is told
by how csip:CONTENTINFORMATIONTYPE is written, and else stays open (ADR 0009).
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from ingest.formats.mets_values import Root


class Version(StrEnum):
    """The versions of the E-ARK specifications that are judged."""

    V2_0_4 = "2.0.4"
    V2_1_0 = "2.1.0"
    V2_2_0 = "2.2.0"


class Kind(StrEnum):
    """Which of the specifications; CSIP is the common part of all."""

    CSIP = "CSIP"
    SIP = "SIP"
    AIP = "AIP"
    DIP = "DIP"


EARLIER = frozenset({Version.V2_0_4, Version.V2_1_0})
_NEWEST = frozenset({Version.V2_2_0})
_WITHOUT_VERSION = re.compile(r"_v\d")
_ADDRESS = re.compile(
    r"https?://eark(?:csip|sip|aip|dip)\.dilcis\.eu/profile/E-ARK-(CSIP|SIP|AIP|DIP)(-v2-\d-\d)?\.xml\Z"
)
_NAMED: Mapping[str, Version] = MappingProxyType(
    {"-v2-0-4": Version.V2_0_4, "-v2-1-0": Version.V2_1_0, "-v2-1-1": Version.V2_1_0, "-v2-2-0": Version.V2_2_0}
)
_OLD_TYPES = frozenset({"ERMS", "SIARD1", "SIARD2", "SIARDDK", "GeoData", "GeoVectorGML"})


def profile_kind(root: Root) -> Kind | None:
    """Give the specification that the profile's address names, None when it is none of E-ARK's."""
    named = _ADDRESS.match(root.profile or "")
    return Kind(named[1]) if named else None


def versions_of(root: Root) -> frozenset[Version]:
    """Give the versions that the document may follow: one, or several where it does not say."""
    named = _ADDRESS.match(root.profile or "")
    if named is None:
        return _NEWEST
    if named[2]:
        return frozenset({_NAMED.get(named[2], Version.V2_2_0)})
    content = root.attribute("csip:CONTENTINFORMATIONTYPE") or ""
    if content in _OLD_TYPES:
        return frozenset({Version.V2_0_4})
    if _WITHOUT_VERSION.search(content):
        return frozenset({Version.V2_1_0})
    return EARLIER
