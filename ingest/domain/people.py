"""People at the desk: who they are, and what each of their roles lets them do (DESIGN §8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class PersonRole(StrEnum):
    """In what capacity a person acts; one person may have several."""

    ARCHIVIST = "archivist"
    REVIEWER = "reviewer"
    RELEASER = "releaser"
    AUDITOR = "auditor"
    AGENCY_READER = "agency reader"
    OPERATOR = "operator"
    ADMINISTRATOR = "administrator"


class Deed(StrEnum):
    """All that a person can ask for at the desk."""

    SEE_OVERVIEW = "see overview"
    READ_DELIVERIES = "read deliveries"
    READ_PACKAGES = "read packages"
    VERIFY_PACKAGES = "verify packages"
    EXPORT_PACKAGES = "export packages"
    DECIDE_HELD = "decide held"
    READ_AGREEMENTS = "read agreements"
    EDIT_AGREEMENTS = "edit agreements"
    READ_JOURNAL = "read journal"
    REVIEW_ACCESS = "review access"
    RESTRICT_ACCESS = "restrict access"
    LOWER_ACCESS = "lower access"
    PUBLISH_RECORDS = "publish records"
    PUBLISH_ANEW = "publish anew"
    READ_REQUESTS = "read requests"
    ANSWER_REQUESTS = "answer requests"
    REFUSE_REQUESTS = "refuse requests"


_LOOKING: Final = frozenset(
    {Deed.SEE_OVERVIEW, Deed.READ_DELIVERIES, Deed.READ_PACKAGES, Deed.READ_AGREEMENTS, Deed.REVIEW_ACCESS}
)
_OF_ROLE: Final[Mapping[PersonRole, frozenset[Deed]]] = MappingProxyType(
    {
        PersonRole.ARCHIVIST: _LOOKING
        | {
            Deed.VERIFY_PACKAGES,
            Deed.EXPORT_PACKAGES,
            Deed.DECIDE_HELD,
            Deed.EDIT_AGREEMENTS,
            Deed.RESTRICT_ACCESS,
            Deed.PUBLISH_RECORDS,
            Deed.READ_REQUESTS,
            Deed.ANSWER_REQUESTS,
        },
        PersonRole.REVIEWER: _LOOKING | {Deed.RESTRICT_ACCESS},
        PersonRole.RELEASER: _LOOKING
        | {
            Deed.RESTRICT_ACCESS,
            Deed.LOWER_ACCESS,
            Deed.PUBLISH_RECORDS,
            Deed.READ_REQUESTS,
            Deed.ANSWER_REQUESTS,
            Deed.REFUSE_REQUESTS,
        },
        PersonRole.AUDITOR: _LOOKING
        | {Deed.VERIFY_PACKAGES, Deed.EXPORT_PACKAGES, Deed.READ_JOURNAL, Deed.READ_REQUESTS},
        PersonRole.AGENCY_READER: frozenset({Deed.READ_PACKAGES}),
        PersonRole.OPERATOR: frozenset({Deed.SEE_OVERVIEW, Deed.PUBLISH_ANEW}),
        PersonRole.ADMINISTRATOR: frozenset({Deed.SEE_OVERVIEW, Deed.READ_AGREEMENTS}),
    }
)


class NotPermitted(Exception):
    """None of a person's roles allows the deed: the fault of neither a delivery nor the machine."""

    def __init__(self, deed: Deed) -> None:
        super().__init__(deed.value)
        self.deed = deed


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who has signed in: `name` is how what they decide is signed, `subject` tells them from namesakes.

    `agency` is the producer whose archived cases an agency reader sees, None = nobody's.
    """

    name: str
    subject: str
    roles: frozenset[PersonRole]
    agency: str | None = None

    def may(self, deed: Deed) -> bool:
        """Whether any of the person's roles allows that."""
        return any(deed in _OF_ROLE[role] for role in self.roles)

    def require(self, deed: Deed) -> None:
        """Raise NotPermitted where none of the person's roles allows that."""
        if not self.may(deed):
            raise NotPermitted(deed)

    def acting(self, deed: Deed) -> PersonRole:
        """Give the role in which the person may do that, the first of them. Raises NotPermitted."""
        for role in PersonRole:
            if role in self.roles and deed in _OF_ROLE[role]:
                return role
        raise NotPermitted(deed)

    @property
    def is_bound_to_agency(self) -> bool:
        """Whether packages are to be read by the role of an agency reader alone: only those of the own agency."""
        return not any(
            Deed.READ_PACKAGES in _OF_ROLE[role] for role in self.roles if role is not PersonRole.AGENCY_READER
        )

    def sees_packages_of(self, producer: str) -> bool:
        """Whether the packages of that producer may be read by this person."""
        if not self.may(Deed.READ_PACKAGES):
            return False
        return not self.is_bound_to_agency or (self.agency is not None and self.agency == producer)


ALL_ROLES: Final = frozenset(PersonRole)
"""Those of whoever sits at the keyboard of an embedded archive (DESIGN §7)."""


def acts_as(role: PersonRole) -> frozenset[Deed]:
    """Give all that a role allows."""
    return _OF_ROLE[role]
