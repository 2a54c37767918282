"""How many requests are taken from one address, and in all, within an hour. No address is kept.

What is counted by is an address hashed with a key that is made anew each hour and lies in memory alone.
"""

import hashlib
from collections import Counter
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

HOUR = 3600
OF_ONE = 20
"""Enough for a library or an office behind one address."""
OF_ALL = 1000
"""Of everybody together, so that no crowd of addresses fills the store."""


class HourlyLimit:
    """Counts what is taken; `seconds` tells the time, `key` makes a secret of 16 bytes or more."""

    def __init__(
        self, seconds: Callable[[], float], key: Callable[[], bytes], of_one: int = OF_ONE, of_all: int = OF_ALL
    ) -> None:
        self._seconds = seconds
        self._make_key = key
        self._of_one = of_one
        self._of_all = of_all
        self._lock = Lock()
        self._hour = -1
        self._key = b""
        self._taken: Counter[bytes] = Counter()

    def takes(self, address: str) -> bool:
        """Count one more from an address; False, and nothing is counted, where that is too many."""
        with self._lock:
            hour = int(self._seconds() // HOUR)
            if hour != self._hour:
                self._hour, self._key = hour, self._make_key()
                self._taken.clear()
            who = hashlib.blake2b(_network(address).encode(), key=self._key, digest_size=16).digest()
            if self._taken[who] >= self._of_one or self._taken.total() >= self._of_all:
                return False
            self._taken[who] += 1
            return True


def _network(address: str) -> str:
    """Give what one subscriber has: an IPv4 address, or the 64 bits that an IPv6 address begins with."""
    try:
        told = ip_address(address)
    except ValueError:
        return address
    if isinstance(told, IPv6Address):
        mapped = told.ipv4_mapped
        return str(mapped if mapped is not None else ip_network((told, 64), strict=False))
    return str(told)
