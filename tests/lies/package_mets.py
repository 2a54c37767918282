"""The lies in an E-ARK package's own METS: root, header, metadata, files and structural map.

Consequences that recur: EARKIV-XML-4 = the schema asks it too; EARKIV-FIX-4 = METS lists a file no longer;
EARKIV-FIX-3 = the entry leads to no file; EARKIV-FIX-11 and -8 = there is no digest, or none of a known algorithm;
EARKIV-METS-2 = what still refers to the id finds nothing; EARKIV-METS-3 = nothing tells 2.0.4 from 2.1.0 any more.
"""

from typing import Final

from tests.lies.mets_lies import SOUND_RIGHTS, Lie, lie, rights

DMD: Final = "(<mets:dmdSec.*?)"
DIGIPROV: Final = "(<mets:digiprovMD.*?)"
WRAPPED: Final = r'\1<mets:mdWrap MDTYPE="OTHER"><mets:xmlData><x xmlns=""/></mets:xmlData></mets:mdWrap>'
FILE: Final = "(<mets:file [^>]*)"
CONTENT_GROUP: Final = '(<mets:fileGrp[^>]*USE="Representations[^>]*)'
TYPE: Final = ' csip:CONTENTINFORMATIONTYPE="[^"]*"'
OTHER: Final = ' csip:CONTENTINFORMATIONTYPE="OTHER"'
SOFTWARE: Final = '<mets:agent ROLE="CREATOR" TYPE="OTHER".*?</mets:agent>'
PRODUCING: Final = '<mets:agent ROLE="OTHER".*?</mets:agent>'

PROFILE: Final = ' PROFILE="[^"]*"'
OF_KIND: Final = {"SIP": "SIP2", "AIP": "AIPM2", "DIP": "DIP2"}
"""What each kind asks of its profile."""

ROOT_LIES: Final = (
    lie("CSIP1", ' OBJID="[^"]*"', ' OBJID=""', v2_0_4="CSIP86"),
    lie("CSIP1", ' OBJID="[^"]*"', "", v2_0_4="CSIP86"),
    lie("CSIP2", ' TYPE="Mixed"', ' TYPE="Mixture"'),
    lie("CSIP3", ' TYPE="Mixed"', ' TYPE="OTHER"', "CSIP2"),
    lie("CSIP3", ' TYPE="Mixed"', ' TYPE="Mixed" csip:OTHERTYPE="Mappar"'),
    lie("CSIP4", TYPE, "", v2_0_4="EARKIV-METS-3", v2_1_0="EARKIV-METS-3"),
    lie("CSIP4", TYPE, ' csip:CONTENTINFORMATIONTYPE="citserms_v9_9"', "EARKIV-XML-4"),
    lie("CSIP5", TYPE, OTHER, "CSIP4", v2_0_4="EARKIV-METS-3", v2_1_0="EARKIV-METS-3"),
    lie("CSIP5", TYPE, r'\g<0> csip:OTHERCONTENTINFORMATIONTYPE="Mer"'),
    lie("CSIP6", PROFILE, ' PROFILE="E-ARK"', "EARKIV-METS-4", v2_2_0="EARKIV-XML-4", **OF_KIND),
    lie("CSIP6", PROFILE, ' PROFILE=""', v2_2_0="EARKIV-XML-4", **OF_KIND),
    lie("EARKIV-METS-4", PROFILE, ' PROFILE="https://example.se/a.xml"', v2_2_0="EARKIV-XML-4", **OF_KIND),
    lie("EARKIV-METS-3", TYPE, ' csip:CONTENTINFORMATIONTYPE="MIXED"', of="2.0.4 2.1.0"),
    lie("SIP1", ' LABEL="[^"]*"', ' LABEL=""'),
    lie("CSIPSTR2", ' OBJID="[^"]*"', ' OBJID="another"', v2_0_4="CSIP86"),
)
HEADER_LIES: Final = (
    lie("CSIP117", "<mets:metsHdr.*</mets:metsHdr>", "", "CSIP10", SIP="SIP15"),
    lie("CSIP117", "<mets:metsHdr.*</mets:metsHdr>", r"\g<0>\g<0>", "EARKIV-XML-4", SIP="SIP5 SIP7"),
    lie("CSIP7", ' CREATEDATE="[^"]*"', ""),
    lie("CSIP7", ' CREATEDATE="[^"]*"', ' CREATEDATE="2026-02-30T13:05:00"', "EARKIV-XML-4"),
    lie("CSIP8", ' CREATEDATE="([^"]*)"', r' CREATEDATE="\1" LASTMODDATE="1999-01-01T00:00:00"'),
    lie("CSIP9", ' csip:OAISPACKAGETYPE="[^"]*"', "", SIP="SIP4", AIP="AIPM3", DIP="DIP3"),
    lie("CSIP10", rf"{SOFTWARE}\s*{PRODUCING}", ""),
    lie("CSIP11", 'ROLE="CREATOR" TYPE="OTHER"', 'ROLE="EDITOR" TYPE="OTHER"'),
    lie("CSIP12", 'ROLE="CREATOR" TYPE="OTHER"', 'ROLE="CREATOR" TYPE="INDIVIDUAL"'),
    lie("CSIP13", '(ROLE="CREATOR" TYPE="OTHER") OTHERTYPE="SOFTWARE"', r"\1"),
    lie("CSIP14", "<mets:name>earkiv producer simulator</mets:name>", "<mets:name/>"),
    lie("CSIP15", '<mets:note csip:NOTETYPE="SOFTWARE VERSION">1.0</mets:note>', ""),
    lie("CSIP16", '<mets:note csip:NOTETYPE="SOFTWARE VERSION">', "<mets:note>"),
    lie("SIP5", '(<mets:altRecordID TYPE="SUBMISSIONAGREEMENT">)[^<]*', r"\1"),
    lie("SIP6", ' TYPE="SUBMISSIONAGREEMENT">[^<]*', ' TYPE="PREVIOUSSUBMISSIONAGREEMENT">'),
    lie("SIP7", '(<mets:altRecordID TYPE="REFERENCECODE">)[^<]*', r"\1 "),
    lie("SIP8", ' TYPE="REFERENCECODE">[^<]*', ' TYPE="PREVIOUSREFERENCECODE">'),
)
METADATA_LIES: Final = (
    lie("CSIP17", "<mets:dmdSec.*?</mets:dmdSec>", "", "CSIP92", "EARKIV-FIX-4"),
    lie("CSIP18", '<mets:dmdSec ID="[^"]*"', "<mets:dmdSec", "CSIP92", "EARKIV-XML-4"),
    lie("CSIP19", '(<mets:dmdSec ID="[^"]*") CREATED="[^"]*"', r"\1"),
    lie("CSIP20", 'STATUS="CURRENT"', 'STATUS="NEW"', AIP="AIPM4", DIP="DIP4"),
    lie("CSIP21", "(<mets:dmdSec[^>]*>)[^<]*<mets:mdRef[^>]*/>", WRAPPED, "CSIP17", "EARKIV-FIX-4"),
    lie("CSIP22", f'{DMD}LOCTYPE="URL"', r'\1LOCTYPE="URN"'),
    lie("CSIP23", f'{DMD} xlink:type="simple"', r"\1"),
    lie("CSIP24", f'{DMD} xlink:href="[^"]*"', r"\1", "CSIP17", "EARKIV-FIX-3", "EARKIV-FIX-4"),
    lie("CSIP25", f'{DMD} MDTYPE="OTHER"', r'\1 MDTYPE="ERMS"', "EARKIV-XML-4"),
    lie("CSIP26", f'{DMD} MIMETYPE="[^"]*"', r'\1 MIMETYPE="application/wrong"'),
    lie("CSIP27", f'{DMD} SIZE="[^"]*"', r"\1"),
    lie("CSIP28", rf'{DMD}(<mets:mdRef[^>]*) CREATED="[^"]*"', r"\1\2"),
    lie("CSIP29", f'{DMD} CHECKSUM="[^"]*"', r"\1", "EARKIV-FIX-11"),
    lie("CSIP30", f'{DMD} CHECKSUMTYPE="[^"]*"', r'\1 CHECKSUMTYPE="SHA256"', "EARKIV-XML-4"),
    lie("CSIP31", "</mets:amdSec>", r'\g<0><mets:amdSec ID="a2"/>'),
    lie("CSIP32", "<mets:amdSec.*?</mets:amdSec>", "", "CSIP31", "CSIP91", "EARKIV-FIX-4", AIP="AIPM5"),
    lie("CSIP33", '<mets:digiprovMD ID="[^"]*"', "<mets:digiprovMD", "CSIP91", "EARKIV-XML-4"),
    lie("CSIP34", '(<mets:digiprovMD[^>]*) STATUS="[^"]*"', r"\1"),
    lie("CSIP35", "(<mets:digiprovMD[^>]*>)[^<]*<mets:mdRef[^>]*/>", WRAPPED, "CSIP32", "EARKIV-FIX-4", AIP="AIPM5"),
    lie("CSIP36", f'{DIGIPROV}LOCTYPE="URL"', r'\1LOCTYPE="URN"'),
    lie("CSIP37", f'{DIGIPROV} xlink:type="simple"', r"\1"),
    lie("CSIP38", f'{DIGIPROV} xlink:href="[^"]*"', r"\1", "CSIP32", "EARKIV-FIX-3", "EARKIV-FIX-4"),
    lie("CSIP39", f'{DIGIPROV} MDTYPE="PREMIS"', r'\1 MDTYPE="PREMIS3"', "EARKIV-XML-4", AIP="AIPM6"),
    lie("CSIP40", f'{DIGIPROV} MIMETYPE="[^"]*"', r"\1"),
    lie("CSIP41", f'{DIGIPROV} SIZE="[^"]*"', r"\1"),
    lie("CSIP42", rf'{DIGIPROV}(<mets:mdRef[^>]*) CREATED="[^"]*"', r"\1\2"),
    lie("CSIP43", f'{DIGIPROV} CHECKSUM="[^"]*"', r"\1", "EARKIV-FIX-11"),
    lie("CSIP44", f'{DIGIPROV} CHECKSUMTYPE="[^"]*"', r"\1", "EARKIV-FIX-8"),
    rights("CSIP46", ' ID="r1"', "", "EARKIV-XML-4"),
    rights("CSIP47", ' STATUS="SUPERSEDED"', "", v2_0_4="CSIP91"),
    rights("CSIP49", 'LOCTYPE="URL"', 'LOCTYPE="URN"'),
    rights("CSIP50", ' xlink:type="simple"', ""),
    rights("CSIP51", r' xlink:href="\2"', "", "EARKIV-FIX-3"),
    rights("CSIP52", "PREMIS:RIGHTS", "RIGHTS", "EARKIV-XML-4"),
    rights("CSIP53", ' MIMETYPE="application/xml"', ""),
    rights("CSIP54", r' SIZE="\3"', ""),
    rights("CSIP55", r' CREATED="\1"', ""),
    rights("CSIP56", r' CHECKSUM="\4"', "", "EARKIV-FIX-11"),
    rights("CSIP57", ' CHECKSUMTYPE="SHA-256"', "", "EARKIV-FIX-8"),
    Lie(
        rule="CSIP48",
        pattern=SOUND_RIGHTS.pattern,
        said='<mets:rightsMD ID="r1" STATUS="SUPERSEDED"><mets:mdWrap MDTYPE="OTHER"><mets:xmlData>'
        r'<x xmlns=""/></mets:xmlData></mets:mdWrap></mets:rightsMD>\g<0>',
    ),
    lie(
        "EARKIV-METS-1",
        '<mets:amdSec ID="([^"]*)"',
        r'<mets:amdSec ID="\1"><mets:techMD ID="\1"><mets:mdWrap MDTYPE="OTHER"><mets:xmlData><x xmlns=""/>'
        r'</mets:xmlData></mets:mdWrap></mets:techMD></mets:amdSec><mets:amdSec ID="x"',
        "CSIP31",
        v2_0_4="CSIP91",
    ),
    lie("EARKIV-METS-2", "<mets:dmdSec ", '<mets:dmdSec ADMID="nobody" '),
)
WITHOUT_FILES: Final = frozenset(
    {
        *("CSIP60", "CSIP113", "CSIP114"),  # None of the groups is there,
        *("CSIP108", "CSIP116", "CSIP118", "EARKIV-METS-2"),  # what points to them finds nothing,
        *("EARKIV-FIX-4", "EARKIV-FIX-11"),  # and files are listed by none, or by a pointer that has no digest.
    }
)
FILE_LIES: Final = (
    Lie(rule="CSIP58", pattern="<mets:fileSec.*</mets:fileSec>", said="", also=WITHOUT_FILES),
    lie("CSIP59", '<mets:fileSec ID="[^"]*"', "<mets:fileSec"),
    lie("CSIP60", 'USE="Documentation"', 'USE="Schemas"', "CSIP116", "CSIP96"),
    lie("CSIP113", 'USE="Schemas"', 'USE="Documentation"', "CSIP118", "CSIP100"),
    lie("CSIP114", 'USE="Representations/rep1"', 'USE="representations/rep1"', "CSIP108"),
    lie("CSIP61", "<mets:fileGrp ", '<mets:fileGrp ADMID="nobody" '),
    lie("CSIP62", f"{CONTENT_GROUP}{TYPE}", r"\1"),
    lie("CSIP63", f"{CONTENT_GROUP}{TYPE}", r'\1 csip:CONTENTINFORMATIONTYPE="OTHER"'),
    lie("CSIP64", 'USE="Documentation"', 'USE="Nowhere"', "CSIP116", "CSIP60", "CSIP96"),
    lie("CSIP65", '<mets:fileGrp ID="[^"]*"', "<mets:fileGrp", "CSIP116", "CSIP96", "EARKIV-METS-2"),
    lie("CSIP66", r"(?:<mets:file .*?</mets:file>\s*)+", "", "EARKIV-FIX-4"),
    lie("CSIP67", '<mets:file ID="[^"]*"', "<mets:file", "EARKIV-XML-4"),
    lie("CSIP67", r'(<mets:amdSec ID="([^"]*)".*?<mets:file ID=")[^"]*', r"\1\2"),
    lie("CSIP68", f'{FILE} MIMETYPE="[^"]*"', r"\1"),
    lie("CSIP68", f'{FILE} MIMETYPE="[^"]*"', r'\1 MIMETYPE="PDF"'),
    lie("CSIP69", f'{FILE} SIZE="[^"]*"', r"\1"),
    lie("CSIP69", f'{FILE} SIZE="[^"]*"', r'\1 SIZE="2,9 kB"', "EARKIV-XML-4"),
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
    lie("SIP32", 'sip:FILEFORMATNAME="[^"]*"', 'sip:FILEFORMATNAME=""'),
    lie("SIP33", 'sip:FILEFORMATVERSION="[^"]*"', 'sip:FILEFORMATVERSION=" "'),
    lie("SIP34", 'sip:FORMATREGISTRY="[^"]*"', 'sip:FORMATREGISTRY=""'),
    lie("SIP35", 'sip:FORMATREGISTRYKEY="[^"]*"', 'sip:FORMATREGISTRYKEY=""'),
)
_DOCS: Final = '<mets:div [^>]*LABEL="Documentation".*?</mets:div>'
_SCHEMAS: Final = '<mets:div [^>]*LABEL="Schemas".*?</mets:div>'
_CONTENT: Final = '<mets:div [^>]*LABEL="Representations/rep1".*?</mets:div>'
MAP_LIES: Final = (
    lie("CSIP80", '(<mets:structMap[^>]*) LABEL="CSIP"', r"\1", "CSIP82"),
    lie("CSIP82", "<mets:structMap.*</mets:structMap>", "", "CSIP80", "EARKIV-XML-4"),
    lie("CSIP81", 'TYPE="PHYSICAL"', 'TYPE="LOGICAL"'),
    lie("CSIP83", '<mets:structMap ID="[^"]*"', "<mets:structMap"),
    lie("CSIP84", "</mets:structMap>", r"<mets:div ID='d9'/>\g<0>", "EARKIV-XML-4"),
    lie("CSIP85", r'(<mets:structMap[^>]*>\s*<mets:div) ID="[^"]*"', r"\1"),
    lie("CSIP86", 'LABEL="UUID-[^"]*"', 'LABEL="paketet"', of="2.0.4"),
    lie("CSIP88", '<mets:div [^>]*LABEL="Metadata"[^>]*/>', "", "CSIP90"),
    lie("CSIP90", '<mets:div [^>]*LABEL="Metadata"[^>]*/>', r'\g<0><mets:div ID="d9" LABEL="Metadata"/>', "CSIP88"),
    lie("CSIP89", '<mets:div ID="[^"]*" LABEL="Metadata"', '<mets:div LABEL="Metadata"'),
    lie("CSIP91", '(LABEL="Metadata"[^>]*) ADMID="[^"]*"', r"\1"),
    lie("CSIP91", 'ADMID="', 'ADMID="nobody '),
    lie("CSIP92", ' DMDID="[^"]*"', ""),
    lie("CSIP93", _DOCS, "", "CSIP96", v2_0_4="CSIP95", v2_1_0="CSIP95"),
    lie("CSIP94", '<mets:div ID="[^"]*" LABEL="Documentation"', '<mets:div LABEL="Documentation"'),
    lie("CSIP95", 'LABEL="Documentation"', 'LABEL="Docs"', "CSIP93"),
    lie("CSIP96", r'(LABEL="Documentation">\s*)<mets:fptr[^>]*/>', r"\1", "CSIP116"),
    lie("CSIP116", 'FILEID="[^"]*"', 'FILEID="nobody"', "CSIP96", "EARKIV-METS-2"),
    lie("CSIP97", _SCHEMAS, "", "CSIP100", v2_0_4="CSIP99", v2_1_0="CSIP99"),
    lie("CSIP98", '<mets:div ID="[^"]*" LABEL="Schemas"', '<mets:div LABEL="Schemas"'),
    lie("CSIP99", 'LABEL="Schemas"', 'LABEL="schemas"', "CSIP97"),
    lie("CSIP100", r'(LABEL="Schemas">\s*)<mets:fptr[^>]*/>', r"\1", "CSIP118"),
    lie("CSIP118", r'(LABEL="Schemas">\s*<mets:fptr FILEID=")[^"]*', r"\1nobody", "CSIP100", "EARKIV-METS-2"),
    lie("CSIP105", _CONTENT, "", "CSIP101", "CSIP104", v2_0_4="CSIP103", v2_1_0="CSIP103"),
    lie("CSIP106", '<mets:div ID="[^"]*" LABEL="Representations/rep1"', '<mets:div LABEL="Representations/rep1"'),
    lie("CSIP107", 'LABEL="Representations/rep1"', 'LABEL="rep1"'),
    lie("CSIP108", ' xlink:title="[^"]*"', "", "CSIP104"),
    lie("CSIP109", "<mets:mptr[^>]*/>", "", "CSIP104"),
    lie("CSIP110", '(<mets:mptr[^>]*) xlink:href="[^"]*"', r"\1", "EARKIV-FIX-3"),
    lie("CSIP111", '(<mets:mptr[^>]*) xlink:type="simple"', r"\1"),
    lie("CSIP112", '(<mets:mptr[^>]*)LOCTYPE="URL"', r'\1LOCTYPE="URN"'),
)
LIES: Final = (*ROOT_LIES, *HEADER_LIES, *METADATA_LIES, *FILE_LIES, *MAP_LIES)
