"""Make an archive what it must be before the first delivery: OCFL root, signing key, agreements."""

from dataclasses import replace

from ingest.application.agreement_versions import bodies_after, newest_version, schema_fault, write_version
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.format_policy import FormatPolicy
from ingest.domain.journal import EMPTY_CHAIN, EntryType, Subject, SubjectKind
from ingest.errors import ConfigurationError
from ingest.formats.ocfl import storage_root_files
from ingest.formats.wire import from_json, to_json
from ingest.pipeline.evidence import append, catch_up, next_slot
from ingest.pipeline.step import Ports

ARCHIVE = Subject(kind=SubjectKind.ARCHIVE, id="archive")
FORMAT_POLICY = Subject(kind=SubjectKind.FORMAT_POLICY, id="format-policy")


def establish(ports: Ports) -> None:
    """Write the storage root where it is not there yet, and catch up with what an earlier run wrote of the keys."""
    catch_up(ports, ARCHIVE)
    if ports.catalogue.chain_head(ARCHIVE) == EMPTY_CHAIN:
        for store in ports.replicas:
            for key, content in storage_root_files():
                store.put(key, (content,))
    _found_test_store(ports)


def _found_test_store(ports: Ports) -> None:
    for key, content in storage_root_files():
        if ports.trials.stat(key) is None:
            ports.trials.put(key, (content,))


def register_agreement(ports: Ports, agreement: SubmissionAgreement) -> SubmissionAgreement:
    """Make what the archive's folder says of an agreement its newest version, and give the version in force.

    The folder speaks when it changes: where it says what it said last, the newest version stays, also one that was
    made over the API since. Raises ConfigurationError for a content schema that cannot be used, before anything is
    written.
    """
    newest = newest_version(agreement.id, ports)
    said = [one for one in ports.catalogue.agreement_versions(agreement.id) if not one.by]
    if newest is not None and said and said[-1].says_the_same_as(agreement):
        return newest
    fault = schema_fault(agreement, ports)
    if fault is not None:
        raise ConfigurationError(fault.sv, fault.en)
    return write_version(agreement, newest, ports)


def register_format_policy(ports: Ports, policy: FormatPolicy) -> FormatPolicy:
    """Make a policy's content its newest version, in the journal and the catalogue, and give that version.

    The same content as the newest version is that version; anything else becomes the next one.
    """
    _recover_policies(ports)
    newest = ports.catalogue.format_policy()
    if newest is not None and replace(policy, version=newest.version) == newest:
        return newest
    numbered = replace(policy, version=newest.version + 1 if newest else 1)
    slot = next_slot(ports, FORMAT_POLICY, ports.clock.now())
    append(ports, slot, EntryType.FORMAT_POLICY_VERSION, to_json(numbered))
    ports.catalogue.add_format_policy(numbered)
    return numbered


def _recover_policies(ports: Ports) -> None:
    catch_up(ports, FORMAT_POLICY)
    newest = ports.catalogue.format_policy()
    for body in bodies_after(ports, FORMAT_POLICY, newest.version if newest else 0):
        ports.catalogue.add_format_policy(from_json(body, FormatPolicy))
