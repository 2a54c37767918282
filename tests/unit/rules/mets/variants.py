"""What the text of each requirement makes of a METS, variant by variant: which id is then an error, and which is not.

One row may break other requirements too; only its own id is asked about, as in the corpora of others.
"""

from collections.abc import Iterator
from typing import NamedTuple


class Variant(NamedTuple):
    """One change of a METS document, after which `rule` is an error, or (in a row of `KEPT`) is none."""

    rule: str
    pattern: str
    said: str


def _instead(rule: str, pattern: str, *values: str) -> tuple[Variant, ...]:
    return tuple(Variant(rule, pattern, value) for value in values)


def _attribute(rule: str, before: str, name: str, *values: str) -> tuple[Variant, ...]:
    """Leave an attribute out, and give it each of these values; `before` matches what stands before it."""
    others = (rf'\1 {name}="{value}"' for value in values)
    return _instead(rule, f'({before}) {name}="[^"]*"', r"\1", *others)


_ROOT = (
    *_attribute("CSIP1", "<mets:mets[^>]*?", "OBJID", "", "  "),
    *_instead("CSIP3", ' TYPE="Mixed"', ' TYPE="OTHER"', ' TYPE="Other"', ' TYPE="OTHER" csip:OTHERTYPE=" "'),
    *_instead(
        "CSIP5",
        '( csip:CONTENTINFORMATIONTYPE=")citserms_v3_0"',
        r'\1OTHER"',
        r'\1OTHER" csip:OTHERCONTENTINFORMATIONTYPE=""',
    ),
)
_FUTURE = "2038-01-18T12:00:00"
_NO_MOMENTS = ("", "random", "2019-04-14", "14.04.2019", "2019-13-01T20:00:00", "2019-02-29T20:00:00")
_NOTE = '<mets:note csip:NOTETYPE="SOFTWARE VERSION">1.0</mets:note>'
_HEADER = (
    *_attribute("CSIP7", "<mets:metsHdr[^>]*?", "CREATEDATE", *_NO_MOMENTS, "2019-04-14T25:00:00", _FUTURE),
    *_attribute("CSIP8", '<mets:metsHdr(?= CREATEDATE="([^"]*)")', "CREATEDATE", r'\2" LASTMODDATE="' + _FUTURE)[1:],
    *_attribute("CSIP9", "<mets:metsHdr[^>]*?", "csip:OAISPACKAGETYPE", "", "sip", "random"),
    *_attribute("CSIP11", "<mets:agent", "ROLE", "", "creator", "ARCHIVIST", "random", 'OTHER" OTHERROLE="CREATOR'),
    *_attribute("CSIP13", "<mets:agent[^>]*?", "OTHERTYPE", "", "software", "random"),
    *_instead("CSIP15", _NOTE, "", _NOTE.replace("1.0", ""), _NOTE.replace("1.0", " "), _NOTE + _NOTE),
    *_instead("CSIP117", "<mets:metsHdr.*?</mets:metsHdr>", "", r"\g<0>\g<0>"),
    *_attribute("SIP3", "<mets:metsHdr[^>]*?", "RECORDSTATUS", "", "new", "random")[1:],
    *_instead("SIP5", '<mets:altRecordID TYPE="SUBMISSIONAGREEMENT">.*?</mets:altRecordID>', r"\g<0>\g<0>"),
    *_instead("SIP7", '<mets:altRecordID TYPE="REFERENCECODE">.*?</mets:altRecordID>', r"\g<0>\g<0>"),
    *_attribute("SIP11", '<mets:agent ROLE="ARCHIVIST"', "TYPE", "OTHER", "random"),
    *_instead("SIP29", '(<mets:agent ROLE="PRESERVATION".*?<mets:name>)[^<]*', r"\1"),
    *_attribute("SIP31", '<mets:agent ROLE="PRESERVATION".*?<mets:note', "csip:NOTETYPE", "SOFTWARE VERSION"),
)
_ELSEWHERE = ("", " ", "random", "metadata/none.xml", "../x", "/etc/passwd", "https://example.org/x", "file:///no")
_NO_DIGESTS = ("", "random", "00", "0" * 32, "0" * 64)
_OTHER_LOCATORS = ("ARK", "URN", "PURL", "HANDLE", "DOI", "OTHER", "url", "")
_NO_SIZES = ("", "1", "0", "-1", "1 KB", "99999999999999999999")


def _section(kind: str, first: int) -> Iterator[Variant]:
    """The reference inside a metadata section, in the order in which CSIP numbers its attributes."""
    before = f"<mets:{kind} .*?<mets:mdRef[^>]*?"
    values: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("LOCTYPE", _OTHER_LOCATORS),
        ("xlink:type", ("extended", "")),
        ("xlink:href", _ELSEWHERE),
        ("MDTYPE", ("", "premis", "random")),
        ("MIMETYPE", ("", "random", "application/wrongmimetype")),
        ("SIZE", _NO_SIZES),
        ("CREATED", _NO_MOMENTS),
        ("CHECKSUM", _NO_DIGESTS),
        ("CHECKSUMTYPE", ("", "SHA256", "random")),
    )
    for number, (name, others) in enumerate(values, first):
        yield from _attribute(f"CSIP{number}", before, name, *others)
    yield from _attribute(f"CSIP{first + 7}", before, "CHECKSUMTYPE", "MD5")[1:]


_SECTIONS = (
    *_attribute("CSIP19", "<mets:dmdSec[^>]*?", "CREATED", *_NO_MOMENTS),
    *_section("dmdSec", 22),
    *_attribute("CSIP33", "<mets:digiprovMD[^>]*?", "ID", ""),
    *_section("digiprovMD", 36),
    *_attribute("CSIP47", "<mets:rightsMD[^>]*?", "STATUS", "", "current", "CURENT", "TEST")[1:],
    *_section("rightsMD", 49),
)
_FILE = "<mets:file [^>]*?"
_GROUP = '(<mets:fileGrp[^>]*?) csip:CONTENTINFORMATIONTYPE="[^"]*"'
_FILES = (
    *_attribute("CSIP59", "<mets:fileSec", "ID", ""),
    *_instead("CSIP63", _GROUP, r'\1 csip:CONTENTINFORMATIONTYPE="OTHER"'),
    *_instead("CSIP63", _GROUP, r'\1 csip:CONTENTINFORMATIONTYPE="OTHER" csip:OTHERCONTENTINFORMATIONTYPE=""'),
    *_attribute("CSIP65", "<mets:fileGrp[^>]*?", "ID", ""),
    *_attribute("CSIP67", "<mets:file", "ID", ""),
    *_attribute("CSIP69", _FILE, "SIZE", *_NO_SIZES),
    *_attribute("CSIP71", _FILE, "CHECKSUM", *_NO_DIGESTS),
    *_attribute("CSIP71", _FILE, "CHECKSUMTYPE", "MD5")[1:],
    *_attribute("CSIP77", "<mets:FLocat[^>]*?", "LOCTYPE", *_OTHER_LOCATORS),
    *_attribute("CSIP79", "<mets:FLocat[^>]*?", "xlink:href", *_ELSEWHERE),
)


def _division(label: str, described: int, referred: int) -> Iterator[Variant]:
    """A division that stands for file groups: two of it, none of it, under other names, without ID or pointer."""
    whole = f'<mets:div [^>]*LABEL="{label}"[^>]*>.*?</mets:div>'
    yield from _instead(f"CSIP{described}", whole, r"\g<0>\g<0>")
    yield from _instead(f"CSIP{described + 1}", f'(<mets:div) ID="[^"]*"( LABEL="{label}")', r"\1\2")
    yield from _instead(f"CSIP{described + 2}", whole, r"\g<0>\g<0>")
    yield from _instead(f"CSIP{described + 2}", f' LABEL="{label}"', "", f' LABEL="{label.lower()}"', ' LABEL="x"')
    pointer = rf'(LABEL="{label}"[^>]*>)\s*<mets:fptr[^>]*/>'
    yield from _instead(f"CSIP{referred}", pointer, r"\1", r"\1<mets:fptr/>", r'\1<mets:fptr FILEID="none"/>')


_POINTER = "<mets:mptr[^>]*?"
_STRUCTURE = (
    *_attribute("CSIP81", "<mets:structMap[^>]*?", "TYPE", "", "physical", "LOGICAL"),
    *_instead("CSIP81", 'TYPE="PHYSICAL" LABEL="CSIP"', 'TYPE="LOGICAL"'),
    *_attribute("CSIP83", "<mets:structMap[^>]*?", "ID", ""),
    *_attribute("CSIP85", "<mets:structMap[^>]*>\\s*<mets:div", "ID", ""),
    *_instead("CSIP91", '(LABEL="Metadata"[^>]*) ADMID="[^"]*"', r'\1 ADMID="none"'),
    *_division("Documentation", 93, 116),
    *_division("Schemas", 97, 118),
    *_attribute("CSIP107", "<mets:div(?=[^>]*Representations)[^>]*?", "LABEL", "", "rep1", "Representations/other"),
    *_instead("CSIP109", "<mets:mptr[^>]*/>", "", r"\g<0>\g<0>"),
    *_attribute("CSIP110", _POINTER, "xlink:href", "", "representations/none/METS.xml", "../METS.xml"),
    *_attribute("CSIP111", _POINTER, "xlink:type", "", "extended"),
)
BROKEN = (*_ROOT, *_HEADER, *_SECTIONS, *_FILES, *_STRUCTURE)
_CREATED = r'(<mets:metsHdr[^>]*?) CREATEDATE="[^"]*"'
KEPT = (
    Variant("CSIP3", ' TYPE="Mixed"', ' TYPE="OTHER" csip:OTHERTYPE="Textual works - Manuscripts"'),
    Variant("CSIP3", ' TYPE="Mixed"', ' TYPE="OTHER" csip:OTHERTYPE="OTHER"'),
    Variant("CSIP3", ' TYPE="Mixed"', ' TYPE="OTHER" csip:OTHERTYPE="Datasets"'),
    Variant("CSIP5", 'TYPE="citserms_v3_0"', 'TYPE="OTHER" csip:OTHERCONTENTINFORMATIONTYPE="SIARDUK"'),
    *_instead(
        "CSIP7",
        _CREATED,
        r'\1 CREATEDATE="2020-02-29T24:00:00"',
        r'\1 CREATEDATE="2018-04-24T14:37:49.602+01:00"',
        r'\1 CREATEDATE="1999-12-31T23:59:59Z"',
    ),
    *(Variant("CSIP9", 'OAISPACKAGETYPE="SIP"', f'OAISPACKAGETYPE="{kind}"') for kind in ("AIP", "DIP", "AIU", "AIC")),
    Variant("CSIP15", _NOTE, _NOTE + '<mets:note csip:NOTETYPE="IDENTIFICATIONCODE">ID:1</mets:note>'),
    *(Variant("SIP3", 'RECORDSTATUS="[^"]*"', word) for word in ("", 'RECORDSTATUS="SUPPLEMENT"')),
    Variant("SIP5", '<mets:altRecordID TYPE="SUBMISSIONAGREEMENT">.*?</mets:altRecordID>', ""),
    Variant(
        "SIP5",
        '(<mets:altRecordID TYPE=")(SUBMISSIONAGREEMENT">.*?</mets:altRecordID>)',
        r"\1\2\1PREVIOUS\2\1PREVIOUS\2",
    ),
    Variant("SIP7", '(<mets:altRecordID TYPE=")(REFERENCECODE">.*?</mets:altRecordID>)', r"\1\2\1PREVIOUS\2"),
    *(Variant("CSIP47", '(<mets:rightsMD[^>]*?) STATUS="[^"]*"', said) for said in (r"\1", r'\1 STATUS="SUPERSEDED"')),
    Variant("CSIP29", '(<mets:mdRef[^>]*?) CHECKSUMTYPE="[^"]*"', r'\1 CHECKSUMTYPE="WHIRLPOOL"'),
    Variant("CSIP71", '(<mets:file [^>]*?) CHECKSUMTYPE="[^"]*"', r"\1"),
    Variant("CSIP69", '(<mets:file [^>]*?) CHECKSUM="[^"]*"', r"\1"),
    Variant("CSIP79", '(<mets:FLocat[^>]*? xlink:href=")', r"\1./"),
    Variant("CSIP79", '(<mets:FLocat[^>]*? xlink:href=")', r"\1file:///"),
    Variant("CSIP81", 'LABEL="CSIP"', 'LABEL="Other"'),
    Variant(
        "CSIP81",
        "(<mets:structMap.*?</mets:structMap>)",
        r'\1<mets:structMap TYPE="LOGICAL"><mets:div/></mets:structMap>',
    ),
    *(Variant(f"CSIP{n}", '<mets:div [^>]*LABEL="Documentation"[^>]*>.*?</mets:div>', "") for n in (93, 94, 95)),
    *(Variant(f"CSIP{n}", "<mets:amdSec.*?</mets:amdSec>", "") for n in (33, 35, 37, 39, 41, 43, 47, 49)),
    *(Variant(f"CSIP{n}", "<mets:fileSec.*?</mets:fileSec>", "") for n in (58, 59, 63, 65, 67, 69, 71, 77, 79)),
    *(Variant(f"CSIP{n}", "<mets:metsHdr.*?</mets:metsHdr>", "") for n in (7, 9, 11, 13, 15)),
    *(Variant(f"CSIP{n}", "<mets:mptr[^>]*/>", "") for n in (105, 107, 111)),
)
REPRESENTATION = (
    *_attribute("CSIP1", "<mets:mets[^>]*?", "OBJID", "", "another"),
    *_attribute("CSIP7", "<mets:metsHdr[^>]*?", "CREATEDATE", _FUTURE),
    *_attribute("CSIP9", "<mets:metsHdr[^>]*?", "csip:OAISPACKAGETYPE", "random"),
    *_attribute("CSIP13", "<mets:agent[^>]*?", "OTHERTYPE", "random"),
    *_attribute("CSIP69", _FILE, "SIZE", "1"),
    *_attribute("CSIP71", _FILE, "CHECKSUM", "random"),
    *_attribute("CSIP77", "<mets:FLocat[^>]*?", "LOCTYPE", "OTHER"),
    *_attribute("CSIP79", "<mets:FLocat[^>]*?", "xlink:href", "data/none", "../../x/y"),
    *_attribute("CSIP81", "<mets:structMap[^>]*?", "TYPE", "LOGICAL"),
    *_instead("CSIP117", "<mets:metsHdr.*?</mets:metsHdr>", ""),
)
"""Changes of a representation's METS after which the rule is an error."""
