"""What a catalogue promises of every value: that it comes back as it went in."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from types import EllipsisType
from typing import Any, TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.conversions import Conversion, Converted, NotConverted
from ingest.domain.decisions import Transition
from ingest.domain.deliveries import Delivery, DeliveryState, Identity
from ingest.domain.findings import Finding
from ingest.domain.fixity import Digest, DigestAlgorithm
from ingest.domain.format_policy import FormatPolicy
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.journal import Header, JournalRecord
from ingest.domain.nested import NestedListing
from ingest.domain.packages import Examination, GeneratedFile, StagedObject
from ingest.domain.provenance import PreservationEvent
from ingest.ports import Catalogue, Lease
from tests.contracts.catalogue_values import number, staged, upload

ValueT = TypeVar("ValueT")
# One contract is run by one class for each database on purpose; an example that fails names its class.
_ON_PURPOSE = [HealthCheck.function_scoped_fixture, HealthCheck.differing_executors]
EXAMPLES = settings(max_examples=25, deadline=None, suppress_health_check=_ON_PURPOSE)

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
INSTANTS = st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants it naive
SMALL = st.integers(0, 2**31 - 1)
SIZES = st.integers(0, 2**63 - 1)
DIGESTS = st.sampled_from(DigestAlgorithm).flatmap(
    lambda algorithm: st.builds(
        Digest,
        algorithm=st.just(algorithm),
        value=st.text("0123456789abcdef", min_size=algorithm.hex_length, max_size=algorithm.hex_length),
    )
)


def every(kind: type[ValueT], **chosen: st.SearchStrategy[Any]) -> st.SearchStrategy[ValueT]:
    """Build a value with all of its fields drawn, those with a default too."""
    drawn: dict[str, st.SearchStrategy[Any] | EllipsisType] = {f.name: ... for f in fields(kind)}  # type: ignore[arg-type]
    return st.builds(kind, **{**drawn, **chosen})


IDENTITIES = every(Identity, producer=NAMES, delivery=NAMES)
DELIVERIES = every(
    Delivery,
    id=st.just(number("drawn")),
    version=SMALL,
    attempt=SMALL,
    generation=SMALL,
    received_at=INSTANTS,
    identity=st.none() | IDENTITIES,
    package=st.none() | NAMES,
    repeat_of=st.none() | NAMES,
)
STAGED = st.lists(
    every(StagedObject, ordinal=SMALL, path=NAMES, size=SIZES, sha256=NAMES, key=NAMES),
    unique_by=(lambda o: o.ordinal, lambda o: o.path),
    max_size=4,
)
EVENTS = st.lists(every(PreservationEvent, id=NAMES, at=INSTANTS), unique_by=lambda event: event.id, max_size=3)
FINDINGS = st.lists(every(Finding), max_size=3)
SECONDS = st.floats(0, 1e6)
EXAMINATIONS = every(
    Examination,
    ordinal=st.just(0),
    digests=st.lists(DIGESTS, max_size=2).map(tuple),
    nested=st.none() | every(NestedListing, seconds=SECONDS),
)
OUTCOMES = every(Converted, size=SIZES) | every(NotConverted)
CONVERSIONS = every(Conversion, ordinal=st.just(0), policy=SMALL, outcome=OUTCOMES, wasted=SECONDS)
PACKAGES = every(
    ArchivedPackage, package=NAMES, generation=SMALL, delivery_id=st.just(number("drawn")), stored_at=INSTANTS
)
AGREEMENTS = every(SubmissionAgreement, id=NAMES, version=SMALL)


class RoundTripsContract:
    """Part of the catalogue's contract; the whole gives `catalogue`."""

    @EXAMPLES
    @given(delivery=DELIVERIES, events=EVENTS, findings=FINDINGS, objects=STAGED)
    def test_a_delivery_with_all_that_belongs_to_it(
        self,
        catalogue: Catalogue,
        delivery: Delivery,
        events: list[PreservationEvent],
        findings: list[Finding],
        objects: list[StagedObject],
    ) -> None:
        catalogue.restore(delivery, events, findings, objects)
        assert catalogue.delivery(delivery.id) == delivery
        assert catalogue.identity_of(delivery.id) == delivery.identity
        assert catalogue.events(delivery.id) == tuple(events)
        assert catalogue.findings(delivery.id) == tuple(findings)
        assert catalogue.staged(delivery.id) == tuple(sorted(objects, key=lambda o: o.ordinal))
        if delivery.identity and delivery.repeat_of is None:
            same = catalogue.trials if delivery.is_trial else catalogue.attempts
            found = same(delivery.identity.producer, delivery.identity.delivery)
            assert found == (delivery,)

    @EXAMPLES
    @given(examination=EXAMINATIONS)
    def test_an_examination(self, catalogue: Catalogue, examination: Examination) -> None:
        delivery, lease = _under_way(catalogue)
        catalogue.record_examinations(lease, [examination])
        assert catalogue.examinations(delivery.id) == (examination,)

    @EXAMPLES
    @given(conversion=CONVERSIONS)
    def test_a_conversion(self, catalogue: Catalogue, conversion: Conversion) -> None:
        delivery, lease = _under_way(catalogue)
        catalogue.record_conversions(lease, [conversion])
        assert catalogue.conversions(delivery.id) == (conversion,)

    @EXAMPLES
    @given(policy=every(FormatPolicy, version=SMALL))
    def test_a_format_policy(self, catalogue: Catalogue, policy: FormatPolicy) -> None:
        newest = catalogue.format_policy()
        later = replace(policy, version=newest.version + 1 if newest else 1)
        catalogue.add_format_policy(later)
        assert catalogue.format_policy() == later

    @EXAMPLES
    @given(made=every(GeneratedFile, aip_path=NAMES))
    def test_a_generated_file(self, catalogue: Catalogue, made: GeneratedFile) -> None:
        delivery, lease = _under_way(catalogue)
        after = replace(delivery, version=delivery.version + 1)
        catalogue.commit(lease, Transition(before=delivery, after=after, generated=(made,)))
        assert catalogue.generated(delivery.id) == (made,)

    @EXAMPLES
    @given(package=PACKAGES)
    def test_a_package(self, catalogue: Catalogue, package: ArchivedPackage) -> None:
        catalogue.restore(replace(upload("drawn"), state=DeliveryState.ARCHIVED), (), (), ())
        package = replace(package, package=number(repr(package)))
        catalogue.register_package(package)
        assert package in catalogue.packages()

    @EXAMPLES
    @given(agreement=AGREEMENTS)
    def test_an_agreement(self, catalogue: Catalogue, agreement: SubmissionAgreement) -> None:
        agreement = replace(agreement, id=f"{agreement.id} {len(agreement.title)} {hash(agreement)}")
        catalogue.add_agreement(agreement)
        assert catalogue.agreement_versions(agreement.id) == (agreement,)
        assert catalogue.agreement_version(agreement.id, agreement.version) == agreement

    @EXAMPLES
    @given(header=every(Header, at=INSTANTS, sequence=SMALL, key=NAMES), digest=NAMES)
    def test_a_journal_record(self, catalogue: Catalogue, header: Header, digest: str) -> None:
        subject = replace(header.subject, id=f"{number(header.subject.id)} {hash((header, digest))}")
        record = JournalRecord(header=replace(header, subject=subject), digest=digest)
        catalogue.add_journal_record(record)
        assert record in catalogue.journal_records()
        assert catalogue.chain_head(subject).digest == digest


def _under_way(catalogue: Catalogue) -> tuple[Delivery, Lease]:
    """A delivery of one object, as if nothing had been recorded of it yet."""
    delivery = replace(upload("drawn"), state=DeliveryState.CHECKING)
    catalogue.restore(delivery, (), (), [staged(0)])
    lease = catalogue.acquire(delivery.id, "runner")
    assert lease is not None
    return delivery, lease
