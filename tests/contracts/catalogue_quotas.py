"""What a catalogue promises of quotas: nobody begins beyond them, however many begin at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from ingest.adapters.sql import quotas
from ingest.domain.deliveries import DeliveryState
from ingest.domain.quotas import Fit, Quota
from ingest.domain.uploads import Segment, Upload
from ingest.errors import UnknownSubject
from ingest.ports import Catalogue
from tests.contracts.catalogue_queue import ended
from tests.contracts.catalogue_values import NOON, number, received, upload


def opened(catalogue: Catalogue, name: str, size: int | None = 10, sender: str | None = "a", uploaded: int = 0) -> Fit:
    return catalogue.open_within_quota(replace(upload(name), sender=sender), size, uploaded)


def announced(name: str, length: int) -> Upload:
    later = NOON + timedelta(days=7)
    return Upload(id=name, sender="a", length=length, name="", metadata="", created_at=NOON, expires_at=later)


class QuotasContract:
    """Part of the catalogue's contract; the whole gives `catalogue`."""

    def test_a_quota_holds_until_it_is_changed_or_lifted(self, catalogue: Catalogue) -> None:
        first, second = Quota(producer="a", deliveries=1), Quota(producer="b", bytes=2)
        for quota in (second, first):
            catalogue.set_quota(quota)
        assert catalogue.quotas() == (first, second)
        catalogue.set_quota(replace(first, deliveries=9))
        catalogue.set_quota(Quota(producer="b"))
        assert catalogue.quotas() == (Quota(producer="a", deliveries=9),)

    def test_an_upload_beyond_the_quota_is_not_opened(self, catalogue: Catalogue) -> None:
        catalogue.set_quota(Quota(producer="a", deliveries=2))
        assert [opened(catalogue, name) for name in ("1", "2", "3")] == [Fit.NOW, Fit.NOW, Fit.LATER]
        with pytest.raises(UnknownSubject):
            catalogue.delivery(number("3"))
        assert opened(catalogue, "4", sender="b") is Fit.NOW
        assert opened(catalogue, "5", sender=None) is Fit.NOW
        catalogue.discard_upload(number("1"))
        assert opened(catalogue, "3") is Fit.NOW

    def test_it_counts_until_it_is_decided(self, catalogue: Catalogue) -> None:
        catalogue.set_quota(Quota(producer="a", deliveries=1))
        delivery, lease = received(catalogue, "1", sender="a")
        catalogue.release(lease)
        assert opened(catalogue, "2") is Fit.LATER
        ended(catalogue, delivery.id)
        assert catalogue.delivery(delivery.id).state is DeliveryState.REJECTED
        assert opened(catalogue, "2") is Fit.NOW

    def test_bytes_count_too_and_what_is_larger_than_all_never_fits(self, catalogue: Catalogue) -> None:
        catalogue.set_quota(Quota(producer="a", bytes=100))
        assert opened(catalogue, "1", 101) is Fit.NEVER
        assert opened(catalogue, "2", 60) is Fit.NOW
        assert opened(catalogue, "3", 41) is Fit.LATER
        assert opened(catalogue, "4", None) is Fit.LATER
        assert opened(catalogue, "5", 40) is Fit.NOW
        for name in ("2", "5"):
            catalogue.discard_upload(number(name))
        assert opened(catalogue, "6", None) is Fit.NOW
        assert opened(catalogue, "7", 1) is Fit.LATER

    def test_resumable_uploads_count_for_all_that_was_announced(self, catalogue: Catalogue) -> None:
        catalogue.set_quota(Quota(producer="a", bytes=100))
        assert catalogue.begin_within_quota(announced("u1", 101)) is Fit.NEVER
        assert catalogue.begin_within_quota(announced("u2", 100)) is Fit.NOW
        assert catalogue.begin_within_quota(announced("u3", 1)) is Fit.LATER
        assert opened(catalogue, "1", 1) is Fit.LATER
        assert opened(catalogue, "2", 0, uploaded=100) is Fit.NOW
        assert opened(catalogue, "3", 0, uploaded=100) is Fit.LATER
        catalogue.forget_upload("u2")
        assert opened(catalogue, "4", 1) is Fit.LATER

    def test_whoever_uses_uploads_counts_for_them_each_time(self, catalogue: Catalogue) -> None:
        catalogue.set_quota(Quota(producer="a", bytes=100))
        assert catalogue.begin_within_quota(announced("u1", 60)) is Fit.NOW
        first, second = (replace(upload(name), sender="a") for name in ("1", "2"))
        assert [opened(catalogue, name, 0) for name in ("1", "2")] == [Fit.NOW] * 2
        assert catalogue.count_uploaded(first, 101) is Fit.NEVER
        assert catalogue.count_uploaded(first, 60) is Fit.NOW
        assert catalogue.count_uploaded(second, 60) is Fit.LATER
        assert opened(catalogue, "3", 1) is Fit.LATER
        catalogue.discard_upload(first.id)
        assert catalogue.count_uploaded(second, 60) is Fit.NOW
        assert catalogue.count_uploaded(replace(upload("4"), sender=None), 1000) is Fit.NOW, "no producer"

    def test_a_producer_has_so_many_uploads_and_no_more(
        self, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(quotas, "MOST_OPEN", 2)
        monkeypatch.setattr(quotas, "MOST_KEPT", 3)
        whole = (Segment(key="k", size=1, sha256="0" * 64),)
        for name in ("u1", "u2"):
            assert catalogue.begin_within_quota(announced(name, 1)) is Fit.NOW
        assert catalogue.begin_within_quota(announced("u3", 1)) is Fit.LATER
        assert catalogue.begin_within_quota(replace(announced("u4", 1), sender="b")) is Fit.NOW
        catalogue.extend_upload("u1", 0, whole)
        assert catalogue.begin_within_quota(announced("u3", 1)) is Fit.NOW
        catalogue.extend_upload("u2", 0, whole)
        assert catalogue.begin_within_quota(announced("u5", 1)) is Fit.LATER
        catalogue.forget_upload("u1")
        assert catalogue.begin_within_quota(announced("u5", 1)) is Fit.NOW

    def test_it_is_known_how_much_of_uploads_is_to_come(self, catalogue: Catalogue) -> None:
        assert catalogue.bytes_to_come(NOON) == 0
        for name in ("u1", "u2"):
            catalogue.begin_within_quota(announced(name, 100))
        catalogue.extend_upload("u1", 0, (Segment(key="k", size=30, sha256="0" * 64),))
        assert catalogue.bytes_to_come(NOON) == 170
        catalogue.forget_upload("u2")
        assert catalogue.bytes_to_come(NOON) == 70
        expiry = catalogue.upload("u1").expires_at
        assert catalogue.bytes_to_come(expiry) == 70
        assert catalogue.bytes_to_come(expiry + timedelta(seconds=1)) == 0

    def test_of_many_who_begin_at_once_no_more_begin_than_may(self, catalogue: Catalogue) -> None:
        catalogue.set_quota(Quota(producer="a", deliveries=5))
        with ThreadPoolExecutor(8) as threads:
            fits = list(threads.map(lambda n: opened(catalogue, str(n)), range(24)))
        assert fits.count(Fit.NOW) == 5
        assert fits.count(Fit.LATER) == 19
