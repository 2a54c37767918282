"""Builds FGS Paketstruktur 2.0: an E-ARK SIP 2.1.0 with Riksarkivet's `additionalPackageInfo.xml` in `documentation/`.

That document says what FGS 1.x said in METS and E-ARK has no place for: archive, disposal, access, period.
"""

import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from samples.documents.formats import XML
from samples.simulator.csip import REPRESENTATION, Version, build_csip
from samples.simulator.description import Delivery, Document
from samples.simulator.layout import original_name, period, place, restrictions
from samples.simulator.xml_tree import Vocabulary, file_bytes

_NAMESPACE = "http://xml.ra.se/e-arkiv/implementation-IP/version10/SNAadditionalPackageInfo"
_XML = Vocabulary(_NAMESPACE)
_NAME = "additionalPackageInfo.xml"


def build_fgs20(delivery: Delivery, folder: Path) -> None:
    """Write the package into a folder, which is the package's root."""
    words = Document(name=_NAME, content=file_bytes(_words(delivery)), format=XML)
    told = replace(delivery, documentation=(*delivery.documentation, words))
    build_csip(told, folder, version=Version.V2_1_0)


def _words(delivery: Delivery) -> ET.Element:
    return _XML.element("additionalPackageInfo", children=[_control(delivery), _package(delivery)])


def _control(delivery: Delivery) -> ET.Element:
    kind, _, code = delivery.archival_creator.identifier.partition(":")
    creator = [
        _XML.text("creatorName", delivery.archival_creator.name),
        _XML.text("creatorCode", code, {"type": kind}),
    ]
    children = [
        _XML.text("identification", delivery.identity, {"type": "UUID"}),
        _XML.text("status", delivery.record_status),
        _XML.text("creationDate", delivery.created.isoformat()),
        _XML.element("creator", children=creator),
    ]
    return _XML.element("control", children=children)


def _package(delivery: Delivery) -> ET.Element:
    first, last = period(delivery)
    is_disposable = any(case.disposal is not None and case.disposal.disposable for case in delivery.cases)
    is_restricted = bool(restrictions(delivery))
    placed = place(delivery, f"{REPRESENTATION}/data", original_name)
    files = [_XML.element("file", {"name": entry.document.name, "path": quote(entry.path)}) for entry in placed]
    children = [
        _XML.text("archiveName", delivery.archive),
        _XML.element("disposal", {"disposable": _flag(is_disposable)}),
        _XML.element("accessRestrict", {"restricted": _flag(is_restricted)}),
        _XML.text("startDate", first.isoformat()),
        _XML.text("endDate", last.isoformat()),
        _XML.element("audience", {"publishable": _flag(not is_restricted)}),
        _XML.element("files", children=files),
    ]
    return _XML.element("package", {"id": f"ID{delivery.identity}"}, children)


def _flag(value: object) -> str:
    return "true" if value else "false"
