"""The lies in the METS of a representation, which is held to the common rules: a kind asks its own of the package.

Consequences are those of `package_mets`.
"""

from typing import Final

from tests.lies.mets_lies import Lie, lie, rights
from tests.lies.package_mets import DIGIPROV, FILE, OTHER, PRODUCING, PROFILE, SOFTWARE, TYPE, WRAPPED

PATH: Final = "representations/rep1/METS.xml"

_OF_WHOLE: Final = (
    lie("CSIP1", ' OBJID="[^"]*"', ' OBJID=""', v2_0_4="CSIP86"),
    lie("CSIP1", ' OBJID="[^"]*"', ' OBJID="rep2"', v2_0_4="CSIP86"),
    lie("CSIP2", ' TYPE="Mixed"', ' TYPE="Mixture"'),
    lie("CSIP3", ' TYPE="Mixed"', ' TYPE="OTHER"', "CSIP2"),
    lie("CSIP4", TYPE, "", v2_0_4="EARKIV-METS-3", v2_1_0="EARKIV-METS-3"),
    lie("CSIP5", TYPE, OTHER, "CSIP4", v2_0_4="EARKIV-METS-3", v2_1_0="EARKIV-METS-3"),
    lie("CSIP6", PROFILE, ' PROFILE="E-ARK"', "EARKIV-METS-4", v2_2_0="EARKIV-XML-4"),
    lie("SIP1", ' LABEL="[^"]*"', ' LABEL=""'),
    lie("CSIP117", "<mets:metsHdr.*</mets:metsHdr>", "", "CSIP10"),
    lie("CSIP7", ' CREATEDATE="[^"]*"', ""),
    lie("CSIP8", ' CREATEDATE="([^"]*)"', r' CREATEDATE="\1" LASTMODDATE="1999-01-01T00:00:00"'),
    lie("CSIP9", ' csip:OAISPACKAGETYPE="[^"]*"', ""),
    lie("CSIP10", rf"{SOFTWARE}\s*{PRODUCING}", ""),
    lie("CSIP11", 'ROLE="CREATOR" TYPE="OTHER"', 'ROLE="EDITOR" TYPE="OTHER"'),
    lie("CSIP12", 'ROLE="CREATOR" TYPE="OTHER"', 'ROLE="CREATOR" TYPE="INDIVIDUAL"'),
    lie("CSIP13", '(ROLE="CREATOR" TYPE="OTHER") OTHERTYPE="SOFTWARE"', r"\1"),
    lie("CSIP14", "<mets:name>earkiv producer simulator</mets:name>", "<mets:name/>"),
    lie("CSIP15", '<mets:note csip:NOTETYPE="SOFTWARE VERSION">1.0</mets:note>', ""),
    lie("CSIP16", '<mets:note csip:NOTETYPE="SOFTWARE VERSION">', "<mets:note>"),
    lie("SIP7", '(<mets:altRecordID TYPE="REFERENCECODE">)[^<]*', r"\1 "),
)
_OF_METADATA: Final = (
    lie("CSIP31", "</mets:amdSec>", r'\g<0><mets:amdSec ID="a2"/>'),
    lie("CSIP32", "<mets:amdSec.*?</mets:amdSec>", "", "CSIP31", "CSIP91", "EARKIV-FIX-4"),
    lie("CSIP33", '<mets:digiprovMD ID="[^"]*"', "<mets:digiprovMD", "CSIP91", "EARKIV-XML-4"),
    lie("CSIP34", '(<mets:digiprovMD[^>]*) STATUS="[^"]*"', r"\1"),
    lie("CSIP35", "(<mets:digiprovMD[^>]*>)[^<]*<mets:mdRef[^>]*/>", WRAPPED, "CSIP32", "EARKIV-FIX-4"),
    lie("CSIP36", f'{DIGIPROV}LOCTYPE="URL"', r'\1LOCTYPE="URN"'),
    lie("CSIP37", f'{DIGIPROV} xlink:type="simple"', r"\1"),
    lie("CSIP38", f'{DIGIPROV} xlink:href="[^"]*"', r"\1", "CSIP32", "EARKIV-FIX-3", "EARKIV-FIX-4"),
    lie("CSIP40", f'{DIGIPROV} MIMETYPE="[^"]*"', r"\1"),
    lie("CSIP41", f'{DIGIPROV} SIZE="[^"]*"', r"\1"),
    lie("CSIP42", rf'{DIGIPROV}(<mets:mdRef[^>]*) CREATED="[^"]*"', r"\1\2"),
    lie("CSIP43", f'{DIGIPROV} CHECKSUM="[^"]*"', r"\1", "EARKIV-FIX-11"),
    lie("CSIP44", f'{DIGIPROV} CHECKSUMTYPE="[^"]*"', r"\1", "EARKIV-FIX-8"),
    rights("CSIP47", ' STATUS="SUPERSEDED"', "", v2_0_4="CSIP91"),
    rights("CSIP51", r' xlink:href="\2"', "", "EARKIV-FIX-3"),
    lie("EARKIV-METS-2", "<mets:digiprovMD ", '<mets:digiprovMD ADMID="nobody" '),
)
_OF_FILES: Final = (
    Lie(
        rule="CSIP58",
        pattern="<mets:fileSec.*</mets:fileSec>",
        said="",
        also=frozenset({"EARKIV-FIX-4", "EARKIV-METS-2"}),
    ),
    lie("CSIP59", '<mets:fileSec ID="[^"]*"', "<mets:fileSec"),
    lie("CSIP61", "<mets:fileGrp ", '<mets:fileGrp ADMID="nobody" '),
    lie("CSIP62", "<mets:fileGrp ", '<mets:fileGrp csip:CONTENTINFORMATIONTYPE="ärenden" ', "EARKIV-XML-4"),
    lie("CSIP63", "<mets:fileGrp ", "<mets:fileGrp" + OTHER + " "),
    lie("CSIP64", 'USE="Data"', 'USE="Nowhere"'),
    lie("CSIP65", '<mets:fileGrp ID="[^"]*"', "<mets:fileGrp", "EARKIV-METS-2"),
    lie("CSIP66", r"(?:<mets:file .*?</mets:file>\s*)+(?=</mets:fileGrp>)", "", "EARKIV-FIX-4"),
    lie("CSIP67", '<mets:file ID="[^"]*"', "<mets:file", "EARKIV-XML-4"),
    lie("CSIP68", f'{FILE} MIMETYPE="[^"]*"', r"\1"),
    lie("CSIP69", f'{FILE} SIZE="[^"]*"', r"\1"),
    lie("CSIP70", f'{FILE} CREATED="[^"]*"', r"\1"),
    lie("CSIP71", f'{FILE} CHECKSUM="[^"]*"', r"\1", "EARKIV-FIX-11"),
    lie("CSIP72", f'{FILE} CHECKSUMTYPE="[^"]*"', r"\1", "EARKIV-FIX-8"),
    lie("CSIP73", "<mets:file ", '<mets:file OWNERID="" '),
    lie("CSIP74", "<mets:file ", '<mets:file ADMID="nobody" '),
    lie("CSIP75", "<mets:file ", '<mets:file DMDID="nobody" '),
    lie("CSIP76", "<mets:FLocat[^>]*/>", "", "EARKIV-FIX-3", "EARKIV-FIX-4"),
    lie("CSIP77", '(<mets:FLocat.*?)LOCTYPE="URL"', r'\1LOCTYPE="URN"'),
    lie("CSIP78", '(<mets:FLocat[^>]*) xlink:type="simple"', r"\1"),
    lie("CSIP79", '(<mets:FLocat[^>]*) xlink:href="[^"]*"', r"\1", "EARKIV-FIX-3", "EARKIV-FIX-4"),
    lie("SIP35", 'sip:FORMATREGISTRYKEY="[^"]*"', 'sip:FORMATREGISTRYKEY=""'),
)
_OF_MAP: Final = (
    lie("CSIP80", '(<mets:structMap[^>]*) LABEL="CSIP"', r"\1", "CSIP82"),
    lie("CSIP81", 'TYPE="PHYSICAL"', 'TYPE="LOGICAL"'),
    lie("CSIP83", '<mets:structMap ID="[^"]*"', "<mets:structMap"),
    lie("CSIP84", "</mets:structMap>", r"<mets:div ID='d9'/>\g<0>", "EARKIV-XML-4"),
    lie("CSIP85", r'(<mets:structMap[^>]*>\s*<mets:div) ID="[^"]*"', r"\1"),
    lie("CSIP86", '(<mets:div [^>]*)LABEL="rep1"', r'\1LABEL="rep"', of="2.0.4"),
    lie("CSIP88", '<mets:div [^>]*LABEL="Metadata"[^>]*/>', "", "CSIP90"),
    lie("CSIP89", '<mets:div ID="[^"]*" LABEL="Metadata"', '<mets:div LABEL="Metadata"'),
    lie("CSIP91", '(LABEL="Metadata"[^>]*) ADMID="[^"]*"', r"\1"),
    lie("EARKIV-METS-2", 'FILEID="[^"]*"', 'FILEID="nobody"'),
)
LIES: Final = (*_OF_WHOLE, *_OF_METADATA, *_OF_FILES, *_OF_MAP)
