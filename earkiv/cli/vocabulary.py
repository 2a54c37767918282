"""The terms of states and events in Swedish; in English they are said as the vocabularies have them."""

from earkiv.cli.language import Voice
from ingest.config import Language

_SWEDISH = {
    # The life of a delivery.
    "uploading": "lämnas in",
    "received": "mottagen, ännu inte granskad",
    "checking": "granskas",
    "held": "väntar på beslut",
    "preserving": "arkiveras",
    "archived": "arkiverad",
    "tested": "prövad, inte arkiverad",
    "rejected": "avvisad",
    "quarantined": "i karantän",
    "repeated": "upprepad",
    # Events (PREMIS eventType).
    "transfer": "överföring",
    "ingestion start": "mottagande påbörjat",
    "unpacking": "uppackning",
    "message digest calculation": "kontrollsummor räknade",
    "fixity check": "kontrollsummor jämförda",
    "format identification": "format identifierade",
    "virus check": "virussökning",
    "validation": "granskning",
    "policy assignment": "arkivets regel eller beslut",
    "quarantine": "karantän",
    "normalization": "normalisering",
    "digital signature validation": "kontroll av elektronisk underskrift",
    "deletion": "borttagning",
    "information package creation": "arkivpaket skapat",
    "metadata modification": "metadata rättade",
    "replication": "lagrat och återläst",
    "accession": "upptaget i arkivet",
    "ingestion end": "mottagande avslutat",
    # The format policy.
    "preferred": "gärna",
    "acceptable": "går bra",
    "not acceptable": "går inte",
    "not conforming": "när filen inte följer sitt format",
    # Signing keys.
    "active": "signerar nu",
    "retired": "utbytt",
    "compromised": "röjd",
    # Outcomes (PREMIS eventOutcome).
    "success": "lyckades",
    "warning": "med varning",
    "fail": "misslyckades",
}


def said(term: str, voice: Voice) -> str:
    """Give a term in the language spoken; one that has no Swedish here stays as it is."""
    return _SWEDISH.get(term, term) if voice.language is Language.SWEDISH else term
