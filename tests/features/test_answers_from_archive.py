"""Files of packages go out with answers as they were chosen, by those who may, and the record says so before."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape

import httpx
import pytest

from audit.desk import request_texts as texts
from ingest.adapters.home import open_home
from ingest.application.answer_from_archive import ChosenFile, NotRead, ReadFile, offer_files, read_chosen
from ingest.application.answer_requests import answer_file
from ingest.application.desk_record import DeskRecord, uses_on
from ingest.domain.desk_use import DeskUse, Trace
from ingest.domain.information_requests import Refused, StepLack, files_of
from ingest.domain.people import NotPermitted, PersonRole
from ingest.errors import DamageFound, StoreUnavailable, UnknownSubject
from schemas.public_requests import MOST_FILES
from tests.fakes.public_book import PublicBook
from tests.features.api_client import case_push, document
from tests.features.desk_house import House, house, is_whole_page, proof_in, somebody

CONTENT = b"Hej!"
DIGEST = hashlib.sha256(CONTENT).hexdigest()
KARIN = somebody(PersonRole.ARCHIVIST)
ANSWERING = {PersonRole.ARCHIVIST, PersonRole.RELEASER}
Noted = list[Sequence[ChosenFile]]


@dataclass(frozen=True, kw_only=True)
class Scene:
    house: House
    package: str

    @property
    def file(self) -> ChosenFile:
        """The one file that can be chosen."""
        (offered,) = offer_files(self.package, "", KARIN, self.house.archive.ports).files
        assert offered.size == len(CONTENT)
        return offered.file

    def ask(self, name: str) -> str:
        """Write a request as the reading room does, and give its path at the desk."""
        with self.house.desk.requests():
            pass  # Made, so that it can be written in.
        request = PublicBook(path=open_home(self.house.home).requests).ask(hashlib.sha256(name.encode()).hexdigest())
        return f"/requests/{request}"

    def post(self, browser: httpx.Client, path: str, seen: int, **fields: str) -> httpx.Response:
        here = browser.get(path.rpartition("/")[0])
        return browser.post(path, data={"proof": proof_in(here), "seen": str(seen), **fields})


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with house(tmp_path_factory.mktemp("archive") / "home") as made:
        answer = made.producer.post(json=case_push("d-1", document(CONTENT)))
        yield Scene(house=made, package=made.producer.receipt(answer.headers["location"])["package"])


def ticked(page: httpx.Response, name: str) -> list[str]:
    return [unescape(told) for told in re.findall(rf'type="checkbox" name="{name}" value="([^"]+)"', page.text)]


def test_a_file_is_found_chosen_sent_and_recorded(scene: Scene) -> None:
    here, karin = scene.ask("sent"), scene.house.browser(KARIN)
    scene.post(karin, f"{here}/claim", 0)
    packages = karin.get(f"{here}/choose?lang=sv")
    assert is_whole_page(packages, "sv")
    assert f'href="/desk{here}/choose/{scene.package}?' in packages.text
    files = karin.get(f"{here}/choose/{scene.package}?lang=en")
    assert is_whole_page(files, "en")
    (told,) = ticked(files, "chosen")
    back = karin.get(here, params={"chosen": told, "lang": "sv"})
    assert is_whole_page(back, "sv")
    assert ticked(back, "chosen-1") == [told]
    fields = {"text": "Här är den.", "chosen-1": told}
    assert scene.post(karin, f"{here}/answer", 1, **fields).status_code == httpx.codes.SEE_OTHER
    with scene.house.desk.requests() as ledger:
        request = ledger.request(here.rpartition("/")[2])
        (file,) = files_of(request.steps[-1].doing)
        assert (file.sha256, ledger.content(request.id, file)) == (DIGEST, CONTENT)
    assert f"<code>{DIGEST}</code>" in karin.get(here).text
    ports = scene.house.archive.ports
    (read,) = (
        one
        for one in uses_on(ports.clock.now().date(), somebody(PersonRole.AUDITOR), ports)
        if one.room == "POST /requests/{request}/answer" and one.trace is Trace.READ
    )
    assert dict(read.of) == {
        "request": request.id,
        "package": scene.package,
        "path": scene.file.path,
        "sha256": DIGEST,
    }


def test_what_is_unticked_or_found_by_no_word_is_left_out(scene: Scene) -> None:
    here, karin = scene.ask("left out"), scene.house.browser(KARIN)
    scene.post(karin, f"{here}/claim", 0)
    assert ticked(karin.get(f"{here}/choose/{scene.package}?word=saknas"), "chosen") == []
    assert scene.post(karin, f"{here}/answer", 1, text="Bara ord.").status_code == httpx.codes.SEE_OTHER
    with scene.house.desk.requests() as ledger:
        assert files_of(ledger.request(here.rpartition("/")[2]).steps[-1].doing) == ()


def test_what_lies_in_the_archive_is_no_masked_copy(scene: Scene) -> None:
    here, rut = scene.ask("refused"), scene.house.browser(somebody(PersonRole.RELEASER, name="Rut Ek"))
    scene.post(rut, f"{here}/claim", 0)
    told = f"{scene.package}:{DIGEST}:{scene.file.path}"
    words = {"text": "Nej.", "ground": "OSL 21 kap. 1 §", "appeal": "Kammarrätten."}
    assert ticked(rut.get(here, params={"chosen": told}), "chosen-1") == [told]
    answer = scene.post(rut, f"{here}/refusal", 1, **words, **{"chosen-1": told})
    assert answer.status_code == httpx.codes.SEE_OTHER
    with scene.house.desk.requests() as ledger:
        assert isinstance(ledger.request(here.rpartition("/")[2]).steps[-1].doing, Refused)


def test_what_cannot_be_recorded_is_not_sent(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    here, karin = scene.ask("unrecorded"), scene.house.browser(KARIN)
    scene.post(karin, f"{here}/claim", 0)
    proof = proof_in(karin.get(here))

    def fail(_: object, *__: DeskUse) -> None:
        raise StoreUnavailable("Lagret svarar inte.", "The store does not answer.")

    monkeypatch.setattr(DeskRecord, "note", fail)
    told = f"{scene.package}:{DIGEST}:{scene.file.path}"
    sent = {"proof": proof, "seen": "1", "text": "Här.", "chosen-1": told}
    assert karin.post(f"{here}/answer", data=sent).status_code == httpx.codes.SERVICE_UNAVAILABLE
    with scene.house.desk.requests() as ledger:
        assert len(ledger.request(here.rpartition("/")[2]).steps) == 1


def test_what_is_no_longer_as_it_was_chosen_is_told_and_nothing_is_sent(scene: Scene) -> None:
    here, karin = scene.ask("changed"), scene.house.browser(KARIN)
    scene.post(karin, f"{here}/claim", 0)
    told = f"{scene.package}:{'0' * 64}:{scene.file.path}"
    answer = scene.post(karin, f"{here}/answer", 1, text="Här.", **{"chosen-1": told})
    assert answer.status_code == httpx.codes.CONFLICT
    assert texts.LACKS[StepLack.CHANGED].sv in answer.text
    assert ">Här.</textarea>" in answer.text


def test_what_is_read_is_what_was_chosen_and_noted_before(scene: Scene) -> None:
    noted: Noted = []
    read = read_chosen([scene.file], noted.append, KARIN, scene.house.archive.ports)
    described = answer_file(scene.file.name, "application/octet-stream", CONTENT)
    assert (read, noted) == ((ReadFile(file=described, content=CONTENT),), [[scene.file]])


def test_other_files_and_more_than_an_answer_holds_are_not_read(scene: Scene) -> None:
    noted: Noted = []
    ports, file = scene.house.archive.ports, scene.file
    for other in (replace(file, sha256="0" * 64), replace(file, path="METS.xml"), replace(file, path="../keys")):
        assert read_chosen([other], noted.append, KARIN, ports) == NotRead(lack=StepLack.CHANGED)
    assert read_chosen([file] * (MOST_FILES + 1), noted.append, KARIN, ports) == NotRead(lack=StepLack.SIZE)
    with pytest.raises(UnknownSubject):
        read_chosen([replace(file, package="0" * 36)], noted.append, KARIN, ports)
    assert noted == []


@pytest.mark.parametrize("role", PersonRole)
def test_those_who_answer_requests_choose_and_nobody_else(scene: Scene, role: PersonRole) -> None:
    person, ports, noted = somebody(role), scene.house.archive.ports, list[Sequence[ChosenFile]]()
    if role in ANSWERING:
        assert offer_files(scene.package, "", person, ports).count == 1
        assert read_chosen([scene.file], noted.append, person, ports)
        return
    with pytest.raises(NotPermitted):
        offer_files(scene.package, "", person, ports)
    with pytest.raises(NotPermitted):
        read_chosen([scene.file], noted.append, person, ports)
    assert noted == []


def test_a_file_that_is_damaged_is_not_sent(scene: Scene) -> None:
    ports, file = scene.house.archive.ports, scene.file
    (stored,) = (path for path in (scene.house.home / "archive").rglob("*") if path.name == file.name)
    mode = stored.stat().st_mode
    stored.chmod(0o600)
    stored.write_bytes(b"Nej!")
    try:
        with pytest.raises(DamageFound):
            read_chosen([file], lambda _: None, KARIN, ports)
    finally:
        stored.write_bytes(CONTENT)
        stored.chmod(mode)
