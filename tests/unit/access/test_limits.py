"""Requests within an hour are counted by address, and no address is kept."""

from dataclasses import dataclass

import pytest

from access.asking.limits import HOUR, HourlyLimit


@dataclass(kw_only=True)
class Clock:
    passed: float = 0.0
    keys: int = 0

    def key(self) -> bytes:
        self.keys += 1
        return f"key {self.keys:016}".encode()

    def limit(self, of_one: int = 2, of_all: int = 5) -> HourlyLimit:
        return HourlyLimit(lambda: self.passed, self.key, of_one, of_all)


def test_each_address_has_its_own_number_and_all_have_one_together() -> None:
    limit = Clock().limit()
    assert [limit.takes(one) for one in ("192.0.2.1",) * 3] == [True, True, False]
    assert [limit.takes(one) for one in ("192.0.2.2", "192.0.2.2", "192.0.2.3", "192.0.2.4")] == [
        True,
        True,
        True,
        False,
    ]


def test_an_hour_later_everything_is_forgotten() -> None:
    clock = Clock()
    limit = clock.limit()
    assert [limit.takes("192.0.2.1") for _ in range(3)] == [True, True, False]
    clock.passed = HOUR - 1
    assert not limit.takes("192.0.2.1")
    clock.passed = HOUR
    assert limit.takes("192.0.2.1")
    assert clock.keys == 2


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("unix", "unix", True),
    ],
)
def test_whoever_has_many_addresses_counts_as_one(one: str, other: str, are_one: bool) -> None:  # noqa: FBT001 - a row
    limit = Clock().limit(of_one=1)
    assert limit.takes(one)
    assert limit.takes(other) is not are_one


def test_no_address_is_in_what_is_kept() -> None:
    limit = Clock().limit()
    limit.takes("192.0.2.1")
    kept = repr([getattr(limit, name) for name in vars(limit)])
    assert "192.0.2.1" not in kept
