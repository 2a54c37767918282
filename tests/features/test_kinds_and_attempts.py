"""The same id again with other bytes: conflict, new attempt, new generation; and the kinds that a delivery can be."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from samples.simulator import breaking
from samples.simulator.description import Delivery
from tests.features import archives
from tests.unit.samples.described import BUILDERS, DELIVERIES

DIALECTS = ("case-push", "fgs12", "csip")
Changed = Callable[[Delivery], Delivery]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def built(folder: Path, dialect: str, change: Changed = lambda told: told) -> Path:
    """Build the complaint, changed as told, in a folder that is not there yet."""
    BUILDERS[dialect](change(DELIVERIES["klagomal"]()), folder)
    return folder


def as_kind(kind: str) -> Changed:
    return lambda told: replace(told, record_status=kind)


def retitled(told: Delivery) -> Delivery:
    """The same delivery with a case that has another title."""
    return replace(told, cases=(replace(told.cases[0], title="En annan rubrik"),))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_other_bytes_under_an_accepted_id_are_a_conflict(home: Path, tmp_path: Path, dialect: str) -> None:
    first = built(tmp_path / "first", dialect)
    second = built(tmp_path / "second", dialect, retitled)
    accepted = archives.hand_over_one(home, first)
    before = archives.ocfl_tree(home)
    refused = archives.hand_over_one(home, second)
    assert refused["outcome"] == "rejected"
    assert refused["package"] is None
    assert archives.errors_of(refused) == ["EARKIV-DLV-1"]
    (place,) = refused["findings"][0]["locations"]
    assert place["value"] == accepted["delivery"] == refused["delivery"]
    assert archives.ocfl_tree(home) == before
    assert archives.hand_over(home, first, second) == (accepted, refused)
    assert archives.staged(home) == []


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_mended_delivery_is_a_new_attempt(home: Path, tmp_path: Path, dialect: str) -> None:
    broken = built(tmp_path / "broken", dialect)
    breaking.break_missing_file(broken)
    refused = archives.hand_over_one(home, broken)
    assert refused["outcome"] == "rejected"
    accepted = archives.hand_over_one(home, built(tmp_path / "whole", dialect))
    assert accepted["outcome"] == "accepted"
    assert accepted["delivery"] == refused["delivery"]
    assert accepted["receipt"] != refused["receipt"]
    assert archives.hand_over_one(home, broken) == refused
    assert archives.packages(home) == (accepted["package"],)


def test_many_attempts_are_told_apart(home: Path, tmp_path: Path) -> None:
    attempts = [built(tmp_path / name, "fgs12") for name in breaking.BREAKS if not name.startswith("broken_manifest")]
    breaks = [breaking.BREAKS[attempt.name] for attempt in attempts]
    for attempt, break_it in zip(attempts, breaks, strict=True):
        break_it(attempt)
    receipts = archives.hand_over(home, *attempts, built(tmp_path / "whole", "fgs12"))
    assert [receipt["outcome"] for receipt in receipts] == ["rejected"] * len(attempts) + ["accepted"]
    assert len({receipt["receipt"] for receipt in receipts}) == len(receipts)


def _with_unknown_field(case: Path) -> None:
    pushed = json.loads(case.read_text(encoding="utf-8"))
    case.write_text(json.dumps({**pushed, "colour": "blue"}), encoding="utf-8")


def test_a_pushed_case_whose_words_alone_were_wrong_can_be_mended(home: Path, tmp_path: Path) -> None:
    """The files and the case are the same; an unknown field was taken out."""
    wrong, mended = built(tmp_path / "wrong", "case-push"), built(tmp_path / "mended", "case-push")
    _with_unknown_field(wrong / "case.json")
    refused, accepted = archives.hand_over(home, wrong, mended)
    assert archives.errors_of(refused) == ["EARKIV-CASE-8"]
    assert accepted["outcome"] == "accepted"


def test_a_folder_whose_link_was_taken_out_can_be_delivered(home: Path, tmp_path: Path) -> None:
    """What is left in the folder is what was staged the first time."""
    folder = built(tmp_path / "folder", "fgs12")
    (folder / "genväg").symlink_to(tmp_path)
    refused = archives.hand_over_one(home, folder)
    assert archives.errors_of(refused) == ["EARKIV-PKG-6"]
    (folder / "genväg").unlink()
    assert archives.hand_over_one(home, folder)["outcome"] == "accepted"


def test_a_folder_whose_bad_name_was_taken_out_can_be_delivered(home: Path, tmp_path: Path) -> None:
    folder = built(tmp_path / "folder", "fgs12")
    (folder / "rad\nbrytning.txt").write_text("x")
    refused = archives.hand_over_one(home, folder)
    assert archives.errors_of(refused) == ["EARKIV-PKG-5"]
    (folder / "rad\nbrytning.txt").unlink()
    assert archives.hand_over_one(home, folder)["outcome"] == "accepted"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_replacement_is_a_new_generation_and_the_old_one_stays(home: Path, tmp_path: Path, dialect: str) -> None:
    first = built(tmp_path / "first", dialect)
    second = built(tmp_path / "second", dialect, lambda told: retitled(as_kind("REPLACEMENT")(told)))
    old, new = archives.hand_over(home, first, second)
    assert (new["outcome"], new["package"], new["generation"]) == ("accepted", old["package"], 2)
    assert archives.packages(home) == (old["package"],)
    assert archives.delivered_bytes(home, old) == archives.files_of(first)
    assert archives.delivered_bytes(home, new) == archives.files_of(second)
    titles = {"v1": DELIVERIES["klagomal"]().cases[0].title, "v2": "En annan rubrik"}
    for version, title in titles.items():
        erms = archives.aip(home, new, version)["metadata/descriptive/erms.xml"].read_text(encoding="utf-8")
        assert [told in erms for told in titles.values()] == [told == title for told in titles.values()]
    assert archives.ocfl_faults(home) == []


def test_a_third_generation_stores_no_byte_twice(home: Path, tmp_path: Path) -> None:
    first = built(tmp_path / "first", "fgs12")
    generations = []
    for number in (2, 3):
        generations.append(archives.copied(first, tmp_path / str(number)))
        breaking.rewrite(generations[-1], "sip.xml", partial(_as_replacement, number))
    receipts = archives.hand_over(home, first, *generations)
    assert [receipt["generation"] for receipt in receipts] == [1, 2, 3]
    content = [digest for path, digest in archives.ocfl_tree(home).items() if "/content/" in path]
    documents = {file["sha256"] for file in receipts[0]["files"]} & {file["sha256"] for file in receipts[2]["files"]}
    assert documents
    assert all(content.count(digest) == 1 for digest in documents)
    assert archives.ocfl_faults(home) == []


def _as_replacement(number: int, text: bytes) -> bytes:
    assert b'RECORDSTATUS="NEW"' in text
    return text.replace(b'RECORDSTATUS="NEW"', b'RECORDSTATUS="REPLACEMENT"') + b"<!-- %d -->\n" % number


def test_a_replacement_of_nothing_is_the_first_generation(home: Path, tmp_path: Path) -> None:
    receipt = archives.hand_over_one(home, built(tmp_path / "only", "case-push", as_kind("REPLACEMENT")))
    assert (receipt["outcome"], receipt["generation"]) == ("accepted", 1)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_trial_delivery_goes_the_whole_way_and_is_never_archived(home: Path, tmp_path: Path, dialect: str) -> None:
    receipt = archives.hand_over_one(home, built(tmp_path / "trial", dialect, as_kind("TEST")))
    assert (receipt["outcome"], receipt["test"], receipt["custodyPassed"]) == ("accepted", True, None)
    assert archives.rules_of(receipt) == {"EARKIV-DLV-4": "info"}
    assert not [path for path in archives.ocfl_tree(home) if "/v1/" in path]
    assert archives.packages(home) == ()
    real = archives.hand_over_one(home, built(tmp_path / "real", dialect))
    assert (real["outcome"], real["test"], real["generation"]) == ("accepted", False, 1)
    assert real["package"] != receipt["package"]


def test_a_broken_trial_delivery_is_told_all_that_is_wrong(home: Path, tmp_path: Path) -> None:
    folder = built(tmp_path / "trial", "csip", as_kind("TEST"))
    breaking.break_unlisted_file(folder)
    receipt = archives.hand_over_one(home, folder)
    assert archives.errors_of(receipt) == ["EARKIV-FIX-4"]
    assert (receipt["outcome"], receipt["test"], receipt["package"]) == ("rejected", True, None)


@pytest.mark.parametrize(("kind", "rule"), [("OTHER", "EARKIV-DLV-3"), ("SUPPLEMENT", "EARKIV-DLV-2")])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_kind_that_says_too_little_is_taken_in_with_a_warning(
    home: Path, tmp_path: Path, dialect: str, kind: str, rule: str
) -> None:
    receipt = archives.hand_over_one(home, built(tmp_path / "kind", dialect, as_kind(kind)))
    assert receipt["outcome"] == "accepted"
    assert archives.rules_of(receipt) == {rule: "warning"}


def test_a_source_that_is_gone_afterwards_is_not_missed(home: Path, tmp_path: Path) -> None:
    folder = built(tmp_path / "folder", "csip")
    delivered = archives.files_of(folder)
    receipt = archives.hand_over_one(home, folder)
    shutil.rmtree(folder)
    assert archives.delivered_bytes(home, receipt) == delivered
