"""Correct what an archived package says of what it holds (DESIGN §4): a new generation, no other content.

A correction is settled as a delivery is: it takes the next attempt at the package's identity, so that of two at the
same instant, or of a correction and a replacement, one comes first and the other is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from ingest.application.archived_aip import formats_of
from ingest.application.arriving import Arrival, Arrivals, Sender
from ingest.application.edit_agreements import NotPermitted, NotThere
from ingest.application.holdings import holding_of
from ingest.domain.decisions import Transition
from ingest.domain.deliveries import (
    CORRECTION,
    Delivery,
    DeliveryState,
    Identity,
    IdentityTaken,
    SourceContainer,
    moved,
)
from ingest.domain.findings import Finding, Location, Severity, Violation
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.keys import Caller, Operation
from ingest.domain.packages import UNTOLD, Examination
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Reading, Submission
from ingest.formats.case_push_schema import OUTSIDE
from ingest.formats.correction_documents import CorrectionDocument, write_document
from ingest.formats.correction_fields import NAME
from ingest.formats.corrections import Correction, corrected
from ingest.formats.wire import canonical_digest
from ingest.pipeline.archived import Generation, archived_reading
from ingest.pipeline.names import CORRECT_METADATA
from ingest.pipeline.receive_submission import title_of
from ingest.pipeline.staging_keys import container_key, object_key
from ingest.pipeline.step import Ports
from ingest.rules.grouping import group
from ingest.rules.judgement import Judged, violations

_CALENDAR: Final = frozenset({"EARKIV-CASE-3", "EARKIV-CASE-4"})
"""Rules on dates: what breaks them is seen at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A correction that is asked for: of which package, as which generations of it were seen, why, and what."""

    package: str
    seen: tuple[int, ...]
    reason: str
    correction: Correction


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """It is under way as a delivery of that id; its receipt says when the new generation is archived."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunBefore:
    """The very same was asked for before, as a delivery of that id."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutdatedGeneration:
    """The package has a generation that the caller has not seen: `newest`."""

    newest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InOtherHands:
    """A delivery or another correction is on its way into the package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """The correction does not fit the package; nothing was changed."""

    findings: tuple[Finding, ...]


CorrectionAnswer = Begun | BegunBefore | OutdatedGeneration | InOtherHands | Unfit | NotThere | NotPermitted


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """A package as it stands, with every delivery of its identity; `title` is what it is called from now on."""

    package: ArchivedPackage
    newest: Delivery
    identity: Identity
    attempts: tuple[Delivery, ...]
    title: str


def correct_metadata(wanted: Wanted, caller: Caller, arrivals: Arrivals, ports: Ports) -> CorrectionAnswer:
    """Begin to correct a package's metadata. Raises EarkivError; nothing of it is kept then."""
    if not caller.may(Operation.CORRECT_METADATA):
        return NotPermitted()
    while True:
        standing = _standing(wanted.package, ports)
        if standing is None:
            return NotThere()
        said = _sameness(wanted, caller)
        if answer := _answered_before(standing, wanted, said):
            return answer
        after = _fitted(standing, wanted, ports)
        if not isinstance(after, Submission):
            return Unfit(findings=after)
        try:
            return _begun(replace(standing, title=title_of(after)), wanted, caller, arrivals, ports)
        except IdentityTaken:
            continue  # Another delivery or correction was first: look again.


def _standing(package_id: str, ports: Ports) -> _Standing | None:
    """Look until the package is the same after the attempts as before: else these would be newer than it."""
    package = ports.catalogue.package(package_id)
    while package is not None:
        newest = ports.catalogue.delivery(package.delivery_id)
        if newest.identity is None:
            message = f"the archived delivery {newest.id} has no identity"
            raise AssertionError(message)
        of = newest.identity
        attempts = ports.catalogue.attempts(of.producer, of.delivery)
        seen, package = package, ports.catalogue.package(package_id)
        if package == seen:
            return _Standing(package=seen, newest=newest, identity=of, attempts=attempts, title=newest.title)
    return None


def _sameness(wanted: Wanted, caller: Caller) -> str:
    """Give what tells a correction from any other, a SHA-256: who says what, and why."""
    said: Mapping[str, Any] = {"by": caller.name, "reason": wanted.reason, "corrections": wanted.correction.value}
    return canonical_digest({"correction": dict(said)})


def _answered_before(standing: _Standing, wanted: Wanted, said: str) -> CorrectionAnswer | None:
    for one in standing.attempts:
        same = one.corrects is not None and one.identity is not None and one.identity.sameness == said
        if same and not one.refused and one.generation - 1 in wanted.seen:
            return BegunBefore(id=one.id)
    if any(not one.is_final for one in standing.attempts):
        return InOtherHands()
    if standing.package.generation not in wanted.seen:
        return OutdatedGeneration(newest=standing.package.generation)
    return None


def _fitted(standing: _Standing, wanted: Wanted, ports: Ports) -> Submission | tuple[Finding, ...]:
    """Give what the package says once it is corrected, or why the correction does not fit it. Raises DamageFound."""
    holding = holding_of(wanted.package, ports)
    generation = Generation(
        store=holding.store,
        inventory=holding.inventory,
        delivered=ports.catalogue.staged(standing.newest.id),
        side_car=PackagePath(standing.newest.source.side_car),
    )
    reading = archived_reading(generation)
    after = corrected(reading.submission, wanted.correction)
    if not isinstance(after, Submission):
        return group(after)
    if after == reading.submission:
        return group([Violation(rule=OUTSIDE, location=Location(file=NAME), detail="nothing is said otherwise")])
    before = {(one.rule, one.location.value) for one in _on_dates(reading)}
    found = [v for v in _on_dates(replace(reading, submission=after)) if (v.rule, v.location.value) not in before]
    findings = group([replace(one, location=replace(one.location, file=NAME)) for one in found])
    return findings if any(one.severity is Severity.ERROR for one in findings) else after


def _on_dates(reading: Reading) -> list[Violation]:
    judged = Judged(reading=reading, files=None, agreement=None, producer="")
    return [violation for violation in violations(judged) if violation.rule in _CALENDAR]


def _begun(standing: _Standing, wanted: Wanted, caller: Caller, arrivals: Arrivals, ports: Ports) -> Begun:
    newest = standing.newest
    terms = ports.catalogue.agreement_version(newest.agreement, newest.agreement_version)
    with arrivals.begun_here(Sender(producer=newest.sender, agreement=terms)) as arrival:
        upload = arrival.upload
        document = CorrectionDocument(
            package=wanted.package,
            generation=standing.package.generation + 1,
            by=caller.name,
            at=upload.received_at,
            reason=wanted.reason,
            corrections=wanted.correction.value,
        )
        ports.staging.put(container_key(upload.id), (write_document(document),))
        _take_over_content(arrival, newest, ports)
        identity = replace(standing.identity, sameness=_sameness(wanted, caller))
        after = replace(_after(upload, standing), identity=identity)
        findings = ports.catalogue.findings(newest.id)
        ports.catalogue.commit(arrival.lease, Transition(before=upload, after=after, findings=findings))
        return Begun(id=upload.id)


def _after(upload: Delivery, standing: _Standing) -> Delivery:
    newest = standing.newest
    source = SourceContainer(
        name=newest.corrects or newest.id,
        kind=CORRECTION,
        # Files of a container count from 1, others from 0: whoever reads the journal tells it by this key.
        key=container_key(upload.id) if newest.source.key else "",
        side_car=newest.source.side_car,
    )
    return replace(
        moved(upload, DeliveryState.RECEIVED, CORRECT_METADATA),
        source=source,
        attempt=max(one.attempt for one in standing.attempts) + 1,
        dialect=newest.dialect,
        record_status=newest.record_status,
        title=standing.title,
        package=newest.package,
        generation=standing.package.generation + 1,
    )


def _take_over_content(arrival: Arrival, newest: Delivery, ports: Ports) -> None:
    """Record that the content is that of the generation before: not a byte of it is moved."""
    catalogue, upload = ports.catalogue, arrival.upload.id
    staged = catalogue.staged(newest.id)
    formats = formats_of(newest.id, ports)
    known = {one.ordinal: one for one in catalogue.examinations(newest.id)}
    for start in range(0, len(staged), ports.batch):
        batch = staged[start : start + ports.batch]
        catalogue.add_staged(upload, [replace(one, key=object_key(upload, one.ordinal)) for one in batch])
        examined = [
            known.get(one.ordinal) or Examination(ordinal=one.ordinal, format=formats[one.path], scan=UNTOLD)
            for one in batch
        ]
        catalogue.record_examinations(arrival.lease, examined)
    catalogue.record_conversions(arrival.lease, catalogue.conversions(newest.id))
