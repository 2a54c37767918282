"""Processes for work that must not run in this one: spawned, made on first use, gone with their parent.

A child inherits nothing (no database connection, no lock) and imports only what its work needs.
"""

import ctypes
import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import TypeVar

_A = TypeVar("_A")
_R = TypeVar("_R")
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_M_MMAP_THRESHOLD = -3  # malloc.h
_LARGE = 1 << 20
_GO_LIMIT = "GOMEMLIMIT"
_GO_BYTES = "112MiB"
"""Beyond it siegfried's runtime clears up before it takes more; its signatures alone take some 80 MiB."""
_ENDING_SECONDS = 5.0
_PAUSE_SECONDS = 0.01
_STARTING = threading.Lock()


class SpawnPool:
    """A pool of at most `workers` child processes; one thread at a time may use it.

    Each child may hold `memory_bytes` of data: beyond it, an allocation fails there and not on the whole machine.

    All children are started by one thread that lives as long as the pool, because Linux kills them when the
    *thread* that started them ends.
    """

    def __init__(self, workers: int, memory_bytes: int) -> None:
        self._workers = workers
        self._memory_bytes = memory_bytes
        self._starter: ThreadPoolExecutor | None = None
        self._executor: ProcessPoolExecutor | None = None
        self._children: set[BaseProcess] = set()

    @property
    def workers(self) -> int:
        """How many children there may be."""
        return self._workers

    def submit(self, work: Callable[[_A], _R], argument: _A) -> "Future[_R]":
        """Hand work to a child. Raises BrokenProcessPool when a child has died, and so does the future."""
        if self._starter is None:
            self._starter = ThreadPoolExecutor(1, thread_name_prefix="earkiv-pool")
        if self._executor is None:
            self._executor = _executor(self._workers, self._memory_bytes)
        return self._starter.submit(self._hand_over, self._executor, work, argument).result()

    @property
    def was_killed(self) -> bool:
        """Whether somebody, or a system short of memory, has killed a child: no bound of ours ends one so.

        To be asked when a child has died: the others are ending then, and how each did is known a moment later.
        """
        return any(_exit_code(child) == -signal.SIGKILL for child in self._children)

    def restart(self) -> None:
        """Kill all children, whatever they do; the next work starts new ones."""
        executor, self._executor = self._executor, None
        children, self._children = self._children, set()
        for child in children:
            child.kill()
        if executor is not None:
            executor.shutdown(wait=True, cancel_futures=True)

    def rest(self) -> None:
        """Let go of the memory of all children, which have nothing to do; the next work starts new ones."""
        self.restart()

    def close(self) -> None:
        """End all children; a pool that is used again starts new ones."""
        self.restart()
        starter, self._starter = self._starter, None
        if starter is not None:
            starter.shutdown()

    def _hand_over(self, executor: ProcessPoolExecutor, work: Callable[[_A], _R], argument: _A) -> "Future[_R]":
        with _STARTING, _main_module_hidden(), _sparing_environment():
            others = set(multiprocessing.active_children())
            try:
                return executor.submit(work, argument)
            finally:
                self._children.update(set(multiprocessing.active_children()) - others)


def _executor(workers: int, memory_bytes: int) -> ProcessPoolExecutor:
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=spawn, initializer=_begin, initargs=(os.getpid(), memory_bytes))


@contextmanager
def _main_module_hidden() -> Iterator[None]:
    """Keep a child from importing this process's main module (the command line): it needs none of it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _sparing_environment() -> Iterator[None]:
    """Start a child with a bound on the garbage of Go's runtime, which looks at the environment that it began with."""
    before = os.environ.get(_GO_LIMIT)
    os.environ.setdefault(_GO_LIMIT, _GO_BYTES)
    try:
        yield
    finally:
        if before is None:
            del os.environ[_GO_LIMIT]


def _begin(parent: int, memory_bytes: int) -> None:
    """Begin a child: Ctrl-C is the parent's to answer, and the parent's death is the child's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Data, not address space: the identifier's runtime reserves far more addresses than it ever uses.
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    _give_back_at_once()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if sys.platform == "linux":
        # The thread above cannot run while native code holds the interpreter's lock; the kernel can.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
    _hush()


def _give_back_at_once() -> None:
    """Let the C library return what a large file took when it is done, where it would keep it for the next (glibc)."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE)


def _hush() -> None:
    """Drop what libraries say of foreign files on standard error: what matters of it comes back as an answer."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _exit_code(child: BaseProcess) -> int | None:
    """Say how a child ended, None when it goes on.

    The executor waits for its children too: for a moment it may have the answer to itself.
    """
    deadline = time.monotonic() + _ENDING_SECONDS
    child.join(_ENDING_SECONDS)
    while child.exitcode is None and time.monotonic() < deadline:
        time.sleep(_PAUSE_SECONDS)
    return child.exitcode
