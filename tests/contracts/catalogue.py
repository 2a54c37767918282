"""What every catalogue promises, whatever database it lies in.

A subclass gives `address`, a database URL of an empty database that other processes can open too.
"""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from ingest.adapters.sql.catalogue import open_catalogue
from ingest.errors import UnknownSubject
from ingest.ports import Catalogue
from tests.contracts.catalogue_access import AccessContract
from tests.contracts.catalogue_deliveries import DeliveriesContract
from tests.contracts.catalogue_desk import DeskContract
from tests.contracts.catalogue_holdings import HoldingsContract
from tests.contracts.catalogue_keys import KeysContract
from tests.contracts.catalogue_leases import PATIENCE, LeasesContract, Stopwatch
from tests.contracts.catalogue_objects import ObjectsContract
from tests.contracts.catalogue_operations import OperationsContract
from tests.contracts.catalogue_queue import QueueContract
from tests.contracts.catalogue_quotas import QuotasContract
from tests.contracts.catalogue_round_trips import RoundTripsContract
from tests.contracts.catalogue_uploads import UploadsContract
from tests.contracts.catalogue_values import Opening
from tests.contracts.catalogue_webhooks import WebhooksContract


class CatalogueContract(
    DeliveriesContract,
    LeasesContract,
    QueueContract,
    QuotasContract,
    ObjectsContract,
    HoldingsContract,
    KeysContract,
    UploadsContract,
    WebhooksContract,
    OperationsContract,
    AccessContract,
    DeskContract,
    RoundTripsContract,
):
    """One class per port: every database passes it."""

    @pytest.fixture
    def address(self) -> str:
        raise NotImplementedError

    @pytest.fixture
    def stopwatch(self) -> Stopwatch:
        return Stopwatch()

    @pytest.fixture
    def opening(self, address: str, stopwatch: Stopwatch) -> Iterator[Opening]:
        with ExitStack() as opened:
            yield lambda: opened.enter_context(open_catalogue(address, monotonic=stopwatch, patience_seconds=PATIENCE))

    @pytest.fixture
    def catalogue(self, opening: Opening) -> Catalogue:
        return opening()

    @pytest.mark.parametrize("odd", ["a\0b", "\udcff"])
    def test_an_id_that_no_database_can_hold_is_unknown(self, catalogue: Catalogue, odd: str) -> None:
        for ask in (catalogue.delivery, catalogue.find, catalogue.upload, catalogue.subscription):
            with pytest.raises(UnknownSubject):
                ask(odd)
        with pytest.raises(UnknownSubject):
            catalogue.amend_subscription(odd, lambda one: one)
        assert catalogue.package(odd) is None
        assert catalogue.agreement(odd) is None
        assert not catalogue.generations(odd)
        assert not catalogue.agreement_versions(odd)
