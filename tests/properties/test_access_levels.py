"""Whatever happens to a package, in whatever order: only a releaser's complete decision ever lets more be seen.

One by what was approved beforehand counts as that of two, where two different people who may open have approved it.
"""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from ingest.domain.access.decisions import AccessDecision, ToldUnit, UnitInView, View
from ingest.domain.access.levels import Level
from ingest.domain.access.marks import Cause
from ingest.domain.access.preapprovals import PreApproval
from ingest.domain.access.proposals import propose
from ingest.domain.access.standing import (
    AccessEvent,
    Announced,
    ApprovalWithdrawn,
    Lost,
    PackageStanding,
    Told,
    after,
    standing_after,
)
from ingest.domain.access.units import UnitKey, above
from ingest.domain.agreements import AccessDefault
from ingest.domain.cases import Case, Record
from ingest.domain.dates import parse_date
from ingest.domain.descriptions import Party, Restriction, TypedDate
from ingest.domain.people import PersonRole
from ingest.domain.submissions import Dialect, Submission
from tests.fakes.decided import APPROVED, CLASS, by_approval, decision, word

ROLES = st.sampled_from(list(PersonRole))
STRICTNESS = [Level.PUBLIC, Level.ON_REQUEST, Level.HIDDEN]
ENDED = TypedDate(type="end", raw="1999-12-31", value=parse_date("1999-12-31"))
GDPR = Restriction(type="gdpr", regulation="Art. 6")
RESTRICTIONS = [
    (),
    (GDPR,),
    (replace(GDPR, ends=ENDED),),
    (Restriction(type="confidential", regulation="OSL"),),
    (Restriction(type="confidential", regulation="OSL", ends=ENDED),),
    (Restriction(type="integrity"),),
]
FOUND = (Cause.PERSONAL_NUMBER, Cause.NOT_SEARCHED)
IDS = ["1", "2", "3"]
KEYS: list[UnitKey] = [("C",), *(("C", one) for one in IDS), ("C", "P"), ("C", "P", "1"), ("L",)]
ANY_KEYS = st.lists(st.sampled_from(KEYS), min_size=1, max_size=4, unique=True)


def rank(level: Level) -> int:
    return STRICTNESS.index(level)


class Package(RuleBasedStateMachine):
    """A case with records and a part, and a loose record; everything about them changes."""

    @initialize()
    def begin(self) -> None:
        self.submission = Submission(
            dialect=Dialect.FGS_1_2,
            cases=(Case(id="C", records=(Record(id="1"), Record(id="2"))),),
            records=(Record(id="L"),),
        )
        self.hits: set[UnitKey] = set()
        self.default = AccessDefault.ON_REQUEST
        self.events: list[AccessEvent] = []
        self.standing = PackageStanding()
        self.opened: set[UnitKey] = set()
        self.approvals: list[PreApproval] = []
        self.withdrawn: set[str] = set()
        self.tell()

    # ------------------------------------------------------------------------- what can happen

    @rule(marks=st.sampled_from(RESTRICTIONS), at=st.sampled_from(["C", "1", "2", "3", "P", "L"]))
    def mark_otherwise(self, marks: tuple[Restriction, ...], at: str) -> None:
        (case,) = self.submission.cases
        records = tuple(replace(one, restrictions=marks) if one.id == at else one for one in case.records)
        parts = tuple(replace(one, restrictions=marks) if one.id == at else one for one in case.parts)
        case = replace(case, records=records, parts=parts, restrictions=marks if at == "C" else case.restrictions)
        loose = tuple(replace(one, restrictions=marks) if one.id == at else one for one in self.submission.records)
        self.change(replace(self.submission, cases=(case,), records=loose))

    @rule(ids=st.lists(st.sampled_from(IDS), max_size=4), title=st.sampled_from(["a", "b"]))
    def bring_a_new_generation(self, ids: list[str], title: str) -> None:
        inner = tuple(Record(id=one, title=title) for one in ids)
        with_part = len(ids) % 2 == 1
        case = Case(id="C", records=inner, parts=(Case(id="P", records=inner[:1]),) if with_part else ())
        self.change(replace(self.submission, cases=(case,), records=(Record(id="L", title=title),) if ids else ()))

    @rule(protected=st.sampled_from([None, False, True]), word=st.sampled_from([None, "PuL", "Secrecy", "nej"]))
    def say_otherwise_of_the_whole(self, protected: bool | None, word: str | None) -> None:  # noqa: FBT001 - as delivered
        (case,) = self.submission.cases
        case = replace(case, parties=(Party(type="counterpart", protected_identity=protected),))
        self.change(replace(self.submission, cases=(case,), access_restriction=word))

    @rule(key=st.sampled_from(KEYS))
    def find_a_personal_number(self, key: UnitKey) -> None:
        self.hits.add(key)
        self.tell()

    @rule(default=st.sampled_from(list(AccessDefault)))
    def agree_otherwise(self, default: AccessDefault) -> None:
        self.default = default
        self.tell()

    @rule()
    def let_years_pass(self) -> None:
        before = self.standing
        self.tell()
        assert self.standing == before

    @rule(keys=ANY_KEYS, level=st.sampled_from(list(Level)), role=ROLES, stale=st.booleans())
    def decide(self, keys: list[UnitKey], level: Level, role: PersonRole, stale: bool) -> None:  # noqa: FBT001 - drawn
        made = self.decision(keys, level, role)
        if stale:
            made = replace(made, units=tuple(replace(u, view=View(content="old", hits="")) for u in made.units))
        elif role is PersonRole.RELEASER:
            self.opened = set(keys)
        self.happen(made)

    @rule(
        keys=ANY_KEYS, level=st.sampled_from(list(Level)), lack=st.sampled_from(["reason", "ground", "personal_data"])
    )
    def decide_without_saying_why(self, keys: list[UnitKey], level: Level, lack: str) -> None:
        made = self.decision(keys, level, PersonRole.RELEASER)
        if lack == "personal_data" and level is not Level.PUBLIC:
            self.opened = set(keys)
        match lack:
            case "reason":
                self.happen(replace(made, reason=""))
            case "ground":
                self.happen(replace(made, ground=" "))
            case _:
                self.happen(replace(made, personal_data=""))

    @rule(keys=ANY_KEYS, level=st.sampled_from(list(Level)))
    def announce(self, keys: list[UnitKey], level: Level) -> None:
        self.happen(Announced(decision=self.decision(keys, level, PersonRole.RELEASER)))

    @rule(number=st.integers(min_value=0, max_value=10**6))
    def decide_once_more_what_was_decided(self, number: int) -> None:
        made = [event for event in self.events if isinstance(event, AccessDecision)]
        if made:
            again = made[number % len(made)]
            seen = {unit.key for unit in again.units if unit.closed == self.closed_by(unit.key)}
            self.opened = self.left_to(again.approval, seen) if again.approval else seen
            if again.approval is None and again.role is not PersonRole.RELEASER:
                self.opened = set()
            self.happen(replace(again, id=str(len(self.events))))

    @rule(one=ROLES, other=ROLES, is_same=st.booleans())
    def approve_beforehand(self, one: PersonRole, other: PersonRole, is_same: bool) -> None:  # noqa: FBT001 - drawn
        people = (word("Rut Ek", one), word("Rut Ek" if is_same else "Bo Alm", other))
        self.approvals.append(replace(APPROVED, id=f"a-{len(self.approvals)}", approvals=people))

    @rule(keys=ANY_KEYS, number=st.integers(min_value=0, max_value=10**6))
    def decide_by_what_was_approved(self, keys: list[UnitKey], number: int) -> None:
        if self.approvals:
            approval = self.approvals[number % len(self.approvals)]
            units = self.decision(keys, Level.PUBLIC, PersonRole.ARCHIVIST).units
            self.opened = self.left_to(approval, set(keys))
            self.happen(replace(by_approval(approval), id=str(len(self.events)), units=units))

    @rule(number=st.integers(min_value=0, max_value=10**6))
    def withdraw_an_approval(self, number: int) -> None:
        if self.approvals:
            withdrawn = self.approvals[number % len(self.approvals)].id
            self.withdrawn.add(withdrawn)
            self.happen(ApprovalWithdrawn(approval=withdrawn))
            due = (one.decision and one.decision.approval for one in self.standing.units.values())
            assert withdrawn not in {approval.id for approval in due if approval}

    def left_to(self, approval: PreApproval, keys: set[UnitKey]) -> set[UnitKey]:
        """Give what an approval of two releasers may open: what is unmarked, and what nobody has closed."""
        names = {one.by for one in approval.approvals if one.role is PersonRole.RELEASER}
        if len(names) != len({"Rut Ek", "Bo Alm"}) or approval.id in self.withdrawn:
            return set()
        told = {key: one.told for key, one in self.standing.units.items() if not one.closed}
        return {key for key in keys if (unit := told.get(key)) and unit.proposal.is_unmarked}

    @rule()
    def lose_an_entry(self) -> None:
        self.happen(Lost(of=str(len(self.events))))
        assert {standing.level for standing in self.standing.units.values()} <= {Level.HIDDEN}
        self.tell()

    @rule()
    def rebuild(self) -> None:
        assert standing_after(self.events) == self.standing

    @rule(number=st.integers(min_value=0, max_value=10**6), again=st.booleans())
    def rebuild_from_what_is_left(self, number: int, again: bool) -> None:  # noqa: FBT001 - drawn
        place = number % len(self.events)
        told = [event for event in self.events[: place + 1] if isinstance(event, Told)][-1:] if again else []
        damaged = standing_after([*self.events[:place], Lost(of="then"), *told, *self.events[place + 1 :]])
        for key in self.standing.units:
            assert not damaged.level_of(key).is_laxer_than(self.standing.level_of(key)), (key, place)

    # ------------------------------------------------------------------------- what must hold

    def happen(self, event: AccessEvent) -> None:
        """Let it happen; what the law says is asked of what was before, by other words than the code's."""
        before, permitted = self.standing, self.opened
        self.opened = set()
        self.events.append(event)
        self.standing = after(before, event)
        for key, standing in self.standing.units.items():
            was = before.units.get(key)
            if was is not None and rank(standing.level) < rank(was.level):
                assert isinstance(event, AccessDecision)
                assert key in permitted
                assert standing.level == event.level
            if was is None:
                gone = [rank(one.level) for other, one in before.units.items() if other not in self.standing.units]
                around = [rank(before.units[over].level) for over in above(key) if over in before.units]
                assert rank(standing.level) >= max([1, *gone, *around])
        if isinstance(event, AccessDecision | Announced):
            self.closed(event.decision if isinstance(event, Announced) else event)

    def closed(self, made: AccessDecision) -> None:
        """Whoever decides: what is named, and all that is in it, is at least as closed as that."""
        named = {unit.key for unit in made.units}
        for key, standing in self.standing.units.items():
            if key in named or named & set(above(key)):
                assert rank(standing.level) >= rank(made.level)

    def change(self, submission: Submission) -> None:
        self.submission = submission
        self.tell()

    def tell(self) -> None:
        proposals = propose(self.submission, dict.fromkeys(self.hits, FOUND), self.default)
        units = {
            key: ToldUnit(view=self.view(key), proposal=proposal, of_class=CLASS) for key, proposal in proposals.items()
        }
        before = {key: standing.told and standing.told.view for key, standing in self.standing.units.items()}
        self.happen(Told(units=units))
        for key, proposal in proposals.items():
            standing = self.standing.units[key]
            void = before.get(key) != self.view(key) or standing.decision is None
            assert not void or rank(standing.level) >= rank(proposal.level)

    def view(self, key: UnitKey) -> View:
        return View(content=repr(self.submission), hits=repr(sorted(hit for hit in self.hits if hit[0] == key[0])))

    def decision(self, keys: list[UnitKey], level: Level, role: PersonRole) -> AccessDecision:
        units = tuple(UnitInView(key=key, view=self.view(key), closed=self.closed_by(key)) for key in keys)
        return replace(decision(level, role=role), id=str(len(self.events)), units=units)

    def closed_by(self, key: UnitKey) -> str:
        standing = self.standing.units.get(key)
        return "" if standing is None else standing.closed


TestPackage = Package.TestCase
