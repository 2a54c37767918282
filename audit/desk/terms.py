"""Terms of states, events, outcomes and severities, in both languages."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ingest.domain.deliveries import DeliveryState
from ingest.domain.findings import Severity, Text
from ingest.domain.provenance import EventOutcome, EventType

_S, _E, _O = DeliveryState, EventType, EventOutcome


def _texts(swedish: Mapping[str, str]) -> Mapping[str, Text]:
    """In English a term is said as its vocabulary has it."""
    return MappingProxyType({str(term): Text(sv=sv, en=str(term)) for term, sv in swedish.items()})


STATES: Final = _texts(
    {
        _S.UPLOADING: "lämnas in",
        _S.RECEIVED: "mottagen, inte granskad än",
        _S.CHECKING: "granskas",
        _S.HELD: "väntar på beslut",
        _S.PRESERVING: "arkiveras",
        _S.ARCHIVED: "arkiverad",
        _S.TESTED: "prövad, inte arkiverad",
        _S.REJECTED: "avvisad",
        _S.QUARANTINED: "i karantän",
        _S.REPEATED: "upprepad",
    }
)
STATE_MARKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        _S.ARCHIVED: "good",
        _S.TESTED: "good",
        _S.REJECTED: "error",
        _S.QUARANTINED: "error",
        _S.HELD: "warning",
        _S.REPEATED: "",
    }
)
"""How a state is marked; those that are not named are under way."""
EVENTS: Final = _texts(
    {
        _E.TRANSFER: "överföring",
        _E.INGESTION_START: "mottagande påbörjat",
        _E.UNPACKING: "uppackning",
        _E.MESSAGE_DIGEST_CALCULATION: "kontrollsummor räknade",
        _E.FIXITY_CHECK: "kontrollsummor jämförda",
        _E.FORMAT_IDENTIFICATION: "format identifierade",
        _E.VIRUS_CHECK: "virussökning",
        _E.VALIDATION: "granskning",
        _E.POLICY_ASSIGNMENT: "arkivets regel fastställd",
        _E.QUARANTINE: "karantän",
        _E.DELETION: "borttagning",
        _E.NORMALIZATION: "normalisering",
        _E.SIGNATURE_VALIDATION: "kontroll av elektronisk underskrift",
        _E.INFORMATION_PACKAGE_CREATION: "arkivpaket skapat",
        _E.METADATA_MODIFICATION: "metadata rättade",
        _E.REPLICATION: "lagrat och återläst",
        _E.ACCESSION: "upptaget i arkivet",
        _E.INGESTION_END: "mottagande avslutat",
    }
)
OUTCOMES: Final = _texts({_O.SUCCESS: "lyckades", _O.WARNING: "med varning", _O.FAIL: "misslyckades"})
SEVERITIES: Final[Mapping[str, Text]] = MappingProxyType(
    {
        Severity.ERROR: Text(sv="fel", en="error"),
        Severity.WARNING: Text(sv="varning", en="warning"),
        Severity.INFO: Text(sv="upplysning", en="info"),
    }
)
