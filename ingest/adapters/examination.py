"""One pass over staged objects, in batches on the process pool: digests, format, viruses, what is inside.

Side by side, files are looked into quickly, with little time and memory each. What that does not settle is looked into
once more, thoroughly, by one process that has the memory of all: no set of files makes the children together take more.

A file that kills its process is no outage: the files whose process died are examined again one by one, first without a
look inside. One that does so again, in a pool that is otherwise well, is not identified either.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir

from ingest.adapters.looks import LEFT_OUT, WANTS_MORE, Purse, Seen, Thorough, ended, growth_within, unlooked
from ingest.adapters.pdfa import VeraPdf
from ingest.adapters.pool import SpawnPool
from ingest.adapters.probes.reading import BEYOND_MEMORY
from ingest.adapters.shares import (
    LocalObject,
    LookWork,
    Share,
    examine_share,
    examined,
    identify_share,
    look_again,
    scan_share,
    tool_of,
    unread_by,
)
from ingest.adapters.unscanned import Unscanned
from ingest.domain.packages import Examination, ExaminationRequest
from ingest.errors import EarkivError, KilledFromOutside, ToolFailed
from ingest.pipeline.scan_breaks import proven
from ingest.ports import ObjectStore
from ingest.tool_ports import VirusScanner

_MIN_SHARE = 4
_MAX_SHARE = 32
_SHARES_PER_WORKER = 4
_PROBES = 2
_LOOKS = 2
SCANNER_DIED = "the process that scanned this file died"


class PooledExaminer:
    """`Examiner` on at most `workers` processes of `memory_bytes` each, made on first use; `close` ends them.

    Processes that all are silent for `patience_seconds` count as dead. Batches of several threads take turns. `verapdf`
    is a second validator of PDF/A, None where there is none. Whatever is written while files are examined is written
    in `workspace`, by default the system's folder for such; nothing in it lasts longer than a batch.
    """

    def __init__(
        self,
        *,
        workers: int,
        scanner: VirusScanner,
        patience_seconds: float,
        memory_bytes: int,
        verapdf: VeraPdf | None = None,
        workspace: Path | None = None,
    ) -> None:
        self._pool = SpawnPool(workers, memory_bytes)
        self._lone = self._pool if workers == 1 else SpawnPool(1, memory_bytes)
        self._growth = growth_within(memory_bytes)
        self._verapdf = verapdf
        self._scanner = scanner
        self._patience = patience_seconds
        self._lock = threading.Lock()
        # A link lies here while its file is identified.
        self._workspace = workspace or Path(gettempdir())
        self._tool = ""

    @property
    def tool(self) -> str:
        """The format identifier's name, version and signature version. Raises ToolFailed."""
        with self._lock:
            return self._tool or self._require_alive(self._pool)

    def examine(self, staging: ObjectStore, requests: Sequence[ExaminationRequest]) -> tuple[Examination, ...]:
        """Examine a batch, answered in order. Raises ToolFailed, ScannerBrokeOff, ObjectMissing."""
        with self._lock, ExitStack() as lent:
            objects = tuple(
                LocalObject(
                    path=lent.enter_context(staging.local(request.key)),
                    request=request,
                    signed=lent.enter_context(staging.local(request.signs)) if request.signs else None,
                )
                for request in requests
            )
            answers, left = self._examine_together(examine_share, self._shares(objects))
            if left or any(answer.inside == WANTS_MORE for answer in answers):
                answers = self._settled(answers, left, objects)
            by_ordinal = self._judged_again(answers, objects)
        return tuple(by_ordinal[request.ordinal] for request in requests)

    def _settled(
        self, answers: list[Examination], left: list[LocalObject], objects: tuple[LocalObject, ...]
    ) -> list[Examination]:
        """Examine what is left, and look thoroughly where a quick look was not enough, in one process alone."""
        self._pool.restart()
        answers = [*answers, *(self._examine_alone(lone) for lone in left)]
        if left:
            self._lone.restart()  # without the identifier, which holds much, there is more room for looks
        lent, purse = {each.request.ordinal: each for each in objects}, Purse()
        settled = [self._looked(lent[answer.ordinal], answer, purse) for answer in answers]
        if self._lone is not self._pool:
            self._lone.restart()
        return settled

    def _looked(self, lent: LocalObject, answer: Examination, purse: Purse) -> Examination:
        if answer.inside != WANTS_MORE:
            return answer
        seconds = purse.allowance()
        if not seconds:
            seen = unlooked(answer.format, LEFT_OUT)
        else:
            seen = self._look_alone(
                LookWork(lent=lent, designation=answer.format, bounds=Thorough(seconds=seconds, growth=self._growth))
            )
            purse.spend(seen.wasted)
            if seen.inside == BEYOND_MEMORY:
                self._lone.restart()  # what a look took is seldom all given back
        return replace(answer, inside=seen.inside, conformances=seen.conformances)

    def _look_alone(self, work: LookWork) -> Seen:
        """Look thoroughly; a process that is killed from outside is no answer, and the look is begun once more.

        Raises KilledFromOutside, ToolFailed.
        """
        was_killed = False
        for _ in range(_LOOKS):
            try:
                return self._lone.submit(look_again, work).result(timeout=self._patience)
            except (BrokenProcessPool, TimeoutError):
                was_killed = self._lone.was_killed
                self._lone.restart()
                self._require_alive(self._lone)
                if not was_killed:
                    break
        if was_killed and not work.lent.request.deadly:
            raise _killed_over(work.lent)
        return ended(work.designation, work.bounds)

    def prove_scanner(self) -> None:
        """Let the virus scanner look at something harmless. Raises ToolFailed when it does not."""
        proven(self._scanner)

    def _judged_again(self, answers: list[Examination], objects: tuple[LocalObject, ...]) -> dict[int, Examination]:
        """Add the second validator's verdicts; it is a program of its own and needs more memory than a process here."""
        if self._verapdf is None:
            return {answer.ordinal: answer for answer in answers}
        paths = {lent.request.ordinal: lent.path for lent in objects}
        return {
            answer.ordinal: replace(
                answer,
                conformances=(*answer.conformances, *self._verapdf.judge(paths[answer.ordinal], answer.format)),
            )
            for answer in answers
        }

    def rest(self) -> None:
        """End all processes until there is something to examine again: an idle one holds more than 100 MiB."""
        with self._lock:
            self._pool.rest()
            self._lone.rest()

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            self._pool.close()
            self._lone.close()

    def _shares(self, objects: tuple[LocalObject, ...]) -> list[Share]:
        size = -(-len(objects) // (self._pool.workers * _SHARES_PER_WORKER))
        size = max(_MIN_SHARE, min(size, _MAX_SHARE))
        return [self._share(objects[start : start + size]) for start in range(0, len(objects), size)]

    def _share(self, objects: tuple[LocalObject, ...]) -> Share:
        return Share(objects=objects, workspace=self._workspace, scanner=self._scanner)

    def _examine_together(
        self, work: Callable[[Share], tuple[Examination, ...]], shares: list[Share], pool: SpawnPool | None = None
    ) -> tuple[list[Examination], list[LocalObject]]:
        """Examine shares side by side; give the answers, and the objects whose process died or hung."""
        pool = pool or self._pool
        answers: list[Examination] = []
        left: list[LocalObject] = []
        running: dict[Future[tuple[Examination, ...]], Share] = {}
        for share in shares:
            try:
                running[pool.submit(work, share)] = share
            except BrokenProcessPool:
                left.extend(share.objects)
        while running:
            done, _ = wait(running, timeout=self._patience, return_when=FIRST_COMPLETED)
            if not done:
                pool.restart()
            for future in done or tuple(running):
                share = running.pop(future)
                try:
                    answers.extend(future.result())
                except (BrokenProcessPool, CancelledError):
                    left.extend(share.objects)
                except EarkivError:
                    self._await_rest(running, pool)
                    raise
        return answers, left

    def _await_rest(self, running: Iterable[Future[tuple[Examination, ...]]], pool: SpawnPool) -> None:
        """Let no share run on: what is asked of the scanner next must meet no other file there."""
        rest = [future for future in running if not future.cancel()]
        if wait(rest, timeout=self._patience).not_done:
            pool.restart()

    def _examine_alone(self, lone: LocalObject) -> Examination:
        """Examine one object with ever less of what reads it; who dies of it in the end is told as not scanned.

        That may refuse a delivery: a process that somebody kills once more in the end is a fault, until it has been one
        so often that it is the object's. Raises KilledFromOutside, ToolFailed.
        """
        was_killed = False
        for work in (identify_share, identify_share, scan_share):
            answers, _left = self._examine_together(work, [self._share((lone,))], self._lone)
            if answers:
                return answers[0]
            was_killed = self._lone.was_killed
            self._require_alive(self._lone)
        if was_killed and not lone.request.deadly:
            raise _killed_over(lone)
        return examined(lone, unread_by(Unscanned(reason=SCANNER_DIED)))

    def _require_alive(self, pool: SpawnPool) -> str:
        """Ask the pool for its tool, in new processes if need be. Raises ToolFailed when it cannot tell."""
        for _ in range(_PROBES):
            try:
                self._tool = pool.submit(tool_of, self._workspace).result(timeout=self._patience)
                return self._tool
            except (BrokenProcessPool, TimeoutError):
                pool.restart()
        raise _dying()


def _killed_over(lent: LocalObject) -> KilledFromOutside:
    return KilledFromOutside(
        "Processen som undersökte en fil dödades utifrån. Har maskinen för lite minne?",
        "The process that examined a file was killed from outside. Is the machine short of memory?",
        lent.request.ordinal,
    )


def _dying() -> ToolFailed:
    return ToolFailed(
        "Processerna för formatidentifiering dör eller svarar inte.",
        "The processes for format identification die or do not answer.",
    )
