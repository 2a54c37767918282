"""Claims: a small object, put conditionally under a key, that says which bytes alone may come to be there.

Stores overwrite silently when a multipart upload is completed, so a large object's key is claimed first; the claim
is then replaced by the object. Until then readers see nothing under the key.
"""

import json
from typing import Final

from ingest.domain.fixity import Fixity
from schemas.public_store import CLAIM_MARK

CLAIM_BYTES: Final = 733
"""Every claim has this size, so that a listing tells which few objects have to be looked at."""
MARK: Final = CLAIM_MARK
"""The metadata that a claim has and nothing else: `SIZE-SHA256`."""


def mark_of(fixity: Fixity) -> str:
    """Give the mark of a claim to exactly these bytes."""
    return f"{fixity.size}-{fixity.sha256}"


def claim_of(fixity: Fixity) -> bytes:
    """Write a claim, for whoever finds it in the bucket after a crash."""
    text = {
        "earkiv": "claim",
        "sv": "Här ska ett stort objekt ligga; uppladdningen är inte klar.",
        "en": "A large object is to lie here; its upload is not complete.",
        "size": fixity.size,
        "sha256": fixity.sha256,
    }
    return json.dumps(text, ensure_ascii=False).encode().ljust(CLAIM_BYTES)
