"""METS with the CSIP 2.2 vocabulary: the wrapper compiles offline and judges the extension's values."""

from typing import Final

import pytest
from lxml import etree

from ingest.formats.xsd import compiled

pytestmark = pytest.mark.usefixtures("installed")

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
