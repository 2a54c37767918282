"""Submission agreements as they go over the wire: the terms by the names that they have in the archive's folder."""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from ingest.domain.agreements import AccessDefault, Standing
from ingest.domain.content_schemas import XsdVersion
from ingest.domain.findings import Severity
from ingest.domain.nested import DEEPEST
from ingest.domain.submissions import Dialect, RecordStatus
from ingest.domain.webhooks import NoticeType

ID_PATTERN: Final = r"^[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?$"
_MOST_EXACT: Final = (1 << 53) - 1
"""What JSON says exactly everywhere."""
Words = Annotated[str, Field(max_length=2000)]
Term = Annotated[str, Field(min_length=1, max_length=500)]
Puid = Annotated[str, Field(pattern=r"^(x-)?fmt/[0-9]{1,6}$", examples=["fmt/95"])]
RuleId = Annotated[str, Field(min_length=1, max_length=60, examples=["EARKIV-SA-5"])]
Limit = Annotated[int, Field(ge=0, le=_MOST_EXACT)]


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class SchemaDocument(_Document):
    """A schema document: its name, by which others include it, and its text."""

    name: str = Field(min_length=1, max_length=500, examples=["betyg.xsd"])
    text: str


class ContentSchema(_Document):
    """A schema, and the XML that it is registered for."""

    root: str = Field(min_length=1, max_length=500)
    namespace: str = Field("", max_length=2000)
    path: str = Field("", max_length=2000)
    version: XsdVersion = XsdVersion.V1_0
    documents: list[SchemaDocument] = Field(min_length=1, max_length=100)


class DisposalDefault(_Document):
    """What holds for cases and records that say nothing of disposal; what is disposable has a period and a mandate."""

    disposable: bool = Field(description="False: they are preserved.")
    period: Words = Field("", description="For how long they are kept.", examples=["10 år"])
    mandate: Words = Field("", description="By which decision.", examples=["Nämndens beslut 2024-05-02 § 9"])


class Terms(_Document):
    """What producer and archive have agreed on (docs/reference/agreements.md); what is left out has its default."""

    title: Words = ""
    contact: Words = Field("", description="Whom the producer turns to.", examples=["arkivet@example.se"])
    standing: Standing = Field(Standing.IN_FORCE, description="A draft is for test deliveries that name it alone.")
    producers: list[Words] = Field([], description="Who may deliver; empty = anyone.")
    dialects: list[Dialect] = []
    content_types: list[Term] = Field(
        [], description="Content information types, as stated in METS; empty = any.", examples=[["citserms_v3_0"]]
    )
    case_types: list[Term] = Field([], description="Types of cases; empty = any.", examples=[["Bygglov"]])
    formats: list[Puid] = Field([], description="Accepted; empty = any.")
    held_formats: list[Puid] = Field([], description="Accepted once a person has decided.")
    refused_formats: list[Puid] = Field([], description="Never accepted.")
    max_bytes: Limit | None = None
    max_files: Limit | None = None
    max_path_length: Limit | None = None
    name_marks: Annotated[str, Field(max_length=200)] | None = Field(
        None,
        description="Characters that paths may have beside letters, digits and `/`; null = any.",
        examples=[" ._-()"],
    )
    closed_until: str = Field(
        "", pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", description="The last day on which the cases were closed."
    )
    access_default: AccessDefault = Field(
        AccessDefault.ON_REQUEST, description="The least strict level proposed for what is delivered; never public."
    )
    disposal_default: DisposalDefault | None = None
    notifications: list[NoticeType] = Field(
        [], description="What a producer's webhook tells that is made without `events`; empty = all."
    )
    severities: list[tuple[RuleId, Severity]] = []
    hold: list[RuleId] = []
    new_generation_for: list[RecordStatus] = [RecordStatus.REPLACEMENT]
    content_schemas: list[ContentSchema] = []
    normalise: bool = True
    nested_depth: int = Field(0, ge=0, le=DEEPEST)


class ChangedTerms(Terms):
    """All terms of the next version, and why it is made."""

    reason: str = Field(min_length=1, max_length=2000, examples=["Nämnden har bytt diariesystem."])


class NewTerms(ChangedTerms):
    """The terms of a new agreement, its id, and why it is made."""

    id: str = Field(pattern=ID_PATTERN, examples=["skola-2026"])


class Agreement(Terms):
    """A version of an agreement; `by` is empty for what the archive's own folder says."""

    id: str
    version: int
    by: str
    reason: str
