"""CSIPSTR1 and CSIPSTR4 of what has no METS.xml at its top: do one or several packages lie a folder further in?"""

from ingest.rules.mets.breaches import Breach
from ingest.rules.mets.packages import Found
from ingest.rules.mets.subjects import Package

_METS = "METS.xml"
_INSIDE = frozenset({"metadata", "representations", "schemas", "documentation", "submission", "content"})
"""Folders of a package: what looks like one in there is a part of it."""


def misplaced(package: Package) -> Found:
    """Give the breaches of a package without METS.xml at its top, or of several that lie beside each other.

    A package is known by its METS.xml, or by having both `metadata` and `representations`.
    """
    paths = package.entries or {}
    if _METS in paths:
        return
    if _is_root(package, ""):
        yield "CSIPSTR4", _METS, Breach(line=0)
        return
    tops = {path.partition("/")[0] for path in paths}
    roots = [top for top in sorted(tops) if top.lower() not in _INSIDE and _is_root(package, f"{top}/")]
    if roots and len(tops) > 1:
        yield "CSIPSTR1", "", Breach(line=0, value=", ".join(sorted(tops))[:200])
    for root in roots:
        if f"{root}/{_METS}" not in paths:
            yield "CSIPSTR4", f"{root}/{_METS}", Breach(line=0, value=f"{root}/")


def _is_root(package: Package, folder: str) -> bool:
    has_parts = {f"{folder}metadata".lower(), f"{folder}representations".lower()} <= package.folders
    return has_parts or f"{folder}{_METS}" in (package.entries or {})
