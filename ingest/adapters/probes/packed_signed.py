"""Signatures inside office documents and other files that are ZIP inside: found, and told as *not checked*.

Where they lie: `_xmlsignatures/` (ECMA-376-2), `META-INF/documentsignatures.xml` (ODF 1.3), `META-INF/signatures.xml`
and the like (EPUB 3, ASiC), `META-INF/*.p7s`, `*.RSA` (ASiC, JAR).
"""

import re
import zipfile
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from ingest.adapters.probes.xml_signed import MOST, not_checked
from ingest.domain.characteristics import Signature, SignatureVerdict
from ingest.formats.xml_bounds import XmlRefused
from ingest.formats.xml_signatures import refusal_of, signatures_in

_MOST_BYTES: Final = 2 << 20
_KINDS: Final = (
    ("OOXML", re.compile(r"_xmlsignatures/[^/]+\.xml", re.IGNORECASE)),
    ("ODF", re.compile(r"META-INF/(?:document|macro)signatures\.xml")),
    ("XML", re.compile(r"META-INF/[^/]*signatures?[^/]*\.xml", re.IGNORECASE)),
    ("CMS", re.compile(r"META-INF/[^/]+\.(?:p7s|rsa|dsa|ec)", re.IGNORECASE)),
)
_REASON: Final = "found, and this kind is not checked here"


def signatures_of(archive: zipfile.ZipFile) -> tuple[Signature, ...]:
    """Find the signatures of an open document, at most `MOST`; raises what `zipfile` raises over bad content."""
    told = chain.from_iterable(_told(archive, member) for member in archive.infolist())
    return tuple(islice(told, MOST))


def _told(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[Signature]:
    kind = next((name for name, pattern in _KINDS if pattern.fullmatch(member.filename)), None)
    if kind is None:
        return
    if kind == "CMS":
        yield _bare(kind, f"{member.filename}: {_REASON}")
        return
    with archive.open(member) as source:
        content = source.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        yield _bare(kind, f"{member.filename}: larger than {_MOST_BYTES} bytes")
        return
    try:
        for found in signatures_in((content,), MOST):
            yield not_checked(found, kind, f"{member.filename}: {_REASON}")
    except XmlRefused as refused:
        yield _bare(kind, f"{member.filename}: {refusal_of(refused)}")


def _bare(kind: str, detail: str) -> Signature:
    return Signature(kind=kind, verdict=SignatureVerdict.NOT_CHECKED, detail=detail)
