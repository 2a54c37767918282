"""The lies about a package in its METS document, by the rule that each breaks.

Consequences: EARKIV-FIX-3 = no file answers to the entry any more, EARKIV-FIX-8 = the digest cannot be checked,
EARKIV-DLV-3 = a status that is none counts as OTHER, FGS-PKT-44 = an altRecordID without text.
"""

from typing import Final

from tests.unit.rules.fgs.lies import EARLIER, LATER, LATEST, Lie, eard, pkt

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

WITHOUT_HEADER: Final = tuple(f"FGS-PKT-{number}" for number in (24, 31, 32, 39))

ROOT_LIES: Final = (
    pkt(1, rf"/version1\d(?=/)|{PERIOD}", "", times=0),
    pkt(2, "version12/CommonSpec", "version11/CommonSpec", "FGS-PKT-21", versions=LATEST),
    pkt(3, ' OBJID="[^"]*"', ""),
    pkt(3, 'OBJID="[^"]*"', 'OBJID=" "'),
    pkt(4, 'OBJID="UUID:', 'OBJID="'),
    pkt(4, 'OBJID="[^"]*"', 'OBJID="UUID:1"'),
    pkt(5, ' TYPE="ERMS"', ' TYPE="Journals"', versions=LATER),
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
    pkt(20, 'STARTDATE="2026-01-14"', 'STARTDATE="2026-01-14T00:00:00"', versions=LATEST),
    pkt(21, 'STARTDATE="2026-01-14T00:00:00"', 'STARTDATE="2026-01-14"', versions=EARLIER),
    pkt(22, 'ENDDATE="[^"]*"', 'ENDDATE="2025-12-31"', earlier="FGS-PKT-21"),
    pkt(23, "ext:APPRAISAL", "ext:APPRAISEL"),
    pkt(23, "ext:OAISSTATUS", 'ext:ACCESSRESTRICT="GDPR" ext:OAISSTATUS'),
    pkt(23, "ext:ORIGINALFILENAME", "ext:ORIGINALNAME"),
    pkt(61, "<\\?xml", "\ufeff<?xml"),
    pkt(62, 'xsi:schemaLocation="', 'xsi:schemaLocation="udda '),
    pkt(62, 'xsi:schemaLocation="[^"]*"', ""),
)
HEADER_LIES: Final = (
    pkt(8, "<mets:metsHdr .*</mets:metsHdr>", "", *WITHOUT_HEADER),
    pkt(9, ' CREATEDATE="[^"]*"', ""),
    pkt(10, 'CREATEDATE="[^"]*"', 'CREATEDATE="2026-13-01T00:00:00"'),
    pkt(10, 'CREATEDATE="[^"]*"', 'CREATEDATE="2026-04-01"'),
    pkt(10, " RECORDSTATUS", ' LASTMODDATE="igår" RECORDSTATUS'),
    pkt(11, " RECORDSTATUS", ' LASTMODDATE="2026-03-01T00:00:00+02:00" RECORDSTATUS'),
    pkt(12, 'RECORDSTATUS="NEW"', 'RECORDSTATUS="DEPOSIT"', "EARKIV-DLV-3", versions=LATER),
    pkt(12, 'RECORDSTATUS="NEW"', 'RECORDSTATUS="OK"', "EARKIV-DLV-3"),
    pkt(13, ' ext:OAISSTATUS="SIP"', ""),
    pkt(13, "ext:OAISSTATUS", "ext:OAISTYPE", "FGS-PKT-23"),
    pkt(14, 'OAISSTATUS="SIP"', 'OAISSTATUS="sip"'),
    pkt(15, 'AGREEMENTFORM="AGREEMENT"', 'AGREEMENTFORM="Avtal"', versions=LATER),
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

SHARED: Final = frozenset(
    f"FGS-PKT-{number}" for number in (3, 4, 9, 10, 11, *range(24, 39), *range(40, 43), *range(44, 56), 59, 61, 63)
)
"""The rules that the draft has too, and that are broken there by the same words with the same consequences."""
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
    pkt(8, "<mets:metsHdr .*</mets:metsHdr>", "", *WITHOUT_HEADER, "FGS-EARD-2", "FGS-EARD-3"),
    pkt(12, 'RECORDSTATUS="NEW"', 'RECORDSTATUS="OK"', "EARKIV-DLV-3"),
    pkt(39, AGREEMENT, '<mets:altRecordID TYPE="PREVIOUSSUBMISSIONAGREEMENT">'),
    *(lie for lie in LIES if lie.rule in SHARED),
)
"""The same about a package by the draft of 2013."""
