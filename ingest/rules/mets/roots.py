"""CSIP1 to CSIP6: the root element of a METS document."""

import re

from ingest.formats.mets_values import Root
from ingest.rules.mets.breaches import KEPT, Breaches, broken, gravely_broken
from ingest.rules.mets.subjects import Document, Level, MetsRule
from ingest.rules.mets.versions import profile_kind
from ingest.rules.mets.vocabularies import CONTENT_INFORMATION_TYPES, OTHER, is_content_category

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/]+\S*\Z")
CONTENT_TYPE = "csip:CONTENTINFORMATIONTYPE"
OTHER_CONTENT_TYPE = "csip:OTHERCONTENTINFORMATIONTYPE"
_OTHER_TYPE = "csip:OTHERTYPE"


def object_id(root: Root, document: Document) -> Breaches:
    """CSIP1: OBJID is there; a representation's is its folder's name (for the package see CSIPSTR2)."""
    stated = (root.object_id or "").strip()
    if not stated:
        return broken(root)
    is_other = document.level is Level.REPRESENTATION and document.name not in (stated, portable(stated))
    return broken(root, stated, document.name) if is_other else KEPT


def portable(identifier: str) -> str:
    """Write an identifier as a folder name: what some file systems refuse becomes `_` (CSIP1)."""
    return "".join("_" if character in '<>:"/\\|?*' else character for character in identifier)


def content_category(root: Root, document: Document) -> Breaches:
    """CSIP2: TYPE is of the vocabulary, and says more when it is none of it."""
    del document
    if not is_content_category(root.type or "") or _says_no_other_type(root):
        return broken(root, root.type)
    return KEPT


def other_content_category(root: Root, document: Document) -> Breaches:
    """CSIP3: csip:OTHERTYPE must be there when TYPE is OTHER, with a word of its own, and means nothing elsewhere."""
    del document
    if _says_no_other_type(root):
        return gravely_broken(root, root.type)
    stated = root.attribute(_OTHER_TYPE)
    is_idle = root.type not in OTHER or (stated not in OTHER and is_content_category(stated or ""))
    return broken(root, stated) if stated and is_idle else KEPT


def _says_no_other_type(root: Root) -> bool:
    return root.type in OTHER and not (root.attribute(_OTHER_TYPE) or "").strip()


def content_information_type(root: Root, document: Document) -> Breaches:
    """CSIP4: recommended for the package, mandatory for a representation; a value is of the vocabulary."""
    stated = root.attribute(CONTENT_TYPE)
    if stated is None:
        return gravely_broken(root) if document.level is Level.REPRESENTATION else broken(root)
    if stated not in CONTENT_INFORMATION_TYPES or _says_no_other_content(root):
        return gravely_broken(root, stated)
    return KEPT


def other_content_information_type(root: Root, document: Document) -> Breaches:
    """CSIP5: csip:OTHERCONTENTINFORMATIONTYPE must be there when the type is OTHER, and means nothing elsewhere."""
    del document
    if _says_no_other_content(root):
        return gravely_broken(root, root.attribute(CONTENT_TYPE))
    stated = root.attribute(OTHER_CONTENT_TYPE)
    return broken(root, stated) if stated and root.attribute(CONTENT_TYPE) != "OTHER" else KEPT


def _says_no_other_content(root: Root) -> bool:
    return root.attribute(CONTENT_TYPE) == "OTHER" and not (root.attribute(OTHER_CONTENT_TYPE) or "").strip()


def profile(root: Root, document: Document) -> Breaches:
    """CSIP6: PROFILE is a URL."""
    del document
    return KEPT if _URL.match((root.profile or "").strip()) else broken(root, root.profile)


def profile_without_version(root: Root, document: Document) -> Breaches:
    """EARKIV-METS-3: the profile's address leaves the version open."""
    is_open = len(document.versions) > 1
    return broken(root, root.profile, ", ".join(sorted(document.versions))) if is_open else KEPT


def foreign_profile(root: Root, document: Document) -> Breaches:
    """EARKIV-METS-4: a profile that is none of E-ARK's own."""
    del document
    return broken(root, root.profile) if root.profile and profile_kind(root) is None else KEPT


RULES: tuple[MetsRule[Root], ...] = (
    MetsRule(id="CSIP1", check=object_id),
    MetsRule(id="CSIP2", check=content_category),
    MetsRule(id="CSIP3", check=other_content_category),
    MetsRule(id="CSIP4", check=content_information_type),
    MetsRule(id="CSIP5", check=other_content_information_type),
    MetsRule(id="CSIP6", check=profile),
    MetsRule(id="EARKIV-METS-3", check=profile_without_version),
    MetsRule(id="EARKIV-METS-4", check=foreign_profile),
)
