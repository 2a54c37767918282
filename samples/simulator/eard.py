"""Builds packages by the eARD draft of 2013, as they still lie in cellars.

Here mets/@TYPE is the OAIS type, and everything that 1.0 later put into attributes of its own is an
altRecordID; file/@USE is "format;version;PRONOM:key", and the cases are without namespace.
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

from samples.simulator.arendehantering import Namespace
from samples.simulator.description import Delivery
from samples.simulator.fgs_parts import (
    XML,
    PackageFile,
    agents,
    file_section,
    listed,
    no_structure,
    write_files,
)
from samples.simulator.layout import period, write, xml_id
from samples.simulator.xml_tree import file_bytes

_PROFILE = "http://xml.ra.se/e-arkiv/METS/eARD_Paket_FGS.xml"


def build_eard(delivery: Delivery, folder: Path) -> None:
    """Write the package into a folder, which is the package's root.

    Raises:
        ValueError: the delivery holds cases and loose records, or two documents of one name.
    """
    files = write_files(delivery, folder, Namespace.NONE)
    write(folder, "sip.xml", file_bytes(_mets(delivery, files)))


def _mets(delivery: Delivery, files: Sequence[PackageFile]) -> ET.Element:
    stated = {
        "OBJID": f"UUID:{delivery.identity}",
        "ID": xml_id(delivery, "sip.xml"),
        "TYPE": "SIP",
        "LABEL": delivery.title,
        "PROFILE": _PROFILE,
    }
    listing = [listed(delivery, file, f"file:{file.path}", {"USE": _use(file)}) for file in files]
    return XML.element("mets", stated, [_header(delivery), file_section(delivery, listing), no_structure()])


def _header(delivery: Delivery) -> ET.Element:
    first, last = period(delivery)
    told = {
        "DELIVERYTYPE": "ERMS",
        "DELIVERYSPECIFICATION": "FGS Ärendehantering, utkast",
        "SUBMISSIONAGREEMENT": delivery.agreement,
        "DATASUBMISSIONSESSION": f"Leverans {delivery.created.date().isoformat()}",
        "PACKAGENUMBER": "1",
        "REFERENCECODE": delivery.reference_code,
        "APPRAISAL": "No",
        "STARTDATE": first.isoformat(),
        "ENDDATE": last.isoformat(),
        "SYSTEMTYPE": "Ärendehanteringssystem",
    }
    stated = {"CREATEDATE": delivery.created.isoformat(), "RECORDSTATUS": delivery.record_status}
    children = [
        *agents(delivery),
        *(XML.text("altRecordID", value, {"TYPE": kind}) for kind, value in told.items()),
        XML.text("metsDocumentID", "sip.xml"),
    ]
    return XML.element("metsHdr", stated, children)


def _use(file: PackageFile) -> str:
    return f"{file.format.name};{file.format.version};PRONOM:{file.format.puid}"
