"""What libxml2 says of schema faults, taken apart."""

import pytest

from ingest.formats.schema_words import FaultKind, SchemaWords, taken_apart

LISTED = "[facet 'enumeration'] The value 'X' is not an element of the set {'SIP', 'AIP'}."
M = "http://www.loc.gov/METS/"


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (
            f"Element '{{{M}}}mets': The attribute 'OBJID' is required but missing.",
            SchemaWords(kind=FaultKind.MISSING, namespace=M, element="mets", attribute="OBJID"),
        ),
        (
            f"Element '{{{M}}}metsHdr', attribute '{{ExtensionMETS}}OAISSTATUS': {LISTED}",
            SchemaWords(kind=FaultKind.VALUE, namespace=M, element="metsHdr", attribute="ext:OAISSTATUS", value="X"),
        ),
        (
            "Element 'Avslutat': [facet 'pattern'] The value '' is not accepted by the pattern '\\d{4}'.",
            SchemaWords(kind=FaultKind.VALUE, element="Avslutat"),
        ),
        (
            "Element 'Bilaga', attribute 'Storlek': '3000000000' is not a valid value of the atomic type 'xs:int'.",
            SchemaWords(kind=FaultKind.VALUE, element="Bilaga", attribute="Storlek", value="3000000000"),
        ),
        (
            f"Element '{{{M}}}file': Missing child element(s). Expected is ( {{{M}}}FLocat ).",
            SchemaWords(kind=FaultKind.ABSENT, namespace=M, element="file", expected=frozenset({"FLocat"})),
        ),
        (
            "Element 'X': This element is not expected. Expected is one of ( {urn:a}B, C ).",
            SchemaWords(kind=FaultKind.UNEXPECTED, element="X", expected=frozenset({"B", "C"})),
        ),
        ("Element 'X': This element is not expected.", SchemaWords(kind=FaultKind.UNEXPECTED, element="X")),
        (
            "Element 'X', attribute 'y': The attribute 'y' is not allowed.",
            SchemaWords(kind=FaultKind.OTHER, element="X", attribute="y"),
        ),
        ("something else", SchemaWords(kind=FaultKind.OTHER)),
    ],
)
def test_a_message_is_taken_apart(message: str, words: SchemaWords) -> None:
    assert taken_apart(message) == words
