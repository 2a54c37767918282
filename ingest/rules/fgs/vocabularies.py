"""The value lists of FGS Paketstruktur 1.x, per version where the versions differ (Swedish name, METS place)."""

from collections.abc import Mapping

from ingest.domain.submissions import Dialect

_TYPES_SINCE_1_1 = frozenset(
    {
        "ERMS",
        "Personnel",
        "Medical record",
        "Economics",
        "Databases",
        "Webpages",
        "GIS",
        "No specification",
        "AIC",
        "Publication",
        "Archival information",
        "Unstructured",
        "Single records",
    }
)
INFORMATION_TYPES: Mapping[Dialect, frozenset[str]] = {
    Dialect.FGS_1_0: _TYPES_SINCE_1_1 | {"Journals"},
    Dialect.FGS_1_1: _TYPES_SINCE_1_1,
    Dialect.FGS_1_2: _TYPES_SINCE_1_1,
}
"""Informationstyp, mets/@TYPE; `Journals` became `Medical record` by the amendment of 2015-09-22."""

PACKAGE_TYPES = frozenset({"SIP", "AIP", "DIP", "AIU", "AIC"})
"""Pakettyp, metsHdr/@ext:OAISSTATUS; in the draft mets/@TYPE."""

_STATUSES_SINCE_1_1 = frozenset({"SUPPLEMENT", "REPLACEMENT", "NEW", "TEST", "VERSION", "OTHER"})
_STATUSES_OF_1_0 = _STATUSES_SINCE_1_1 | {"DEPOSIT", "AGREEMENT"}
STATUSES: Mapping[Dialect, frozenset[str]] = {
    Dialect.EARD: _STATUSES_OF_1_0,
    Dialect.FGS_1_0: _STATUSES_OF_1_0,
    Dialect.FGS_1_1: _STATUSES_SINCE_1_1,
    Dialect.FGS_1_2: _STATUSES_SINCE_1_1,
}
"""Status, metsHdr/@RECORDSTATUS; that of the draft could not be obtained and is taken to be that of 1.0."""

AGREEMENT_FORMS = frozenset({"AGREEMENT", "DEPOSIT", "GIFT", "Not specified"})
"""Avtalsform, @ext:AGREEMENTFORM, since 1.1."""
APPRAISALS = frozenset({"Yes", "No"})
"""Gallring, mets/@ext:APPRAISAL."""
ACCESS_RESTRICTIONS = frozenset({"Secrecy", "PuL", "Secrecy and PuL", "GDPR"})
"""Sekretess, mets/@ext:ACCESSRESTRICT. GDPR came in 2017 and is accepted in older versions: they are still written."""

ROLES = frozenset({"ARCHIVIST", "CREATOR", "CUSTODIAN", "DISSEMINATOR", "EDITOR", "IPOWNER", "PRESERVATION", "OTHER"})
OTHER_ROLES = frozenset({"PRODUCER", "SUBMITTER"})
AGENT_TYPES = frozenset({"ORGANIZATION", "INDIVIDUAL", "OTHER"})
OTHER_AGENT_TYPES = frozenset({"SOFTWARE"})
CODE_PREFIXES = frozenset({"VAT", "DUNS", "ORG", "HSA", "Local", "URI"})
"""Identitetskod: what stands before the colon in agent/note."""

RECORD_IDS = frozenset({"SUBMISSIONAGREEMENT", "PREVIOUSSUBMISSIONAGREEMENT", "REFERENCECODE", "PREVIOUSREFERENCECODE"})
"""altRecordID/@TYPE."""
DRAFT_RECORD_IDS = RECORD_IDS | {
    "DELIVERYTYPE",
    "DELIVERYSPECIFICATION",
    "DATASUBMISSIONSESSION",
    "PACKAGENUMBER",
    "APPRAISAL",
    "ACCESSRESTRICT",
    "STARTDATE",
    "ENDDATE",
    "INFORMATIONCLASS",
    "SYSTEMTYPE",
    "PERIOD",
}
"""altRecordID/@TYPE in the draft, which has no attributes of its own."""
DELIVERY_TYPES = _TYPES_SINCE_1_1 | {"Journals", "Noark 3", "Noark 4", "Noark 5"}
"""altRecordID[@TYPE='DELIVERYTYPE'] in the draft; its own list could not be obtained whole."""

METADATA_TYPES = frozenset(
    {
        "DC",
        "DDI",
        "EAC-CPF",
        "EAD",
        "FGDC",
        "ISO 19115:2003 NAP",
        "LC-AV",
        "LIDO",
        "LOM",
        "MARC",
        "METSRIGHTS",
        "MODS",
        "NISOIMG",
        "PREMIS",
        "PREMIS:AGENT",
        "PREMIS:EVENT",
        "PREMIS:OBJECT",
        "PREMIS:RIGHTS",
        "TEIHDR",
        "TEXTMD",
        "VRA",
        "OTHER",
    }
)
"""mdRef and mdWrap, @MDTYPE."""
OTHER_METADATA_TYPES = frozenset({"ADDML", "BAGIT", "COMMENT", "EAC-F", "EAG", "METS", "SIARD"})
"""mdRef and mdWrap, @OTHERMDTYPE."""
CHECKSUM_TYPES = frozenset({"MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"})
"""file/@CHECKSUMTYPE."""
LOCATION_TYPES = frozenset({"URN", "URL", "HANDLE", "OTHER"})
"""FLocat/@LOCTYPE."""
FORMAT_REGISTRIES = frozenset({"PRONOM", "GDFR", "UDFR", "OTHER"})
"""Register, file/@ext:FORMATREGISTRY."""

_OF_ROOT = """
    CONTENTTYPESPECIFICATION SYSTEMTYPE DATASUBMISSIONSESSION PACKAGENUMBER ARCHIVALNAME INFORMATIONCLASS APPRAISAL
    ACCESSRESTRICT STARTDATE ENDDATE AGREEMENTFORM
"""
_OF_FILE = """
    ORIGINALFILENAME FORMATREGISTRY OTHERFORMATREGISTRY FORMATREGISTRYKEY FILEFORMATNAME FILEFORMATVERSION
    ARCHIVALREFERENCECODE ARCHIVALRECORDTYPE
"""
ROOT_EXTENSIONS = frozenset(f"ext:{name}" for name in _OF_ROOT.split())
HEADER_EXTENSIONS = frozenset({"ext:OAISSTATUS", "ext:AGREEMENTFORM"})
FILE_EXTENSIONS = frozenset(f"ext:{name}" for name in _OF_FILE.split())
"""The attributes of Riksarkivet's METS extension, by the element where they belong."""
