"""Judge a package without taking it in: no side effects, no network, the same rules as at ingest (DESIGN §7)."""

import hashlib
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory, gettempdir
from typing import BinaryIO

from ingest.application.local_sources import beyond_limits, chunks_of, listed, refusals, unreadable
from ingest.domain.findings import Finding, Location, Verdict, Violation, verdict_of
from ingest.domain.fixity import Digest, DigestAlgorithm
from ingest.domain.packages import ObservedFile
from ingest.domain.paths import PackagePath
from ingest.domain.statistics import Statistics, described
from ingest.domain.submissions import Reading, Unreadable
from ingest.errors import OutOfSpace
from ingest.formats.containers import (
    SEQUENTIAL,
    ContainerDamaged,
    Member,
    kind_of,
    opened,
    package_root,
    read_members,
    remarks_on,
)
from ingest.formats.dialects import may_describe
from ingest.formats.document_types import declared_in
from ingest.formats.side_car import find_side_car
from ingest.formats.views import ListedView, PackageView, UnwrappedView
from ingest.pipeline.faults import full_told
from ingest.rules.claims import wanted_digests
from ingest.rules.examination import examine, examine_mets_alone
from ingest.rules.grouping import group
from ingest.rules.judgement import Judged, judge

_XML_SUFFIX = ".xml"
_ALWAYS = frozenset({DigestAlgorithm.SHA_256})


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What `earkiv validate` says of one path; `statistics` count what the package holds, as far as it can be read."""

    path: Path
    verdict: Verdict
    dialect: str | None
    package: str | None
    findings: tuple[Finding, ...]
    statistics: Statistics


class LocalFiles:
    """A package whose files lie at known local paths."""

    def __init__(self, files: Mapping[PackagePath, Path]) -> None:
        """View these files by these names, each as large as it is now. Raises OSError."""
        self._files = dict(sorted(files.items()))
        self._entries = {path: local.stat().st_size for path, local in self._files.items()}

    @property
    def entries(self) -> Mapping[PackagePath, int]:
        """Every file with its size in bytes."""
        return self._entries

    def local(self, path: PackagePath) -> AbstractContextManager[Path]:
        """Give the file itself."""
        return nullcontext(self._files[path])

    def open(self, path: PackagePath) -> BinaryIO:
        """Open the file itself."""
        return self._files[path].open("rb")


def validate(path: Path, today: date | None = None) -> Report:
    """Judge a folder, a container, or a METS file alone. Raises SourceUnreadable, OutOfSpace, never for bad content.

    `today` is held against dates that cannot lie ahead; None leaves them alone.
    """
    try:
        with full_told():
            return _validated(path, today)
    except OSError as error:
        raise unreadable(path, error) from error


def _validated(path: Path, today: date | None) -> Report:
    if path.is_dir():
        return _validate_folder(path, today)
    if kind_of(path) is None:
        return _validate_file(path, today)
    return _validate_container(path, today)


def _validate_file(path: Path, today: date | None) -> Report:
    if path.suffix.lower() != _XML_SUFFIX:
        violation = Violation(rule="EARKIV-PKG-1", location=Location(file=path.name))
        return _report(path, Unreadable(violations=(violation,)), None, ())
    return _report(path, examine_mets_alone(path, today=today), None, ())


def _validate_folder(path: Path, today: date | None) -> Report:
    whole = listed(path)
    if refused := beyond_limits(whole, path):
        return _report(path, refused, None, ())
    root = package_root(whole.entries)
    view = UnwrappedView(whole, root)
    name = root.rstrip("/") or path.resolve().name
    found = examine(view, side_car=find_side_car(path), container=None, root=name, today=today)
    return _report(path, found, view, refusals(whole))


def _validate_container(path: Path, today: date | None) -> Report:
    try:
        return _without_unpacking(path, today) or _by_unpacking(path, today)
    except ContainerDamaged as damage:
        return _report(path, Unreadable(violations=damage.violations), None, ())


def _by_unpacking(path: Path, today: date | None) -> Report:
    with TemporaryDirectory(prefix="earkiv-validate-") as folder:
        members = _unpacked(path, Path(folder))
        root = package_root(members)
        view = LocalFiles({PackagePath(name.removeprefix(root)): local for name, (_, local) in members.items()})
        note = find_side_car(path)
        found = examine(view, side_car=note, container=path, root=root.rstrip("/"), today=today)
        return _report(path, found, view, remarks_on(tuple(member for member, _ in members.values())))


def _without_unpacking(path: Path, today: date | None) -> Report | None:
    """List a container whose listing costs no unpacking; None when it is worth being unpacked.

    Raises ContainerDamaged; OutOfSpace: its files do not fit.
    """
    if kind_of(path) in SEQUENTIAL:
        return None
    with opened(path, may_describe) as container:
        if not container.descriptors:
            nothing = ListedView({container.inside(member): member.size for member in container.members})
            note, root = find_side_car(path), container.root.rstrip("/")
            found = examine(nothing, side_car=note, container=path, root=root, today=today)
            if isinstance(found, Unreadable):
                return _report(path, found, nothing, remarks_on(container.members))
        _prove_space(sum(member.size for member in container.members))
    return None


def _prove_space(needed: int) -> None:
    free = disk_usage(gettempdir()).free
    if free < needed:
        raise OutOfSpace(
            f"{gettempdir()} har {free} byte ledigt, och {needed} behövs.",
            f"{gettempdir()} has {free} bytes free, and {needed} are needed.",
        )


def _unpacked(container: Path, folder: Path) -> dict[PackagePath, tuple[Member, Path]]:
    """Write each member under an opaque name: a delivered name is never a path on this machine."""
    files: dict[PackagePath, tuple[Member, Path]] = {}
    for number, (member, chunks) in enumerate(read_members(container)):
        local = folder / f"{number:09d}"
        with local.open("xb") as stream:
            stream.writelines(chunks)
        files[member.path] = (member, local)
    return files


def _report(
    path: Path,
    reading: Reading | Unreadable,
    view: PackageView | None,
    landing: tuple[Violation, ...],
) -> Report:
    match reading:
        case Unreadable(violations=violations, dialect=dialect):
            findings = group((*landing, *violations))
            return Report(
                path=path,
                verdict=verdict_of(findings),
                dialect=dialect,
                package=None,
                findings=findings,
                statistics=_with_files(Statistics(), view),
            )
        case Reading(submission=submission):
            files = None if view is None else _observed(reading, view)
            findings = (
                *group(landing),
                *judge(Judged(reading=reading, files=files, agreement=None, producer="")),
            )
            return Report(
                path=path,
                verdict=verdict_of(findings),
                dialect=submission.dialect,
                package=submission.delivery,
                findings=findings,
                statistics=_with_files(described(submission.cases, submission.records), view),
            )


def _with_files(counted: Statistics, view: PackageView | None) -> Statistics:
    return counted if view is None else counted.with_files(view.entries.values())


def _observed(reading: Reading, view: PackageView) -> dict[PackagePath, ObservedFile]:
    wanted = wanted_digests(reading)
    observed = {}
    for path, size in view.entries.items():
        with view.local(path) as local:
            observed[path] = _digested(path, size, local, wanted.get(path, _ALWAYS))
    return observed


def _digested(path: PackagePath, size: int, local: Path, wanted: frozenset[DigestAlgorithm]) -> ObservedFile:
    with local.open("rb") as stream:
        pulled_in = declared_in(stream)
    algorithms = (DigestAlgorithm.SHA_256,) if wanted == _ALWAYS else sorted(wanted | _ALWAYS)
    running = {a: hashlib.new(a.hashlib_name) for a in algorithms}
    for chunk in chunks_of(local):
        for digest in running.values():
            digest.update(chunk)
    digests = {a: digest.hexdigest() for a, digest in running.items()}
    return ObservedFile(
        path=path,
        size=size,
        sha256=digests[DigestAlgorithm.SHA_256],
        digests=tuple(Digest(algorithm=a, value=value) for a, value in digests.items()),
        pulled_in=pulled_in,
    )
