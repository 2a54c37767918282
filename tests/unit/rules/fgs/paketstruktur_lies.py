"""The lies about a package in its METS document, by the rule that each breaks.

Consequences: EARKIV-FIX-3 = no file answers to the entry any more, EARKIV-FIX-8 = the digest cannot be checked,
EARKIV-DLV-3 = a status that is none counts as OTHER, FGS-PKT-44 = an altRecordID without text.
"""

from typing import Final

from samples.simulator.fgs12 import Version
from tests.unit.rules.fgs.lies import Lie, eard, pkt

ARCHIVIST: Final = '<mets:agent ROLE="ARCHIVIST" TYPE="ORGANIZATION">'
NOTE: Final = r"(?<=<mets:note>)ORG:2120009994(?=</mets:note>)"
AGENT: Final = r"\s*<mets:name>[^<]*</mets:name>\s*<mets:note>[^<]*</mets:note>\s*</mets:agent>"
CONTACT: Final = rf'<mets:agent ROLE="CREATOR" TYPE="INDIVIDUAL">{AGENT}'
DELIVERER: Final = rf'<mets:agent ROLE="CREATOR" TYPE="ORGANIZATION">{AGENT}'
SYSTEM: Final = rf'<mets:agent ROLE="ARCHIVIST" TYPE="OTHER" OTHERTYPE="SOFTWARE">{AGENT}'
AGREEMENT: Final = '<mets:altRecordID TYPE="SUBMISSIONAGREEMENT">'
DMD: Final = (
    '<mets:dmdSec ID="d1"><mets:mdWrap {}><mets:xmlData><a xmlns=""/></mets:xmlData></mets:mdWrap></mets:dmdSec>'
)
PERIOD: Final = r' ext:(START|END)DATE="[^"]*"'
FILE: Final = "<mets:file "

ROOT_LIES: Final = (
    pkt(1, rf"/version12(?=/)|{PERIOD}", "", times=0),
    pkt(2, "version12/CommonSpec", "version11/CommonSpec", "FGS-PKT-21"),
    pkt(3, ' OBJID="[^"]*"', ""),
    pkt(3, 'OBJID="[^"]*"', 'OBJID=" "'),
    pkt(4, 'OBJID="UUID:', 'OBJID="'),
    pkt(4, 'OBJID="[^"]*"', 'OBJID="UUID:1"'),
    pkt(5, ' TYPE="ERMS"', ' TYPE="Journals"'),
    pkt(5, ' TYPE="ERMS"', ' TYPE="erms"'),
    pkt(5, ' TYPE="ERMS"', ""),
    pkt(6, ' PROFILE="[^"]*"', ""),
    pkt(6, 'PROFILE="[^"]*"', 'PROFILE=""'),
    pkt(7, r"PackageProfile\.xml", "PackageProfile.xmll"),
    pkt(16, 'ext:APPRAISAL="No"', 'ext:APPRAISAL="No" ext:AGREEMENTFORM="GIFT"'),
    pkt(17, 'ext:APPRAISAL="No"', 'ext:APPRAISAL="Nej"'),
    pkt(18, 'ext:APPRAISAL="No"', 'ext:ACCESSRESTRICT="Sekretess"'),
    pkt(19, 'STARTDATE="[^"]*"', 'STARTDATE="2026-02-30"'),
    pkt(19, 'ENDDATE="[^"]*"', 'ENDDATE="våren"'),
    pkt(20, 'STARTDATE="2026-01-14"', 'STARTDATE="2026-01-14T00:00:00"'),
    pkt(21, 'STARTDATE="2026-01-14T00:00:00"', 'STARTDATE="2026-01-14"', version=Version.V1_0),
    pkt(22, 'ENDDATE="[^"]*"', 'ENDDATE="2025-12-31"'),
    pkt(23, "ext:APPRAISAL", "ext:APPRAISEL"),
    pkt(23, "ext:OAISSTATUS", 'ext:ACCESSRESTRICT="GDPR" ext:OAISSTATUS'),
    pkt(23, "ext:ORIGINALFILENAME", "ext:ORIGINALNAME"),
    pkt(61, "<\\?xml", "\ufeff<?xml"),
    pkt(62, 'xsi:schemaLocation="', 'xsi:schemaLocation="udda '),
    pkt(62, 'xsi:schemaLocation="[^"]*"', ""),
)
HEADER_LIES: Final = (
    pkt(
        8,
        "<mets:metsHdr .*</mets:metsHdr>",
        "",
        *(f"FGS-PKT-{number}" for number in (24, 31, 32, 39)),
    ),
    pkt(9, ' CREATEDATE="[^"]*"', ""),
    pkt(10, 'CREATEDATE="[^"]*"', 'CREATEDATE="2026-13-01T00:00:00"'),
    pkt(10, 'CREATEDATE="[^"]*"', 'CREATEDATE="2026-04-01"'),
    pkt(10, " RECORDSTATUS", ' LASTMODDATE="igår" RECORDSTATUS'),
    pkt(11, " RECORDSTATUS", ' LASTMODDATE="2026-03-01T00:00:00+02:00" RECORDSTATUS'),
    pkt(12, 'RECORDSTATUS="NEW"', 'RECORDSTATUS="DEPOSIT"', "EARKIV-DLV-3"),
    pkt(12, 'RECORDSTATUS="NEW"', 'RECORDSTATUS="OK"', "EARKIV-DLV-3", version=Version.V1_0),
    pkt(13, ' ext:OAISSTATUS="SIP"', ""),
    pkt(13, "ext:OAISSTATUS", "ext:OAISTYPE", "FGS-PKT-23"),
    pkt(14, 'OAISSTATUS="SIP"', 'OAISSTATUS="sip"'),
    pkt(15, 'AGREEMENTFORM="AGREEMENT"', 'AGREEMENTFORM="Avtal"'),
    pkt(39, AGREEMENT, '<mets:altRecordID TYPE="PREVIOUSSUBMISSIONAGREEMENT">'),
    pkt(39, "<mets:altRecordID.*</mets:altRecordID>", ""),
    pkt(39, f"{AGREEMENT}[^<]*", AGREEMENT),
    pkt(40, AGREEMENT, f"{AGREEMENT}EXSA 2024-1; 2024-01-01</mets:altRecordID>{AGREEMENT}"),
    pkt(41, "; 2025-12-01<", "; 2025-13-01<"),
    pkt(42, "; 2025-12-01<", "<"),
    pkt(43, 'TYPE="REFERENCECODE"', 'TYPE="DELIVERYTYPE"'),
    pkt(44, ' TYPE="REFERENCECODE"', ""),
    pkt(44, "SE/EX/0021", ""),
    pkt(59, "<mets:structMap.*</mets:structMap>", ""),
)
AGENT_LIES: Final = (
    pkt(24, ARCHIVIST, ARCHIVIST.replace("ARCHIVIST", "EDITOR")),
    pkt(25, "(?=<mets:agent )", f"{ARCHIVIST}<mets:name>x</mets:name><mets:note>Local:x</mets:note></mets:agent>"),
    pkt(26, rf"<mets:note>{NOTE}</mets:note>", ""),
    pkt(26, NOTE, ""),
    pkt(26, NOTE, "ORG:"),
    pkt(27, NOTE, "2120009994"),
    pkt(27, NOTE, "ORGNR:2120009994"),
    pkt(27, "Local:EXSA", "LOC:EXSA"),
    pkt(28, NOTE, "ORG:12"),
    pkt(29, NOTE, "ORG:2120009995"),
    pkt(30, NOTE, "org:2120009994"),
    pkt(31, SYSTEM, ""),
    pkt(31, 'OTHERTYPE="SOFTWARE"', "", "FGS-PKT-35"),
    pkt(32, DELIVERER, ""),
    pkt(33, "<mets:name>Exempeldiariet</mets:name>", ""),
    pkt(33, "Exempelstads stadsarkiv", " "),
    pkt(34, 'ROLE="PRESERVATION"', 'ROLE="ARKIV"', "FGS-PKT-37"),
    pkt(34, 'ROLE="PRESERVATION" ', "", "FGS-PKT-37"),
    pkt(34, 'OTHERTYPE="SOFTWARE"', 'OTHERTYPE="Program"', "FGS-PKT-31"),
    pkt(35, 'ROLE="PRESERVATION"', 'ROLE="OTHER"', "FGS-PKT-37"),
    pkt(36, f"({DELIVERER})", r"\1\1"),
    pkt(37, CONTACT, ""),
    pkt(38, "<mets:note>7.2</mets:note>", ""),
)
FILE_LIES: Final = (
    pkt(45, "<mets:fileSec>", DMD.format('MDTYPE="OTHER"') + "<mets:fileSec>"),
    pkt(46, "<mets:fileSec>", DMD.format('MDTYPE="XML"') + "<mets:fileSec>"),
    pkt(46, "<mets:fileSec>", DMD.format('MDTYPE="OTHER" OTHERMDTYPE="EGET"') + "<mets:fileSec>"),
    pkt(46, "<mets:fileSec>", DMD.format("") + "<mets:fileSec>"),
    pkt(47, "<mets:fileSec>.*</mets:fileSec>", "", "EARKIV-FIX-4"),
    pkt(48, f'{FILE}ID="[^"]*" ', FILE),
    pkt(49, ' MIMETYPE="[^"]*"', ""),
    pkt(50, ' SIZE="[^"]*"', ""),
    pkt(50, 'SIZE="[^"]*"', 'SIZE="2,9 kB"'),
    pkt(50, 'SIZE="[^"]*"', 'SIZE="-1"'),
    pkt(51, ' CREATED="[^"]*"', ""),
    pkt(51, 'CREATED="[^"]*"', 'CREATED="2026-04-31T09:30:00"'),
    pkt(52, 'CHECKSUMTYPE="SHA-256"', 'CHECKSUMTYPE="SHA256"'),
    pkt(52, 'CHECKSUMTYPE="SHA-256"', 'CHECKSUMTYPE="CRC32"', "EARKIV-FIX-8"),
    pkt(53, "<mets:FLocat [^>]*>", "", "EARKIV-FIX-3", "EARKIV-FIX-4"),
    pkt(54, 'LOCTYPE="URL"', 'LOCTYPE="FIL"'),
    pkt(54, ' LOCTYPE="URL"', ""),
    pkt(54, 'xlink:type="simple"', 'xlink:type="extended"'),
    pkt(55, 'LOCTYPE="URL"', 'LOCTYPE="URN"'),
    pkt(56, "file:///", ""),
    pkt(56, "file:///", "file:"),
    pkt(57, 'FORMATREGISTRY="PRONOM"', 'FORMATREGISTRY="Pronom"'),
    pkt(58, ' ext:FORMATREGISTRY="PRONOM"', ""),
    pkt(58, "fmt/18", "PDF"),
    pkt(58, 'FORMATREGISTRY="PRONOM"', 'FORMATREGISTRY="OTHER"'),
    pkt(63, 'MIMETYPE="application/pdf"', 'MIMETYPE="PDF"'),
)
LIES: Final[tuple[Lie, ...]] = (*ROOT_LIES, *HEADER_LIES, *AGENT_LIES, *FILE_LIES)

DRAFT_LIES: Final[tuple[Lie, ...]] = (
    eard(1, ' TYPE="SIP"', ' TYPE="ERMS"'),
    eard(1, ' TYPE="SIP"', ""),
    eard(2, '<mets:altRecordID TYPE="DELIVERYTYPE">ERMS</mets:altRecordID>', ""),
    eard(3, '(<mets:altRecordID TYPE="DELIVERYSPECIFICATION">)[^<]*', r"\1", "FGS-PKT-44"),
    eard(4, ">ERMS<", ">Annat<"),
    eard(5, '(TYPE="STARTDATE">)[^<]*', r"\g<1>2026-02-30"),
    eard(6, '(TYPE="ENDDATE">)[^<]*', r"\g<1>2025"),
    eard(7, 'TYPE="SYSTEMTYPE"', 'TYPE="SYSTEM"'),
    eard(8, '(TYPE="APPRAISAL">)[^<]*', r"\g<1>Nej"),
    eard(9, 'USE="[^";]*;', 'USE="'),
    Lie(rule="FGS-PKT-3", find=' OBJID="[^"]*"', put=""),
    Lie(rule="FGS-PKT-9", find=' CREATEDATE="[^"]*"', put=""),
    Lie(rule="FGS-PKT-12", find='RECORDSTATUS="NEW"', put='RECORDSTATUS="OK"', also=frozenset({"EARKIV-DLV-3"})),
    Lie(rule="FGS-PKT-24", find=ARCHIVIST, put=ARCHIVIST.replace("ARCHIVIST", "EDITOR")),
    Lie(rule="FGS-PKT-27", find=NOTE, put="ORGNR:2120009994"),
    Lie(rule="FGS-PKT-34", find='ROLE="PRESERVATION"', put='ROLE="ARKIV"', also=frozenset({"FGS-PKT-37"})),
    Lie(rule="FGS-PKT-39", find=AGREEMENT, put='<mets:altRecordID TYPE="PREVIOUSSUBMISSIONAGREEMENT">'),
    Lie(rule="FGS-PKT-40", find=AGREEMENT, put=f"{AGREEMENT}x; 2024-01-01</mets:altRecordID>{AGREEMENT}"),
    Lie(rule="FGS-PKT-41", find="; 2025-12-01<", put="; 2025-13-01<"),
    Lie(rule="FGS-PKT-47", find="<mets:fileSec>.*</mets:fileSec>", put="", also=frozenset({"EARKIV-FIX-4"})),
    Lie(rule="FGS-PKT-49", find=' MIMETYPE="[^"]*"', put=""),
    Lie(rule="FGS-PKT-50", find='SIZE="[^"]*"', put='SIZE="x"'),
    Lie(rule="FGS-PKT-51", find='CREATED="[^"]*"', put='CREATED="2026"'),
    Lie(rule="FGS-PKT-52", find='TYPE="SHA-256"', put='TYPE="SHA256"'),
    Lie(
        rule="FGS-PKT-53",
        find="<mets:FLocat [^>]*>",
        put="",
        also=frozenset({"EARKIV-FIX-3", "EARKIV-FIX-4"}),
    ),
    Lie(rule="FGS-PKT-59", find="<mets:structMap.*</mets:structMap>", put=""),
)
"""The same about a package by the draft of 2013."""
