"""Open data as one thing: what it reads from, who answers, and the time."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from access.database import Query
from access.reuse.about import About, about_of
from access.reuse.entries import Entries
from access.reuse.oai.harvesting import ReadForm, Repository
from access.reuse.oai.tokens import Tokens
from access.settings import PublicSettings
from access.store import ObjectMissing, PublicStore
from schemas.public_store import Form, form_key

PAGE = 100
PATIENCE = timedelta(hours=24)
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering:
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


def offering_of(settings: PublicSettings, query: Query, store: PublicStore, clock: Callable[[], datetime]) -> Offering:
    """Put open data together from what the process has; where its settings have no key for tokens, one is made now."""

    def read_form(public_id: str, form: Form) -> bytes | None:
        try:
            return store.read(form_key(public_id, form))
        except ObjectMissing:
            return None

    return Offering(
        about=about_of(settings, settings.url or f"http://{settings.host}:{settings.port}"),
        entries=Entries(query=query),
        read_form=read_form,
        token_key=_token_key(settings.token_key),
        clock=clock,
    )


def _token_key(given: str | None) -> bytes:
    return secrets.token_bytes(_KEY_BYTES) if given is None else hashlib.sha256(given.encode()).digest()
