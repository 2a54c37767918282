"""`earkiv decide`, as a person at the keyboard uses it."""

from pathlib import Path

import pytest

from tests.fakes.small_archive import hand_over
from tests.features.front_door import Door
from tests.features.test_access_decisions import CASE, ONE, SECRET, TWO, case_with


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    """A case with one record that bears no mark, and one that is confidential."""
    folder = tmp_path_factory.mktemp("decide")
    hand_over(folder / "home", (case_with(folder / "first", "NEW", restrictions=[SECRET]),))
    return Door(home=folder / "home")


def test_before_anything_is_decided_nothing_is_public_and_show_says_so(door: Door) -> None:
    assert "inget är beslutat, så inget är offentligt" in " ".join(
        door.run("show", "PUSH-1", "--lang", "sv").out.split()
    )


def test_all_that_bears_no_mark_is_made_public_with_one_word(door: Door) -> None:
    answer = door.run("decide", "PUSH-1", "--all-unmarked", "--reason", "Inget att skydda.", "--json")
    assert (answer.code, answer.err) == (0, "")
    document = answer.document
    shown = door.run("show", "PUSH-1", "--json").document["access"]
    assert shown == {"decisions": 1, "waiting": 0, "atMost": {"public": 1, "on-request": 0, "hidden": 0}}
    assert (document["level"], document["units"], document["inJournal"]) == ("public", [list(ONE)], True)
    assert (document["generation"], document["reason"]) == (1, "Inget att skydda.")


def test_a_person_names_cases_and_records_and_is_told_what_is_in_force(door: Door) -> None:
    answer = door.run("decide", "PUSH-1", "--hide", ONE[-1], " / ".join(TWO), "--reason", "Fel nyss.", "--lang", "sv")
    assert answer.code == 0
    assert "2 enheter är dolda." in answer.out
    assert f"  {CASE[0]} / {TWO[1]}" in answer.out
    answer = door.run("decide", "PUSH-1", "--on-request", *CASE, "--reason", "Prövas.", "--lang", "en")
    assert (answer.code, "1 unit is on request." in answer.out) == (0, True)
    shown = " ".join(door.run("show", "PUSH-1", "--lang", "en").out.split())
    assert "by the decisions at most 1 on request, 2 hidden; all else is closed" in shown
    told = door.run("timeline", "PUSH-1", "--lang", "sv").out
    assert "arkivets regel eller beslut: lyckades" in told
    assert f"dold: {CASE[0]} / {ONE[1]}" in told
    assert "Fel nyss." in told
    assert door.run("verify", "--all").code == 0
    assert door.run("verify", "PUSH-1").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--public", "X", "--reason", "r"], "no case and no record with the id X"),
        (["--public", "--hide", ONE[1], "--reason", "r"], "Choose one of"),
        ([ONE[1], "--reason", "r"], "Choose one of"),
        (["--public", "--reason", "r"], "Name cases or records"),
        (["--public", ONE[1], "--all-unmarked", "--reason", "r"], "Name cases or records"),
        (["--public", ONE[1], "--reason", " "], "Write a reason"),
    ],
)
def test_a_command_that_says_too_little_or_too_much_decides_nothing(door: Door, words: list[str], said: str) -> None:
    answer = door.run("decide", "PUSH-1", *words, "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_where_nothing_is_unmarked_nothing_is_decided(tmp_path: Path) -> None:
    folder = case_with(tmp_path / "first", "NEW", restrictions=[SECRET])
    case = folder / "case.json"
    case.write_text(case.read_text().replace('"title": "Ans\\u00f6kan"', '"title": "640823-3234"'))
    hand_over(tmp_path / "home", (folder,))
    answer = Door(home=tmp_path / "home").run("decide", "PUSH-1", "--all-unmarked", "--reason", "r", "--json")
    assert (answer.code, answer.document) == (1, {"decision": None})
