"""What every AIP carries along for whoever opens it without us: a page that says what it is, and the ERMS schema."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lxml import etree

from ingest.domain.aips import Aip
from schemas import locate

ERMS_SCHEMA = "schemas/ERMS.xsd"
_XS = "http://www.w3.org/2001/XMLSchema"
_ERMS = "https://DILCIS.eu/XML/ERMS"

_TEXT = """\
ARKIVPAKET {objid}

Det här är ett arkivpaket (AIP) enligt E-ARK CSIP 2.2.0. Det går att läsa utan särskild programvara.

METS.xml                              förteckning över allt i paketet, med storlek och kontrollsumma (SHA-256)
metadata/descriptive/erms.xml         ärenden och handlingar (CITS ERMS 3.0, schemat ligger i schemas/)
metadata/preservation/premis.xml      vad som har hänt med filerna, när och genom vem (PREMIS 3)
representations/<namn>/data/          de levererade filerna, oförändrade
submission/                           leveransens egna beskrivningar, oförändrade
documentation/                        leveransens dokumentation, denna sida, och rättelser av metadata

Paketet kom genom leverans {delivery} under överenskommelse {agreement}, version {version}.
Generation {generation}, skapad {created}.


ARCHIVAL PACKAGE {objid}

This is an archival information package (AIP) by E-ARK CSIP 2.2.0. It can be read without special software.

METS.xml                              the list of everything in the package, with size and digest (SHA-256)
metadata/descriptive/erms.xml         cases and records (CITS ERMS 3.0, the schema lies in schemas/)
metadata/preservation/premis.xml      what happened to the files, when and by whom (PREMIS 3)
representations/<name>/data/          the delivered files, unchanged
submission/                           the delivery's own descriptions, unchanged
documentation/                        the delivery's documentation, this page, and corrections of metadata

The package came by delivery {delivery} under agreement {agreement}, version {version}.
Generation {generation}, made {created}.
"""


def readme_path(aip: Aip) -> str:
    """Give the page a name in `documentation/` that no delivered file has."""
    taken = {o.place.aip_path for o in aip.objects}
    path = "documentation/README.txt"
    while path in taken:
        path = path.replace("README", "_README")
    return path


def correction_path(aip: Aip, generation: int) -> str:
    """Give the correction that made a generation a name in `documentation/` that no delivered file has."""
    folder = "documentation/corrections"
    while any(o.place.aip_path.casefold().startswith(f"{folder}/") for o in aip.objects):
        folder = folder.replace("corrections", "_corrections")
    return f"{folder}/{generation:05d}.json"


def readme(aip: Aip) -> bytes:
    """Write the page that says what the package is and where things lie, in Swedish and English."""
    return _TEXT.format(
        objid=aip.objid,
        delivery=aip.delivery,
        agreement=aip.agreement,
        version=aip.agreement_version,
        generation=aip.generation,
        created=(aip.corrected or aip.created).isoformat(),
    ).encode()


@cache
def erms_schema() -> bytes:
    """Give our CITS ERMS 3.0 schema as one file, its parts put together."""
    whole = etree.Element(f"{{{_XS}}}schema", nsmap={"xs": _XS, None: _ERMS})  # type: ignore[dict-item]
    whole.set("targetNamespace", _ERMS)
    whole.set("elementFormDefault", "qualified")
    whole.set("version", "3.0")
    for part in _parts(locate("erms-3.0"), set()):
        whole.append(part)
    content: bytes = etree.tostring(whole, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def _parts(path: Path, seen: set[Path]) -> Iterator[etree._Element]:
    if path in seen:
        return
    seen.add(path)
    for child in etree.parse(path).getroot().iterchildren("{*}*"):
        if etree.QName(child).localname == "include":
            yield from _parts(path.parent / child.get("schemaLocation", ""), seen)
        else:
            yield child
