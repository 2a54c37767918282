"""What a catalogue promises of decisions on access: none is lost, and each has its place in the journal."""

from dataclasses import replace

from ingest.access_ports import Journalled
from ingest.domain.access.levels import Level
from ingest.domain.journal import Subject, SubjectKind
from ingest.ports import Catalogue
from tests.contracts.catalogue_values import Opening, journal_record
from tests.fakes.decided import APPROVED, decision

HIDE = replace(decision(Level.HIDDEN, ("C", "1"), ("L",)), id="hide", package="p")
OPEN = replace(HIDE, id="open", level=Level.PUBLIC)
OTHER = replace(HIDE, id="other", package="q")


class AccessContract:
    """Part of the catalogue's contract; the whole gives `catalogue` and `opening`."""

    def test_a_decision_waits_for_its_entry_and_then_has_its_place(self, catalogue: Catalogue) -> None:
        for made in (OTHER, HIDE, OPEN, HIDE):
            catalogue.announce_access(made)
        assert [one.id for one in catalogue.announced_access()] == ["other", "hide", "open"]
        assert catalogue.access_decisions("p") == ()
        for _ in range(2):
            catalogue.settle_access(HIDE, 7)
        assert [one.id for one in catalogue.announced_access()] == ["other", "open"]
        assert [(one.sequence, one.decision.id) for one in catalogue.access_decisions("p")] == [(7, "hide")]
        assert catalogue.access_decisions("q") == ()
        assert catalogue.decided_packages() == ("p", "q")

    def test_decisions_come_by_their_places_also_those_that_nobody_announced(self, catalogue: Catalogue) -> None:
        catalogue.settle_access(OPEN, 11)
        catalogue.settle_access(HIDE, 2)
        catalogue.settle_access(OTHER, 2)
        assert [one.sequence for one in catalogue.access_decisions("p")] == [2, 11]

    def test_what_is_journalled_does_not_wait_again(self, catalogue: Catalogue) -> None:
        catalogue.settle_access(OPEN, 11)
        catalogue.announce_access(OPEN)
        assert catalogue.announced_access() == ()
        assert [one.sequence for one in catalogue.access_decisions("p")] == [11]

    def test_a_decision_comes_back_as_it_went_in_and_others_see_it_at_once(
        self, catalogue: Catalogue, opening: Opening
    ) -> None:
        plain = replace(HIDE, stub_text="Handlingen finns på begäran: åäö.")
        catalogue.announce_access(plain)
        assert opening().announced_access() == (plain,)
        catalogue.settle_access(plain, 1)
        assert opening().access_decisions("p") == (Journalled(sequence=1, decision=plain),)

    def test_one_chain_is_listed_without_the_others(self, catalogue: Catalogue) -> None:
        for sequence in (10, 1, 2):
            catalogue.add_journal_record(journal_record(sequence))
        catalogue.add_journal_record(journal_record(3, subject="t"))
        chain = Subject(kind=SubjectKind.DELIVERY, id="s")
        assert catalogue.chain(chain) == tuple(journal_record(sequence) for sequence in (1, 2, 10))
        assert catalogue.chain(replace(chain, kind=SubjectKind.PACKAGE)) == ()

    def test_a_pre_approval_goes_onwards_and_never_back(self, catalogue: Catalogue) -> None:
        proposed = replace(APPROVED, approvals=APPROVED.approvals[:1])
        withdrawn = replace(APPROVED, withdrawn=APPROVED.approvals[1])
        assert catalogue.pre_approvals() == ()
        assert catalogue.pre_approval(APPROVED.id) is None
        for recorded, known in (
            (proposed, proposed),
            (APPROVED, APPROVED),
            (proposed, APPROVED),
            (withdrawn, withdrawn),
            (APPROVED, withdrawn),
            (replace(withdrawn, ground="annan"), withdrawn),
        ):
            catalogue.record_pre_approval(recorded)
            assert catalogue.pre_approval(APPROVED.id) == known

    def test_pre_approvals_are_listed_the_last_first_and_others_see_them_at_once(
        self, catalogue: Catalogue, opening: Opening
    ) -> None:
        other = replace(APPROVED, id="a-2", ground="åäö")
        catalogue.record_pre_approval(APPROVED)
        catalogue.record_pre_approval(other)
        catalogue.record_pre_approval(APPROVED)
        assert opening().pre_approvals() == (other, APPROVED)
