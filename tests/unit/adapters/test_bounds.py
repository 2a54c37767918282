"""What takes too long is ended, in Python by an exception and elsewhere with its process; other limits come back."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.adapters.bounds import OutOfTime, bounded_time, without_large_maps

LIMITS = (resource.RLIMIT_CPU, resource.RLIMIT_AS)
STUCK = "from ingest.adapters.bounds import bounded_time\nwith bounded_time(0.1):\n    sum(range(1 << 60))"


def limits() -> list[tuple[int, int]]:
    return [resource.getrlimit(limit) for limit in LIMITS]


def catching_all() -> None:
    while True:
        try:
            sum(range(1000))
        except Exception:  # noqa: BLE001 - as libraries do
            raise AssertionError from None


def test_python_that_takes_too_long_is_stopped_and_no_library_can_catch_it() -> None:
    before = limits()
    with pytest.raises(OutOfTime), bounded_time(0.05):
        catching_all()
    assert limits() == before


def test_what_is_done_in_time_is_not_disturbed() -> None:
    with bounded_time(60):
        done = sum(range(1000))
    assert done == 499500


def test_the_time_since_the_process_began_does_not_count() -> None:
    """The kernel's own count of it runs ahead of a process's clocks, by seconds in one that has long been at work."""
    before = limits()
    with bounded_time(0.5):
        assert limits() == before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts the addresses of a process")
def test_a_large_map_is_refused_and_later_allowed_again() -> None:
    before = limits()
    with pytest.raises(MemoryError), without_large_maps():
        bytearray(1 << 30)
    assert limits() == before


def test_native_code_that_does_not_come_back_ends_its_process() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", STUCK], check=False, capture_output=True, cwd=Path(__file__).parents[3]
    )
    assert ended.returncode < 0


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody counts the time that the kernel spends")
def test_a_system_call_after_the_other_ends_its_process_as_well() -> None:
    in_kernel = (
        "import ctypes\nfrom ingest.adapters.bounds import bounded_time\n"
        "libc, room = ctypes.CDLL(None), ctypes.create_string_buffer(1 << 24)\n"
        "with open('/dev/zero', 'rb', 0) as zero, bounded_time(0.1, 0.2):\n"
        "    back = ctypes.CFUNCTYPE(ctypes.c_int)(lambda: libc.read(zero.fileno(), room, 1 << 24))\n"
        "    libc.qsort(room, 1 << 12, 1 << 12, back)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", in_kernel], check=False, capture_output=True, cwd=Path(__file__).parents[3]
    )
    assert ended.returncode < 0
