"""A delivery that waits for a person at the archive, as its producer sees it."""

from pathlib import Path

from tests.features.api_client import case_push, document, served
from tests.features.test_agreements import NAME, agree


def test_one_that_is_held_has_an_unsigned_note_in_place_of_its_receipt(tmp_path: Path) -> None:
    agree(tmp_path / "home", {"hold": ["EARKIV-SA-5"]})
    with served(tmp_path / "home") as client:
        pushed = {**case_push("h-1", document(b"Hej!")), "agreement": NAME}
        location = client.post(json=pushed).headers["location"]
        note = client.receipt(location)
        assert (note["outcome"], note["delivery"]) == ("held", "h-1")
        assert note["receipt"] is note["signature"] is note["package"] is None
        status = client.http.get(location).json()
        assert (status["status"], status["queue"]) == ("held", None)
        page = client.http.get(f"{location}/receipt", headers={"Accept": "text/html", "Accept-Language": "sv"})
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert 'lang="sv"' in page.text
