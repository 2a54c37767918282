"""Reads any package: tells its dialect and hands it to that dialect's reader."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import assert_never

from ingest.domain.findings import Location, Violation
from ingest.domain.fixity import DigestAlgorithm
from ingest.domain.submissions import Dialect, Reading, Unreadable
from ingest.formats import bare_erms, case_push, eark, fgs12
from ingest.formats.dialects import UNKNOWN, Detected, detect, dialect_of_mets, root_of
from ingest.formats.mets_values import METS
from ingest.formats.mets_watch import UNWATCHED, MetsWatch
from ingest.formats.side_car import SideCar, check_side_car, read_side_car
from ingest.formats.views import PackageView


def read(
    view: PackageView, *, side_car: Path | None, container: Path | None, watch: MetsWatch = UNWATCHED
) -> Reading | Unreadable:
    """Read a package whose root is the view's root.

    `side_car` is the delivery note beside it, `container` the packed file it came in; only a bare ERMS delivery
    has a use for them (DESIGN §3). `watch` is shown every METS element on the way.

    Raises:
        schemas.SchemasMissing: the schemas are not installed.
        OSError: a file cannot be read.
    """
    match detect(view):
        case Violation() as violation:
            return Unreadable(violations=(violation,))
        case Detected() as detected:
            found = _read_detected(view, detected, side_car, container, watch)
            return replace(found, violations=(*detected.remarks, *found.violations))
        case _ as never:
            assert_never(never)


def read_mets_alone(path: Path, *, watch: MetsWatch = UNWATCHED) -> Reading | Unreadable:
    """Read a single METS file without its package: no file answers to its links, and none is looked for.

    Raises:
        schemas.SchemasMissing: the schemas are not installed.
        OSError: the file cannot be read.
    """
    root = root_of(path)
    if root is None:
        return eark.read_alone(path, watch)  # It says what is wrong with the XML.
    if (root.namespace, root.name) != (METS, "mets"):
        location = Location(file=path.name)
        return Unreadable(violations=(Violation(rule=UNKNOWN, location=location, detail="no METS"),))
    match dialect_of_mets(root, path.name):
        case Dialect.EARD | Dialect.FGS_1_0 | Dialect.FGS_1_1 | Dialect.FGS_1_2:
            return fgs12.read_alone(path, watch)
        case Dialect.EARK_2_0 | Dialect.EARK_2_1 | Dialect.EARK_2_2 | Dialect.CASE_PUSH | Dialect.ERMS:
            return eark.read_alone(path, watch)
        case _ as never:
            assert_never(never)


def _read_detected(
    view: PackageView, detected: Detected, side_car: Path | None, container: Path | None, watch: MetsWatch
) -> Reading | Unreadable:
    match detected.dialect:
        case Dialect.CASE_PUSH:
            return case_push.read(view, detected.descriptor)
        case Dialect.EARD | Dialect.FGS_1_0 | Dialect.FGS_1_1 | Dialect.FGS_1_2:
            return fgs12.read(view, detected.descriptor, watch)
        case Dialect.EARK_2_0 | Dialect.EARK_2_1 | Dialect.EARK_2_2:
            return eark.read(view, detected.descriptor, watch)
        case Dialect.ERMS:
            return _read_bare_erms(view, side_car, container)
        case _ as never:
            assert_never(never)


def _read_bare_erms(view: PackageView, side_car: Path | None, container: Path | None) -> Reading | Unreadable:
    note = None if side_car is None else read_side_car(side_car)
    if isinstance(note, Violation):
        found = bare_erms.read(view, None)
        return replace(found, violations=(*found.violations, note))
    found = bare_erms.read(view, note)
    return replace(found, violations=(*found.violations, *_side_car_faults(note, container)))


def _side_car_faults(note: SideCar | None, container: Path | None) -> tuple[Violation, ...]:
    if note is None or container is None:
        return ()
    return check_side_car(note, lambda algorithm: _digest(container, algorithm))


def _digest(container: Path, algorithm: DigestAlgorithm) -> str:
    with container.open("rb") as source:
        return hashlib.file_digest(source, algorithm.hashlib_name).hexdigest()
