"""A test delivery goes the whole way, into a store of its own, and leaves no trace in the archive (DESIGN §4)."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from audit.verification import verify_packages
from ingest.application.collect_trials import collect_ownerless_trials, collect_trials
from ingest.application.consult_archive import receipt_of, timeline_of
from ingest.application.holdings import holding_in, kept_package, package_of
from ingest.application.rebuild_catalogue import rebuild
from ingest.application.told_deliveries import delivery_document
from ingest.application.told_packages import package_document
from ingest.bootstrap import rebuilding
from ingest.domain.keys import Caller, Role
from ingest.errors import DamageFound, UnknownSubject
from samples.simulator import breaking
from samples.simulator.description import Delivery
from tests.features import archives
from tests.features.front_door import Door
from tests.features.test_kinds_and_attempts import as_kind, built, retitled


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def trial(tmp_path: Path) -> Path:
    return built(tmp_path / "trial", "fgs12", as_kind("TEST"))


def _stored(home: Path, folder: str) -> dict[str, str]:
    """Everything that lies in a store but what was there from the beginning."""
    return {path: digest for path, digest in archives.tree(home / folder).items() if _is_of_a_delivery(path)}


def _is_of_a_delivery(path: str) -> bool:
    return "urn%3auuid" in path or path.startswith(("journal/delivery/", "journal/package/"))


def _retitled_trial(told: Delivery) -> Delivery:
    return as_kind("TEST")(retitled(told))


def test_the_test_store_has_all_of_it_and_the_archive_nothing(home: Path, trial: Path) -> None:
    receipt = archives.hand_over_one(home, trial)
    assert receipt["outcome"] == "accepted"
    assert receipt["test"] is True
    assert receipt["custodyPassed"] is None
    assert [copy["store"] for copy in receipt["copies"]] == ["test"]
    assert archives.is_genuine(home, receipt)
    assert not archives.is_genuine(home, {**receipt, "test": False})
    assert _stored(home, "archive") == {}
    assert archives.packages(home) == ()
    assert archives.ocfl_faults(home, "test") == []
    content = set(archives.tree(home / "test" / receipt["copies"][0]["location"]).values())
    assert {file["sha256"] for file in receipt["files"]} <= content
    assert archives.staged(home) == []


def test_it_is_told_apart_wherever_it_is_told(home: Path, trial: Path) -> None:
    receipt = archives.hand_over_one(home, trial)
    with archives.opened(home) as archive:
        ports = archive.ports
        told = delivery_document(
            ports.catalogue.delivery(receipt["deliveryId"]), Caller(role=Role.ARCHIVIST, name="Anna"), ports
        )
        assert (told["status"], told["test"], told["package"]) == ("tested", True, receipt["package"])
        for reference in (receipt["package"], receipt["delivery"], receipt["deliveryId"]):
            shown = package_document(reference, ports)
            assert (shown["status"], shown["test"], shown["package"]) == ("tested", True, receipt["package"])
            assert receipt_of(reference, ports) == receipt
            assert timeline_of(reference, ports)
        holding = holding_in(kept_package(receipt["package"], ports))
        assert holding.open("METS.xml").read()
        with pytest.raises(UnknownSubject):
            package_of(receipt["package"], ports)


def test_the_same_again_gets_the_same_answer_and_other_bytes_are_another_try(home: Path, tmp_path: Path) -> None:
    first = built(tmp_path / "first", "fgs12", as_kind("TEST"))
    other = built(tmp_path / "other", "fgs12", _retitled_trial)
    one, again, changed = archives.hand_over(home, first, first, other)
    assert one == again
    assert (changed["outcome"], changed["package"] != one["package"]) == ("accepted", True)


@pytest.mark.parametrize("kinds", [("TEST", "NEW"), ("NEW", "TEST")])
def test_what_is_tried_and_what_is_meant_do_not_meet(home: Path, tmp_path: Path, kinds: tuple[str, str]) -> None:
    receipts = archives.hand_over(home, *(built(tmp_path / kind, "fgs12", as_kind(kind)) for kind in kinds))
    by_kind = dict(zip(kinds, receipts, strict=True))
    assert [(r["outcome"], r["generation"]) for r in receipts] == [("accepted", 1)] * 2
    assert archives.packages(home) == (by_kind["NEW"]["package"],)
    assert by_kind["NEW"]["custodyPassed"] is not None
    with archives.opened(home) as archive:
        assert receipt_of(by_kind["NEW"]["delivery"], archive.ports) == by_kind["NEW"]


def test_verification_and_rebuild_count_archived_packages_alone(home: Path, tmp_path: Path, trial: Path) -> None:
    tried, real = archives.hand_over(home, trial, built(tmp_path / "real", "fgs12"))
    with archives.opened(home) as archive:
        heads = archive.ports.catalogue.journal_records()
        assert verify_packages(archive.ports, None, _quiet).damages == ()
        assert tried["deliveryId"] not in {record.header.subject.id for record in heads}
    with rebuilding(archives.settings_of(home)) as archive:
        rebuilt = rebuild(archive.ports)
        assert (rebuilt.packages, rebuilt.trials, rebuilt.damages) == (1, 1, ())
    with archives.opened(home) as archive:
        assert archive.ports.catalogue.journal_records() == heads
        assert receipt_of(tried["deliveryId"], archive.ports) == tried
        assert package_document(tried["package"], archive.ports)["status"] == "tested"
    assert archives.packages(home) == (real["package"],)


def test_a_damaged_test_store_is_no_damage_of_the_archive(home: Path, tmp_path: Path, trial: Path) -> None:
    tried, _ = archives.hand_over(home, trial, built(tmp_path / "real", "fgs12"))
    for entry in (home / "test" / "journal" / "delivery").rglob("*.json"):
        _write_over(entry, b"{}")
    with archives.opened(home) as archive:
        with pytest.raises(DamageFound):
            receipt_of(tried["deliveryId"], archive.ports)
        assert verify_packages(archive.ports, None, _quiet).damages == ()
    with rebuilding(archives.settings_of(home)) as archive:
        rebuilt = rebuild(archive.ports)
        assert (rebuilt.packages, rebuilt.trials, rebuilt.damages) == (1, 0, ())


def test_two_receipts_of_one_attempt_in_the_test_store_do_not_end_a_rebuild(home: Path, tmp_path: Path) -> None:
    first = built(tmp_path / "first", "fgs12", as_kind("TEST"))
    _, real = archives.hand_over(home, first, built(tmp_path / "real", "fgs12"))
    (entry,) = (home / "test" / "journal" / "delivery").rglob("*.json")
    away = entry.rename(tmp_path / "away")
    with rebuilding(archives.settings_of(home)) as archive:
        assert rebuild(archive.ports).trials == 0
    archives.hand_over_one(home, built(tmp_path / "other", "fgs12", _retitled_trial))
    away.rename(entry)
    with rebuilding(archives.settings_of(home)) as archive:
        rebuilt = rebuild(archive.ports)
        assert (rebuilt.packages, rebuilt.trials, rebuilt.damages) == (1, 1, ())
    assert archives.packages(home) == (real["package"],)


def _write_over(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


def _quiet(_objects: int, _bytes: int) -> None:
    pass


def test_nothing_of_the_archive_in_the_test_store_becomes_archived(home: Path, tmp_path: Path) -> None:
    receipt = archives.hand_over_one(home, built(tmp_path / "real", "fgs12"))
    entries = home / "archive" / "journal" / "delivery"
    archives.copied(entries, home / "test" / "journal" / "delivery")
    for entry in entries.rglob("*.json"):
        entry.unlink()
    with rebuilding(archives.settings_of(home)) as archive:
        assert rebuild(archive.ports).packages == 0
        with pytest.raises(UnknownSubject):
            archive.ports.catalogue.delivery(receipt["deliveryId"])


def test_it_is_gone_when_its_time_is_up(home: Path, tmp_path: Path, trial: Path) -> None:
    tried, again, real = archives.hand_over(home, trial, trial, built(tmp_path / "real", "fgs12"))
    assert again == tried
    before = _stored(home, "archive")
    with archives.opened(home) as archive:
        now = archive.ports.clock.now()
        assert collect_trials(archive.ports, now + timedelta(days=29)) == ()
        (expired,) = collect_trials(archive.ports, now + timedelta(days=31))
        assert (expired.package, len(expired.keys) > 5) == (tried["package"], True)
        assert collect_trials(archive.ports, now + timedelta(days=31)) == ()
        for reference in (tried["package"], tried["deliveryId"]):
            with pytest.raises(UnknownSubject):
                archive.ports.catalogue.find(reference)
        assert receipt_of(real["delivery"], archive.ports) == real
    assert _stored(home, "test") == {}
    assert _stored(home, "archive") == before


def test_a_refused_test_delivery_is_told_and_expires_too(home: Path, trial: Path) -> None:
    breaking.break_unlisted_file(trial)
    receipt = archives.hand_over_one(home, trial)
    assert (receipt["outcome"], receipt["test"], receipt["package"]) == ("rejected", True, None)
    assert _stored(home, "archive") == {}
    with archives.opened(home) as archive:
        (expired,) = collect_trials(archive.ports, archive.ports.clock.now() + timedelta(days=31))
        assert expired.keys == tuple(path for path in expired.keys if path.startswith("journal/delivery/")) != ()
    assert _stored(home, "test") == {}


def test_a_package_that_no_delivery_is_known_of_goes_from_the_test_store(
    home: Path, tmp_path: Path, trial: Path
) -> None:
    kept, lost = archives.hand_over(home, built(tmp_path / "kept", "csip", as_kind("TEST")), trial)
    with archives.opened(home) as archive:
        now, later = archive.ports.clock.now(), archive.ports.clock.now() + timedelta(days=31)
        assert collect_ownerless_trials(archive.ports, later) == ()
        archive.ports.catalogue.forget_trial(lost["deliveryId"])
        assert collect_ownerless_trials(archive.ports, now) == ()
        (gone,) = collect_ownerless_trials(archive.ports, later)
        assert not [path for path in _stored(home, "test") if lost["deliveryId"] in path or lost["package"] in path]
        assert (gone.delivery, gone.package) == (None, lost["package"])
        assert receipt_of(kept["package"], archive.ports) == kept
        assert holding_in(kept_package(kept["package"], archive.ports)).open("METS.xml").read()


def test_the_command_line_says_that_custody_does_not_pass(home: Path, trial: Path) -> None:
    door = Door(home=home)
    sv = door.run("ingest", trial, "--lang", "sv")
    assert (sv.code, "provleverans" in sv.out, "övertas aldrig" in sv.out) == (0, True, True), sv
    receipt = json.loads(door.run("ingest", trial, "--json").out)
    en = door.run("receipt", receipt["receipt"] and receipt["deliveryId"], "--lang", "en")
    assert (en.code, "test delivery" in en.out, "never passes" in en.out) == (0, True, True), en
    assert door.run("list", "--json").document == []
    assert door.run("verify", "--all").code == 0
