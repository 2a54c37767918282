"""Figures, times and delivered names as people read them."""

import pytest

from earkiv.cli.wording import count_text, digest_text, size_text, time_text, visible
from ingest.config import Language


@pytest.mark.parametrize(
    ("size", "swedish"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1,0 kB"),
        (12_345, "12 kB"),
        (999_999, "1,0 MB"),
        (2 * 1024**3, "2,1 GB"),
        (10**18, "1000 PB"),
    ],
)
def test_sizes_have_three_digits_at_most(size: int, swedish: str) -> None:
    assert size_text(size, Language.SWEDISH) == swedish
    assert size_text(size, Language.ENGLISH) == swedish.replace(",", ".")


def test_thousands_are_set_apart() -> None:
    assert count_text(1234567, Language.ENGLISH) == "1,234,567"
    assert count_text(1234567, Language.SWEDISH) == "1\u00a0234\u00a0567"


def test_times_are_told_with_their_zone() -> None:
    assert time_text("2026-11-23T20:49:32+00:00") == "2026-11-23 20:49:32 UTC"
    assert time_text(None) == ""


def test_a_digest_is_told_by_its_beginning() -> None:
    assert digest_text("85ece9e2c128aaaa") == "85ece9e2c128…"
    assert digest_text("short") == "short"


@pytest.mark.parametrize(
    ("delivered", "shown"),
    [
        ("Ansökan 1.pdf", "Ansökan 1.pdf"),
        ("\x1b[31mröd", "\\x1b[31mröd"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("omvänd\u202egnp.exe", "omvänd\\u202egnp.exe"),
        ("half\udcff", "half\\udcff"),
    ],
)
def test_a_delivered_name_cannot_steer_the_terminal(delivered: str, shown: str) -> None:
    assert visible(delivered) == shown
