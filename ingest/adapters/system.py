"""The machine's clock and its source of randomness."""

import secrets
import time
import uuid
from datetime import UTC, datetime


class SystemClock:
    """`Clock` of this machine."""

    def now(self) -> datetime:
        """Give the time in UTC, whole seconds."""
        return datetime.now(UTC).replace(microsecond=0)

    def seconds(self) -> float:
        """Give seconds on the monotonic clock."""
        return time.monotonic()


class RandomIds:
    """`Ids` from the operating system's random source."""

    def new(self) -> str:
        """Give a new UUID (RFC 9562, version 4)."""
        return str(uuid.uuid4())

    def secret(self) -> str:
        """Give 32 random bytes in hexadecimal, for salts."""
        return secrets.token_hex(32)
