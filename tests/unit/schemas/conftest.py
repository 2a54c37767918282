"""The schemas of this installation, and the published ones they are compared with."""

import os

import pytest

import schemas


@pytest.fixture(scope="session")
def installed() -> None:
    """The third-party schemas are there; without them the test is skipped visibly, and in CI it fails."""
    absent = schemas.missing()
    if absent and os.environ.get("CI"):
        pytest.fail(str(schemas.SchemasMissing(absent)), pytrace=False)
    if absent:
        pytest.skip(str(schemas.SchemasMissing(absent)))
