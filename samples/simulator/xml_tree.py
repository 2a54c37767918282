"""XML for the builders, on the standard library alone: the simulator shares no parser with the readers."""

import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from datetime import date

XLINK = "http://www.w3.org/1999/xlink"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
METS = "http://www.loc.gov/METS/"
PREMIS = "http://www.loc.gov/premis/v3"
FGS_EXTENSION = "ExtensionMETS"
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
SIP = "https://DILCIS.eu/XML/METS/SIPExtensionMETS"

_PREFIXES = {
    "xlink": XLINK,
    "xsi": XSI,
    "mets": METS,
    "premis": PREMIS,
    "ext": FGS_EXTENSION,
    "csip": CSIP,
    "sip": SIP,
    "erms": "https://DILCIS.eu/XML/ERMS",
    "fgs": "http://xml.ra.se/e-arkiv/FGS-ERMS",
}
for _prefix, _namespace in _PREFIXES.items():
    ET.register_namespace(_prefix, _namespace)


class Vocabulary:
    """Makes elements of one namespace; the empty namespace makes elements without one."""

    def __init__(self, namespace: str) -> None:
        self._braces = f"{{{namespace}}}" if namespace else ""

    def element(
        self,
        name: str,
        attributes: Mapping[str, str | None] | None = None,
        children: Iterable[ET.Element | None] = (),
    ) -> ET.Element:
        """Make an element; attributes and children that are None are left out."""
        said = {key: value for key, value in (attributes or {}).items() if value is not None}
        made = ET.Element(self._braces + name, said)
        made.extend(child for child in children if child is not None)
        return made

    def text(self, name: str, value: str, attributes: Mapping[str, str | None] | None = None) -> ET.Element:
        """Make an element that holds a text."""
        made = self.element(name, attributes)
        made.text = value
        return made

    def optional(self, name: str, value: str) -> ET.Element | None:
        """Make an element that holds a text, or None when the text is empty."""
        return self.text(name, value) if value else None


def qualified(namespace: str, name: str) -> str:
    """Give the name of an attribute in a namespace."""
    return f"{{{namespace}}}{name}"


def file_bytes(root: ET.Element) -> bytes:
    """Write a document as UTF-8 with declaration, indented, the same bytes every time."""
    ET.indent(root, " ")
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


def sha256(content: bytes) -> str:
    """Give the SHA-256 of some bytes in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def midnight(day: date) -> str:
    """Write a day as the xs:dateTime it begins with, without zone."""
    return f"{day.isoformat()}T00:00:00"
