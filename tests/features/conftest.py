"""What the tests of whole features share."""

from collections.abc import Iterator

import pytest

from tests.lent_processes import lent_processes
from tests.made_catalogues import made_catalogues


@pytest.fixture(autouse=True, scope="package")
def _quickly_founded() -> Iterator[None]:
    """Archives take over one another's processes, and get their tables at once: what they do with them is the same."""
    with lent_processes(), made_catalogues():
        yield
