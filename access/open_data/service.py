"""Open data as one thing: what it reads from, who answers, and the time."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from access.open_data.about import About
from access.open_data.entries import Entries
from access.open_data.oai.harvesting import ReadForm, Repository
from access.open_data.oai.tokens import Tokens

PAGE = 100
PATIENCE = timedelta(hours=24)
_SHORTEST_KEY = 32


class TokenKeyRefused(ValueError):
    """`EARKIV_PUBLIC_TOKEN_KEY` is too short to sign with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenData:
    """Everything that the handlers of open data need."""

    about: About
    entries: Entries
    read_form: ReadForm
    token_key: bytes
    clock: Callable[[], datetime]
    page: int = PAGE
    patience: timedelta = PATIENCE

    def repository(self) -> Repository:
        """Give the repository of OAI-PMH, over the index as it is now."""
        return Repository(
            name=self.about.repository,
            entries=self.entries,
            read_form=self.read_form,
            tokens=Tokens(key=self.token_key, index=self.entries.index_name()),
            page=self.page,
            patience=self.patience,
        )


def read_token_key(environment: Mapping[str, str]) -> bytes:
    """Give the key that tokens are signed with; without a setting it is made now, and tokens end with the process.

    Raises TokenKeyRefused for a setting of fewer than 32 characters.
    """
    given = environment.get("EARKIV_PUBLIC_TOKEN_KEY", "").strip()
    if not given:
        return secrets.token_bytes(_SHORTEST_KEY)
    if len(given) < _SHORTEST_KEY:
        raise TokenKeyRefused("EARKIV_PUBLIC_TOKEN_KEY: ska ha minst 32 tecken / must have at least 32 characters")
    return hashlib.sha256(given.encode()).digest()
