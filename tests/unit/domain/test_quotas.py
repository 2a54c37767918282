"""What fits into a quota."""

import pytest

from ingest.domain.quotas import Fit, Quota, UnderWay, claimed, fit

FIVE = Quota(producer="p", deliveries=5)
HUNDRED = Quota(producer="p", bytes=100)
BOTH = Quota(producer="p", deliveries=5, bytes=100)


@pytest.mark.parametrize(
    ("quota", "under_way", "more", "expected"),
    [
        (None, (10_000, 1 << 60), (1, 1 << 60), Fit.NOW),
        (FIVE, (4, 1 << 60), (1, 1 << 60), Fit.NOW),
        (FIVE, (5, 0), (1, 0), Fit.LATER),
        (HUNDRED, (10_000, 60), (1, 40), Fit.NOW),
        (HUNDRED, (0, 60), (1, 41), Fit.LATER),
        (HUNDRED, (0, 0), (1, 100), Fit.NOW),
        (HUNDRED, (0, 0), (1, 101), Fit.NEVER),
        (HUNDRED, (0, 500), (1, 0), Fit.NOW),
        (BOTH, (5, 0), (1, 1), Fit.LATER),
        (BOTH, (0, 100), (1, 1), Fit.LATER),
        (BOTH, (5, 100), (0, 0), Fit.NOW),
    ],
)
def test_more_fits_now_later_or_never(
    quota: Quota | None, under_way: tuple[int, int], more: tuple[int, int], expected: Fit
) -> None:
    now, new = (UnderWay(deliveries=count, bytes=size) for count, size in (under_way, more))
    assert fit(quota, now, new) is expected


def test_who_does_not_say_how_much_comes_is_counted_for_all_that_may_come() -> None:
    assert claimed(HUNDRED, None) == 100
    assert claimed(HUNDRED, 7) == 7
    assert claimed(FIVE, None) == claimed(None, None) == 0
