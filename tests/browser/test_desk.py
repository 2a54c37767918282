"""The archivist's desk in a real browser: everybody can use every kind of page, in both languages, narrow and wide."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext

from audit.desk.access_forms import key_text
from audit.desk.choosing import query_of
from audit.desk.desk import MOUNTED_AT, ByLink, print_link
from audit.desk.links import OneTimeLinks
from audit.desk.visits import SESSION_COOKIE
from ingest.adapters.home import open_home
from ingest.application.answer_from_archive import offer_files
from ingest.application.answer_requests import WantedStep, take_step
from ingest.application.pre_approvals import confirm_approval, withdraw_approval
from ingest.domain.information_requests import Claimed
from ingest.domain.people import PersonRole
from tests.fakes.public_book import PublicBook, ask_in_every_state
from tests.features.api_client import case_push, document
from tests.features.desk_house import House, house, somebody
from tests.features.test_agreements import NAME, agree
from tests.features.test_pre_approvals import proposed

pytestmark = [pytest.mark.ci, pytest.mark.timeout(900)]

RECORD = ("EXN 2021/17", "EXN 2021/17:1")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "EN-301-549"]
BELOW_A_PACKAGE = (
    "",
    f"/view/representations/original/data/documents/{quote('ansökan.txt')}",
    "/mets",
    "/mets?document=representations/original/METS.xml",
    "/mets/source",
    "/premis",
    "/premis/source",
    "/erms",
    "/erms?document=submission/case.json",
    "/erms/source?document=submission/case.json",
    "/access",
    f"/access/numbers?unit={quote(key_text(RECORD))}",
)


@dataclass(frozen=True, kw_only=True)
class Scene:
    house: House
    pages: tuple[str, ...]
    link: str


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    shown: list[str] = []
    way = ByLink(person=somebody(*PersonRole), show=shown.append, links=OneTimeLinks(lambda: "s" * 64))
    home = tmp_path_factory.mktemp("archive") / "home"
    agree(home, {"hold": ["EARKIV-SA-5"]})
    with house(home, way) as made:
        accepted, refused = case_push("d-1", document(b"Om 640823-3234.")), case_push("d-2", document(b"Hej!"))
        accepted["case"]["records"][0]["restrictions"] = [
            {"type": "confidential", "regulation": "OSL 21 kap. 3 §", "ends": "2024-01-31"}
        ]
        refused["case"]["status"] = "open"
        held = case_push("d-3", document(b"Hej!")) | {"agreement": NAME}
        told = [made.producer.post(json=push) for push in (accepted, refused, held)]
        package = made.producer.receipt(told[0].headers["location"])["package"]
        for answer in told[1:]:
            made.producer.receipt(answer.headers["location"])
        deliveries = tuple(f"/deliveries/{answer.json()['id']}" for answer in told)
        requests = tuple(f"/requests/{one}" for one in asked(made).values())
        claimed, choice = f"/requests/{claimed_by_all(made)}", choice_of(package, made)
        approvals = approved(made)
        made.index()
        print_link(way, made.desk.now())
        yield Scene(
            house=made,
            pages=(
                "/overview",
                "/overview/formats",
                "/deliveries",
                "/deliveries/held",
                "/packages",
                "/packages?q=saknas",
                "/agreements",
                "/agreements/default",
                "/agreements/default/changes",
                "/new-agreement",
                "/record",
                "/nowhere",
                "/sign-in",
                *deliveries,
                "/requests",
                *requests,
                f"{requests[1]}/choose",
                f"{requests[1]}/choose?q=saknas",
                f"{requests[1]}/choose/{package}",
                f"{requests[1]}/choose/{package}?word=saknas",
                f"{claimed}?{choice}",
                "/time-proposals",
                "/pre-approvals",
                *(f"/pre-approvals/{one}" for one in approvals),
                *(f"/packages/{package}{one}" for one in BELOW_A_PACKAGE),
            ),
            link=f"{made.address}{shown[-1]}",
        )


def asked(made: House) -> dict[str, str]:
    """Write requests as the reading room does, one in every state, and give their ids."""
    with made.desk.requests():
        pass  # Made, so that it can be written in.
    return ask_in_every_state(PublicBook(path=open_home(made.home).requests), None)


def claimed_by_all(made: House) -> str:
    """Let whoever looks at the pages take the new request on, and give its id: its page then has every form."""
    person = somebody(*PersonRole)
    with made.desk.requests() as ledger:
        request = next(one for one in ledger.requests() if not one.steps)
        take_step(WantedStep(request=request.id, seen=0, doing=Claimed()), person, ledger, made.desk.now)
    return request.id


def choice_of(package: str, made: House) -> str:
    """Give the part of an address that carries the first file of a package as chosen."""
    offer = offer_files(package, "", somebody(*PersonRole), made.archive.ports)
    return query_of([offer.files[0].file])


def approved(made: House) -> tuple[str, ...]:
    """Approve classes beforehand as far as each stage, and give their ids."""
    ports = made.archive.ports
    waiting, confirmed, withdrawn = (proposed(ports).id for _ in range(3))
    own = proposed(ports, by=somebody(*PersonRole)).id
    for one in (confirmed, withdrawn):
        confirm_approval(one, "Ja.", somebody(*PersonRole), ports)
    withdraw_approval(withdrawn, "Fel.", somebody(*PersonRole), ports)
    return waiting, own, confirmed, withdrawn


def signed_in(scene: Scene, context: BrowserContext) -> BrowserContext:
    desk = scene.house.desk
    token = desk.sessions.open(somebody(*PersonRole), desk.now())
    context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": f"{scene.house.address}{MOUNTED_AT}/"}])
    return context


@pytest.mark.parametrize(
    ("scheme", "width", "language"), [("light", 320, "sv"), ("light", 1280, "en"), ("dark", 1280, "sv")]
)
def test_axe_finds_nothing_on_any_page(
    scene: Scene, chromium: Browser, pictures: Path, scheme: str, width: int, language: str
) -> None:
    told: dict[str, object] = {}
    viewport = {"width": width, "height": 900}
    # axe itself is a script, which the desk's own policy would not run.
    with chromium.new_context(viewport=viewport, color_scheme=scheme, bypass_csp=True) as context:  # type: ignore[arg-type] # typed dicts
        page = signed_in(scene, context).new_page()
        for number, path in enumerate(scene.pages):
            page.goto(f"{scene.house.address}{MOUNTED_AT}{path}{'&' if '?' in path else '?'}lang={language}")
            page.screenshot(path=pictures / f"desk-{number:02}-{scheme}-{width}.png", full_page=True)
            found = Axe().run(page, options={"runOnly": TAGS})
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if found.violations_count or wide > 0:
                told[path] = (wide, found.generate_report())
    assert told == {}


def test_the_link_in_the_terminal_leads_to_the_overview_by_keyboard_alone_and_without_scripts(
    scene: Scene, chromium: Browser
) -> None:
    with chromium.new_context(java_script_enabled=False, locale="sv-SE") as context:
        page = context.new_page()
        page.goto(scene.link)
        page.get_by_role("button", name="Gå vidare").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/overview")
        page.get_by_role("link", name="Arkivpaket", exact=True).focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/packages")
        page.get_by_label("Ärendenummer, rubrik eller part").fill("saknas")
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/packages?q=saknas*")
        page.get_by_role("button", name="Logga ut").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/sign-in")
