"""How a package stands after what happened to it: what opens, what closes, and what is void."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from ingest.domain.access.decisions import AccessDecision, Reference, ToldUnit, View
from ingest.domain.access.levels import Level
from ingest.domain.access.standing import AccessEvent, Announced, Lost, PackageStanding, Told, closes, standing_after
from ingest.domain.access.units import UnitKey
from ingest.domain.people import PersonRole
from tests.fakes.decided import SECRET, UNMARKED, decision, told

CASE: UnitKey = ("C",)
ONE: UnitKey = ("C", "1")
TWO: UnitKey = ("C", "2")
OTHER = View(content="another", hits="")
ALL = (CASE, ONE, TWO)
FIRST = Told(units={key: told() for key in ALL})
OPEN = decision(Level.PUBLIC, *ALL)
HIDE_ONE = decision(Level.HIDDEN, ONE, role=PersonRole.ARCHIVIST)
P, R, H = Level.PUBLIC, Level.ON_REQUEST, Level.HIDDEN


def levels(*events: AccessEvent) -> tuple[Level, ...]:
    package = standing_after(events)
    return tuple(package.level_of(key) for key in ALL)


def again(changes: Mapping[UnitKey, ToldUnit]) -> Told:
    return Told(units={**FIRST.units, **changes})


def without(*gone: UnitKey) -> Told:
    return Told(units={key: unit for key, unit in FIRST.units.items() if key not in gone})


def test_what_nobody_has_told_of_is_hidden() -> None:
    assert levels() == (H, H, H)
    assert levels(OPEN) == (H, H, H)


def test_until_somebody_decides_the_proposal_is_in_force() -> None:
    assert levels(FIRST) == (R, R, R)
    assert levels(again({ONE: told(SECRET)})) == (R, H, R)


def test_a_releaser_opens_what_is_named_and_nothing_else() -> None:
    assert levels(FIRST, OPEN) == (P, P, P)
    assert levels(FIRST, decision(P, ONE)) == (R, P, R)
    assert levels(FIRST, decision(P, CASE)) == (P, R, R)
    assert levels(again({ONE: told(SECRET)}), decision(R, ONE)) == (R, R, R)


@pytest.mark.parametrize("role", [role for role in PersonRole if role is not PersonRole.RELEASER])
def test_the_same_by_anybody_else_opens_nothing(role: PersonRole) -> None:
    assert levels(FIRST, replace(OPEN, role=role)) == (R, R, R)


@pytest.mark.parametrize(
    "incomplete",
    [replace(OPEN, reason=""), replace(OPEN, ground=""), replace(OPEN, personal_data=""), Announced(decision=OPEN)],
    ids=["reason", "ground", "assessment", "durable entry"],
)
def test_without_any_of_what_it_needs_it_opens_nothing(incomplete: AccessEvent) -> None:
    assert levels(FIRST, incomplete) == (R, R, R)


def test_anyone_at_the_desk_closes_and_it_holds_for_all_below() -> None:
    assert levels(FIRST, OPEN, HIDE_ONE) == (P, H, P)
    assert levels(FIRST, OPEN, decision(R, CASE, role=PersonRole.REVIEWER)) == (R, R, R)
    assert levels(FIRST, OPEN, replace(HIDE_ONE, reason="", ground="")) == (P, H, P)


def test_it_closes_before_it_is_durable_and_whatever_was_in_view() -> None:
    assert levels(FIRST, OPEN, Announced(decision=HIDE_ONE)) == (P, H, P)
    assert levels(FIRST, OPEN, decision(H, ONE, view=OTHER)) == (P, H, P)


def test_what_was_closed_can_be_opened_again_in_its_parts() -> None:
    assert levels(FIRST, OPEN, decision(H, CASE), decision(P, ONE)) == (H, P, H)


def test_other_content_or_another_hit_voids_what_was_opened_and_not_what_was_closed() -> None:
    anew = again({ONE: told(view=OTHER)})
    assert levels(FIRST, OPEN, anew) == (P, R, P)
    assert levels(FIRST, HIDE_ONE, anew) == (R, H, R)
    assert levels(FIRST, OPEN, anew, FIRST) == (P, R, P)
    assert levels(FIRST, OPEN, anew, OPEN) == (P, R, P)
    assert levels(FIRST, OPEN, anew, decision(P, ONE, view=OTHER)) == (P, P, P)


def test_the_same_content_told_again_leaves_a_decision_as_it_is() -> None:
    assert levels(FIRST, OPEN, FIRST) == (P, P, P)
    assert levels(again({ONE: told(SECRET)}), OPEN, again({ONE: told(SECRET)})) == (P, P, P)


def test_a_mark_that_is_gone_opens_nothing() -> None:
    assert levels(again({ONE: told(SECRET)}), again({ONE: told(UNMARKED, OTHER)})) == (R, H, R)


def test_what_takes_the_place_of_something_hidden_is_hidden() -> None:
    assert levels(FIRST, HIDE_ONE, without(ONE), FIRST) == (R, H, R)
    assert levels(without(TWO), HIDE_ONE, without(ONE)) == (R, H, H)
    assert levels(without(TWO), HIDE_ONE, without(ONE, TWO), without(ONE)) == (R, H, H)
    assert levels(without(TWO), without(ONE)) == (R, H, R)


def test_closing_what_is_gone_closes_whatever_it_may_have_become() -> None:
    assert levels(FIRST, OPEN, decision(H, ("C", "gone"), role=PersonRole.ARCHIVIST)) == (H, H, H)
    assert levels(without(TWO), decision(H, ("X",)), FIRST) == (H, H, H)


def test_opening_what_is_gone_opens_nothing_else() -> None:
    assert levels(FIRST, decision(P, ("C", "gone"))) == (R, R, R)


def test_a_lost_entry_hides_all_until_a_releaser_opens_it_anew() -> None:
    assert levels(FIRST, OPEN, Lost()) == (H, H, H)
    assert levels(FIRST, OPEN, Lost(), OPEN) == (H, H, H)
    assert levels(FIRST, OPEN, Lost(), FIRST) == (H, H, H)
    assert levels(FIRST, OPEN, Lost(), FIRST, decision(P, ONE)) == (H, P, H)
    assert levels(Lost(), FIRST) == (H, H, H)


def test_the_level_is_told_with_the_decision_it_is_due_to() -> None:
    standing = standing_after([FIRST, OPEN, HIDE_ONE])
    assert standing.units[TWO].decision == OPEN
    assert standing.units[ONE].decision is None


def seen_closed(made: AccessDecision, closed: str) -> AccessDecision:
    return replace(made, units=tuple(replace(unit, closed=closed) for unit in made.units))


def test_a_page_from_before_somebody_closed_it_opens_nothing() -> None:
    stale, aware = seen_closed(OPEN, ""), seen_closed(decision(P, ONE), HIDE_ONE.id)
    assert levels(FIRST, stale) == (P, P, P)
    assert levels(FIRST, HIDE_ONE, stale) == (P, H, P)
    assert levels(FIRST, OPEN, HIDE_ONE, stale) == (P, H, P)
    assert levels(FIRST, decision(H, CASE), stale) == (H, H, H)
    assert levels(FIRST, decision(R, ONE, role=PersonRole.REVIEWER), stale) == (P, R, P)
    assert levels(FIRST, HIDE_ONE, aware) == (R, P, R)


def test_a_page_from_before_an_entry_was_lost_opens_nothing() -> None:
    stale, aware = seen_closed(OPEN, ""), seen_closed(OPEN, "lost up to 3")
    assert levels(FIRST, Lost(of="up to 3"), FIRST, stale) == (H, H, H)
    assert levels(Lost(of="up to 3"), FIRST, stale) == (H, H, H)
    assert levels(Lost(of="up to 3"), FIRST, aware) == (P, P, P)
    assert levels(Lost(of="up to 4"), FIRST, aware) == (H, H, H)


def test_what_comes_into_something_closed_is_closed_too() -> None:
    assert levels(without(ONE, TWO), decision(H, CASE), FIRST) == (H, H, H)
    assert levels(without(ONE, TWO), OPEN, FIRST) == (P, R, R)
    assert levels(without(ONE, TWO), decision(H, CASE), FIRST, seen_closed(decision(P, ONE), "")) == (H, H, H)
    in_view = standing_after([without(ONE, TWO), decision(H, CASE), FIRST]).in_view(ONE)
    assert (in_view.view, in_view.closed) == (FIRST.units[ONE].view, decision(H, CASE).id)


def test_only_what_nobody_closed_and_nothing_marked_ever_is_opened_with_its_like() -> None:
    def left(*events: AccessEvent) -> set[UnitKey]:
        return {key for key, one in standing_after(events).units.items() if one.is_left_open}

    assert left(FIRST) == left(FIRST, OPEN) == set(ALL)
    assert left(FIRST, HIDE_ONE) == left(FIRST, decision(R, ONE, role=PersonRole.REVIEWER)) == {CASE, TWO}
    assert left(again({ONE: told(SECRET)})) == left(again({ONE: told(SECRET)}), FIRST) == {CASE, TWO}
    assert left(without(ONE, TWO), decision(H, CASE), FIRST) == set()
    assert left(FIRST, Lost(), FIRST) == left(FIRST, Lost()) == set()


def test_what_was_never_told_of_cannot_be_in_view() -> None:
    with pytest.raises(KeyError):
        standing_after([FIRST, Lost()]).in_view(ONE)


def test_a_decision_closes_where_less_is_seen_by_it() -> None:
    package = standing_after([FIRST, replace(OPEN, reference=Reference.SHOWN)])
    assert closes(HIDE_ONE, package)
    assert closes(decision(P, ONE), package), "its number"
    assert closes(decision(H, ("C", "gone")), standing_after([FIRST, decision(H, CASE)]))
    assert not closes(replace(OPEN, reference=Reference.SHOWN), package)
    assert not closes(decision(R, ONE), standing_after([FIRST]))


def test_a_number_is_withheld_as_soon_as_anybody_says_so() -> None:
    numbered = replace(OPEN, reference=Reference.SHOWN)
    withheld = decision(P, ONE, role=PersonRole.ARCHIVIST)
    assert shown(FIRST, numbered, Announced(decision=withheld)) == {CASE, TWO}
    assert shown(FIRST, numbered, withheld) == {CASE, TWO}
    assert levels(FIRST, numbered, withheld) == (P, P, P)


def shown(*events: AccessEvent) -> frozenset[UnitKey]:
    return standing_after(events).references_shown()


def test_numbers_are_shown_where_a_releaser_says_so_and_no_gap_beside_them_tells() -> None:
    numbered = replace(OPEN, reference=Reference.SHOWN)
    assert shown(FIRST, OPEN) == frozenset()
    assert shown(FIRST, numbered) == set(ALL)
    assert shown(FIRST, numbered, HIDE_ONE) == {CASE}
    assert shown(FIRST, numbered, decision(R, ONE, role=PersonRole.ARCHIVIST)) == {CASE, TWO}
    assert PackageStanding().references_shown() == frozenset()
