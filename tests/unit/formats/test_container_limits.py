"""The budgets of a container, and the agreement's own."""

import io
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.findings import Severity
from ingest.formats.containers import (
    DEFAULT_LIMITS,
    Limits,
    Ranges,
    Refused,
    StreamRanges,
    limits_of,
    list_members,
    list_ranges,
    read_ranges,
)
from tests.hostile.tars import tarred
from tests.hostile.zips import zipped

FILES = {b"%d.txt" % number: b"x" * 1000 for number in range(5)}


def rules(content: bytes, limits: Limits) -> set[str]:
    found = list_ranges(StreamRanges(io.BytesIO(content)), "x", limits)
    return {violation.rule for violation in found.violations} if isinstance(found, Refused) else set()


@pytest.mark.parametrize("content", [zipped(FILES), tarred(FILES)], ids=["zip", "tar"])
@pytest.mark.parametrize(
    ("inside", "outside", "rule"),
    [
        (Limits(entries=5), Limits(entries=4), "EARKIV-PKG-7"),
        (Limits(member_bytes=1000), Limits(member_bytes=999), "EARKIV-PKG-7"),
        (Limits(unpacked_bytes=5000), Limits(unpacked_bytes=4999), "EARKIV-PKG-7"),
        (Limits(agreed_bytes=5000), Limits(agreed_bytes=4999), "EARKIV-SA-3"),
        (Limits(agreed_files=5), Limits(agreed_files=4), "EARKIV-SA-4"),
    ],
)
def test_each_budget_holds_up_to_its_last_byte(content: bytes, inside: Limits, outside: Limits, rule: str) -> None:
    assert rules(content, inside) == set()
    assert rules(content, outside) == {rule}


def test_the_directory_of_a_zip_has_a_budget_of_its_own() -> None:
    assert rules(zipped(FILES), Limits(index_bytes=100)) == {"EARKIV-PKG-7"}


def test_the_defaults_take_half_a_million_entries_and_refuse_a_thousandfold() -> None:
    assert DEFAULT_LIMITS.entries == 500_000
    assert DEFAULT_LIMITS.ratio < 1_000


def test_an_agreement_without_limits_has_the_archives_own() -> None:
    assert limits_of(DEFAULT_AGREEMENT) == DEFAULT_LIMITS


def test_an_agreement_can_set_lower_limits_where_exceeding_them_is_an_error() -> None:
    strict = replace(DEFAULT_AGREEMENT, max_bytes=10, max_files=2)
    assert limits_of(strict) == replace(DEFAULT_LIMITS, agreed_bytes=10, agreed_files=2)
    mild = replace(strict, severities=(("EARKIV-SA-3", Severity.WARNING), ("EARKIV-SA-4", Severity.INFO)))
    assert limits_of(mild) == DEFAULT_LIMITS


class Counting:
    """Ranges that count the bytes read."""

    def __init__(self, ranges: Ranges) -> None:
        self.read_bytes = 0
        self._ranges = ranges
        self.size = ranges.size

    def read(self, offset: int, length: int) -> bytes:
        self.read_bytes += length
        return self._ranges.read(offset, length)


@pytest.mark.parametrize("content", [zipped(FILES), tarred(FILES)], ids=["zip", "tar"])
def test_reading_looks_at_each_byte_a_fixed_number_of_times(content: bytes) -> None:
    big = zipped({name: body * 3000 for name, body in FILES.items()}) if content.startswith(b"PK") else None
    ranges = Counting(StreamRanges(io.BytesIO(big or content)))
    for _, chunks in read_ranges(ranges, "x"):
        for _ in chunks:
            pass
    assert ranges.read_bytes <= 2.2 * ranges.size + 4096


def test_listing_many_entries_costs_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"handlingar/{number // 100}/{number}.txt", b"")
    tracemalloc.start()
    listed = list_members(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not isinstance(listed, Refused)
    assert len(listed) == 20_000
    assert peak / len(listed) < 800
