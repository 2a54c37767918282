"""Bounds of one conversion: a busy machine gives more time by the clock, and no more of anything else."""

import os

import pytest

from ingest.adapters.tools.bounds import Bounds
from ingest.domain.allowances import Allowance

MOST = Bounds(seconds=300, cpu_seconds=300, memory=1 << 31, processes=32, files=100, bytes=1 << 30)


@pytest.mark.parametrize(("load", "times"), [(0.0, 1), (2.0, 1), (8.0, 4)])
def test_the_clock_waits_longer_where_many_want_to_run(
    monkeypatch: pytest.MonkeyPatch, load: float, times: int
) -> None:
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 0.0, 0.0))
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    granted = MOST.within(Allowance(seconds=6.0, memory=1 << 28, bytes=1 << 28))
    assert (granted.seconds, granted.cpu_seconds, granted.memory) == (times * 14.0, 6.0, 1 << 28)
