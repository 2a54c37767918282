"""The proposed level over every combination of its inputs' classes, held against an oracle written otherwise."""

from dataclasses import replace
from itertools import product

import pytest

from ingest.domain.access.levels import Level
from ingest.domain.access.marks import Cause
from ingest.domain.access.proposals import Place, Proposal, propose
from ingest.domain.access.units import UnitKey
from ingest.domain.agreements import AccessDefault
from ingest.domain.cases import Case, Record
from ingest.domain.descriptions import Party, Restriction
from ingest.domain.submissions import Dialect, Submission

MARKS: dict[str, tuple[Restriction, ...]] = {
    "none": (),
    "private": (Restriction(type="gdpr", regulation="Art. 6"),),
    "secret": (Restriction(type="confidential", regulation="OSL 21 kap. 3 §"),),
    "groundless": (Restriction(type="integrity"),),
    "odd": (Restriction(type="Hemligt", regulation="OSL"),),
}
WHERE = ("nowhere", "above", "here", "below", "beside")
PACKAGE = (None, "Secrecy", "PuL", "Secrecy and PuL", "GDPR", "nej", "?")
DEFAULTS = tuple(AccessDefault)

CASE: UnitKey = ("C",)
PART: UnitKey = ("C", "P")
RECORD: UnitKey = ("C", "P", "R")
SIBLING: UnitKey = ("C", "S")
PLACES: dict[str, UnitKey] = {"above": CASE, "here": PART, "below": RECORD, "beside": SIBLING}


def delivered(up: str, own: str, down: str, package: str | None, protected: str) -> Submission:
    """A case with two parts; the first is looked at, and has one record."""
    parties = {place: (Party(type="counterpart", protected_identity=place == protected),) for place in PLACES}
    record = Record(id="R", restrictions=MARKS[down], parties=parties["below"])
    part = Case(id="P", restrictions=MARKS[own], parties=parties["here"], records=(record,))
    sibling = Case(id="S", restrictions=MARKS["secret"], parties=parties["beside"])
    case = Case(id="C", restrictions=MARKS[up], parties=parties["above"], parts=(part, sibling))
    return Submission(dialect=Dialect.FGS_1_2, access_restriction=package, cases=(case,))


def expected(up: str, own: str, down: str, package: str | None, protected: str, default: AccessDefault) -> str:
    """DESIGN §8 in words: look for anything that hides; what is left over is on request, whatever else is said."""
    said = [up, own, down]
    worst = {"secret", "groundless", "odd"} & set(said)
    contradicted = package == "nej" and (set(said) != {"none"} or protected in {"above", "here", "below"})
    hidden_as_a_whole = package in {"Secrecy", "Secrecy and PuL", "?"} or default == "hidden"
    somebody_to_protect = protected not in {"nowhere", "beside"}
    return "hidden" if worst or contradicted or hidden_as_a_whole or somebody_to_protect else "on-request"


@pytest.mark.parametrize("package", PACKAGE)
@pytest.mark.parametrize("protected", WHERE)
def test_every_combination_gives_what_the_words_say(package: str | None, protected: str) -> None:
    for up, own, down in product(MARKS, repeat=3):
        submission = delivered(up, own, down, package, protected)
        for hit, default in product(WHERE, DEFAULTS):
            hits = {PLACES[hit]: (Cause.PERSONAL_NUMBER,)} if hit in PLACES else {}
            proposal = propose(submission, hits, default)[PART]
            clean = (up, own, down) == ("none",) * 3 and package in {None, "nej"} and default != "hidden"
            unmarked = clean and {hit, protected} <= {"nowhere", "beside"}
            assert proposal.level == expected(up, own, down, package, protected, default)
            assert proposal.is_unmarked is unmarked
            assert _tells_of_the_hit(proposal) == (hit if hit in {"above", "here", "below"} else "")


def _tells_of_the_hit(proposal: Proposal) -> str:
    words = {Place.ABOVE: "above", Place.ITSELF: "here", Place.BELOW: "below"}
    return "".join(words[r.place] for r in proposal.reasons if r.cause is Cause.PERSONAL_NUMBER)


UNMARKED = Submission(
    dialect=Dialect.FGS_1_2, cases=(Case(id="C", records=(Record(id="R"),)),), records=(Record(id="L"),)
)


def test_what_bears_no_mark_is_on_request() -> None:
    proposals = propose(UNMARKED, {}, AccessDefault.ON_REQUEST)
    assert list(proposals) == [("C",), ("C", "R"), ("L",)]
    assert {proposal.level for proposal in proposals.values()} == {Level.ON_REQUEST}
    assert all(proposal.is_unmarked for proposal in proposals.values())


def test_what_cannot_be_told_apart_is_hidden_with_the_case_that_it_is_in() -> None:
    twins = replace(UNMARKED, cases=(Case(id="C", records=(Record(id="R"), Record(id="R", title="x"))),))
    proposals = propose(twins, {}, AccessDefault.ON_REQUEST)
    assert {key: proposal.level for key, proposal in proposals.items()} == {
        ("C",): Level.HIDDEN,
        ("C", "R"): Level.HIDDEN,
        ("L",): Level.ON_REQUEST,
    }


def test_a_reason_names_the_unit_that_bears_the_mark_and_its_words() -> None:
    reasons = propose(delivered("odd", "none", "private", "PuL", "nowhere"), {}, AccessDefault.HIDDEN)[PART].reasons
    assert {(reason.cause, reason.place, reason.of, reason.words) for reason in reasons} == {
        (Cause.UNKNOWN_VALUE, Place.ABOVE, CASE, "Hemligt"),
        (Cause.PRIVACY, Place.BELOW, RECORD, "gdpr"),
        (Cause.PRIVACY, Place.PACKAGE, (), "PuL"),
        (Cause.AGREEMENT, Place.ARCHIVE, (), ""),
    }


def test_a_cause_in_many_records_is_told_once_of_the_case() -> None:
    records = tuple(Record(id=str(number), restrictions=MARKS["secret"]) for number in range(5))
    case = Case(id="C", records=records)
    reasons = propose(replace(UNMARKED, cases=(case,)), {}, AccessDefault.ON_REQUEST)[CASE].reasons
    assert [(reason.cause, reason.of) for reason in reasons] == [(Cause.SECRECY, ("C", "0"))]
