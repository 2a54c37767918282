"""XML held against content schemas, in processes of their own: what goes wrong there costs one document.

A document whose process dies is tried again alone; one that ends its process each time is reported as not checked. That
may refuse a delivery, so it must be the document's doing: a process that somebody kills (a system short of memory), or
children that die of nothing at all, are a fault of the machine.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import replace
from typing import TypeVar

from ingest.adapters.content_work import (
    DEFAULT_BOUNDS,
    Bounds,
    DocumentWork,
    SchemaWork,
    check_document,
    is_ready,
    too_much,
    try_schema,
)
from ingest.adapters.pool import SpawnPool
from ingest.domain.content_schemas import ContentCheck, ContentRequest, ContentSchema, SchemaFault
from ingest.errors import ToolFailed
from ingest.ports import ObjectStore

DIED = "the process that checked the document died"
_TRIES = 2
_SHARE = 4
_A = TypeVar("_A")
_R = TypeVar("_R")


class _DeadlyError(Exception):
    """What was asked ends its process, and nothing else does."""


class PooledContentChecker:
    """`ContentChecker` on at most `workers` processes, made on first use; `close` ends them.

    Processes that all are silent for `patience_seconds` count as dead, so no document gets more than a quarter of that
    time, whatever `bounds` grants it. Batches of several threads take turns.
    """

    def __init__(self, *, workers: int, patience_seconds: float, bounds: Bounds = DEFAULT_BOUNDS) -> None:
        self._pool = SpawnPool(workers, bounds.memory)
        self._patience = patience_seconds
        self._bounds = replace(bounds, most_seconds=min(bounds.most_seconds, patience_seconds / _SHARE))
        self._lock = threading.Lock()

    def fault_of(self, schema: ContentSchema) -> SchemaFault | None:
        """Say why a schema cannot be used; None when it can. Raises ToolFailed."""
        work = SchemaWork(schema=schema, bounds=self._bounds)
        with self._lock:
            try:
                return self._alone(try_schema, work)
            except _DeadlyError:
                return too_much(schema)

    def check(self, staging: ObjectStore, requests: Sequence[ContentRequest]) -> tuple[ContentCheck, ...]:
        """Check a batch, answered in order. Raises ToolFailed, ObjectMissing, ConfigurationError for a schema."""
        with self._lock, ExitStack() as lent:
            works = tuple(
                DocumentWork(path=lent.enter_context(staging.local(each.key)), request=each, bounds=self._bounds)
                for each in requests
            )
            answers = self._together(works)
            return tuple(answers.get(number) or self._retried(work) for number, work in enumerate(works))

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            self._pool.close()

    def _together(self, works: tuple[DocumentWork, ...]) -> dict[int, ContentCheck]:
        """Check documents side by side; those whose process died have no answer."""
        answers: dict[int, ContentCheck] = {}
        running: dict[Future[ContentCheck], int] = {}
        for number, work in enumerate(works):
            try:
                running[self._pool.submit(check_document, work)] = number
            except BrokenProcessPool:
                break
        while running:
            done, _ = wait(running, timeout=self._patience, return_when=FIRST_COMPLETED)
            if not done:
                raise self._silent()
            for future in done:
                number = running.pop(future)
                try:
                    answers[number] = future.result()
                except (BrokenProcessPool, CancelledError):
                    continue
        if len(answers) < len(works):
            self._pool.restart()
        return answers

    def _retried(self, work: DocumentWork) -> ContentCheck:
        try:
            return self._alone(check_document, work)
        except _DeadlyError:
            return ContentCheck(path=work.request.path, unfinished=DIED)

    def _alone(self, work: Callable[[_A], _R], argument: _A) -> _R:
        """Ask a child while no other is at work. Raises _DeadlyError, ToolFailed."""
        was_killed = False
        for _ in range(_TRIES):
            try:
                return self._answer(work, argument)
            except BrokenProcessPool:
                was_killed = self._pool.was_killed
                self._pool.restart()
        if was_killed:
            raise self._silent()
        try:
            self._answer(is_ready, None)
        except BrokenProcessPool as error:
            raise self._silent() from error
        raise _DeadlyError

    def _answer(self, work: Callable[[_A], _R], argument: _A) -> _R:
        try:
            return self._pool.submit(work, argument).result(timeout=self._patience)
        except TimeoutError as error:
            raise self._silent() from error

    def _silent(self) -> ToolFailed:
        self._pool.restart()
        return ToolFailed(
            "Processerna som prövar XML mot innehållsscheman dör eller svarar inte.",
            "The processes that check XML against content schemas die or do not answer.",
        )
