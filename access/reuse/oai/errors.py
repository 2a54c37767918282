"""What a request to OAI-PMH can do wrong (OAI-PMH 2.0 §3.6)."""

from dataclasses import dataclass
from enum import StrEnum


class ErrorCode(StrEnum):
    """The eight codes of the protocol, and no others."""

    BAD_VERB = "badVerb"
    BAD_ARGUMENT = "badArgument"
    BAD_RESUMPTION_TOKEN = "badResumptionToken"  # noqa: S105 (a code of the protocol, not a secret)
    CANNOT_DISSEMINATE_FORMAT = "cannotDisseminateFormat"
    ID_DOES_NOT_EXIST = "idDoesNotExist"
    NO_RECORDS_MATCH = "noRecordsMatch"
    NO_METADATA_FORMATS = "noMetadataFormats"
    NO_SET_HIERARCHY = "noSetHierarchy"


@dataclass(frozen=True, slots=True, kw_only=True)
class OaiError:
    """One error; `sv` and `en` say what to do, and never repeat what was asked."""

    code: ErrorCode
    sv: str
    en: str

    @property
    def silences_arguments(self) -> bool:
        """Whether the answer may not repeat the request's arguments (§3.2: badVerb and badArgument)."""
        return self.code in {ErrorCode.BAD_VERB, ErrorCode.BAD_ARGUMENT}


def bad_argument(sv: str, en: str) -> OaiError:
    """A badArgument with its text."""
    return OaiError(code=ErrorCode.BAD_ARGUMENT, sv=sv, en=en)


BAD_TOKEN = OaiError(
    code=ErrorCode.BAD_RESUMPTION_TOKEN,
    sv="Fortsättningsmärket (resumptionToken) gäller inte eller har gått ut. Börja om skörden.",
    en="The resumptionToken is not valid or has expired. Start the harvest again.",
)
UNKNOWN_FORMAT = OaiError(
    code=ErrorCode.CANNOT_DISSEMINATE_FORMAT,
    sv="Formatet finns inte här. ListMetadataFormats visar de som finns.",
    en="That format is not offered. ListMetadataFormats shows those that are.",
)
UNKNOWN_IDENTIFIER = OaiError(
    code=ErrorCode.ID_DOES_NOT_EXIST,
    sv="Ingen post har den identiteten.",
    en="No record has that identifier.",
)
NOTHING_MATCHES = OaiError(
    code=ErrorCode.NO_RECORDS_MATCH,
    sv="Inga poster passar till argumenten.",
    en="No records match the arguments.",
)
NO_FORMATS = OaiError(
    code=ErrorCode.NO_METADATA_FORMATS,
    sv="Posten är återkallad. Bara identitet och datum finns kvar.",
    en="The record is withdrawn. Only its identifier and date remain.",
)
NO_SETS = OaiError(
    code=ErrorCode.NO_SET_HIERARCHY,
    sv="Här finns inga mängder ännu.",
    en="There are no sets yet.",
)
