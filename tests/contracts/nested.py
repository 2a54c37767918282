"""What an opener of nested containers promises. A subclass gives `opener`."""

import hashlib

import pytest

from ingest.domain.nested import NestedBudget, NestedFaultKind, NestedListing, NestedRequest
from ingest.errors import ObjectMissing
from ingest.tool_ports import NestedOpener
from tests.fakes.memory_store import MemoryStore
from tests.hostile.nested_cases import BOMBS, CASES, LETTER, NO_CONTAINERS, NestedCase, ordinary_zip

AMPLE = NestedBudget(depth=3, files=1_000, unpacked=10 << 20, listed=1_000, seconds=20.0)


def listed(opener: NestedOpener, content: bytes, budget: NestedBudget = AMPLE) -> NestedListing | None:
    staging = MemoryStore("staging")
    staging.put("a", [content])
    return opener.listing(staging, NestedRequest(key="a", size=len(content), budget=budget))


def kinds(listing: NestedListing | None) -> set[NestedFaultKind]:
    assert listing is not None
    return {fault.kind for fault in listing.faults}


class NestedOpenerContract:
    @pytest.fixture
    def opener(self) -> NestedOpener:
        raise NotImplementedError

    @pytest.mark.parametrize("case", CASES.values(), ids=CASES)
    def test_what_is_wrong_and_what_is_listed(self, opener: NestedOpener, case: NestedCase) -> None:
        listing = listed(opener, case.make())
        assert kinds(listing) == case.faults
        assert listing is not None
        assert tuple(file.path for file in listing.files) == case.files

    @pytest.mark.parametrize("name", NO_CONTAINERS)
    def test_what_is_no_container_has_no_listing(self, opener: NestedOpener, name: str) -> None:
        assert listed(opener, NO_CONTAINERS[name]()) is None

    def test_a_file_is_told_with_size_digest_and_format(self, opener: NestedOpener) -> None:
        listing = listed(opener, ordinary_zip())
        assert listing is not None
        letter, plan = listing.files
        assert (letter.size, letter.sha256) == (len(LETTER), hashlib.sha256(LETTER).hexdigest())
        assert (letter.puid, plan.puid) == ("x-fmt/111", "fmt/18")
        assert (listing.count, listing.unpacked) == (2, letter.size + plan.size)

    @pytest.mark.parametrize("name", BOMBS)
    def test_what_unpacks_to_more_than_is_left_ends_there(self, opener: NestedOpener, name: str) -> None:
        listing = listed(opener, BOMBS[name]())
        assert kinds(listing) == {NestedFaultKind.BEYOND_BUDGET}
        assert listing is not None
        assert listing.unpacked <= AMPLE.unpacked + (1 << 20)

    def test_no_more_files_are_read_than_are_left(self, opener: NestedOpener) -> None:
        tight = NestedBudget(depth=1, files=1, unpacked=1 << 20, listed=9, seconds=20.0)
        assert kinds(listed(opener, ordinary_zip(), tight)) == {NestedFaultKind.BEYOND_BUDGET}

    def test_what_is_not_listed_is_told(self, opener: NestedOpener) -> None:
        tight = NestedBudget(depth=1, files=9, unpacked=1 << 20, listed=1, seconds=20.0)
        listing = listed(opener, ordinary_zip(), tight)
        assert kinds(listing) == {NestedFaultKind.UNFINISHED}
        assert listing is not None
        assert (len(listing.files), listing.count) == (1, 2)

    def test_a_container_that_takes_too_long_is_told(self, opener: NestedOpener) -> None:
        none_left = NestedBudget(depth=3, files=9_000, unpacked=1 << 40, listed=9_000, seconds=0.0)
        assert kinds(listed(opener, BOMBS["bomb-in-bomb.zip"](), none_left)) == {NestedFaultKind.UNFINISHED}

    def test_an_object_that_is_gone_is_a_fault_of_the_machine(self, opener: NestedOpener) -> None:
        with pytest.raises(ObjectMissing):
            opener.listing(MemoryStore("staging"), NestedRequest(key="gone", size=1, budget=AMPLE))
