"""The lies that break what a SIP, an AIP or a DIP adds to the common rules; other kinds are not asked."""

from typing import Final

from tests.lies.mets_lies import lie

_CODE: Final = 'csip:NOTETYPE="IDENTIFICATIONCODE"'
_CREATING: Final = 'ROLE="CREATOR" TYPE="ORGANIZATION"'
_SUBMITTER: Final = (
    '<mets:agent ROLE="CREATOR" TYPE="ORGANIZATION".*?</mets:agent>[^<]*'
    '<mets:agent ROLE="CREATOR" TYPE="INDIVIDUAL".*?</mets:agent>'
)
_SUBMITTING: Final = (
    '<mets:agent ROLE="OTHER" OTHERROLE="SUBMITTER" TYPE="ORGANIZATION"><mets:name>N</mets:name></mets:agent>'
)
_WITHOUT_ROLE: Final = '<mets:agent TYPE="ORGANIZATION"><mets:name>N</mets:name></mets:agent>'
_PROVENANCE: Final = "<mets:digiprovMD.*?</mets:digiprovMD>"

SIP_LIES: Final = (
    lie(
        "SIP2",
        ' PROFILE="[^"]*"',
        ' PROFILE="https://earksip.dilcis.eu/profile/SIP.xml"',
        "EARKIV-METS-4",
        of="SIP",
        v2_2_0="EARKIV-XML-4",
    ),
    lie("SIP3", 'RECORDSTATUS="[^"]*"', 'RECORDSTATUS="FRESH"', "EARKIV-DLV-3", of="SIP"),
    lie("SIP4", 'csip:OAISPACKAGETYPE="SIP"', 'csip:OAISPACKAGETYPE="AIP"', of="SIP"),
    lie("SIP11", 'ROLE="ARCHIVIST" TYPE="ORGANIZATION"', 'ROLE="ARCHIVIST" TYPE="OTHER"', of="SIP"),
    lie("SIP12", r'(ROLE="ARCHIVIST" TYPE="ORGANIZATION">\s*<mets:name>)[^<]*', r"\1", of="SIP"),
    lie("SIP14", f'(ROLE="ARCHIVIST".*?){_CODE}', r"\1", of="SIP"),
    lie("SIP15", _SUBMITTER, "", of="SIP"),
    lie("SIP15", "(?=<mets:altRecordID)", _SUBMITTING * 2, of="SIP"),
    lie("SIP16", _SUBMITTER, _WITHOUT_ROLE, "EARKIV-XML-4", "SIP15", of="SIP"),
    lie("SIP17", "(?=<mets:altRecordID)", _SUBMITTING.replace("ORGANIZATION", "OTHER"), of="SIP"),
    lie("SIP18", rf"({_CREATING}>\s*<mets:name>)[^<]*", r"\1", of="SIP"),
    lie("SIP20", f"({_CREATING}.*?){_CODE}", r"\1", of="SIP"),
    lie("SIP24", r'(ROLE="CREATOR" TYPE="INDIVIDUAL">\s*<mets:name>)[^<]*', r"\1", of="SIP"),
    lie("SIP28", 'ROLE="PRESERVATION" TYPE="ORGANIZATION"', 'ROLE="PRESERVATION" TYPE="INDIVIDUAL"', of="SIP"),
    lie("SIP29", r'(ROLE="PRESERVATION" TYPE="ORGANIZATION">\s*<mets:name>)[^<]*', r"\1", of="SIP"),
    lie("SIP31", f'(ROLE="PRESERVATION".*?){_CODE}', r"\1", of="SIP"),
)
AIP_LIES: Final = (
    lie("AIPM2", r"(E-ARK-AIP)[^.]*(\.xml)", r"\1-v2-9-9\2", of="AIP", v2_2_0="EARKIV-XML-4"),
    lie("AIPM3", 'csip:OAISPACKAGETYPE="AIP"', 'csip:OAISPACKAGETYPE="DIP"', of="AIP"),
    lie("AIPM4", '(<mets:dmdSec[^>]*)STATUS="CURRENT"', r'\1STATUS="SUPERSEDED"', of="AIP"),
    lie("AIPM5", _PROVENANCE, "", "CSIP32", "CSIP91", "EARKIV-FIX-4", of="AIP"),
    lie("AIPM6", ' MDTYPE="PREMIS"', ' MDTYPE="LC-AV"', of="AIP"),
    lie("AIPM7", 'MDTYPEVERSION="3.0"', 'MDTYPEVERSION="2.2"', of="AIP"),
    lie("AIPM7", ' MDTYPEVERSION="3.0"', "", of="AIP"),
)
DIP_LIES: Final = (
    lie("DIP2", r"(E-ARK-DIP)[^.]*(\.xml)", r"\1-v2-9-9\2", of="DIP", v2_2_0="EARKIV-XML-4"),
    lie("DIP3", 'csip:OAISPACKAGETYPE="DIP"', 'csip:OAISPACKAGETYPE="SIP"', of="DIP"),
    lie("DIP4", '(<mets:dmdSec[^>]*)STATUS="CURRENT"', r'\1STATUS="SUPERSEDED"', of="DIP"),
)
LIES: Final = (*SIP_LIES, *AIP_LIES, *DIP_LIES)
