"""Which processes are below this one, and what they use: told by each of its children, and by all of their parents."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from ingest.adapters.tools import processes
from ingest.adapters.tools.processes import all_descendants, memory_of, seen_descendants, usage_of

LISTS = pytest.mark.parametrize("descendants", [all_descendants, seen_descendants])
MIB = 1 << 20
PARENT = """
import os, subprocess, sys, threading
def start():
    global child
    child = subprocess.Popen(["sleep", "600"])
thread = threading.Thread(target=start)
thread.start()
thread.join()
held = b"x" * (32 << 20)
end = os.times().user + 0.3
while os.times().user < end: pass
print(child.pid, flush=True)
sys.stdin.read()
child.kill()
child.wait()
"""


@contextmanager
def family() -> Iterator[tuple[int, int]]:
    """A child of a thread of this process, and that one's own child."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> None:
        pipe = subprocess.PIPE
        started.append(subprocess.Popen([sys.executable, "-c", PARENT], stdin=pipe, stdout=pipe))

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    with started[0] as parent:
        assert parent.stdout is not None
        assert parent.stdin is not None
        yield parent.pid, int(parent.stdout.readline())
        parent.stdin.close()


@LISTS
def test_children_and_what_they_started_are_found_by_whatever_thread(descendants: Callable[[], list[int]]) -> None:
    with family() as (child, grandchild):
        found = descendants()
        assert {child, grandchild} <= set(found)
        assert os.getpid() not in found
        assert os.getppid() not in found
    assert not {child, grandchild} & set(descendants())


def test_where_the_kernel_does_not_tell_children_the_parents_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_CHILDREN_ARE_TOLD", False)
    with family() as pids:
        assert set(pids) <= set(seen_descendants())


def test_what_they_use_is_added_up_and_nothing_is_used_by_those_that_are_gone() -> None:
    before = usage_of(()).cpu_seconds
    with family() as (child, grandchild):
        usage = usage_of((child, grandchild))
        assert usage.processes == 2
        assert usage.memory >= memory_of((child,)) > 32 * MIB
        assert usage.cpu_seconds - before > 0.25
    assert memory_of((child, grandchild)) == 0
    assert usage_of((child, grandchild)).cpu_seconds - before > 0.25  # they have been waited for


def test_looks_do_not_go_through_all_processes_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> list[int]:
        pytest.fail("all processes were looked at")

    if not processes._CHILDREN_ARE_TOLD and not os.environ.get("CI"):  # noqa: SLF001 - what was found of this kernel
        pytest.skip("this kernel does not tell children (CONFIG_PROC_CHILDREN)")
    monkeypatch.setattr(processes, "all_descendants", none)
    with family() as pids:
        assert set(pids) <= set(seen_descendants())
