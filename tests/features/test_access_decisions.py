"""Decisions on access in a real archive: in force at once or when durable, and there after a rebuild."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.adapters.sql.catalogue import open_catalogue
from ingest.application.access_standing import Stood, stood
from ingest.application.consult_archive import timeline_of
from ingest.application.decide_access import (
    AccessAnswer,
    ClosedAtOnce,
    InForce,
    InOtherHands,
    OpensNothing,
    UnknownUnits,
    WantedAccess,
    decide_access,
)
from ingest.application.found_numbers import FoundNumbers
from ingest.application.holdings import package_of
from ingest.application.ingest_path import ingest_path
from ingest.application.rebuild_catalogue import rebuild
from ingest.application.told_access import access_document, unmarked
from ingest.bootstrap import Archive, writing
from ingest.domain.access.decisions import Lack, UnitInView, View
from ingest.domain.access.levels import Level
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.deliveries import DeliveryState
from ingest.domain.people import ALL_ROLES, NotPermitted, Person, PersonRole
from ingest.errors import StoreUnavailable
from ingest.pipeline.step import Ports
from tests.fakes.small_archive import Stored, hand_over, opened, pushed_case, settings_of

CASE, ONE, TWO = ("EXN 2026/1",), ("EXN 2026/1", "EXN 2026/1:1"), ("EXN 2026/1", "EXN 2026/1:2")
P, R, H = Level.PUBLIC, Level.ON_REQUEST, Level.HIDDEN
RUT = Person(name="Rut Ek", subject="rut", roles=ALL_ROLES)
BO = Person(name="Bo Alm", subject="bo", roles=frozenset({PersonRole.REVIEWER}))
SECRET = {"type": "confidential", "regulation": "OSL 21 kap. 3 §"}


def case_with(folder: Path, status: str, title: str = "Svar", **second: Any) -> Path:
    """A case of two records, the second as it is described."""
    made = pushed_case(folder, status, "samma") / "case.json"
    document = json.loads(made.read_text())
    document["case"]["records"].append({"id": TWO[1], "title": title, "date": "2026-03-01", "documents": [], **second})
    made.write_text(json.dumps(document))
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("access")
    (receipt,) = hand_over(folder / "home", (case_with(folder / "first", "NEW"),))
    assert receipt["outcome"] == "accepted", receipt["findings"]
    return folder / "home"


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "home")


@pytest.fixture
def archive(home: Path) -> Iterator[Archive]:
    with writing(settings_of(home)) as opened_archive:
        yield opened_archive


def standing(ports: Ports) -> Stood:
    (package,) = ports.catalogue.packages()
    return stood(package, FoundNumbers(ports), ports)


def levels(ports: Ports) -> tuple[Level, ...]:
    found = standing(ports).standing
    return tuple(found.level_of(key) for key in (CASE, ONE, TWO) if key in found.units)


def wanted(ports: Ports, level: Level, *keys: tuple[str, ...]) -> WantedAccess:
    now = standing(ports)
    return WantedAccess(
        package=now.package.package,
        units=tuple(now.standing.in_view(key) for key in keys),
        level=level,
        reason="Begäran.",
        ground="ingen",
        personal_data="Inga personuppgifter.",
    )


def decide(archive: Archive, person: Person, asked: WantedAccess) -> AccessAnswer:
    return decide_access(asked, person, FoundNumbers(archive.ports), archive.owner, archive.ports)


def opened_all(archive: Archive) -> None:
    answer = decide(archive, RUT, wanted(archive.ports, P, CASE, ONE, TWO))
    assert isinstance(answer, InForce)
    assert levels(archive.ports) == (P, P, P)


def test_what_is_archived_is_on_request_until_a_releaser_opens_it(archive: Archive) -> None:
    assert levels(archive.ports) == (R, R, R)
    opened_all(archive)
    assert isinstance(decide(archive, BO, wanted(archive.ports, H, TWO)), InForce)
    assert levels(archive.ports) == (P, P, H)


@pytest.mark.parametrize("level", [R, H])
def test_what_a_person_closed_is_not_opened_with_all_that_is_unmarked(archive: Archive, level: Level) -> None:
    assert {unit.key for unit in unmarked(standing(archive.ports))} == {CASE, ONE, TWO}
    assert isinstance(decide(archive, BO, wanted(archive.ports, level, TWO)), InForce)
    assert {unit.key for unit in unmarked(standing(archive.ports))} == {CASE, ONE}


def test_a_page_opened_before_somebody_closed_a_record_opens_nothing_of_it(archive: Archive) -> None:
    before = wanted(archive.ports, P, TWO)
    assert isinstance(decide(archive, BO, wanted(archive.ports, H, CASE)), InForce)
    assert decide(archive, RUT, before) == OpensNothing(lacks={TWO: (Lack.CLOSED_SINCE,)})
    assert isinstance(decide(archive, RUT, wanted(archive.ports, P, TWO)), InForce)
    assert levels(archive.ports) == (H, H, P)


def test_what_a_decision_lacks_is_said_and_nothing_is_decided(archive: Archive) -> None:
    ports, asked = archive.ports, wanted(archive.ports, P, ONE)
    old = replace(asked, units=(replace(asked.units[0], view=View(content="", hits="")),))
    for person, lacking, lack in [
        (BO, asked, Lack.RELEASER),
        (RUT, replace(asked, reason=""), Lack.REASON),
        (RUT, replace(asked, ground=""), Lack.GROUND),
        (RUT, replace(asked, personal_data=""), Lack.PERSONAL_DATA),
        (RUT, old, Lack.VIEW),
    ]:
        assert decide(archive, person, lacking) == OpensNothing(lacks={ONE: (lack,)})
    nobody = (UnitInView(key=("X",), view=asked.units[0].view),)
    assert decide(archive, RUT, replace(asked, units=nobody)) == UnknownUnits(keys=(("X",),))
    assert decide(archive, RUT, replace(asked, units=())) == UnknownUnits(keys=())
    with pytest.raises(NotPermitted):
        decide(archive, replace(BO, roles=frozenset({PersonRole.AUDITOR})), asked)
    assert standing(ports).decisions == ()
    assert ports.catalogue.announced_access() == ()


def test_other_metadata_voids_an_opening_and_leaves_a_closing(archive: Archive, tmp_path: Path) -> None:
    opened_all(archive)
    decide(archive, BO, wanted(archive.ports, H, ONE))
    assert levels(archive.ports) == (P, H, P)
    deliver(archive, case_with(tmp_path / "next", "REPLACEMENT", title="Beslut"))
    assert levels(archive.ports) == (R, H, R)


def test_a_restriction_that_is_taken_away_opens_nothing(archive: Archive, tmp_path: Path) -> None:
    deliver(archive, case_with(tmp_path / "marked", "REPLACEMENT", restrictions=[SECRET]))
    assert levels(archive.ports) == (H, R, H)
    deliver(archive, case_with(tmp_path / "unmarked", "REPLACEMENT"))
    assert levels(archive.ports) == (H, R, H)
    assert unmarked_keys(archive.ports) == {ONE}, "what it hid is to be named"


def test_a_personal_number_in_a_title_is_in_view_and_keeps_the_record_back(archive: Archive, tmp_path: Path) -> None:
    deliver(archive, case_with(tmp_path / "named", "REPLACEMENT", title="Svar till 640823-3234"))
    assert unmarked_keys(archive.ports) == {ONE}
    document = access_document(standing(archive.ports).package.package, FoundNumbers(archive.ports), archive.ports)
    by_key = {tuple(one["key"]): one for one in document["units"]}
    assert [reason["cause"] for reason in by_key[TWO]["proposed"]["reasons"]] == ["personal number"]
    assert len(by_key[TWO]["hits"]) == 1
    assert "640823" not in json.dumps(by_key[TWO]["hits"])
    assert by_key[ONE]["hits"] == []


def test_a_document_that_lies_in_a_secret_record_too_is_not_opened_with_all_that_is_unmarked(
    archive: Archive, tmp_path: Path
) -> None:
    opened_all(archive)
    folder = case_with(tmp_path / "shared", "REPLACEMENT")
    document = json.loads((folder / "case.json").read_text())
    first, second = document["case"]["records"]
    second |= {"documents": first["documents"][:1], "restrictions": [SECRET]}
    (folder / "case.json").write_text(json.dumps(document))
    deliver(archive, folder)
    assert levels(archive.ports) == (H, H, H)
    assert unmarked_keys(archive.ports) == set()


def unmarked_keys(ports: Ports) -> set[tuple[str, ...]]:
    return {unit.key for unit in unmarked(standing(ports))}


def deliver(archive: Archive, folder: Path) -> None:
    receipt = ingest_path(folder, DEFAULT_AGREEMENT, archive.owner, archive.ports)
    assert receipt["outcome"] == "accepted", receipt["findings"]


# --------------------------------------------------------------------------------------- at once, and durable


class Broken:
    """A store that takes no entry below some folder of the journal."""

    def __init__(self, store: Any, folder: str) -> None:
        self.store, self.folder = store, folder

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def put(self, key: str, chunks: Any) -> Any:
        if key.startswith(self.folder):
            raise StoreUnavailable("nere", "down")
        return self.store.put(key, chunks)


@pytest.mark.parametrize("folder", ["journal/access/", "journal/package/"])
def test_a_closing_acts_before_the_journal_has_it_and_an_opening_does_not(archive: Archive, folder: str) -> None:
    opened_all(archive)
    broken = replace(archive.ports, replicas=tuple(Broken(one, folder) for one in archive.ports.replicas))
    with pytest.raises(StoreUnavailable):
        decide_access(wanted(archive.ports, H, TWO), BO, FoundNumbers(broken), archive.owner, broken)
    assert levels(archive.ports) == (P, P, H)
    if folder == "journal/package/":
        with pytest.raises(StoreUnavailable):
            decide_access(wanted(archive.ports, P, TWO), RUT, FoundNumbers(broken), archive.owner, broken)
        assert levels(archive.ports) == (P, P, H)
    assert isinstance(decide(archive, BO, wanted(archive.ports, H, ONE)), InForce)
    assert levels(archive.ports) == (P, H, H)
    assert [one.level for one in standing(archive.ports).decisions] == [P, H, H]
    assert standing(archive.ports).waiting == ()


def test_while_a_delivery_is_on_its_way_into_the_package_only_closings_are_decided(archive: Archive) -> None:
    opened_all(archive)
    (package,) = archive.ports.catalogue.packages()
    other = archive.ports.catalogue.delivery(package.delivery_id)
    under_way = replace(other, id=archive.ports.ids.new(), state=DeliveryState.PRESERVING, generation=2, attempt=2)
    archive.ports.catalogue.restore(under_way, (), (), ())
    assert isinstance(decide(archive, BO, wanted(archive.ports, R, CASE)), ClosedAtOnce)
    assert levels(archive.ports) == (R, R, R)
    assert decide(archive, RUT, wanted(archive.ports, P, CASE)) == InOtherHands()
    assert levels(archive.ports) == (R, R, R)


# --------------------------------------------------------------------------------------- rebuilt from storage


@contextmanager
def rebuilt(home: Path) -> Iterator[Ports]:
    with opened(home) as before, open_catalogue(home / "new.db") as catalogue:
        ports = replace(before, catalogue=catalogue)
        rebuild(ports)
        yield ports


def entries(home: Path, kind: str) -> list[str]:
    return [key for key in Stored(root=home / "archive").files(f"journal/{kind}/") if key.endswith(".json")]


@pytest.fixture
def closed(home: Path) -> Path:
    """All was opened, and one record withdrawn."""
    with writing(settings_of(home)) as archive:
        opened_all(archive)
        decide(archive, BO, wanted(archive.ports, H, TWO))
    assert (len(entries(home, "package")), len(entries(home, "access"))) == (3, 1)
    return home


def test_a_rebuild_puts_back_what_was_decided(closed: Path) -> None:
    with opened(closed) as ports, rebuilt(closed) as anew:
        assert levels(anew) == levels(ports) == (P, P, H)
        assert standing(anew) == standing(ports)
        assert timeline_of(standing(anew).package.package, anew) == timeline_of(standing(ports).package.package, ports)


@pytest.mark.parametrize(
    ("kind", "number", "now"),
    [
        ("package", 2, (P, P, H)),
        ("package", 1, (H, H, H)),
        ("access", 0, (P, P, H)),
    ],
    ids=["the withdrawal in the package's chain", "the opening before it", "the withdrawal in its own chain"],
)
@pytest.mark.parametrize("damage", ["gone", "damaged"])
def test_no_entry_that_is_lost_lets_more_be_seen(
    closed: Path, kind: str, number: int, now: tuple[Level, ...], damage: str
) -> None:
    store, key = Stored(root=closed / "archive"), entries(closed, kind)[number]
    if damage == "gone":
        store.remove(key)
    else:
        store.write(key, store.read(key).replace(b"Beg\xc3\xa4ran", b"Xeg\xc3\xa4ran"))
        now = (H, H, H)
    with rebuilt(closed) as anew:
        assert levels(anew) == now


def test_the_use_case_finds_packages_by_any_id(archive: Archive) -> None:
    asked = replace(wanted(archive.ports, H, TWO), package="PUSH-1")
    assert isinstance(decide(archive, BO, asked), InForce)
    assert package_of("PUSH-1", archive.ports) == standing(archive.ports).package


def test_the_timeline_tells_who_decided_what_and_why(archive: Archive) -> None:
    opened_all(archive)
    decide(archive, BO, wanted(archive.ports, H, TWO))
    told = [one for one in timeline_of("PUSH-1", archive.ports) if one.type == "policy assignment"]
    assert [(one.agents, one.detail.partition(":")[0]) for one in told] == [
        (("Rut Ek",), "public"),
        (("Bo Alm",), "hidden"),
    ]
