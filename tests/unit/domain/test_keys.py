"""Which role may do what: the whole table."""

from typing import Final

import pytest

from ingest.domain.keys import Action, Caller, Operation, Role

_O = Operation
_READS = {_O.READ_DELIVERIES, _O.READ_PACKAGES, _O.READ_AGREEMENTS}
MAY: Final = {
    (Role.PRODUCER, frozenset(Action)): {_O.DELIVER, _O.VALIDATE, *_READS, _O.READ_WEBHOOKS, _O.CHANGE_WEBHOOKS},
    (Role.PRODUCER, frozenset({Action.DELIVER})): {_O.DELIVER, _O.VALIDATE, _O.CHANGE_WEBHOOKS},
    (Role.PRODUCER, frozenset({Action.READ})): {*_READS, _O.READ_WEBHOOKS},
    (Role.PRODUCER, frozenset[Action]()): set[Operation](),
    (Role.ARCHIVIST, frozenset[Action]()): {
        _O.VALIDATE,
        _O.EDIT_AGREEMENTS,
        _O.CORRECT_METADATA,
        _O.DECIDE_HELD,
        *_READS,
    },
    (Role.OPERATOR, frozenset[Action]()): {_O.READ_METRICS},
}


@pytest.mark.parametrize("operation", Operation)
@pytest.mark.parametrize(("role", "actions"), MAY)
def test_a_role_opens_what_the_table_says(role: Role, actions: frozenset[Action], operation: Operation) -> None:
    caller = Caller(role=role, name="x", actions=actions)
    assert caller.may(operation) is (operation in MAY[role, actions])


def test_every_role_is_in_the_table() -> None:
    assert {role for role, _ in MAY} == set(Role)


@pytest.mark.parametrize(
    ("caller", "ours", "theirs"),
    [
        (Caller(role=Role.PRODUCER, name="p", producer="Nämnden", agreements=("a",)), True, False),
        (Caller(role=Role.PRODUCER, name="any"), True, True),
        (Caller(role=Role.ARCHIVIST, name="Anna"), True, True),
        (Caller(role=Role.OPERATOR, name="Olle"), False, False),
    ],
)
def test_a_producer_sees_its_own_an_archivist_all_an_operator_nothing(
    caller: Caller, *, ours: bool, theirs: bool
) -> None:
    assert (caller.sees_deliveries_of("Nämnden"), caller.sees_deliveries_of("En annan")) == (ours, theirs)
    assert (caller.may_use("a"), caller.may_use("b")) == (ours, theirs)
