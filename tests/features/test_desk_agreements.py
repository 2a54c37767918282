"""Agreements at the desk: each with its versions, two compared, the next one made by whoever saw the newest."""

import re
from collections.abc import Iterator
from html import unescape

import httpx
import pytest

from audit.desk.agreement_forms import FIELDS, meant, written
from ingest.domain.agreements import AccessDefault, DisposalDefault, SubmissionAgreement
from ingest.domain.findings import Severity, Text
from ingest.domain.people import PersonRole
from ingest.domain.submissions import Dialect
from tests.features.desk_house import House, house, is_whole_page, somebody
from tests.features.test_agreements import NAME, agree

WHY = "Nämnden har bytt diariesystem."
FULL = SubmissionAgreement(
    id=NAME,
    version=1,
    title="Klagomål",
    producers=("ORG:1", "ORG:2"),
    dialects=(Dialect.CASE_PUSH,),
    max_bytes=10**9,
    severities=(("EARKIV-SA-5", Severity.WARNING),),
    hold=("EARKIV-FMT-1",),
    normalise=False,
    name_marks=" ._-",
    closed_until="2025-12-31",
    access_default=AccessDefault.HIDDEN,
    disposal_default=DisposalDefault(disposable=True, period="10 år", mandate="§ 9"),
    reason=WHY,
)


@pytest.mark.parametrize("terms", [FULL, SubmissionAgreement(id=NAME, version=1, reason=WHY)])
def test_what_the_form_says_is_what_the_agreement_says(terms: SubmissionAgreement) -> None:
    assert meant(written(terms), NAME, WHY, terms) == terms


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("max_bytes", "många"),
        ("dialects", "fgs-9"),
        ("severities", "EARKIV-SA-5"),
        ("disposal", "maybe"),
        ("normalise", "perhaps"),
        ("closed_until", "igår"),
        ("period", "10 år"),
    ],
)
def test_a_term_that_cannot_be_used_is_named(name: str, said: str) -> None:
    form = written(SubmissionAgreement(id=NAME, version=1)) | {name: said}
    faults = meant(form, NAME, WHY, FULL)
    label = next(one.label for one in FIELDS if one.name == (name if name != "period" else "disposal"))
    assert faults == (label,)
    assert all(isinstance(one, Text) for one in faults)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home = tmp_path_factory.mktemp("agreements") / "home"
    agree(home, {"title": "Klagomål"})
    with house(home) as served:
        yield served


@pytest.fixture
def browser(made: House) -> httpx.Client:
    return made.browser(somebody(PersonRole.ARCHIVIST))


def filled_in(page: str) -> dict[str, str]:
    """Give what stands in a form."""
    inputs = dict(re.findall(r'<input[^>]* name="([^"]+)" value="([^"]*)"', page))
    areas = dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', page))
    selects = re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', page, re.DOTALL)
    chosen = {name: found[1] for name, body in selects if (found := re.search(r'value="([^"]*)" selected', body))}
    return {name: unescape(value) for name, value in {**inputs, **areas, **chosen}.items()}


def save(browser: httpx.Client, page: httpx.Response, **said: str) -> httpx.Response:
    path = page.url.path.removeprefix("/desk")
    return browser.post(path, data={**filled_in(page.text), "reason": WHY, **said})


def test_a_new_version_is_made_told_and_compared(browser: httpx.Client) -> None:
    form = browser.get(f"/agreements/{NAME}/edit?lang=sv")
    assert is_whole_page(form, "sv")
    assert save(browser, form, title="Klagomål och beröm", hold="EARKIV-FMT-1\n").status_code == httpx.codes.SEE_OTHER
    page = browser.get(f"/agreements/{NAME}")
    assert is_whole_page(page, "sv")
    for said in ("Klagomål och beröm", "EARKIV-FMT-1", WHY, "Karin Arkivsson"):
        assert said in page.text
    changes = browser.get(f"/agreements/{NAME}/changes")
    assert is_whole_page(changes, "sv")
    assert changes.text.count("<tr>") == 3  # the heading and two terms
    assert "versionerna säger samma sak" in browser.get(f"/agreements/{NAME}/changes?from=1&to=1").text.lower()
    assert "Klagomål och beröm" not in browser.get(f"/agreements/{NAME}?version=1").text
    assert browser.get(f"/agreements/{NAME}?version=99").status_code == httpx.codes.NOT_FOUND


def test_nobody_overwrites_a_version_that_they_have_not_seen(browser: httpx.Client) -> None:
    old = browser.get(f"/agreements/{NAME}/edit")
    assert save(browser, old, contact="arkivet@example.se").status_code == httpx.codes.SEE_OTHER
    late = save(browser, old, contact="nagon@example.se")
    assert (late.status_code, "Någon annan har gjort en ny version" in late.text) == (httpx.codes.CONFLICT, True)
    assert "nagon@example.se" in late.text
    assert "nagon@example.se" not in browser.get(f"/agreements/{NAME}").text


def test_what_cannot_be_used_is_said_and_saved_nowhere(browser: httpx.Client) -> None:
    form = browser.get(f"/agreements/{NAME}/edit")
    for said in ({"max_files": "få"}, {"hold": "INGEN-REGEL"}, {"reason": ""}):
        answer = save(browser, form, **said)
        assert (answer.status_code, "Det går inte att använda" in answer.text) == (httpx.codes.CONFLICT, True)
    assert filled_in(browser.get(f"/agreements/{NAME}/edit").text)["seen"] == filled_in(form.text)["seen"]


def test_an_agreement_is_made_once(browser: httpx.Client) -> None:
    blank = browser.get("/new-agreement")
    assert is_whole_page(blank, "sv")
    assert save(browser, blank, id="Stor bokstav").status_code == httpx.codes.CONFLICT
    assert save(browser, blank, id="skola-2026", title="Skola").status_code == httpx.codes.SEE_OTHER
    assert "skola-2026" in browser.get("/agreements").text
    assert "redan en överenskommelse" in save(browser, blank, id="skola-2026", title="Annat").text


def test_the_programs_own_agreement_is_nobodys_to_change(browser: httpx.Client) -> None:
    assert "programmets egen" in save(browser, browser.get("/agreements/default/edit"), title="Min").text


def test_who_may_only_read_is_shown_no_form(made: House) -> None:
    reader = made.browser(somebody(PersonRole.ADMINISTRATOR))
    for path in ("/agreements", f"/agreements/{NAME}"):
        assert "/edit" not in reader.get(path).text
    assert reader.get(f"/agreements/{NAME}/edit").status_code == httpx.codes.FORBIDDEN
