"""Make an archive what it must be before the first delivery: OCFL root, signing key, agreements."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.format_policy import FormatPolicy
from ingest.domain.journal import EMPTY_CHAIN, EntryType, Subject, SubjectKind, entry_key
from ingest.errors import ConfigurationError
from ingest.formats.journal import decode_entry
from ingest.formats.ocfl import storage_root_files
from ingest.formats.wire import Json, from_json, to_json
from ingest.pipeline.evidence import append, catch_up, next_slot
from ingest.pipeline.step import Ports

ARCHIVE = Subject(kind=SubjectKind.ARCHIVE, id="archive")
FORMAT_POLICY = Subject(kind=SubjectKind.FORMAT_POLICY, id="format-policy")


def establish(ports: Ports, public_key: str, known_keys: Collection[str]) -> None:
    """Write what is not there yet: the storage root, and the key that signs now when the journal does not know it."""
    catch_up(ports, ARCHIVE)
    if ports.catalogue.chain_head(ARCHIVE) == EMPTY_CHAIN:
        for store in ports.replicas:
            for key, content in storage_root_files():
                store.put(key, (content,))
    if ports.signer.key_id in known_keys:
        return
    body: Json = {"key": ports.signer.key_id, "public": public_key}
    append(ports, next_slot(ports, ARCHIVE, ports.clock.now()), EntryType.KEY_ADDED, body)


def register_agreement(ports: Ports, agreement: SubmissionAgreement) -> SubmissionAgreement:
    """Make an agreement's content its newest version, in the journal and the catalogue, and give that version.

    The same content as the newest version is that version; anything else becomes the next one. Raises
    ConfigurationError for a content schema that cannot be used, before anything is written.
    """
    subject = Subject(kind=SubjectKind.AGREEMENT, id=agreement.id)
    _recover_versions(ports, subject)
    newest = ports.catalogue.agreement(agreement.id)
    if newest is not None and replace(agreement, version=newest.version) == newest:
        return newest
    _require_usable_schemas(ports, agreement)
    numbered = replace(agreement, version=newest.version + 1 if newest else 1)
    slot = next_slot(ports, subject, ports.clock.now())
    append(ports, slot, EntryType.AGREEMENT_VERSION, to_json(numbered))
    ports.catalogue.add_agreement(numbered)
    return numbered


def _require_usable_schemas(ports: Ports, agreement: SubmissionAgreement) -> None:
    for schema in agreement.content_schemas:
        fault = ports.content_checker.fault_of(schema)
        if fault is not None:
            raise ConfigurationError(
                f"Överenskommelsen {agreement.id} har ett innehållsschema som inte går att använda: "
                f"{fault.document}, rad {fault.line}: {fault.sv}.",
                f"The agreement {agreement.id} has a content schema that cannot be used: "
                f"{fault.document}, line {fault.line}: {fault.en}.",
            )


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
    for body in _bodies_after(ports, FORMAT_POLICY, newest.version if newest else 0):
        ports.catalogue.add_format_policy(from_json(body, FormatPolicy))


def _recover_versions(ports: Ports, subject: Subject) -> None:
    """Take over what the journal holds and the catalogue does not, after a kill between the two."""
    catch_up(ports, subject)
    newest = ports.catalogue.agreement(subject.id)
    for body in _bodies_after(ports, subject, newest.version if newest else 0):
        ports.catalogue.add_agreement(from_json(body, SubmissionAgreement))


def _bodies_after(ports: Ports, subject: Subject, version: int) -> Iterator[Json]:
    """Give what the journal holds beyond a version; in these chains a version's number is its entry's sequence."""
    for sequence in range(version + 1, ports.catalogue.chain_head(subject).sequence + 1):
        with ports.replicas[0].open(entry_key(subject, sequence)) as stream:
            yield decode_entry(stream.read()).body
