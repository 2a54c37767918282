"""Signatures that hold and yet prove little: others may have had the key at the time that they state."""

from collections.abc import Mapping

from ingest.application.inspect_journal import ReadEntry
from ingest.application.inspect_storage import Inspector
from ingest.application.journal_keys import signing_keys
from ingest.domain.damages import DamageKind
from ingest.domain.signing_keys import SigningKey
from ingest.errors import DamageFound
from ingest.pipeline.step import Ports


def doubted_keys(ports: Ports) -> Mapping[str, SigningKey]:
    """Give the keys that were reported as compromised, by id; none where the archive's own chain is damaged.

    That damage is found and told when the chain itself is verified. Raises StoreUnavailable, CatalogueUnavailable.
    """
    try:
        keys = signing_keys(ports)
    except DamageFound:
        return {}
    return {key.id: key for key in keys if key.compromise is not None}


def doubt(inspector: Inspector, read: ReadEntry, doubted: Mapping[str, SigningKey]) -> None:
    """Tell an entry, and with it the receipt in it, that somebody else may have signed."""
    header = read.entry.header
    key = doubted.get(header.key)
    if key is None or key.compromise is None or not key.leaves_doubt(header.at):
        return
    since = key.compromise.since.isoformat()
    sv = (
        f"{read.key} i {inspector.store} är undertecknad {header.at.isoformat()} med nyckeln {key.id}, som andra kan "
        f"ha haft sedan {since}. Jämför med en kopia från tiden före, eller med vad den levererande organisationen har."
    )
    en = (
        f"{read.key} in {inspector.store} was signed at {header.at.isoformat()} by the key {key.id}, which others may "
        f"have had since {since}. Compare it with a copy from before that time, or with what the producer holds."
    )
    inspector.found(DamageKind.DOUBTFUL_SIGNATURE, read.key, sv, en)
