"""Documents are looked at on a page of the desk, in a sandbox, and only where a browser can do nothing with them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import httpx
import pytest

from ingest.application import desk_previews
from ingest.application.desk_record import uses_on
from ingest.domain.people import PersonRole
from tests.features.api_client import case_push, document
from tests.features.desk_house import House, house, is_whole_page, somebody

PDF: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n"
    b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n97\n%%EOF\n"
)
PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
TEXT: Final = "Rad ett\r\n<script>alert(1)</script>\t\u202eslut".encode()
HTML: Final = b"<!DOCTYPE html><html><head><title>x</title></head><body><script>alert(1)</script></body></html>"
SVG: Final = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" version="1.1"><script>alert(1)</script></svg>'
)


@dataclass(frozen=True, kw_only=True)
class Scene:
    house: House
    browser: httpx.Client
    package: str

    def see(self, name: str, room: str = "view", language: str = "sv") -> httpx.Response:
        return self.browser.get(f"/packages/{self.package}/{room}/{self.place(name)}", params={"lang": language})

    def place(self, name: str) -> str:
        page = self.browser.get(f"/packages/{self.package}").text
        (found,) = {
            part.partition('"')[0].partition("/view/")[2]
            for part in page.split('href="/desk')
            if "/view/" in part.partition('"')[0] and part.partition('"')[0].endswith(f"/{name}")
        }
        return found


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with house(tmp_path_factory.mktemp("archive") / "home") as made:
        files = {"a.pdf": PDF, "b.png": PNG, "c.txt": TEXT, "d.html": HTML, "e.svg": SVG, "f.pdf": HTML}
        push = case_push("d-1", *(document(content, name) for name, content in files.items()))
        package = made.producer.receipt(made.producer.post(json=push).headers["location"])["package"]
        yield Scene(house=made, browser=made.browser(somebody(PersonRole.ARCHIVIST)), package=package)


@pytest.mark.parametrize(
    ("name", "content", "media_type", "shown_by"),
    [("a.pdf", PDF, "application/pdf", "<iframe"), ("b.png", PNG, "image/png", '<img class="preview"')],
)
def test_a_document_is_shown_in_a_sandbox_of_its_own(
    scene: Scene, name: str, content: bytes, media_type: str, shown_by: str
) -> None:
    for language in ("sv", "en"):
        page = scene.see(name, language=language)
        assert is_whole_page(page, language)
        assert shown_by in page.text
        assert "frame-src 'self'" in page.headers["content-security-policy"]
    preview = scene.see(name, "preview")
    assert preview.content == content
    assert preview.headers["content-type"] == media_type
    assert preview.headers["content-security-policy"] == "sandbox; default-src 'none'; frame-ancestors 'self'"
    assert preview.headers["x-content-type-options"] == "nosniff"
    assert preview.headers["x-frame-options"] == "SAMEORIGIN"
    assert preview.headers["cache-control"] == "no-store"


def test_a_text_is_text_on_the_page_and_nothing_in_it_is_run_or_hidden(scene: Scene) -> None:
    page = scene.see("c.txt")
    assert is_whole_page(page, "sv")
    assert "Rad ett\n&lt;script&gt;" in page.text
    assert "\\u202eslut" in page.text
    assert scene.see("c.txt", "preview").headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("name", ["d.html", "e.svg", "f.pdf"])
def test_what_could_do_something_is_not_shown_whatever_it_is_called(scene: Scene, name: str) -> None:
    page = scene.see(name)
    assert is_whole_page(page, "sv")
    assert "kan inte visas" in page.text
    assert "/preview/" not in page.text
    assert scene.see(name, "preview").status_code == httpx.codes.NOT_FOUND


def test_what_a_scanner_found_something_in_is_not_shown(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    infected = frozenset({hashlib.sha256(PDF).hexdigest()})
    monkeypatch.setattr(desk_previews, "infected_bytes", lambda *_: infected)
    assert "Virussökningen" in scene.see("a.pdf").text
    assert scene.see("a.pdf", "preview").status_code == httpx.codes.NOT_FOUND


def test_who_looked_at_which_document_is_recorded(scene: Scene) -> None:
    reader = scene.house.browser(somebody(PersonRole.AUDITOR, name="Rolf Revisor"))
    place = scene.place("c.txt")
    for room in ("view", "preview"):
        assert reader.get(f"/packages/{scene.package}/{room}/{place}").status_code == httpx.codes.OK
    ports = scene.house.archive.ports
    uses = uses_on(ports.clock.now().date(), somebody(PersonRole.AUDITOR), ports)
    mine = [(one.room, dict(one.of)["path"]) for one in uses if one.by == "Rolf Revisor"]
    assert mine == [
        ("GET /packages/{package}/preview/{path:path}", place),
        ("GET /packages/{package}/view/{path:path}", place),
    ]
