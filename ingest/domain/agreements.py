"""Submission agreements (leveransöverenskommelser): what producer and archive have agreed on."""

from dataclasses import dataclass, replace
from enum import StrEnum

from ingest.domain.content_schemas import ContentSchema
from ingest.domain.findings import Severity
from ingest.domain.submissions import Dialect
from ingest.domain.webhooks import NoticeType


class Standing(StrEnum):
    """Whether deliveries come under a version; a draft is tried by test deliveries that name it, and no others."""

    IN_FORCE = "in force"
    DRAFT = "draft"


class AccessDefault(StrEnum):
    """How open what is delivered is proposed to be at most; never public: only decisions make it so (DESIGN §8)."""

    ON_REQUEST = "on-request"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalDefault:
    """What holds for cases and records that say nothing of disposal: `disposable` False = they are preserved.

    `period` and `mandate` (a decision) are in the archive's own words; what is disposable has both.
    """

    disposable: bool
    period: str = ""
    mandate: str = ""

    @property
    def words(self) -> str:
        """What it says, for events and findings."""
        said = f"may be disposed of after {self.period}" if self.disposable else "to be preserved"
        return f"{said}, by {self.mandate}" if self.mandate else said


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionAgreement:
    """A version of an agreement; a package names the version under which it came.

    An empty `producers`, `dialects`, `formats` (PUIDs), `content_types` or `case_types` means that any is accepted.
    `content_types` are content information types, as deliveries state them. Limits: `max_bytes` and
    `max_files` of one delivery, unpacked; None = the archive's own limits. `severities` overrides a rule's severity
    at ingest (never in `earkiv validate`). `hold` names rule ids whose findings ask for a person before preserving.
    `content_schemas` are those that XML in a delivery is to follow, each for the XML it is registered for.
    `normalise` says whether preservation copies are made, by the archive's format policy. `nested_depth` is how deep
    ZIP and TAR that were delivered as content are opened and checked: 0 = not at all, 2 = also those that lie in them.
    `held_formats` ask for a person before preserving, `refused_formats` are not taken, whatever `formats` says.
    `max_path_length` is in characters; `name_marks` are those that paths may have beside letters, digits and `/`,
    None = any. `closed_until` (a date, "" = any) is the last day on which the cases it is about were closed.
    `access_default` is the least strict level that is proposed for anything under it.
    `disposal_default` holds for what says nothing of disposal; None = nothing holds then.
    `notifications` are what a webhook tells that does not say so itself; empty = all.
    `standing` says whether it is in force. `contact` is told to the producer. `by` and `reason` say who made this
    version and why; `by` is "" for what the archive's own folder of agreements, or the program, says.
    """

    id: str
    version: int
    title: str = ""
    producers: tuple[str, ...] = ()
    dialects: tuple[Dialect, ...] = ()
    content_types: tuple[str, ...] = ()
    case_types: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    max_bytes: int | None = None
    max_files: int | None = None
    severities: tuple[tuple[str, Severity], ...] = ()
    hold: tuple[str, ...] = ()
    new_generation_for: tuple[str, ...] = ("REPLACEMENT",)
    content_schemas: tuple[ContentSchema, ...] = ()
    normalise: bool = True
    nested_depth: int = 0
    held_formats: tuple[str, ...] = ()
    refused_formats: tuple[str, ...] = ()
    max_path_length: int | None = None
    name_marks: str | None = None
    closed_until: str = ""
    access_default: AccessDefault = AccessDefault.ON_REQUEST
    disposal_default: DisposalDefault | None = None
    notifications: tuple[NoticeType, ...] = ()
    contact: str = ""
    standing: Standing = Standing.IN_FORCE
    by: str = ""
    reason: str = ""

    def severity_of(self, rule: str, default: Severity) -> Severity:
        """Give the severity that this agreement lays on a rule."""
        return dict(self.severities).get(rule, default)

    def says_the_same_as(self, other: "SubmissionAgreement") -> bool:
        """Whether both have the same terms, whichever versions they are and whoever made them."""
        return self == replace(other, version=self.version, by=self.by, reason=self.reason)


DEFAULT_AGREEMENT = SubmissionAgreement(
    id="default",
    version=1,
    title="Standardöverenskommelse för inbäddad drift och demonstration",
    severities=(("EARKIV-SA-5", Severity.WARNING),),
)
"""Any producer, no hold; what is not scanned, unknown or damaged passes with a finding (DESIGN §6). Not for servers."""
