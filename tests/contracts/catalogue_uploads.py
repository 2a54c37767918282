"""What a catalogue promises of resumable uploads."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ingest.domain.quotas import Fit
from ingest.domain.uploads import DirectPlace, Segment, Upload
from ingest.errors import UnknownSubject
from ingest.ports import Catalogue
from tests.contracts.catalogue_values import NOON

UPLOAD = Upload(
    id="u1",
    sender=None,
    length=10,
    name="ansökan.pdf",
    metadata="filename YW5z",
    created_at=NOON,
    expires_at=NOON + timedelta(days=7),
)
FIRST, SECOND = (Segment(key=f"uploads/u1/{n}", size=size, sha256=str(n) * 64) for n, size in ((1, 4), (2, 6)))


class UploadsContract:
    """Part of the catalogue's contract; the whole gives `catalogue`."""

    def test_an_upload_grows_where_it_is_and_nowhere_else(self, catalogue: Catalogue) -> None:
        assert catalogue.begin_within_quota(UPLOAD) is Fit.NOW
        assert catalogue.upload("u1") == UPLOAD
        assert catalogue.extend_upload("u1", 0, (FIRST,))
        assert not catalogue.extend_upload("u1", 0, (SECOND,))
        assert catalogue.extend_upload("u1", 4, (SECOND,))
        found = catalogue.upload("u1")
        assert (found.segments, found.offset, found.is_finished) == ((FIRST, SECOND), 10, True)

    def test_one_that_goes_direct_gets_the_stores_id(self, catalogue: Catalogue) -> None:
        place = DirectPlace(key="uploads/u1/å")
        catalogue.begin_within_quota(replace(UPLOAD, direct=place))
        begun = replace(UPLOAD, direct=DirectPlace(key=place.key, begun="2~id/+"))
        assert catalogue.begin_direct("u1", "2~id/+") == begun == catalogue.upload("u1")
        assert catalogue.extend_upload("u1", 0, (FIRST,))
        assert catalogue.upload("u1") == replace(begun, segments=(FIRST,))
        catalogue.begin_within_quota(replace(UPLOAD, id="u2"))
        for unknown in ("u2", "u3"):
            with pytest.raises(UnknownSubject):
                catalogue.begin_direct(unknown, "id")

    def test_one_that_is_forgotten_is_unknown(self, catalogue: Catalogue) -> None:
        catalogue.begin_within_quota(UPLOAD)
        catalogue.forget_upload("u1")
        catalogue.forget_upload("u1")
        with pytest.raises(UnknownSubject):
            catalogue.upload("u1")
        with pytest.raises(UnknownSubject):
            catalogue.extend_upload("u1", 0, (FIRST,))

    def test_those_whose_time_is_over_are_listed_oldest_first(self, catalogue: Catalogue) -> None:
        days = {"a": 3, "b": 1, "c": 2}
        for name, lasting in days.items():
            catalogue.begin_within_quota(replace(UPLOAD, id=name, expires_at=NOON + timedelta(days=lasting)))
        expired = catalogue.expired_uploads(NOON + timedelta(days=2, seconds=1))
        assert [upload.id for upload in expired] == ["b", "c"]
