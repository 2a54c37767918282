"""CSIPSTR1 to CSIPSTR16, CSIP17, CSIP31 and CSIP32: where files lie in the package, and whether METS describes them.

What the specification asks of folders "where there is" such metadata, documentation or schemas is asked only where
there is: an empty folder helps nobody (ADR 0010).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.domain.findings import Severity
from ingest.formats.mets_values import SectionKind
from ingest.rules.mets.breaches import Breach
from ingest.rules.mets.roots import portable
from ingest.rules.mets.subjects import Package, Summary

_METS = "METS.xml"
_PLACES_OF_SCHEMAS = re.compile(r"(?:^|/)(?:schemas|data|submission|documentation)/")
_OUTSIDE = "representations"
_KNOWN = frozenset({"metadata", "representations", "schemas", "documentation"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A package with the METS documents that were read to their end, the package's own first.

    `described` are the files that a metadata section points to.
    """

    package: Package
    summaries: tuple[Summary, ...]
    described: frozenset[str]

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file."""
        return tuple(self.package.entries or ())

    @property
    def representations(self) -> tuple[str, ...]:
        """The names of the folders in `representations/`."""
        parts = (path.split("/") for path in self.paths)
        return tuple(dict.fromkeys(one[1] for one in parts if one[0] == _OUTSIDE and len(one) > 2))  # noqa: PLR2004


IDS = (
    "CSIPSTR2",
    "CSIPSTR4",
    "CSIPSTR5",
    "CSIPSTR6",
    "CSIPSTR7",
    "CSIPSTR9",
    "CSIPSTR10",
    "CSIPSTR11",
    "CSIPSTR12",
    "CSIPSTR13",
    "CSIPSTR15",
    "CSIP17",
    "CSIP31",
    "CSIP32",
)
"""The rules of this module."""

Found = Iterator[tuple[str, str, Breach]]
"""Rule ids with breaches and the file that each is about; "" where it is a folder, which the value names."""


def breaches(whole: Whole) -> Found:
    """Give every breach of the rules about folders."""
    yield from _root(whole)
    yield from _metadata_folders(whole)
    yield from _representation_folders(whole)
    for path in whole.paths:
        if path.lower().endswith(".xsd") and not _PLACES_OF_SCHEMAS.search(path.lower()):
            yield _told("CSIPSTR15", path, file=path)
    for summary in whole.summaries:
        yield from _described(whole, summary)


def _told(
    rule: str, value: str, severity: Severity | None = None, *, file: str = "", line: int = 0
) -> tuple[str, str, Breach]:
    return rule, file, Breach(line=line, value=value, severity=severity)


def _root(whole: Whole) -> Found:
    if _METS not in whole.paths:
        yield _told("CSIPSTR4", ", ".join(path for path in whole.paths if "/" not in path)[:200], file=_METS)
    own = next(iter(whole.summaries), None)
    stated = own.root.object_id if own else None
    if own and whole.package.root and stated and whole.package.root not in (stated, portable(stated)):
        source, line = own.document.source, own.root.line
        yield _told("CSIPSTR2", f"{whole.package.root} ≠ {stated}", file=source, line=line)


def _metadata_folders(whole: Whole) -> Found:
    if "metadata" not in whole.package.folders:
        yield _told("CSIPSTR5", "metadata/")
    for summary in whole.summaries:
        for section in summary.sections:
            for pointer in section.references:
                href = (pointer.href or "").removeprefix("./")
                if section.kind is SectionKind.DIGIPROV and not _lies_in(href, "metadata/preservation"):
                    yield _told("CSIPSTR6", href)
                if section.kind is SectionKind.DMD and not _lies_in(href, "metadata/descriptive"):
                    yield _told("CSIPSTR7", href)


def _lies_in(href: str, folder: str) -> bool:
    """Whether a link leads into that folder of the package or of a representation, or nowhere that can be told."""
    plain = href.lower()
    return not plain or ":" in plain or plain.startswith(folder + "/") or f"/{folder}/" in plain


def _representation_folders(whole: Whole) -> Found:
    has_content = any(path.partition("/")[0] not in (_KNOWN - {_OUTSIDE}) and path != _METS for path in whole.paths)
    if _OUTSIDE not in whole.package.folders:
        if has_content:
            yield _told("CSIPSTR9", "representations/")
        return
    for path in whole.paths:
        if path.startswith(_OUTSIDE + "/") and path.count("/") == 1:
            yield _told("CSIPSTR10", path, file=path)
    for name in whole.representations:
        yield from _representation(whole, f"{_OUTSIDE}/{name}")


def _representation(whole: Whole, folder: str) -> Found:
    if f"{folder}/data".lower() not in whole.package.folders:
        yield _told("CSIPSTR11", folder)
    if f"{folder}/{_METS}" not in (whole.package.entries or {}):
        yield _told("CSIPSTR12", folder)
    own = [summary for summary in whole.summaries if summary.document.folder == folder + "/"]
    pointed = (p.href or "" for one in own for section in one.sections for p in section.references)
    if any(href and not href.lower().removeprefix("./").startswith("metadata/") for href in pointed):
        yield _told("CSIPSTR13", folder)


# ------------------------------------------------------------------------------------------- what METS describes


def _described(whole: Whole, summary: Summary) -> Found:
    """Ask for a section for every file in the document's own `metadata/descriptive` and `metadata/preservation`."""
    folder, amd_sections = summary.document.folder, summary.administrative
    for path in _undescribed(whole, folder + "metadata/descriptive/"):
        yield _told("CSIP17", path, Severity.ERROR, file=path)
    preserved = tuple(_undescribed(whole, folder + "metadata/preservation/"))
    for path in preserved:
        yield _told("CSIP32", path, Severity.ERROR, file=path)
    if preserved and not amd_sections:
        yield _told("CSIP31", preserved[0], Severity.ERROR, file=preserved[0])
    if len(amd_sections) > 1:
        source, line = summary.document.source, amd_sections[1].line
        yield _told("CSIP31", f"{len(amd_sections)} × amdSec", Severity.ERROR, file=source, line=line)


def _undescribed(whole: Whole, folder: str) -> Iterator[str]:
    """Give the metadata files of a folder that no section points to."""
    return (path for path in _files_in(whole, folder) if path not in whole.described)


def _files_in(whole: Whole, folder: str) -> tuple[str, ...]:
    """Give the metadata files of a folder; what keeps an empty folder alive and schemas are none."""
    inside = (path for path in whole.paths if path.lower().startswith(folder.lower()))
    return tuple(p for p in inside if not p.rpartition("/")[2].startswith(".") and not p.lower().endswith(".xsd"))
