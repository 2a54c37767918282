"""Which version of FGS Paketstruktur 1.x a METS document is written in (FGS Paketstruktur, mets/@PROFILE).

The addresses of profile and schemas name the version when they are pinned (`.../version12/...`). Most are not; then
what the versions do not share has to tell: dates with or without a time, Avtalsform, GDPR, the older statuses.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.domain.findings import Location, Violation
from ingest.domain.submissions import Dialect

ASSUMED = "FGS-PKT-1"
CONTRADICTORY = "FGS-PKT-2"

_DRAFT = "eARD_Paket_FGS"
_PROFILE = "CommonSpecificationSwedenPackageProfile"
_PINNED = re.compile(r"/version(10|11|12)/")
_BY_FOLDER = {"10": Dialect.FGS_1_0, "11": Dialect.FGS_1_1, "12": Dialect.FGS_1_2}
_NEWEST_FIRST = (Dialect.FGS_1_2, Dialect.FGS_1_1, Dialect.FGS_1_0)
_WITH_TIME = re.compile(r"\s*-?\d{4,}-\d\d-\d\dT")
_WITHOUT_TIME = re.compile(r"\s*-?\d{4,}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?\s*\Z")
_STATUSES_OF_1_0 = frozenset({"DEPOSIT", "AGREEMENT"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Something in the document that only some versions have, in words that a person finds again."""

    words: str
    versions: frozenset[Dialect]


@dataclass(frozen=True, slots=True, kw_only=True)
class FgsVersion:
    """The version; `pinned` are the signs that are addresses of one version, `signs` are the others."""

    dialect: Dialect
    pinned: tuple[Sign, ...] = ()
    signs: tuple[Sign, ...] = ()

    def remarks(self, location: Location) -> tuple[Violation, ...]:
        """Say at a place what is unclear: several versions fit (FGS-PKT-1), or the signs disagree (FGS-PKT-2).

        Where an address names the version it stands; what does not follow that version has rules of its own.
        """
        if self.dialect is Dialect.EARD:
            return ()
        telling = self.pinned or self.signs
        fitting = sum(all(version in sign.versions for sign in telling) for version in _NEWEST_FIRST)
        if fitting == 1:
            return ()
        if fitting:
            return (Violation(rule=ASSUMED, location=location, detail=self.dialect),)
        detail = f"{self.dialect}: " + ", ".join(sign.words for sign in telling)
        return (Violation(rule=CONTRADICTORY, location=location, detail=detail),)


def is_fgs_profile(profile: str) -> bool:
    """Say whether mets/@PROFILE is one of FGS Paketstruktur 1.x or its draft; further letters after it are let pass."""
    return _PROFILE in profile or _DRAFT in profile


def version_of(root: Mapping[str, str], header: Mapping[str, str]) -> FgsVersion:
    """Tell the version by the attributes of `mets` and `metsHdr`, under their readable names (`ext:STARTDATE`).

    A pinned profile decides, then a pinned schema; else the newest version that most signs fit.
    """
    if _DRAFT in root.get("PROFILE", ""):
        return FgsVersion(dialect=Dialect.EARD)
    pinned, signs = tuple(_addresses(root)), tuple(_signs(root, header))
    telling = pinned[:1] or signs
    fits = {version: sum(version in sign.versions for sign in telling) for version in _NEWEST_FIRST}
    dialect = max(_NEWEST_FIRST, key=lambda version: fits[version])
    return FgsVersion(dialect=dialect, pinned=pinned, signs=signs)


def _addresses(root: Mapping[str, str]) -> Iterator[Sign]:
    for name in ("PROFILE", "xsi:schemaLocation"):
        found = _PINNED.search(root.get(name, ""))
        if found is not None:
            words = f"{name}={found.group().strip('/')}"
            yield Sign(words=words, versions=frozenset({_BY_FOLDER[found.group(1)]}))


def _signs(root: Mapping[str, str], header: Mapping[str, str]) -> Iterator[Sign]:
    for name in ("ext:STARTDATE", "ext:ENDDATE"):
        date = root.get(name, "")
        if _WITH_TIME.match(date):
            yield Sign(words=f"{name}={date}", versions=frozenset({Dialect.FGS_1_0, Dialect.FGS_1_1}))
        elif _WITHOUT_TIME.match(date):
            yield Sign(words=f"{name}={date}", versions=frozenset({Dialect.FGS_1_2}))
    if "ext:AGREEMENTFORM" in {*root, *header}:
        yield Sign(words="ext:AGREEMENTFORM", versions=frozenset({Dialect.FGS_1_1, Dialect.FGS_1_2}))
    if root.get("ext:ACCESSRESTRICT") == "GDPR":
        yield Sign(words="ext:ACCESSRESTRICT=GDPR", versions=frozenset({Dialect.FGS_1_2}))
    status = header.get("RECORDSTATUS", "")
    if status in _STATUSES_OF_1_0:
        yield Sign(words=f"RECORDSTATUS={status}", versions=frozenset({Dialect.FGS_1_0}))
