"""What `doctor` says of deliveries that are not over."""

import pytest

from earkiv.cli.language import Voice
from earkiv.cli.signs import Sign, State
from earkiv.cli.work_signs import work_signs
from ingest.config import Language
from ingest.domain.deliveries import DeliveryState
from ingest.domain.standing import OpenWork
from ingest.errors import DamageFound

ENGLISH, SWEDISH = Voice(language=Language.ENGLISH), Voice(language=Language.SWEDISH)


def work(name: str, still: float = 0.0, fault: str = "", state: DeliveryState = DeliveryState.CHECKING) -> OpenWork:
    return OpenWork(delivery=name, state=state, still_seconds=still, is_under_way=False, fault=fault)


def signs(*open_work: OpenWork, voice: Voice = ENGLISH) -> list[Sign]:
    return list(work_signs(open_work, 3600.0, voice))


def test_where_nothing_is_hindered_it_says_how_many_are_under_way() -> None:
    (sign,) = signs(work("a"), work("b", still=3600.0))
    assert (sign.state, sign.text) == (State.OK, "Deliveries under way: 2, and nothing hinders them")


def test_what_has_stood_still_for_too_long_is_named() -> None:
    (sign,) = signs(work("a", still=7200.0), work("b"))
    assert sign.state is State.WARN
    assert sign.text.startswith("Standing still for no known reason: 1, longest 120 minutes.")
    assert "(a)" in sign.text


@pytest.mark.parametrize("voice", [ENGLISH, SWEDISH])
def test_what_is_parked_is_named_with_what_to_do(voice: Voice) -> None:
    (sign,) = signs(work("a", fault="DamageFound"), work("b", fault="DamageFound"), voice=voice)
    assert sign.state is State.WARN
    assert sign.text.count("DamageFound") == 1
    assert (DamageFound.remedy_en if voice is ENGLISH else DamageFound.remedy_sv) in sign.text
    assert "(a, b)" in sign.text


def test_each_kind_of_hindrance_has_its_own_line_and_a_decision_is_no_hindrance() -> None:
    held = work("c", state=DeliveryState.HELD)
    told = signs(work("a", fault="ToolFailed"), work("b", fault="OutOfSpace"), held)
    assert [sign.state for sign in told] == [State.WARN, State.WARN, State.OK]
    assert told[0].text.startswith("Waiting for a tool: 1.")
    assert told[1].text.startswith("Waiting for a store, the database or room: 1.")
    assert told[2].text == "Waiting for a decision: 1"


def test_of_very_many_the_first_are_named() -> None:
    (sign,) = signs(*(work(str(number), fault="ProgramFault") for number in range(100)))
    assert sign.text.startswith("Waiting until something is mended: 100.")
    assert "(0, 1, 2, 3, 4 …)" in sign.text
