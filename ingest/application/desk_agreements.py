"""Submission agreements as a person at the desk reads and changes them, by the use cases of the API (DESIGN §8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.application.edit_agreements import EditAnswer, change_agreement, create_agreement
from ingest.application.told_agreements import readable_agreements, readable_versions, versions_document
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.keys import Caller, Role
from ingest.domain.people import Deed, Person
from ingest.errors import UnknownSubject
from ingest.pipeline.step import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAgreement:
    """Every version of an agreement, oldest first, and of each when it was made, by whom and why."""

    versions: tuple[SubmissionAgreement, ...]
    made: tuple[Mapping[str, Any], ...]

    @property
    def newest(self) -> SubmissionAgreement:
        """The newest version, draft or in force."""
        return self.versions[-1]

    def version(self, number: int) -> SubmissionAgreement:
        """Give a version. Raises UnknownSubject."""
        for one in self.versions:
            if one.version == number:
                return one
        raise UnknownSubject(f"Det finns ingen version {number}.", f"There is no version {number}.")


def list_agreements(person: Person, ports: Ports) -> tuple[SubmissionAgreement, ...]:
    """Give the newest version of every agreement. Raises NotPermitted."""
    return readable_agreements(_reading(person), ports)


def show_agreement(agreement_id: str, person: Person, ports: Ports) -> ShownAgreement:
    """Give an agreement with all its versions. Raises NotPermitted, UnknownSubject, DamageFound."""
    versions = readable_versions(agreement_id, _reading(person), ports)
    if not versions:
        raise UnknownSubject(f"{agreement_id} är ingen överenskommelse.", f"{agreement_id} is no agreement.")
    return ShownAgreement(versions=versions, made=tuple(versions_document(versions, ports)))


def make_agreement(terms: SubmissionAgreement, person: Person, ports: Ports) -> EditAnswer:
    """Make an agreement's first version. Raises NotPermitted, EarkivError."""
    return create_agreement(terms, _editing(person), ports)


def make_version(terms: SubmissionAgreement, seen: int, person: Person, ports: Ports) -> EditAnswer:
    """Make the version after the one that the person has seen. Raises NotPermitted, EarkivError."""
    return change_agreement(terms, (seen,), _editing(person), ports)


def _reading(person: Person) -> Caller:
    person.require(Deed.READ_AGREEMENTS)
    return Caller(role=Role.ARCHIVIST, name=person.name)


def _editing(person: Person) -> Caller:
    person.require(Deed.EDIT_AGREEMENTS)
    return Caller(role=Role.ARCHIVIST, name=person.name)
