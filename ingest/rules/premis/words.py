"""The words of PREMIS entities: event types from the vocabulary, days that were, digests that their algorithm gives."""

import re

from ingest.domain.dates import parse_date
from ingest.domain.fixity import DeclaredDigest, algorithm_named
from ingest.rules.demands import Demand, Seen

_EVENT_TYPES = {
    "acc": "accession",
    "app": "appraisal",
    "cap": "capture",
    "com": "compression",
    "cop": "compiling",
    "cre": "creation",
    "dea": "deaccession",
    "dec": "decompression",
    "del": "deletion",
    "der": "decryption",
    "dig": "digital signature validation",
    "dis": "dissemination",
    "dsg": "digital signature generation",
    "dsp": "displaying",
    "enc": "encryption",
    "exe": "execution",
    "exp": "exporting",
    "ext": "extraction",
    "ffa": "forensic feature analysis",
    "fil": "filename change",
    "fix": "fixity check",
    "for": "format identification",
    "ima": "imaging",
    "ine": "ingestion end",
    "ing": "ingestion",
    "ins": "ingestion start",
    "int": "interpreting",
    "ipc": "information package creation",
    "ipm": "information package merging",
    "ips": "information package splitting",
    "mee": "metadata extraction",
    "mem": "metadata modification",
    "mes": "message digest calculation",
    "mig": "migration",
    "mod": "modification",
    "nor": "normalization",
    "pac": "packing",
    "poa": "policy assignment",
    "prt": "printing",
    "qua": "quarantine",
    "rec": "recovery",
    "red": "redaction",
    "ref": "refreshment",
    "ren": "rendering",
    "rep": "replication",
    "tra": "transfer",
    "unp": "unpacking",
    "unq": "unquarantine",
    "val": "validation",
    "vir": "virus check",
}
"""The Library of Congress vocabulary eventType: code and label of all fifty terms."""

_LABELS = frozenset(_EVENT_TYPES.values())
_VOCABULARY = "id.loc.gov/vocabulary/preservation/eventType/"
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def _foreign_type(seen: Seen) -> str | None:
    """EARKIV-PM-3: an event type that the vocabulary has not, neither by its label nor by its address."""
    said = seen.element.first("eventType")
    if said is None or not said.text.strip() or said.text.strip().lower() in _LABELS:
        return None
    _, _, code = said.stated("valueURI").partition(_VOCABULARY)
    return None if code in _EVENT_TYPES or said.text.strip() in _EVENT_TYPES else said.text.strip()


def _no_day(seen: Seen) -> str | None:
    """EARKIV-PM-4: an event on a day that never was; PREMIS allows the marks of EDTF after it."""
    text = seen.element.words("eventDateTime")
    day = _DAY.match(text)
    if not text or parse_date(text) is not None:
        return None
    return None if day is not None and parse_date(day.group()) is not None else text


def _no_digest(seen: Seen) -> str | None:
    """EARKIV-PM-5: a digest of no known algorithm, or one that its algorithm cannot give."""
    for characteristics in seen.element.named("objectCharacteristics"):
        for fixity in characteristics.named("fixity"):
            name, value = fixity.words("messageDigestAlgorithm"), fixity.words("messageDigest")
            known = algorithm_named(name) is not None
            if name and value and not (known and DeclaredDigest(algorithm_name=name, value=value).parsed()):
                return f"{name} {value}"
    return None


WORDS: tuple[Demand, ...] = (
    Demand(rule="EARKIV-PM-3", element="event", broken=_foreign_type),
    Demand(rule="EARKIV-PM-4", element="event", broken=_no_day),
    Demand(rule="EARKIV-PM-5", element="object", broken=_no_digest),
)
