"""Of an agreement with many versions, each of which may hold whole schemas, only those that are asked for are read."""

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.adapters.sql.catalogue import SqlCatalogue, open_catalogue
from ingest.domain.agreements import DEFAULT_AGREEMENT, Standing, SubmissionAgreement
from ingest.domain.content_schemas import ContentSchema, SchemaDocument

LARGE = 8 << 20
IN_FORCE = replace(DEFAULT_AGREEMENT, version=3)
DRAFT = replace(DEFAULT_AGREEMENT, version=4, standing=Standing.DRAFT)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[SqlCatalogue]:
    """A catalogue with one agreement, whose oldest versions are large."""
    large = ContentSchema(root="a", documents=(SchemaDocument(name="a.xsd", text="x" * LARGE),))
    with open_catalogue(tmp_path / "catalogue") as catalogue:
        for version in (1, 2):
            catalogue.add_agreement(replace(DEFAULT_AGREEMENT, version=version, content_schemas=(large,)))
        catalogue.add_agreement(IN_FORCE)
        catalogue.add_agreement(DRAFT)
        yield catalogue


def _peak_of(call: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_the_one_in_force_is_found_without_the_older_ones(catalogue: SqlCatalogue) -> None:
    found: list[SubmissionAgreement | None] = []
    assert _peak_of(lambda: found.append(catalogue.agreement(DEFAULT_AGREEMENT.id))) < LARGE
    assert found == [IN_FORCE]


def test_the_newest_of_each_are_listed_without_the_older_ones(catalogue: SqlCatalogue) -> None:
    found: list[SubmissionAgreement] = []
    assert _peak_of(lambda: found.extend(catalogue.agreements())) < LARGE
    assert found == [DRAFT]


def test_all_of_them_are_more(catalogue: SqlCatalogue) -> None:
    assert _peak_of(lambda: catalogue.agreement_versions(DEFAULT_AGREEMENT.id)) > LARGE
