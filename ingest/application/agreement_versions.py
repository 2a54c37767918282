"""Versions of agreements: each is an entry in the agreement's chain of the journal, and a row of the catalogue."""

from collections.abc import Iterator
from dataclasses import replace

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.dates import Precision, parse_date
from ingest.domain.findings import Text
from ingest.domain.journal import EntryType, Subject, SubjectKind, entry_key
from ingest.errors import SlotTaken
from ingest.formats.journal import decode_entry
from ingest.formats.wire import Json, from_json, to_json
from ingest.pipeline.evidence import append, catch_up, next_slot
from ingest.pipeline.step import Ports


def newest_version(agreement_id: str, ports: Ports) -> SubmissionAgreement | None:
    """Give the newest version of an agreement, draft or in force; None when there is none.

    What the journal holds and the catalogue does not, after a kill between the two, is taken over first.
    """
    subject = chain_of(agreement_id)
    catch_up(ports, subject)
    versions = ports.catalogue.agreement_versions(agreement_id)
    newest = versions[-1] if versions else None
    for body in bodies_after(ports, subject, newest.version if newest else 0):
        newest = from_json(body, SubmissionAgreement)
        ports.catalogue.add_agreement(newest)
    return newest


def write_version(
    agreement: SubmissionAgreement, newest: SubmissionAgreement | None, ports: Ports
) -> SubmissionAgreement:
    """Make an agreement the version after the newest. Raises ObjectExists where another made that one first."""
    numbered = replace(agreement, version=newest.version + 1 if newest else 1)
    slot = next_slot(ports, chain_of(agreement.id), ports.clock.now())
    if slot.sequence != numbered.version:
        raise SlotTaken(
            f"Överenskommelsen {agreement.id} har redan en version {numbered.version}.",
            f"The agreement {agreement.id} has a version {numbered.version} already.",
        )
    append(ports, slot, EntryType.AGREEMENT_VERSION, to_json(numbered))
    ports.catalogue.add_agreement(numbered)
    return numbered


def date_fault(agreement: SubmissionAgreement) -> Text | None:
    """Say that the last day on which cases were closed is no day of the calendar; None when it is, or none is given."""
    until = agreement.closed_until
    date = parse_date(until)
    if not until or (date is not None and date.precision is Precision.DAY):
        return None
    return Text(
        sv=f"closed_until är {until!r} men ska vara en dag, som 2025-12-31.",
        en=f"closed_until is {until!r} but must be a day, such as 2025-12-31.",
    )


def disposal_fault(agreement: SubmissionAgreement) -> Text | None:
    """Say why a disposal default is none: nothing is disposed of without period and decision, or after preservation."""
    default = agreement.disposal_default
    if default is None:
        return None
    if default.disposable and not (default.period.strip() and default.mandate.strip()):
        return Text(
            sv="disposal_default: det som får gallras ska ha gallringsfrist (period) och gallringsbeslut (mandate).",
            en="disposal_default: what may be disposed of must have both a period and a mandate.",
        )
    if not default.disposable and default.period:
        return Text(
            sv="disposal_default: det som ska bevaras (disposable: false) har ingen gallringsfrist (period).",
            en="disposal_default: what is preserved (disposable: false) has no period.",
        )
    return None


def schema_fault(agreement: SubmissionAgreement, ports: Ports) -> Text | None:
    """Say which content schema of an agreement cannot be used, and why; None when all can."""
    for schema in agreement.content_schemas:
        fault = ports.content_checker.fault_of(schema)
        if fault is not None:
            return Text(
                sv=f"Överenskommelsen {agreement.id} har ett innehållsschema som inte går att använda: "
                f"{fault.document}, rad {fault.line}: {fault.sv}.",
                en=f"The agreement {agreement.id} has a content schema that cannot be used: "
                f"{fault.document}, line {fault.line}: {fault.en}.",
            )
    return None


def chain_of(agreement_id: str) -> Subject:
    """Give the chain of an agreement's versions."""
    return Subject(kind=SubjectKind.AGREEMENT, id=agreement_id)


def bodies_after(ports: Ports, subject: Subject, version: int) -> Iterator[Json]:
    """Give what the journal holds beyond a version; in these chains a version's number is its entry's sequence."""
    for sequence in range(version + 1, ports.catalogue.chain_head(subject).sequence + 1):
        with ports.replicas[0].open(entry_key(subject, sequence)) as stream:
            yield decode_entry(stream.read()).body
