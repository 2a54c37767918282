"""How fast a body has to come: a slow beginning is forgiven, a trickle is not."""

import pytest

from ingest.api.pace import Pace

PACE = Pace(idle_seconds=60.0, least_rate=1000)


@pytest.mark.parametrize(
    ("waited", "came", "patience"),
    [(0.0, 0, 60.0), (59.0, 0, 1.0), (60.0, 0, 0.0), (60.0, 5000, 5.0), (70.0, 5000, 0.0), (600.0, 1 << 30, 60.0)],
)
def test_the_next_bytes_are_waited_for_as_long_as_the_former_have_earned(
    waited: float, came: int, patience: float
) -> None:
    assert PACE.patience(waited, came) == patience


def test_where_no_rate_is_asked_for_only_silence_counts() -> None:
    assert Pace(idle_seconds=60.0, least_rate=0).patience(10_000.0, 1) == 60.0
