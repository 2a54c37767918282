"""Whether a client would rather have a receipt as a page than as JSON."""

import pytest

from ingest.api.receipt_pages import prefers_page

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    "accept", [FIREFOX, "text/html", "TEXT/HTML; charset=utf-8", "application/json;q=0.5, text/html"]
)
def test_a_page_where_one_is_preferred(accept: str) -> None:
    assert prefers_page(accept)


@pytest.mark.parametrize(
    "accept",
    ["", "*/*", "application/json", "text/html;q=0", "text/html;q=x", "text/html;q=0.5, application/json", "text/*"],
)
def test_json_for_everybody_else(accept: str) -> None:
    assert not prefers_page(accept)
