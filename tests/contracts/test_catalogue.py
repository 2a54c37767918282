"""Every database passes the catalogue's one contract."""

import inspect
from pathlib import Path

import pytest

from ingest.adapters.sql.catalogue import SqlCatalogue
from ingest.ports import Catalogue
from tests.contracts.catalogue import CatalogueContract


class TestSqlite(CatalogueContract):
    @pytest.fixture
    def address(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path / 'catalogue.sqlite'}"


def test_every_method_has_the_ports_parameters() -> None:
    promised = {
        name: method
        for port in Catalogue.__mro__
        for name, method in vars(port).items()
        if port.__module__ == Catalogue.__module__ and not name.startswith("_")
    }
    assert len(promised) > 30
    for name, method in promised.items():
        assert _signature(getattr(SqlCatalogue, name)) == _signature(method), name


def _signature(method: object) -> list[tuple[str, object, object, object]]:
    assert callable(method)
    found = inspect.signature(method)
    parameters = [(p.name, p.kind, p.default, p.annotation) for p in found.parameters.values()]
    return [*parameters, ("return", None, None, found.return_annotation)]
