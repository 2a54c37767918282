"""Reads a package and lets every METS rule look at it in the same pass."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from ingest.domain.findings import Location, Severity, Violation
from ingest.domain.paths import PackagePath
from ingest.domain.references import parts_of
from ingest.domain.submissions import Dialect, FileReference, Reading, Unreadable
from ingest.formats.line_ends import size_with_other_line_ends
from ingest.formats.readers import read, read_mets_alone
from ingest.formats.views import PackageView
from ingest.rules.claims import parsed
from ingest.rules.described import with_descriptions_judged
from ingest.rules.mets import packages
from ingest.rules.mets.breaches import Breach
from ingest.rules.mets.engine import Examiner, Tally
from ingest.rules.mets.listed import CHANGED_LINE_ENDS
from ingest.rules.mets.package_roots import misplaced
from ingest.rules.mets.packages import Whole
from ingest.rules.mets.subjects import Package
from ingest.rules.rule_sets import RULE_SETS

_EARK = frozenset({Dialect.EARK_2_0, Dialect.EARK_2_1, Dialect.EARK_2_2})
_IN_METADATA = frozenset({"dmdSec", "digiprovMD", "rightsMD", "techMD", "sourceMD"})


def examine(
    view: PackageView,
    *,
    side_car: Path | None,
    container: Path | None,
    root: str | None = None,
    today: date | None = None,
) -> Reading | Unreadable:
    """Read a package as `readers.read` does; what rules say of METS, ERMS and PREMIS is among the violations.

    `root` is the name of the folder around the package (CSIPSTR2), "" when it lay in none (CSIPSTR1), None when that
    is not known. `today` is the day of judgement, None when no date is to be held against it (CSIP8).

    Raises:
        schemas.SchemasMissing: the schemas are not installed.
        OSError: a file cannot be read.
    """
    package = Package(entries=view.entries, folders=_folders(view.entries), root=root or "", latest=_latest(today))
    examiner = Examiner(package, RULE_SETS)
    found = read(view, side_car=side_car, container=container, watch=examiner)
    of_folders = _of_folders(found, package, examiner)
    converted = _line_ends(found, view) if isinstance(found, Reading) and _is_eark(found) else ()
    # A warning, not an error: a folder and its container get one verdict (ADR 0010).
    loose = _told("CSIPSTR1", "", Severity.WARNING) if root == "" and _is_eark(found) else ()
    judged = replace(found, violations=(*found.violations, *examiner.violations, *loose, *of_folders, *converted))
    return with_descriptions_judged(judged, view) if isinstance(judged, Reading) else judged


def examine_mets_alone(path: Path, *, today: date | None = None) -> Reading | Unreadable:
    """Read a METS file without its package, as `readers.read_mets_alone` does, with what METS rules say of it.

    Raises:
        schemas.SchemasMissing: the schemas are not installed.
        OSError: the file cannot be read.
    """
    examiner = Examiner(Package(entries=None, latest=_latest(today)), RULE_SETS)
    found = read_mets_alone(path, watch=examiner)
    return replace(found, violations=(*found.violations, *examiner.violations))


def _latest(today: date | None) -> str:
    """Give the last day that may have begun anywhere: clocks are up to fourteen hours ahead of UTC."""
    return "" if today is None else (today + timedelta(days=1)).isoformat()


def _is_eark(found: Reading | Unreadable) -> bool:
    return isinstance(found, Reading) and found.submission.dialect in _EARK


def _of_folders(found: Reading | Unreadable, package: Package, examiner: Examiner) -> tuple[Violation, ...]:
    if isinstance(found, Reading) and _is_eark(found):
        return _of_whole(found, package, examiner)
    is_foreign = isinstance(found, Reading) and found.submission.dialect is not Dialect.ERMS
    tally = Tally()
    for rule, file, breach in () if is_foreign else misplaced(package):
        tally.note(rule, PackagePath(file), breach)
    return tally.violations


def _of_whole(reading: Reading, package: Package, examiner: Examiner) -> tuple[Violation, ...]:
    described = frozenset(
        reference.path
        for part in parts_of(reading.references)
        if part.element in _IN_METADATA
        for reference in ([part] if isinstance(part, FileReference) else part)
        if reference.path is not None
    )
    tally = Tally()
    whole = Whole(package=package, summaries=tuple(examiner.summaries), described=described)
    for rule, file, breach in packages.breaches(whole):
        tally.note(rule, PackagePath(file), breach)
    return tally.violations


def _told(rule: str, value: str, severity: Severity | None = None) -> tuple[Violation, ...]:
    tally = Tally()
    tally.note(rule, PackagePath(""), Breach(line=0, value=value, severity=severity))
    return tally.violations


def _line_ends(reading: Reading, view: PackageView) -> Iterator[Violation]:
    """Tell of files whose digest is what METS states but for their line ends (EARKIV-METS-5).

    `detail` says when the size stated is that of neither form.
    """
    for reference in _of_other_size(reading, view.entries):
        path, stated, size = reference.path, parsed(reference.digest), reference.size
        if path is None or stated is None or size is None or size == view.entries[path]:
            continue
        with view.local(path) as local:
            other = size_with_other_line_ends(local, view.entries[path], size, stated)
        if other is not None:
            location = Location(file=reference.source, line=reference.line, value=reference.href)
            detail = "" if other == size else f"{other} bytes, stated {size}"
            yield Violation(rule=CHANGED_LINE_ENDS, location=location, detail=detail)


def _of_other_size(reading: Reading, sizes: Mapping[PackagePath, int]) -> Iterator[FileReference]:
    """Give the entries whose file may have another size than they state: all single ones, and few of runs."""
    for part in parts_of(reading.references):
        if isinstance(part, FileReference):
            yield part
        else:
            columns = part.columns()
            stated = enumerate(zip(columns.paths, columns.sizes, strict=False))
            yield from (part.entry(columns, place) for place, (path, size) in stated if sizes[path] != int(size))


def _folders(paths: Iterable[PackagePath]) -> frozenset[str]:
    """Give every folder that holds a file somewhere, in lower case."""
    parents = {path.rpartition("/")[0].lower() for path in paths}
    found = set(parents)
    for folder in parents:
        above = folder
        while above := above.rpartition("/")[0]:
            found.add(above)
    return frozenset(found - {""})
