"""The laxest level that decisions alone can give: never stricter than what stands in force."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ingest.domain.access.decisions import AccessDecision
from ingest.domain.access.levels import Level
from ingest.domain.access.openings import most_open
from ingest.domain.access.standing import AccessEvent, Announced, Told, standing_after
from ingest.domain.access.units import UnitKey
from ingest.domain.publication import carrying
from tests.fakes.decided import SECRET, UNMARKED, decision, told

KEYS: list[UnitKey] = [("C",), ("C", "1"), ("C", "P"), ("C", "P", "1"), ("L",)]
DECISIONS = st.builds(
    lambda level, keys: replace(decision(level, *keys), stub_text="Begär den."),
    st.sampled_from(list(Level)),
    st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True),
)
TOLD = st.builds(
    lambda marked: Told(units={key: told(SECRET if key in marked else UNMARKED) for key in KEYS}),
    st.sets(st.sampled_from(KEYS), max_size=2),
)


def test_the_last_decision_on_a_unit_or_a_closing_of_what_it_is_in_counts() -> None:
    case, one, part, inner, loose = KEYS
    assert most_open(()) == {}
    opened = decision(Level.PUBLIC, case, one, inner)
    assert most_open((opened,)) == dict.fromkeys((case, one, inner), Level.PUBLIC)
    asked = decision(Level.ON_REQUEST, part)
    assert most_open((opened, asked))[inner] is Level.ON_REQUEST
    assert most_open((opened, asked))[one] is Level.PUBLIC
    assert most_open((asked, opened))[inner] is Level.PUBLIC
    hidden = decision(Level.HIDDEN, case)
    assert set(most_open((opened, asked, hidden)).values()) == {Level.HIDDEN}
    assert most_open((hidden, asked))[part] is Level.ON_REQUEST
    assert loose not in most_open((opened, hidden))


def test_what_waits_for_its_place_closes_and_opens_nothing() -> None:
    case, one, *_, loose = KEYS
    opened, hidden = decision(Level.PUBLIC, case, one), decision(Level.HIDDEN, one)
    unnumbered = decision(Level.PUBLIC, one, loose)
    assert most_open((opened, hidden), (unnumbered,)) == {
        case: Level.PUBLIC,
        one: Level.HIDDEN,
        loose: Level.ON_REQUEST,
    }
    assert most_open((opened,), (unnumbered,))[one] is Level.PUBLIC
    assert set(most_open((opened,), (decision(Level.ON_REQUEST, case),)).values()) == {Level.ON_REQUEST}
    assert most_open((hidden,), (decision(Level.ON_REQUEST, one),)) == {one: Level.HIDDEN}


@given(st.lists(DECISIONS | TOLD | st.builds(lambda one: Announced(decision=one), DECISIONS), max_size=12))
def test_whatever_happens_nothing_that_may_be_carried_over_is_above_it(events: list[AccessEvent]) -> None:
    first = Told(units={key: told() for key in KEYS})
    standing = standing_after((first, *events))
    decided = [one for one in events if isinstance(one, AccessDecision)]
    most = most_open(decided)
    for key in KEYS:
        if carrying(standing, key) is not None:
            assert not standing.level_of(key).is_laxer_than(most[key])
