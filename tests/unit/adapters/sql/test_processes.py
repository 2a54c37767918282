"""What the operating system tells of processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.adapters.sql import processes


def test_this_process_is_seen_as_it_enrols() -> None:
    worker = processes.worker_here("runner")
    assert (worker.owner, worker.pid) == ("runner", os.getpid())
    assert processes.started(worker.pid) == worker.started
    assert worker.boot_id == processes.boot_id()


def test_a_process_that_has_ended_is_gone_before_its_parent_asks() -> None:
    command = [sys.executable, "-c", "import time; print(flush=True); time.sleep(60)"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert processes.started(child.pid)
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # a zombie now
        assert processes.started(child.pid) is None
        child.wait()
        assert processes.started(child.pid) is None


def test_without_a_process_folder_the_number_alone_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    monkeypatch.setattr(processes, "_PROC", tmp_path)
    processes.boot_id.cache_clear()
    try:
        assert processes.boot_id() == ""
        assert processes.started(os.getpid()) == ""
        assert processes.started(ended.pid) is None
    finally:
        processes.boot_id.cache_clear()
