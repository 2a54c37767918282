"""The closed vocabularies of CITS ERMS 3.0, and when a date can stand where it demands xs:dateTime."""

from dataclasses import dataclass
from datetime import timedelta

from ingest.domain.dates import Precision, parse_date
from ingest.domain.descriptions import TypedDate

ERMS = "https://DILCIS.eu/XML/ERMS"
_FARTHEST_ZONE = timedelta(hours=14)  # XML Schema Part 2, 3.2.7: a zone lies within ±14:00.


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The terms that an attribute may have, and the one of them that sends the reader to its companion."""

    terms: frozenset[str]
    other: str = "other"

    def __contains__(self, term: object) -> bool:
        return term in self.terms


def _terms(text: str, other: str = "other") -> Vocabulary:
    return Vocabulary(terms=frozenset(text.split()), other=other)


AGGREGATION_TYPES = _terms(
    "caseFile class component file subfile volume own_aggregation_definition", "own_aggregation_definition"
)
STATUSES = _terms("ad_acta closed expedited initiated in_progress obliterated on_hold open prepared received")
CARRIERS = _terms("physical digital physcical_and_digital does_not_apply")
DIRECTIONS = _terms("incoming outgoing internal_memo_for_follow-up internal_memo_without_follow-up case_draft other")
RESTRICTION_TYPES = _terms("confidential gdpr integrity other_type", "other_type")
RELATION_TYPES = _terms(
    "replaces is_replaced_with reference referenced_by demands needed_by contains part_of "
    "other_format_version another_format_version_of has_version is_version_of is_redacted_version_of "
    "has_redacted_version rendition_version_of has_rendition_version is_child_of is_parent_of moved "
    "moved_from deleted own_relation_definition",
    "own_relation_definition",
)
AGENT_TYPES = _terms(
    "administrator agent archiver authorising_person borrower contact_person counterpart creator "
    "custodian deliverer dispatcher editor ipp_owner main_signatory mover opening_person other_signatory "
    "owner reader recipient receiver relocator responsible_person sender user other"
)
ADDRESS_TYPES = _terms(
    "postal_address postal_code postal_city post_box municipality_code municipality parish parish_code "
    "province county country other"
)
CONTACT_TYPES = _terms("phonenumber mobilenumber fax email homepage other")
DATE_TYPES = _terms(
    "aggregated appraisal archived archiving captured checked_in checked_out classification closed "
    "confidentiality_assessed created decision decision_date decision_deadline decrypted deleted "
    "destroyed dispatch encrypted end expedited expiration finished first_used last_addition "
    "last_addition_timestamp last_reviewed loan main_signature modified moved opened opening_date "
    "originated other_signature ownership_start prepared received received_at_location relocated "
    "rendered reviewed sent start take_back transferred other"
)
DISPOSAL_DATE_TYPES = _terms(
    "action_due applied confirmation_due disposal_date lifted overdue_alert retention_period_start "
    "retention_period_end other_date",
    "other_date",
)
STARTS = ("created", "start")
"""The date types that a reader takes for the start of a restriction, in this order."""
ENDS = ("end", "expiration")
"""The date types that a reader takes for the end of a restriction, in this order."""


def instant(date: TypedDate) -> str | None:
    """Give the date as xs:dateTime: a day as its midnight, in no zone; None for a year, a month or no date.

    A year is not made into its first of January: a reader would believe it, and open a secret by it.
    """
    if date.value is None:
        return None
    match date.value.precision:
        case Precision.SECOND:
            return date.value.text if _has_possible_zone(date) else None
        case Precision.DAY:
            return f"{date.value.text}T00:00:00"
        case Precision.MONTH | Precision.YEAR:
            return None


def is_instant(text: str) -> bool:
    """Say whether a text is an xs:dateTime exactly as it stands."""
    return says_instant(TypedDate(type="", raw=text, value=parse_date(text)))


def says_instant(date: TypedDate) -> bool:
    """Say whether xs:dateTime holds the date exactly as its source wrote it."""
    return instant(date) == date.raw


def _has_possible_zone(date: TypedDate) -> bool:
    offset = date.value.earliest.utcoffset() if date.value is not None else None
    return offset is None or abs(offset) <= _FARTHEST_ZONE
