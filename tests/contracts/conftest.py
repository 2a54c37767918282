"""What the contracts of all ports share."""

from collections.abc import Iterator

import pytest

from tests.made_catalogues import made_catalogues


@pytest.fixture(autouse=True, scope="module")
def _quickly_founded() -> Iterator[None]:
    """Catalogues get their tables at once: that the migrations make these is a test of its own."""
    with made_catalogues():
        yield
