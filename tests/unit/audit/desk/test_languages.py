"""Which language a page of the desk is in: what was chosen, else what the browser prefers, else Swedish."""

import pytest
from starlette.requests import Request

from audit.desk.visits import LANGUAGE_COOKIE, language_of


def asked(query: str = "", cookie: str = "", accepts: str = "") -> Request:
    headers = [(b"accept-language", accepts.encode())] if accepts else []
    if cookie:
        headers.append((b"cookie", f"{LANGUAGE_COOKIE}={cookie}".encode()))
    return Request({"type": "http", "path": "/", "query_string": query.encode(), "headers": headers})


@pytest.mark.parametrize(
    ("query", "cookie", "accepts", "language"),
    [
        ("", "", "", "sv"),
        ("", "", "en-GB,en;q=0.9", "en"),
        ("", "", "sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        ("", "", "de", "sv"),
        ("", "", "*", "sv"),
        ("", "", "en;q=nothing", "sv"),
        ("", "sv", "en", "sv"),
        ("lang=en", "sv", "sv", "en"),
        ("lang=de", "", "en", "en"),
    ],
)
def test_a_language_is_chosen_or_preferred(query: str, cookie: str, accepts: str, language: str) -> None:
    assert language_of(asked(query, cookie, accepts)) == language
