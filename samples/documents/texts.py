"""Makes texts: plain text, CSV as Swedish spreadsheets write it, XML of an e-service with its schema."""

import csv
import io
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape


def text(body: str) -> bytes:
    """Give a text as UTF-8 with line breaks of one character."""
    return body.encode()


def semicolon_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Give rows as CSV in UTF-8, with semicolons, as is usual where the comma is the decimal sign."""
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=";", lineterminator="\r\n").writerows(rows)
    return target.getvalue().encode()


def form_xml(namespace: str, root: str, fields: Mapping[str, str]) -> bytes:
    """Give a filled-in form of an e-service as XML."""
    lines = [f"  <{name}>{escape(value)}</{name}>" for name, value in fields.items()]
    return "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{namespace}">', *lines, f"</{root}>", ""]
    ).encode()


def form_schema(namespace: str, root: str, fields: Sequence[str]) -> bytes:
    """Give the XML schema of such a form: all fields, in order, as texts."""
    lines = [f'        <xs:element name="{name}" type="xs:string"/>' for name in fields]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"',
            f'    targetNamespace="{namespace}" elementFormDefault="qualified">',
            f'  <xs:element name="{root}">',
            "    <xs:complexType>",
            "      <xs:sequence>",
            *lines,
            "      </xs:sequence>",
            "    </xs:complexType>",
            "  </xs:element>",
            "</xs:schema>",
            "",
        ]
    ).encode()
