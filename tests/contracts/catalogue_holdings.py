"""What a catalogue promises of packages, agreements, journal records, and of being rebuilt."""

from dataclasses import replace

import pytest

from ingest.domain.agreements import DEFAULT_AGREEMENT, Standing
from ingest.domain.deliveries import DeliveryState
from ingest.domain.format_policy import FormatPolicy, Target
from ingest.domain.journal import EMPTY_CHAIN, ChainHead, Subject, SubjectKind
from ingest.errors import ObjectExists, UnknownSubject
from ingest.ports import Catalogue
from tests.contracts.catalogue_values import (
    archived,
    as_trial,
    converted,
    event,
    finding,
    identified,
    journal_record,
    number,
    package_of,
    staged,
    upload,
)


class HoldingsContract:
    """Part of the catalogue's contract; the whole gives `catalogue`."""

    def test_a_package_shows_once_its_delivery_is_archived(self, catalogue: Catalogue) -> None:
        delivery = archived("a")
        catalogue.register_package(package_of(delivery))
        assert catalogue.packages() == ()
        catalogue.restore(replace(delivery, state=DeliveryState.PRESERVING), (), (), ())
        assert catalogue.packages() == ()
        catalogue.restore(delivery, (), (), ())
        assert catalogue.packages() == (package_of(delivery),)

    def test_the_current_generation_is_the_newest_that_is_archived(self, catalogue: Catalogue) -> None:
        first, second, third = (archived(name, generation=n) for n, name in enumerate("abc", start=1))
        for delivery in (first, second, replace(third, state=DeliveryState.PRESERVING)):
            catalogue.restore(delivery, (), (), ())
            catalogue.register_package(package_of(delivery))
        assert catalogue.packages() == (package_of(second),)

    def test_packages_are_listed_oldest_first(self, catalogue: Catalogue) -> None:
        late = replace(archived("a", "EXN 1", minute=2), package=number("1"))
        early = replace(archived("b", "EXN 2", minute=1), package=number("2"))
        for delivery in (late, early):
            catalogue.restore(delivery, (), (), ())
            catalogue.register_package(package_of(delivery))
        assert catalogue.packages() == (package_of(early), package_of(late))

    def test_one_package_is_given_in_its_current_generation(self, catalogue: Catalogue) -> None:
        first, second, third = (archived(name, generation=n) for n, name in enumerate("abc", start=1))
        other = replace(archived("d", "EXN 1", generation=9), package=number("other"))
        for delivery in (other, second, first, replace(third, state=DeliveryState.PRESERVING)):
            catalogue.restore(delivery, (), (), ())
            catalogue.register_package(package_of(delivery))
        assert catalogue.package(number("package")) == package_of(second)
        assert catalogue.generations(number("package")) == (package_of(first), package_of(second))
        assert catalogue.package(number("other")) == package_of(other)

    def test_a_package_none_of_whose_deliveries_is_archived_is_not_given(self, catalogue: Catalogue) -> None:
        delivery = replace(archived("a"), state=DeliveryState.PRESERVING)
        catalogue.restore(delivery, (), (), ())
        catalogue.register_package(package_of(delivery))
        assert catalogue.package(number("package")) is None
        assert catalogue.package(delivery.id) is None

    def test_a_generation_is_registered_once(self, catalogue: Catalogue) -> None:
        package = package_of(archived("a"))
        catalogue.register_package(package)
        catalogue.register_package(package)
        with pytest.raises(ObjectExists, match=package.package):
            catalogue.register_package(replace(package, files=4))

    def test_a_reference_is_any_id_that_a_person_may_hold(self, catalogue: Catalogue) -> None:
        delivery = archived("a")
        catalogue.restore(delivery, (), (), ())
        for reference in (delivery.id, number("package"), "EXN 2021/17"):
            assert catalogue.find(reference) == (number("package"), delivery.id)
        with pytest.raises(UnknownSubject, match="EXN 1"):
            catalogue.find("EXN 1")

    def test_a_package_is_found_in_its_current_generation(self, catalogue: Catalogue) -> None:
        first, second, third = (archived(name, generation=n) for n, name in enumerate("abc", start=1))
        for delivery in (first, second, replace(third, state=DeliveryState.PRESERVING)):
            catalogue.restore(delivery, (), (), ())
        assert catalogue.find(number("package")) == (number("package"), second.id)
        assert catalogue.find(first.id) == (number("package"), first.id)

    def test_a_producers_id_means_what_was_accepted_before_what_was_refused(self, catalogue: Catalogue) -> None:
        refused = replace(identified(upload("r", minute=5), "EXN 2021/17", 2), state=DeliveryState.REJECTED)
        catalogue.restore(refused, (), (), ())
        assert catalogue.find("EXN 2021/17") == (None, refused.id)
        catalogue.restore(archived("a"), (), (), ())
        assert catalogue.find("EXN 2021/17") == (number("package"), number("a"))

    @pytest.mark.parametrize("state", [DeliveryState.CHECKING, DeliveryState.REJECTED])
    def test_a_producers_id_means_what_was_meant_before_a_newer_test(
        self, catalogue: Catalogue, state: DeliveryState
    ) -> None:
        test = as_trial(archived("t", minute=5))
        catalogue.restore(replace(test, state=DeliveryState.TESTED), (), (), ())
        assert catalogue.find("EXN 2021/17") == (None, test.id)
        meant = replace(identified(upload("m"), "EXN 2021/17"), state=state)
        catalogue.restore(meant, (), (), ())
        assert catalogue.find("EXN 2021/17") == (None, meant.id)

    def test_what_is_not_archived_has_no_package_yet(self, catalogue: Catalogue) -> None:
        refused = replace(archived("a"), state=DeliveryState.REJECTED)
        catalogue.restore(refused, (), (), ())
        assert catalogue.find(refused.id) == (None, refused.id)

    def test_an_agreement_keeps_all_its_versions(self, catalogue: Catalogue) -> None:
        second = replace(DEFAULT_AGREEMENT, version=2, producers=("ORG:2120009994",), max_bytes=1)
        for agreement in (second, DEFAULT_AGREEMENT, DEFAULT_AGREEMENT):
            catalogue.add_agreement(agreement)
        assert catalogue.agreement("default") == second
        assert catalogue.agreement_version("default", 1) == DEFAULT_AGREEMENT
        assert catalogue.agreement("other") is None
        assert catalogue.agreement_versions("default") == (DEFAULT_AGREEMENT, second)
        assert catalogue.agreement_versions("other") == ()
        draft = replace(second, version=3, standing=Standing.DRAFT)
        catalogue.add_agreement(draft)
        assert (catalogue.agreement("default"), catalogue.agreements()) == (second, (draft,))
        another = replace(second, id="another")
        catalogue.add_agreement(another)
        assert catalogue.agreements() == (another, draft)
        with pytest.raises(UnknownSubject):
            catalogue.agreement_version("default", 4)
        with pytest.raises(ObjectExists):
            catalogue.add_agreement(replace(second, max_bytes=2))

    def test_the_newest_format_policy_holds(self, catalogue: Catalogue) -> None:
        first = FormatPolicy(version=1, rules=(), targets=())
        assert catalogue.format_policy() is None
        for policy in (replace(first, version=2), first, first):
            catalogue.add_format_policy(policy)
        assert catalogue.format_policy() == replace(first, version=2)
        target = Target(name="tiff", title="TIFF", extension="tif", puids=("fmt/353",))
        with pytest.raises(ObjectExists):
            catalogue.add_format_policy(replace(first, targets=(target,)))

    def test_a_chain_ends_in_its_last_entry(self, catalogue: Catalogue) -> None:
        subject = Subject(kind=SubjectKind.DELIVERY, id="s")
        assert catalogue.chain_head(subject) == EMPTY_CHAIN
        for sequence in (1, 2, 10, 2):
            catalogue.add_journal_record(journal_record(sequence))
        catalogue.add_journal_record(journal_record(11, subject="t"))
        assert catalogue.chain_head(subject) == ChainHead(sequence=10, digest=f"{10:064x}")
        assert catalogue.chain_head(replace(subject, kind=SubjectKind.PACKAGE)) == EMPTY_CHAIN

    def test_of_a_kind_the_last_entry_of_the_last_chain_is_given(self, catalogue: Catalogue) -> None:
        assert catalogue.last_record(SubjectKind.DELIVERY) is None
        for sequence, subject in ((3, "s"), (1, "t"), (2, "t"), (9, "r")):
            catalogue.add_journal_record(journal_record(sequence, subject=subject))
        assert catalogue.last_record(SubjectKind.DELIVERY) == journal_record(2, subject="t")
        assert catalogue.last_record(SubjectKind.PACKAGE) is None

    def test_a_place_in_a_chain_is_filled_once(self, catalogue: Catalogue) -> None:
        catalogue.add_journal_record(journal_record(1))
        with pytest.raises(ObjectExists):
            catalogue.add_journal_record(journal_record(1, digest="f" * 64))
        assert catalogue.journal_records() == (journal_record(1),)

    def test_entries_are_listed_by_subject_and_sequence(self, catalogue: Catalogue) -> None:
        records = [journal_record(n, subject) for subject in ("s", "t") for n in (1, 2, 10)]
        for record in reversed(records):
            catalogue.add_journal_record(record)
        assert catalogue.journal_records() == tuple(records)

    def test_a_rebuilt_delivery_is_as_it_was_however_often(self, catalogue: Catalogue) -> None:
        delivery = archived("a")
        for _ in range(2):
            catalogue.restore(
                delivery, [event("2"), event("1")], [finding("CSIP60")], [staged(1), staged(0)], [converted(1)]
            )
        assert catalogue.delivery(delivery.id) == delivery
        assert catalogue.events(delivery.id) == (event("2"), event("1"))
        assert catalogue.findings(delivery.id) == (finding("CSIP60"),)
        assert catalogue.staged(delivery.id) == (staged(0), staged(1))
        assert catalogue.conversions(delivery.id) == (converted(1),)
        assert catalogue.examinations(delivery.id) == ()
        assert tuple(catalogue.runnable()) == ()
