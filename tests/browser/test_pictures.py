"""The README's pictures show the doors as they are: made of the demonstration's archive by `make pictures`.

How letters are drawn differs between machines, so pixels are not compared. What could be read in a picture when it was
made must stand on the page today, in that language and under that heading; who changes it makes the picture anew.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.architecture.source_tree import REPOSITORY
from tests.browser.pictured import HEIGHT, WIDTH, Pictured, digest, keep, kept, small
from tests.features.api_client import KEY
from tests.features.front_door import Door
from tests.features.serving import free_port, serving
from tests.features.test_demonstration import Shown, demonstrate

pytestmark = [pytest.mark.ci, pytest.mark.timeout(900)]

READABLE = "h1, h2, h3, h4, th, dt, legend, label, button, header a, nav a, summary, .kind"
ROOM = {
    "EARKIV_PUBLIC_NAME": "Exempelstads läsesal",
    "EARKIV_PUBLIC_CONTACT": "arkivet@example.se",
    "EARKIV_PUBLIC_PHONE": "08-123 45 67",
    "EARKIV_PUBLIC_VISIT": "Arkivgatan 1, vardagar 9–16",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """The demonstration's archive as `earkiv serve` opens it; `desk` is the one-time link that it printed."""

    api: str
    desk: str
    room: str
    shown: Shown

    def held(self, title: str) -> dict[str, str]:
        """Give what `show` says of the package with that title."""
        (found,) = (one for one in self.shown.door.run("list", "--json").document if one["title"].startswith(title))
        told: dict[str, str] = self.shown.door.run("show", found["package"], "--json").document
        return told


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    home, public = tmp_path_factory.mktemp("pictures") / "home", free_port()
    shown = Shown(door=Door(home=home), printed=demonstrate(Door(home=home), REPOSITORY).stdout)
    with serving(home, 0, public, LOGNAME="Karin Arkivsson", **ROOM) as server:
        assert server.process.stdout is not None
        link = re.search(r"http\S+", server.process.stdout.readline())
        assert link
        yield Doors(api=str(server.http.base_url), desk=link[0], room=f"http://127.0.0.1:{public}", shown=shown)


def desk(doors: Doors, page: Page) -> None:
    """The review of who may see what of the building permit, with what was found in it."""
    page.goto(doors.desk)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/desk/overview")
    page.goto(f"{doors.api}/desk/packages/{doors.held('Byggnadsnämnden')['package']}/access")


def reading_room(doors: Doors, page: Page) -> None:
    """The public case as anybody reads it."""
    page.goto(f"{doors.room}{doors.shown.address('OFFENTLIG')}")


def receipt(doors: Doors, page: Page) -> None:
    """What the API answers a browser that asks for a delivery's receipt."""
    page.set_extra_http_headers({"Authorization": f"Bearer {KEY}"})
    page.goto(f"{doors.api}/v1/deliveries/{doors.held('Byggnadsnämnden')['deliveryId']}/receipt")


VIEWS: dict[str, Callable[[Doors, Page], None]] = {
    "desk.png": desk,
    "reading-room.png": reading_room,
    "receipt.png": receipt,
}
LOCALES = {"desk.png": "en-GB", "reading-room.png": "sv-SE", "receipt.png": "en-GB"}


def test_the_pictures_in_the_readme_show_the_pages_of_today(doors: Doors, chromium: Browser, pictures: Path) -> None:
    makes = bool(os.environ.get("EARKIV_NEW_PICTURES"))
    made, lost = [], {}
    for name, view in VIEWS.items():
        with chromium.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale=LOCALES[name]) as context:
            page = context.new_page()
            view(doors, page)
            (pictures / name).write_bytes(small(page.screenshot()))
            if makes:
                made.append(new(name, page))
            else:
                lost[name] = gone(kept()[name], page)
    if makes:
        keep(made)
    assert set(kept()) == set(VIEWS)
    assert not any(lost.values()), f"no longer on the page: {lost}; make new pictures with `make pictures`"


def new(name: str, page: Page) -> Pictured:
    """Make a picture, and say what can be read in it."""
    picture = Pictured(name=name, sha256="", language=language(page), heading=heading(page), texts=readable(page))
    picture.path.write_bytes(small(page.screenshot()))
    return replace(picture, sha256=digest(picture.path))


def gone(picture: Pictured, page: Page) -> list[str]:
    """Give what the picture shows and the page no longer has."""
    today = {words(one) for one in page.locator(READABLE).all()} | {heading(page), language(page)}
    return [one for one in (picture.language, picture.heading, *picture.texts) if one not in today]


def readable(page: Page) -> tuple[str, ...]:
    """Give the texts that lie wholly within the window, each once, from the top."""
    seen = [words(one) for one in page.locator(READABLE).all() if is_inside(one)]
    return tuple(dict.fromkeys(text for text in seen if text))


def is_inside(one: Locator) -> bool:
    box = one.bounding_box()
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= HEIGHT


def words(one: Locator) -> str:
    return " ".join(one.inner_text().split())


def heading(page: Page) -> str:
    return words(page.locator("h1"))


def language(page: Page) -> str:
    return page.locator("html").get_attribute("lang") or ""
