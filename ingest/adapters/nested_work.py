"""What one process does with one nested container: reads it to the last byte, within bounds, and lists what it holds.

A file in it lies in a folder lent for that while it is identified and looked into. The listing ends where the first
thing is wrong, for what comes after it could be read otherwise; what is wrong with the rest is told all the same.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import process_time
from typing import IO, Final

from ingest.adapters.bounds import OutOfTime, bounded_time, data_held, give_back
from ingest.adapters.files import write_all
from ingest.adapters.looks import look_for_marks
from ingest.adapters.pronom import PronomIdentifier
from ingest.adapters.store_faults import faults_of
from ingest.domain.characteristics import Trait
from ingest.domain.findings import Violation
from ingest.domain.nested import (
    WITHIN,
    NestedBudget,
    NestedFault,
    NestedFaultKind,
    NestedFile,
    NestedListing,
    may_be_container,
)
from ingest.errors import ObjectMissing
from ingest.formats.containers import DEFAULT_LIMITS, ContainerDamaged, Limits, Member, kind_of, read_ranges
from ingest.formats.containers.limits import AGREED_BYTES, AGREED_FILES
from ingest.formats.containers.listing import DUPLICATE, EMPTY, UNSAFE_NAME
from ingest.formats.containers.members import AMBIGUOUS, BEYOND_LIMITS, DAMAGED, NO_FILE, STRAY_BYTES, UNSUPPORTED
from ingest.formats.containers.ranges import StreamRanges

KINDS: Final = {
    DAMAGED: NestedFaultKind.UNREADABLE,
    EMPTY: NestedFaultKind.UNREADABLE,
    AMBIGUOUS: NestedFaultKind.AMBIGUOUS,
    STRAY_BYTES: NestedFaultKind.AMBIGUOUS,
    DUPLICATE: NestedFaultKind.AMBIGUOUS,
    UNSAFE_NAME: NestedFaultKind.UNSAFE_NAME,
    NO_FILE: NestedFaultKind.NO_FILE,
    UNSUPPORTED: NestedFaultKind.LOCKED,
    BEYOND_LIMITS: NestedFaultKind.BEYOND_BUDGET,
    AGREED_BYTES: NestedFaultKind.BEYOND_BUDGET,
    AGREED_FILES: NestedFaultKind.BEYOND_BUDGET,
}
"""What a rule about a delivered container is for a nested one."""
TOO_LARGE: Final = "a file that is too large to be identified, or opened, inside a container"
OUT_OF_TIME: Final = "more time than opening it may take"
OUT_OF_MEMORY: Final = "more memory than opening it may take"
_LARGEST: Final = 512 << 20
"""Bytes of one file that are put on disk to be identified; of a larger one only size and digest are told."""
_GRACE_SECONDS: Final = 0.5
_LOOK_SECONDS: Final = 0.5
_TOLD: Final = 20
"""So many faults of one kind are told with their places, the rest are counted."""


_Entry = tuple[Member, Iterator[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedWork:
    """A container, lent as a local file; `workspace` is a folder for what is there for moments.

    `seconds` are those of the processor that it may take in all.
    """

    path: Path
    budget: NestedBudget
    seconds: float
    workspace: Path


def open_nested(work: NestedWork) -> NestedListing | None:
    """List a container; None when it is none. Raises ObjectMissing, StoreUnavailable, OutOfSpace, ToolFailed."""
    give_back()  # what the container before this one took
    begun = process_time()
    with faults_of(work.path.parent):
        try:
            source = work.path.open("rb", buffering=0)
        except FileNotFoundError as error:
            raise ObjectMissing(f"{work.path} saknas.", f"{work.path} is missing.") from error
        with source:
            opening = _Opening(work, begun)
            found = opening.read_whole(source)
    return replace(found, seconds=process_time() - begun) if found else None


class _Opening:
    """One container and those in it, in one account."""

    def __init__(self, work: NestedWork, begun: float) -> None:
        self._work = work
        self._ends = begun + work.seconds
        self._identifier = PronomIdentifier(work.workspace)
        self._files: list[NestedFile] = []
        self._faults: list[NestedFault] = []
        self._seen: Counter[NestedFaultKind] = Counter()
        self._count = 0
        self._unlisted = 0
        self._unpacked = 0

    def read_whole(self, source: IO[bytes]) -> NestedListing | None:
        """Read the container that was delivered; None when it is none."""
        try:
            with self._bounded():
                kind = kind_of(self._work.path)
            if kind is None:
                return None
            self._read(source, "", 1)
        except OutOfTime:
            self._note(NestedFaultKind.UNFINISHED, "", OUT_OF_TIME)
        except MemoryError:
            self._note(NestedFaultKind.UNFINISHED, "", OUT_OF_MEMORY)
        if self._unlisted:
            self._note(NestedFaultKind.UNFINISHED, "", f"{self._unlisted} files that are read but not listed")
        return NestedListing(files=tuple(self._files), faults=self._told(), count=self._count, unpacked=self._unpacked)

    def _read(self, source: IO[bytes], within: str, level: int) -> None:
        """Read one container, `within` being what its files' paths begin with, and those in it."""
        try:
            members = read_ranges(StreamRanges(source), "", self._limits())
            with NamedTemporaryFile(dir=self._work.workspace, buffering=0) as kept:
                while entry := self._next(members):
                    self._take(entry, kept, within, level)
        except ContainerDamaged as damage:
            for violation in damage.violations:
                self._note_violation(violation, within)

    def _next(self, members: Iterator[_Entry]) -> _Entry | None:
        with self._bounded():
            return next(members, None)

    def _take(self, entry: _Entry, kept: IO[bytes], within: str, level: int) -> None:
        """List one file; it lies in `kept` until the next one does."""
        member, chunks = entry
        local, path = Path(kept.name), within + member.path
        is_kept = member.size <= _LARGEST
        kept.seek(0)
        kept.truncate()
        with self._bounded():
            sha256 = self._copied(chunks, kept if is_kept else None)
            puid = self._identifier.identify(local, member.path).puid if is_kept and member.size else None
        file = NestedFile(path=path, size=member.size, sha256=sha256, puid=puid)
        if not is_kept:
            self._list(file)
            self._note(NestedFaultKind.UNFINISHED, path, TOO_LARGE)
        elif self._is_container(local, file):
            self._list(file)
            self._descend(kept, path, level)
        else:
            self._list(replace(file, traits=self._marks(local)))

    def _copied(self, chunks: Iterator[bytes], kept: IO[bytes] | None) -> str:
        """Digest a file, and put it on disk; what goes beyond the budget ends the container."""
        digest = hashlib.sha256()
        self._count += 1
        if self._count > self._work.budget.files:
            raise ContainerDamaged.whole(BEYOND_LIMITS, f"more than {self._work.budget.files} files")
        for chunk in chunks:
            self._unpacked += len(chunk)
            if self._unpacked > self._work.budget.unpacked:
                raise ContainerDamaged.whole(BEYOND_LIMITS, f"more than {self._work.budget.unpacked} bytes unpacked")
            digest.update(chunk)
            if kept is not None:
                write_all(kept.fileno(), chunk)
        return digest.hexdigest()

    def _is_container(self, local: Path, file: NestedFile) -> bool:
        if not file.size or not may_be_container(file.puid):
            return False
        with self._bounded():
            return kind_of(local) is not None

    def _descend(self, kept: IO[bytes], path: str, level: int) -> None:
        if level >= self._work.budget.depth:
            self._note(NestedFaultKind.TOO_DEEP, path, f"a container at depth {level + 1}")
        else:
            self._read(kept, path + WITHIN, level + 1)

    def _marks(self, local: Path) -> tuple[Trait, ...]:
        left = self._ends - process_time()
        seen = look_for_marks(local, data_held(), max(min(left, _LOOK_SECONDS), 0.01))
        return tuple(sorted({each.trait for each in seen.characteristics}))

    @contextmanager
    def _bounded(self) -> Iterator[None]:
        left = self._ends - process_time()
        if left <= 0:
            raise OutOfTime
        with bounded_time(left, _GRACE_SECONDS):
            yield

    def _limits(self) -> Limits:
        """Give the limits of one container: what is left of the budget, which is counted over all of them besides."""
        budget = self._work.budget
        most = max(0, budget.unpacked - self._unpacked)
        return replace(DEFAULT_LIMITS, member_bytes=most, unpacked_bytes=most)

    def _list(self, file: NestedFile) -> None:
        if len(self._files) < self._work.budget.listed:
            self._files.append(file)
        else:
            self._unlisted += 1

    def _note_violation(self, violation: Violation, within: str) -> None:
        place = violation.location
        path = within + (place.file or place.value) if place.file or place.value else within.removesuffix(WITHIN)
        detail = f"{violation.rule} {violation.detail}".strip()
        self._note(KINDS.get(violation.rule, NestedFaultKind.UNREADABLE), path, detail)

    def _note(self, kind: NestedFaultKind, path: str, detail: str) -> None:
        self._seen[kind] += 1
        if self._seen[kind] <= _TOLD:
            self._faults.append(NestedFault(kind=kind, path=path, detail=detail))

    def _told(self) -> tuple[NestedFault, ...]:
        """Give the faults; the last one told of a kind stands for those that are only counted."""
        last = {fault.kind: number for number, fault in enumerate(self._faults)}
        return tuple(
            replace(fault, times=1 + self._seen[fault.kind] - _TOLD)
            if self._seen[fault.kind] > _TOLD and last[fault.kind] == number
            else fault
            for number, fault in enumerate(self._faults)
        )
