"""What holds for all tests of adapters."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _no_collection_of_garbage() -> Iterator[None]:
    """Collect afterwards: where all tests have been read it can take longer than a look is granted, and end it."""
    gc.disable()
    yield
    gc.enable()
