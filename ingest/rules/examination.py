"""Reads a package and lets every METS rule look at it in the same pass."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Reading, Unreadable
from ingest.formats.readers import read, read_mets_alone
from ingest.formats.views import PackageView
from ingest.rules.mets.engine import Examiner
from ingest.rules.mets.subjects import Package
from ingest.rules.rule_sets import RULE_SETS


def examine(
    view: PackageView, *, side_car: Path | None, container: Path | None, root: str = ""
) -> Reading | Unreadable:
    """Read a package as `readers.read` does; what METS rules say of it is among the reading's violations.

    `root` is the name of the folder that holds the package (CSIPSTR2), "" when it is not known.

    Raises:
        schemas.SchemasMissing: the schemas are not installed.
        OSError: a file cannot be read.
    """
    examiner = Examiner(Package(entries=view.entries, folders=_folders(view.entries), root=root), RULE_SETS)
    found = read(view, side_car=side_car, container=container, watch=examiner)
    return replace(found, violations=(*found.violations, *examiner.violations))


def examine_mets_alone(path: Path) -> Reading | Unreadable:
    """Read a METS file without its package, as `readers.read_mets_alone` does, with what METS rules say of it.

    Raises:
        schemas.SchemasMissing: the schemas are not installed.
        OSError: the file cannot be read.
    """
    examiner = Examiner(Package(entries=None), RULE_SETS)
    found = read_mets_alone(path, watch=examiner)
    return replace(found, violations=(*found.violations, *examiner.violations))


def _folders(paths: Iterable[PackagePath]) -> frozenset[str]:
    """Give every folder that holds a file somewhere, in lower case."""
    parents = {path.rpartition("/")[0].lower() for path in paths}
    found = set(parents)
    for folder in parents:
        while folder := folder.rpartition("/")[0]:
            found.add(folder)
    return frozenset(found - {""})
