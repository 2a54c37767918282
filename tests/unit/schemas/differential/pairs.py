"""Which of our schemas is compared with which published one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

import schemas
from tests.unit.schemas.differential.sources import Source, installed, published, together, without_namespace

METS: Final = "http://www.loc.gov/METS/"
EXTENSION: Final = "ExtensionMETS"
CSIP: Final = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
SIP: Final = "https://DILCIS.eu/XML/METS/SIPExtensionMETS"
XLINK: Final = "http://www.w3.org/1999/xlink"
XML: Final = "http://www.w3.org/XML/1998/namespace"
XHTML: Final = "http://www.w3.org/1999/xhtml"
CASES: Final = "http://xml.ra.se/e-arkiv/FGS-ERMS"
ERMS: Final = "https://DILCIS.eu/XML/ERMS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Our schema (by its short name) and the published one, found in the corpus, for the same documents."""

    ours: str
    root: str
    namespaces: tuple[str, ...]
    published: Callable[[Path], Source]
    declaring: Callable[[Path], tuple[Source, ...]]
    """The published files of which every name and every term has to be reached."""


def _file(name: str) -> Callable[[Path], Source]:
    return lambda corpus: published(corpus / "fgs" / "xsd" / name)


def _files(*names: str) -> Callable[[Path], tuple[Source, ...]]:
    return lambda corpus: tuple(_file(name)(corpus) for name in names)


def _paketstruktur(corpus: Path) -> Source:
    folder = corpus / "fgs" / "xsd"
    return together({METS: folder / "CSPackageMETS.xsd", EXTENSION: folder / "CSPackageExtensionMETS.xsd"})


def _csip_2_2(corpus: Path) -> Source:
    folder = corpus / "fgs" / "xsd"
    return together(
        {
            XLINK: schemas.locate("xlink.xsd"),
            METS: schemas.locate("mets.xsd"),
            CSIP: folder / "DILCISExtensionMETS.xsd",
            SIP: folder / "DILCISExtensionSIPMETS.xsd",
        }
    )


def _cases_without_namespace(corpus: Path) -> Source:
    return without_namespace(_file("Arendehantering.xsd")(corpus), CASES)


PAIRS: Final[Mapping[str, Pair]] = MappingProxyType(
    {
        "CITS ERMS 3.0.0": Pair(
            ours="erms-3.0",
            root=f"{{{ERMS}}}erms",
            namespaces=(ERMS,),
            published=_file("ERMS_v3.xsd"),
            declaring=_files("ERMS_v3.xsd"),
        ),
        "FGS Ärendehantering 1.0": Pair(
            ours="arendehantering-1.0",
            root=f"{{{CASES}}}Leveransobjekt",
            namespaces=(CASES,),
            published=_file("Arendehantering.xsd"),
            declaring=_files("Arendehantering.xsd"),
        ),
        "FGS Ärendehantering 1.0 without namespace": Pair(
            ours="arendehantering-1.0-no-namespace",
            root="Leveransobjekt",
            namespaces=("",),
            published=_cases_without_namespace,
            declaring=_files("Arendehantering.xsd"),
        ),
        "FGS Paketstruktur 1.2": Pair(
            ours="mets-fgs-1.2",
            root=f"{{{METS}}}mets",
            namespaces=(METS, EXTENSION, XLINK),
            published=_paketstruktur,
            declaring=_files("CSPackageMETS.xsd", "CSPackageExtensionMETS.xsd"),
        ),
        "CSIP 2.2": Pair(
            ours="mets-csip-2.2",
            root=f"{{{METS}}}mets",
            namespaces=(METS, CSIP, SIP, XLINK),
            published=_csip_2_2,
            declaring=lambda corpus: (
                installed("mets.xsd"),
                *_files("DILCISExtensionMETS.xsd", "DILCISExtensionSIPMETS.xsd")(corpus),
            ),
        ),
        "CSIP 2.1": Pair(
            ours="mets-csip-2.2",
            root=f"{{{METS}}}mets",
            namespaces=(METS, CSIP, SIP, XLINK, XML, XHTML),
            published=lambda _: installed("mets-sip-2.1"),
            declaring=lambda _: tuple(
                installed(name) for name in ("mets.xsd", "DILCISExtensionMETS.xsd", "DILCISExtensionSIPMETS.xsd")
            ),
        ),
    }
)
"""By the name of the standard that the published schema is of."""
