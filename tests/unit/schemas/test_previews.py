"""Which documents a browser may show."""

import pytest

from schemas.previews import TEXT_SHOWN, Preview, preview_of, preview_type, text_of


@pytest.mark.parametrize(
    "media_type",
    ["text/html", "image/svg+xml", "application/xml", "text/xml", "application/xhtml+xml", "text/css", "image/tiff"],
)
def test_nothing_that_a_browser_would_run_or_not_know_is_shown(media_type: str) -> None:
    assert preview_of(media_type, 1) is Preview.NONE


def test_what_a_browser_shows_without_doing_anything_is_shown() -> None:
    assert preview_of("application/pdf", 1) is Preview.PDF
    assert preview_of("image/png", 1) is Preview.IMAGE
    assert (preview_of("text/csv", 2_000_000), preview_type("text/csv")) == (Preview.TEXT, "text/plain; charset=utf-8")
    assert preview_of("text/plain", 2_000_001) is Preview.NONE


def test_no_more_of_a_text_is_read_than_stands_on_its_page() -> None:
    pieces = iter([b"a" * 2 * TEXT_SHOWN, b"never read"])
    assert text_of(pieces) == ("a" * TEXT_SHOWN, True)
    assert next(pieces) == b"never read"
