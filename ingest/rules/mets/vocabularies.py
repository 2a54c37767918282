"""The value lists of E-ARK that CSIP, SIP and METS name, each with the requirement that refers to it."""

import re
from calendar import monthrange
from functools import lru_cache

from schemas.media_types import registered

OTHER = frozenset({"OTHER", "Other"})
"""How CSIP2 writes "none of these": its text has capitals, its vocabulary has not (ADR 0010)."""

CONTENT_CATEGORIES = frozenset(
    {
        "Textual works - Print",
        "Textual works - Digital",
        "Textual works - Electronic Serials",
        "Digital Musical Composition (score-based representations)",
        "Photographs - Print",
        "Photographs - Digital",
        "Other Graphic Images - Print",
        "Other Graphic Images - Digital",
        "Microforms",
        "Audio - On Tangible Medium (digital or analog)",
        "Audio - Media-independent (digital)",
        "Motion Pictures - Digital and Physical Media",
        "Video - File-based and Physical Media",
        "Software",
        "Datasets",
        "Geospatial Data",
        "Databases",
        "Websites",
        "Collection",
        "Event",
        "Interactive resource",
        "Physical object",
        "Service",
        "Mixed",
        *OTHER,
    }
)
"""CSIP2; a dash may be short or long."""

CONTENT_INFORMATION_TYPES = frozenset(
    {
        "MIXED",
        "OTHER",
        "ERMS",
        "GeoData",
        "GeoVectorGML",
        "SIARD1",
        "SIARD2",
        "SIARDDK",
        "citsarchival_v1_0",
        "citcarchival_v1_0",
        "citscarchival_v1_0",
        "csarchival_v1_0",
        "citspremis_v1_0",
        "cspremis_v1_0",
        "citserms_v3_0",
        "citserms_v2_1",
        "citsehpj_v2_0",
        "citsehpj_v1_0",
        "citsehcr_v1_0",
        "citssiard_v1_0",
        "citsgeospatial_v3_0",
        "cits3dpm_v1_0",
    }
)
"""CSIP4, CSIP62: all that any version has had, for the list is kept outside the specification."""

PACKAGE_TYPES = frozenset({"SIP", "AIP", "DIP", "AIU", "AIC"})
"""CSIP9."""

STATUSES = frozenset({"CURRENT", "SUPERSEDED"})
"""CSIP20, CSIP34, CSIP47."""

LABELS = ("Documentation", "Schemas", "Representations", "Metadata")
"""CSIP64, CSIP90, CSIP95, CSIP99, CSIP103, CSIP107."""

RECORD_STATUSES = frozenset({"NEW", "SUPPLEMENT", "REPLACEMENT", "REPLEACEMENT", "TEST", "VERSION", "DELETE", "OTHER"})
"""SIP3; the vocabulary's own spelling of REPLACEMENT is accepted too."""

METADATA_TYPES = frozenset(
    {
        "MARC",
        "MODS",
        "EAD",
        "DC",
        "NISOIMG",
        "LC-AV",
        "VRA",
        "TEIHDR",
        "DDI",
        "FGDC",
        "LOM",
        "PREMIS",
        "PREMIS:OBJECT",
        "PREMIS:AGENT",
        "PREMIS:RIGHTS",
        "PREMIS:EVENT",
        "TEXTMD",
        "METSRIGHTS",
        "ISO 19115:2003 NAP",
        "EAC-CPF",
        "LIDO",
        "OTHER",
    }
)
"""mdRef/@MDTYPE in METS (CSIP25, CSIP39, CSIP52)."""

CHECKSUM_TYPES = frozenset(
    {
        "Adler-32",
        "CRC32",
        "HAVAL",
        "MD5",
        "MNP",
        "SHA-1",
        "SHA-256",
        "SHA-384",
        "SHA-512",
        "TIGER",
        "WHIRLPOOL",
    }
)
"""@CHECKSUMTYPE in METS (CSIP30, CSIP44, CSIP57, CSIP72)."""

# RFC 6838, 4.2 and 4.2.7: the registered kinds of media, and names of at most 127 characters on either side.
_MEDIA_TYPE = re.compile(
    r"(?:application|audio|example|font|haptics|image|message|model|multipart|text|video)"
    r"/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}(?:\s*;\s*[A-Za-z0-9!#$&^_.+-]+=[^;]+)*\Z"
)
_OWN_TREES = ("vnd.", "prs.", "x.", "x-")
_MOMENT = re.compile(
    r"-?(?P<year>\d{4,})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
    r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?\Z",
    re.ASCII,
)
_SIZE_DIGITS = 19
_MONTHS = 12
_LEAP_YEAR = 2000
_DASHES = str.maketrans("–—", "--")


@lru_cache(maxsize=256)
def is_media_type(value: str) -> bool:
    """Say whether this is a media type (RFC 6838).

    A name without facet must be registered; names of vendors, persons and unregistered ones (`vnd.`, `prs.`, `x.`,
    `x-`) are lists of their own, which CSIP allows by agreement (ADR 0011).
    """
    if _MEDIA_TYPE.match(value) is None:
        return False
    name = value.partition(";")[0].strip().lower()
    return name.partition("/")[2].startswith(_OWN_TREES) or name in registered()


def looks_like_media_type(value: str) -> bool:
    """Say whether this has the form and the kind of a media type, registered or not (ADR 0011)."""
    return _MEDIA_TYPE.match(value) is not None


def is_size(value: str) -> bool:
    """Say whether this is a number of bytes, and none beyond what xs:long can be."""
    return value.isascii() and value.isdecimal() and len(value) < _SIZE_DIGITS


def is_moment(value: str) -> bool:
    """Say whether this is an xs:dateTime, of a day that the calendar has."""
    found = _MOMENT.match(value)
    if found is None:
        return False
    year, month, day = int(found["year"][-4:]), int(found["month"]), int(found["day"])
    # The calendar repeats every 400 years, so the last four digits tell the length of a month.
    return 0 < month <= _MONTHS and 0 < day <= monthrange(year or _LEAP_YEAR, month)[1]


def is_content_category(value: str) -> bool:
    """Say whether this is a value of the vocabulary for mets/@TYPE."""
    return value.translate(_DASHES) in CONTENT_CATEGORIES
