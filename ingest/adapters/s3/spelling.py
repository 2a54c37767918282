"""How keys are spelt in a bucket: as they are; one too long for S3 by its digest, with its name in an object beside.

S3 takes 1,024 bytes of UTF-8 for a key, a package path may have more. Such an object lies as
`.earkiv/long/HEAD/SHA-256`, where HEAD is its first folders, and its key is the content of `….key` beside it.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from ingest.adapters.store_keys import segments_of
from ingest.errors import InvalidKey

OWN: Final = ".earkiv"
"""The store's own folder, in which no object of anybody's lies."""
KEY_SUFFIX: Final = ".key"
_LONG = f"{OWN}/long/"
_MOST_BYTES = 1024
_HEAD_BYTES = 384
_LONGEST_PREFIX = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """How one store spells keys: below its prefix ("" or ending in `/`)."""

    prefix: str

    def __post_init__(self) -> None:
        if len(self.prefix.encode()) > _LONGEST_PREFIX:
            raise InvalidKey(
                f"Prefixet är längre än {_LONGEST_PREFIX} byte.", f"The prefix is longer than {_LONGEST_PREFIX} bytes."
            )

    def physical(self, key: str) -> str:
        """Give the key in the bucket. Raises InvalidKey."""
        if segments_of(key)[0] == OWN:
            raise InvalidKey(f"{OWN} är reserverat i lagret.", f"{OWN} is reserved in the store.")
        if not self.is_long(key):
            return self.prefix + key
        return f"{self.prefix}{_LONG}{_head(key)}{hashlib.sha256(key.encode()).hexdigest()}"

    def is_long(self, key: str) -> bool:
        """Say whether a key is too long to be itself in the bucket."""
        return len((self.prefix + key).encode()) > _MOST_BYTES

    def long_below(self, folder: str) -> str:
        """Give the prefix in the bucket below which all long keys of a folder lie, and others."""
        return f"{self.prefix}{_LONG}{_head(folder)}"

    def logical(self, physical: str) -> str | None:
        """Give the key of a short one found in the bucket; None for what is the store's own."""
        key = physical.removeprefix(self.prefix)
        return None if key.startswith(f"{OWN}/") else key


def _head(key: str) -> str:
    """The first folders of a key, as many as fit, each followed by `/`; the same for every key below them all."""
    head = ""
    for segment in key.split("/")[:-1]:
        if len(f"{head}{segment}/".encode()) > _HEAD_BYTES:
            break
        head = f"{head}{segment}/"
    return head
