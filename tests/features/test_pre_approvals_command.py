"""`earkiv pre-approvals`, as people at the keyboard use it."""

import pytest

from tests.fakes.small_archive import hand_over, opened_to_write
from tests.features.front_door import Door
from tests.features.test_pre_approvals import classed, proposed

SAID = (
    *("--agreement", "default", "--version", "1", "--scheme", "KLASSA", "--code", "3.1.2"),
    *("--begins", "2020-01-01", "--ends", "2999-12-31", "--reason", "Prövat."),
    *("--ground", "Inget lagrum.", "--personal-data", "Bara sökande."),
)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    folder = tmp_path_factory.mktemp("pre-approvals-command")
    hand_over(folder / "home", (classed(folder / "first", "NEW"),))
    return Door(home=folder / "home")


def test_whoever_proposes_cannot_confirm_and_anybody_withdraws(door: Door) -> None:
    answer = door.run("pre-approvals", "propose", *SAID, "--json")
    assert (answer.code, answer.document["stage"]) == (0, "proposed"), answer.err
    made = answer.document["approval"]
    answer = door.run("pre-approvals", "confirm", made, "--reason", "Ja.", "--lang", "sv", LOGNAME="nagon-annan")
    assert (answer.code, "Ask another person" in answer.err or "Be en annan person" in answer.err) == (1, True)
    answer = door.run("pre-approvals", "withdraw", made, "--reason", "Fel.", "--lang", "sv")
    assert (answer.code, "återkallat" in answer.out) == (0, True)
    (listed,) = door.run("pre-approvals", "list", "--json").document
    assert (listed["approval"], listed["withdrawn"]["reason"]) == (made, "Fel.")


def test_what_another_proposed_is_confirmed_and_publishing_opens_by_it(door: Door) -> None:
    with opened_to_write(door.home) as ports:
        made = proposed(ports).id
    answer = door.run("pre-approvals", "confirm", made, "--reason", "Ja.", "--json")
    assert (answer.code, answer.document["stage"]) == (0, "confirmed"), answer.err
    published = door.run("publish", "PUSH-1", "--json").document
    assert {one["level"] for one in published["records"]} == {"public"}
    assert door.run("verify", "--all").code == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [(("--ends", "2020-01-02"), "must not be over"), (("--ground", " "), "legal ground"), (("--version", "7"), "7")],
)
def test_what_is_lacking_is_said(door: Door, changed: tuple[str, str], said: str) -> None:
    answer = door.run("pre-approvals", "propose", *SAID, *changed, "--lang", "en")
    assert answer.code in {1, 2}
    assert said in answer.err
