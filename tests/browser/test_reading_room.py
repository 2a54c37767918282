"""The reading room in a real browser: everybody can use every kind of page, in both languages, narrow and wide."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.fakes.public_pages import pages
from tests.fakes.public_room import APPLICATION, CASE, DECISION, NEVER, WITHDRAWN, SmallRoom

pytestmark = [pytest.mark.ci, pytest.mark.timeout(900)]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "EN-301-549"]


def every_page(small: SmallRoom) -> list[str]:
    """Every kind of page, and those for what cannot be shown."""
    told = [each for addresses in pages(small).values() for each in addresses]
    of_text = f"/records/{DECISION}/documents/{small.records[DECISION]['documents'][0]['sha256']}"
    return [*told, of_text, "/nothing/here", f"/records/{NEVER}", f"/records/{WITHDRAWN}"]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    told: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return told


@pytest.mark.parametrize(
    ("scheme", "width", "root"),
    [
        ("light", 320, ""),
        ("light", 320, "/en"),
        ("light", 1280, ""),
        ("light", 1280, "/en"),
        ("dark", 320, "/en"),
        ("dark", 1280, ""),
    ],
)
def test_axe_finds_nothing_on_any_page(
    small: SmallRoom, address: str, chromium: Browser, pictures: Path, scheme: str, width: int, root: str
) -> None:
    """0 findings of axe-core (WCAG 2.2 AA, EN 301 549, best practice), and no page is wider than its window."""
    told: dict[str, object] = {}
    viewport = {"width": width, "height": 900}
    # axe itself is a script, which the room's own policy would not run.
    with chromium.new_context(viewport=viewport, color_scheme=scheme, bypass_csp=True) as context:  # type: ignore[arg-type] # typed dicts
        page = context.new_page()
        for number, path in enumerate(every_page(small)):
            page.goto(f"{address}{root}{path}")
            page.screenshot(path=pictures / f"{number:02}-{scheme}-{width}{root.replace('/', '-')}.png", full_page=True)
            found = Axe().run(page, context={"exclude": ["iframe"]}, options={"runOnly": TAGS})
            if found.violations_count or overflow(page) > 0:
                told[path] = (overflow(page), found.generate_report())
    assert told == {}


def test_at_twice_the_size_nothing_is_lost(small: SmallRoom, address: str, chromium: Browser) -> None:
    """200 % zoom of a window 1280 wide, and text alone at twice its size."""
    with chromium.new_context(viewport={"width": 640, "height": 450}, bypass_csp=True) as context:
        page = context.new_page()
        for path in every_page(small):
            page.goto(f"{address}{path}")
            assert overflow(page) <= 0, path
            page.add_style_tag(content="html { font-size: 212.5% }")
            assert overflow(page) <= 0, path


def test_a_keyboard_is_enough(address: str, chromium: Browser) -> None:
    """From the first key: past the menu, search, choose a hit, open a document; the place is always seen."""
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Hoppa till innehållet"
        assert page.locator(":focus").bounding_box()["y"] >= 0  # type: ignore[index] # it is shown, so it has a box
        page.keyboard.press("Enter")
        tab_to(page, "input")
        page.keyboard.type("ansökan med ritningar")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=*")
        tab_to(page, f"a[href='/records/{APPLICATION}']")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/records/{APPLICATION}")
        tab_to(page, "a.file")
        page.keyboard.press("Enter")
        page.wait_for_url("**/documents/*")
        assert page.locator("h1").inner_text() == "Ansökan.pdf"


def test_no_script_is_needed(small: SmallRoom, address: str, chromium: Browser) -> None:
    """Reading, searching, narrowing, fetching and changing language with scripts turned off."""
    with chromium.new_context(java_script_enabled=False, accept_downloads=True) as context:
        page = context.new_page()
        page.goto(address)
        page.get_by_label("Sök bland ärenden och handlingar").fill("bygglov")
        page.get_by_role("button", name="Sök").click()
        assert page.get_by_role("status").inner_text() == "3 träffar"
        page.get_by_role("link", name="PDF", exact=True).click()
        assert page.get_by_role("status").inner_text() == "1 träff"
        page.get_by_role("link", name="In English").click()
        assert page.get_by_role("status").inner_text() == "1 result"
        page.goto(f"{address}/cases/{CASE}")
        with page.expect_download() as told:
            page.get_by_role("link", name="Hämta allt som ZIP").click()
        assert told.value.suggested_filename == f"{small.records[CASE]['title']}.zip"


@pytest.mark.parametrize("width", [320, 1280])
def test_a_request_is_sent_by_keyboard_without_scripts_and_what_is_missing_is_said(
    address: str, chromium: Browser, pictures: Path, width: int
) -> None:
    """From an empty form to what there is to mend, and on to the page that the answer comes to."""
    with chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/requests")
        page.get_by_role("button", name="Skicka begäran").focus()
        page.keyboard.press("Enter")
        page.get_by_role("alert").get_by_role("link").focus()
        page.screenshot(path=pictures / f"request-mend-{width}.png", full_page=True)
        page.keyboard.press("Enter")
        page.get_by_label("Vad vill du ta del av?").fill("Kartan över bryggan")
        page.get_by_role("button", name="Skicka begäran").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/requests/[0-9a-f]{64}$"))
        assert page.locator("h1").inner_text() == "Din begäran"
        assert "Kartan över bryggan" in page.locator("main").inner_text()


def test_axe_finds_nothing_where_something_is_to_be_mended(address: str, chromium: Browser) -> None:
    with chromium.new_context(viewport={"width": 320, "height": 900}, bypass_csp=True) as context:
        page = context.new_page()
        for root in ("", "/en"):
            page.goto(f"{address}{root}/requests")
            page.locator("form.search button").click()
            page.get_by_role("alert").wait_for()
            found = Axe().run(page, options={"runOnly": TAGS})
            assert (found.violations_count, overflow(page)) == (0, 0), found.generate_report()


def test_pages_ask_for_nothing_elsewhere_and_break_no_rule(small: SmallRoom, address: str, chromium: Browser) -> None:
    """No request leaves the room, and the browser reports nothing against the room's policy."""
    with chromium.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        for path in (each for each in every_page(small) if "/documents/" not in each):
            page.goto(f"{address}{path}")
        assert {each for each in asked if not each.startswith((address, "data:"))} == set()
        assert [each for each in said if "Content Security Policy" in each] == []


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the place is there; wherever it stops on the way, it is outlined."""
    for _ in range(60):
        page.keyboard.press("Tab")
        seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert seen == "solid", page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("(told) => document.activeElement.matches(told)", selector):
            return
    pytest.fail(f"{selector} cannot be reached by Tab")
