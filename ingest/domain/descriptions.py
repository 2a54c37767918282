"""The parts a case or record is described with: parties, restrictions, disposal, classification, dates, relations."""

from dataclasses import dataclass, field

from ingest.domain.dates import PreciseDate


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedText:
    """A text whose kind the source names, e.g. a title of type `public` or an address line of type `postal_code`."""

    type: str
    text: str
    other_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedDate:
    """A date of an ERMS dateType; `other_type` says what kind when the type is `other`.

    A date that is none (2021-13-45) keeps its words in `raw` and has no `value`: the judgement is a rule's. `line` is
    the one in the descriptor, 0 when unknown; it is no part of what is said.
    """

    type: str
    raw: str
    value: PreciseDate | None
    other_type: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdText:
    """An identification (ERMS `identification`) with its type."""

    type: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraId:
    """Another identity of the same thing (FGS `ExtraID`)."""

    type: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note (notering)."""

    text: str
    type: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """Where a case belongs in a classification scheme (klassificeringsstruktur)."""

    code: str | None = None
    title: str | None = None
    scheme: str | None = None
    version: str | None = None
    id: str | None = None
    qualified_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person or organisation with a role (ERMS `agent`; FGS Agent, Motpart, Avsandare, Mottagare).

    `type` is an ERMS agentType. `protected_identity` is None when the source says nothing, which proves nothing.
    """

    type: str
    name: str | None = None
    other_type: str | None = None
    organisation: str | None = None
    unit: str | None = None
    role: str | None = None
    id_number: str | None = None
    id_number_type: str | None = None
    addresses: tuple[TypedText, ...] = ()
    contacts: tuple[TypedText, ...] = ()
    protected_identity: bool | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """A mark of secrecy or privacy. A missing mark is no proof of openness (DESIGN §8).

    `ends` and `starts` are kept apart: FGS Ärendehantering 1.0 `RestriktionsDatum` is when a restriction ends,
    ERMS-SVK date type `created` is when it starts. `type` is free so that an unknown value can be told, not lost.
    """

    type: str
    other_type: str | None = None
    regulation: str | None = None
    explanatory_text: str | None = None
    information_class: str | None = None
    security_class: str | None = None
    starts: TypedDate | None = None
    ends: TypedDate | None = None
    other_dates: tuple[TypedDate, ...] = ()
    durations: tuple[str, ...] = ()
    agents: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposal:
    """Whether something may be disposed of (gallras), when, and by which mandate."""

    disposable: bool
    action: str | None = None
    period: str | None = None
    mandate: str | None = None
    description: str | None = None
    schedule_id: str | None = None
    comments: tuple[str, ...] = ()
    dates: tuple[TypedDate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A relation to another case or record, of an ERMS relationType."""

    type: str
    target: str
    other_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnElement:
    """A producer's own element (FGS `EgnaElement`, ERMS `ownElement`)."""

    name: str
    value: str | None = None
    type: str | None = None
    format: str | None = None
    elements: "tuple[OwnElement, ...]" = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Additional:
    """What the source says beyond the standard: own elements, and whole XML fragments as canonical text."""

    own_elements: tuple[OwnElement, ...] = ()
    xml: tuple[str, ...] = ()
