"""Land a folder: its package is read first, and the files are staged unless that shows that it cannot be read.

A folder may change while it is handed over. What is staged is what counts: a package that can be read is read again in
staging (`receive_submission`) unless all that was read is what was staged. Only a refusal rests on the folder itself.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path
from typing import Final

from ingest.application.handing_over import Landed
from ingest.application.local_sources import beyond_limits, chunks_of, listed, refusals
from ingest.domain.deliveries import SourceContainer
from ingest.domain.findings import Location, Violation
from ingest.domain.packages import StagedObject
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Unreadable
from ingest.formats.containers import package_root
from ingest.formats.dialects import may_describe
from ingest.formats.opened_folders import opened_folder
from ingest.formats.views import FolderView
from ingest.formats.wire import canonical_digest
from ingest.pipeline.first_reading import UnstagedView, read_unstaged
from ingest.pipeline.landing import DeliveredFile, land
from ingest.pipeline.step import Work

FIRST_FILE: Final = 0


def land_folder(work: Work, path: Path) -> Landed:
    """Stage the files that are not staged yet, and give what is wrong with the folder; a refused one is not recorded.

    Raises OSError when the system refuses to read, OutOfSpace, StoreReadOnly.
    """
    source = replace(work.delivery.source, name=path.name)
    folder = listed(path)
    if refused := beyond_limits(folder, path):
        return _unread(source, folder, canonical_digest(list(folder.entries.items()))), refused.violations
    root = package_root(folder.entries)
    if known := {o.ordinal for o in work.ports.catalogue.staged(work.delivery.id)}:
        # Once a file is recorded, the package has been read.
        _stage(work, folder, root, known, {})
        return source, (*refusals(folder), *_changed(work, folder, root))
    view = UnstagedView(work, opened_folder(folder, may_describe), FIRST_FILE)
    found = read_unstaged(work, view)
    if isinstance(found, Unreadable):
        return _unread(source, folder, view.seen()), (*refusals(folder), *found.violations)
    _stage(work, folder, root, frozenset(), view.lent)
    if found is not None and view.rests_on(work.ports.catalogue.staged(work.delivery.id)):
        work.ports.readings.remember(work.delivery, found)
    return source, (*refusals(folder), *_changed(work, folder, root))


def _unread(source: SourceContainer, folder: FolderView, seen: str) -> SourceContainer:
    return replace(source, size=sum(folder.entries.values()), sha256=seen)


def _stage(
    work: Work, folder: FolderView, root: str, known: AbstractSet[int], lent: Mapping[int, StagedObject]
) -> None:
    waiting = [(n, path) for n, path in enumerate(folder.entries, FIRST_FILE) if n not in known]
    work.ports.staging.prove_room(sum(folder.entries[path] for _, path in waiting))
    land(work.delivery.id, (_file(folder, n, path, root) for n, path in waiting), work.ports, lent)


def _file(folder: FolderView, ordinal: int, path: PackagePath, root: str) -> DeliveredFile:
    with folder.local(path) as local:
        return DeliveredFile(ordinal=ordinal, path=PackagePath(path.removeprefix(root)), chunks=chunks_of(local))


def _changed(work: Work, folder: FolderView, root: str) -> Iterator[Violation]:
    for staged in work.ports.catalogue.staged(work.delivery.id):
        if folder.entries[PackagePath(root + staged.path)] != staged.size:
            yield Violation(rule="EARKIV-FIX-15", location=Location(file=staged.path))
