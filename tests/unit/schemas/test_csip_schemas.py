"""METS with the CSIP 2.2 vocabulary: the wrapper compiles offline and judges the extension's values."""

import itertools
from pathlib import Path
from typing import Final

import pytest
from lxml import etree

from ingest.formats.xsd import compiled

pytestmark = pytest.mark.usefixtures("installed")

XSD: Final = "{http://www.w3.org/2001/XMLSchema}"
CSIP: Final = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
SIP: Final = "https://DILCIS.eu/XML/METS/SIPExtensionMETS"


def mets(attributes: str) -> etree._Element:
    return etree.fromstring(
        f'<mets xmlns="http://www.loc.gov/METS/" xmlns:csip="{CSIP}" xmlns:sip="{SIP}" {attributes}>'
        "<structMap><div/></structMap></mets>"
    )


def accepts(schema: str, attributes: str) -> bool:
    return compiled(schema).validate(mets(attributes))


@pytest.mark.parametrize(
    ("attributes", "valid"),
    [
        ('csip:CONTENTINFORMATIONTYPE="citserms_v3_0"', True),
        ('csip:CONTENTINFORMATIONTYPE="citserms_v9_9"', False),
        ('csip:OAISPACKAGETYPE="AIP" csip:OTHERTYPE="x" sip:FILEFORMATNAME="PDF"', True),
        ('csip:OAISPACKAGETYPE="aip"', False),
        ('csip:NOTETYPE="IDENTIFICATIONCODE" csip:OTHERCONTENTINFORMATIONTYPE=""', True),
        ('csip:NOTETYPE="x"', False),
        ('csip:UNKNOWN="x"', True),  # METS lets in what nobody has declared
    ],
)
def test_the_2_2_wrapper_judges_the_extension(attributes: str, *, valid: bool) -> None:
    assert accepts("mets-csip-2.2", attributes) is valid


def test_the_installed_2_1_wrapper_does_not_know_erms_3() -> None:
    assert accepts("mets-sip-2.1", 'csip:CONTENTINFORMATIONTYPE="citserms_v2_1"')
    assert not accepts("mets-sip-2.1", 'csip:CONTENTINFORMATIONTYPE="citserms_v3_0"')


@pytest.mark.corpus
def test_every_value_gets_the_verdict_of_the_published_extension(corpus: Path) -> None:
    file = corpus / "fgs" / "xsd" / "DILCISExtensionMETS.xsd"
    tree = etree.parse(str(file))
    values = sorted({str(node.get("value")) for node in tree.iter(XSD + "enumeration")})
    probes = [*values, *(value.upper() for value in values), *(f" {value}" for value in values), "", "x"]
    names = [str(node.get("name")) for node in tree.iter(XSD + "attribute")]
    allowed = {
        name: {str(node.get("value")) for node in declared.iter(XSD + "enumeration")}
        for name, declared in zip(names, tree.iter(XSD + "attribute"), strict=True)
    }
    disagreed = [
        (name, probe)
        for name, probe in itertools.product(names, probes)
        if accepts("mets-csip-2.2", f'csip:{name}="{probe}"') != (probe in allowed[name] or not allowed[name])
    ]
    assert len(names) * len(probes) > 100
    assert disagreed == []
