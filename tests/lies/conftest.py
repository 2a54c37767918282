"""What the lies share that are told to a whole archive."""

from collections.abc import Iterator

import pytest

from tests.lent_processes import IdleProcesses
from tests.made_catalogues import made_catalogues


@pytest.fixture(autouse=True, scope="module")
def _quickly_founded(idle_processes: IdleProcesses) -> Iterator[None]:
    """Archives take over one another's processes, and get their tables at once: what they do with them is the same."""
    with idle_processes.lent(), made_catalogues():
        yield
