"""Answers requests from the public index and store; what was withdrawn meanwhile is a tombstone, never a gap."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from access.oai_identifiers import oai_identifier
from access.reuse.entries import Entries, Entry, Selection
from access.reuse.oai import answers
from access.reuse.oai.embedding import embeddable
from access.reuse.oai.errors import NO_FORMATS, NO_SETS, NOTHING_MATCHES, UNKNOWN_IDENTIFIER, OaiError
from access.reuse.oai.formats import FORMATS, format_of
from access.reuse.oai.requests import (
    GetRecord,
    Harvest,
    Identify,
    ListMetadataFormats,
    ListSets,
    Request,
    Verb,
)
from access.reuse.oai.tokens import Tokens
from schemas.public_store import Form, State

ReadForm = Callable[[str, Form], bytes | None]
_SAMPLE = "a1b2c3d4e5f6g7h8"


class FormMissing(RuntimeError):
    """A listed record lacks a form: the public store is not whole, and an operator has to publish the record again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """What answers are made of; `page` records at most come at a time, and a token lasts for `patience`."""

    name: str
    entries: Entries
    read_form: ReadForm
    tokens: Tokens
    page: int
    patience: timedelta

    def answer(self, request: Request, now: datetime) -> answers.Answer:
        """Answer a request. Raises FormMissing where the public store is not whole."""
        match request:
            case Identify():
                sample = oai_identifier(_SAMPLE, self.name)
                return answers.Identity(earliest=self.entries.earliest() or now, sample=sample)
            case ListMetadataFormats():
                return self._formats(request)
            case ListSets():
                sets = self.entries.sets()
                return answers.Sets(sets=sets) if sets else _refused(NO_SETS)
            case GetRecord():
                return self._one(request)
            case Harvest():
                return self._list(request, now)
            case _:
                assert_never(request)

    def _formats(self, request: ListMetadataFormats) -> answers.Answer:
        if request.id is None:
            return answers.Formats(formats=FORMATS)
        entry = self.entries.entry(request.id)
        if entry is None:
            return _refused(UNKNOWN_IDENTIFIER)
        return _refused(NO_FORMATS) if entry.state is State.WITHDRAWN else answers.Formats(formats=FORMATS)

    def _one(self, request: GetRecord) -> answers.Answer:
        entry = self.entries.entry(request.id)
        return (
            _refused(UNKNOWN_IDENTIFIER)
            if entry is None
            else answers.OneRecord(record=self._record(entry, request.form))
        )

    def _list(self, harvest: Harvest, now: datetime) -> answers.Answer:
        selection = Selection(window=harvest.window, set=harvest.set)
        found = self.entries.page(selection, after=harvest.after, limit=self.page + 1)
        shown = found[: self.page] or self._shown_before(harvest, selection)
        if not shown:
            return _refused(NO_SETS if harvest.set is not None and not self.entries.sets() else NOTHING_MATCHES)
        going_on = self._resumption(harvest, found, selection, now)
        if harvest.verb is Verb.LIST_IDENTIFIERS:
            return answers.Identifiers(records=tuple(map(self._header_only, shown)), resumption=going_on)
        return answers.Records(records=tuple(self._record(e, harvest.form) for e in shown), resumption=going_on)

    def _shown_before(self, harvest: Harvest, selection: Selection) -> tuple[Entry, ...]:
        """Give the list's last record again where a resumed list has nothing left: there are no empty pages."""
        last = self.entries.last_of(selection) if harvest.after else None
        return () if last is None else (last,)

    def _resumption(
        self, harvest: Harvest, found: tuple[Entry, ...], selection: Selection, now: datetime
    ) -> answers.Resumption | None:
        more = len(found) > self.page
        if not more and not harvest.after:
            return None
        delivered = harvest.delivered + min(len(found), self.page)
        size = max(
            self.entries.count(selection) if harvest.size is None else harvest.size, harvest.delivered + len(found)
        )
        if not more:
            return answers.Resumption(token="", expires=None, size=size, cursor=harvest.delivered)
        expires = (now + self.patience).replace(microsecond=0)
        after = found[self.page - 1].position
        token = self.tokens.seal(harvest.going_on(after=after, delivered=delivered, size=size), expires)
        return answers.Resumption(token=token, expires=expires, size=size, cursor=harvest.delivered)

    def _record(self, entry: Entry, form: Form) -> answers.Record:
        while entry.state is State.LISTED:
            content = self.read_form(entry.id, form)
            if content is not None:
                metadata = embeddable(content, format_of(form).namespace)
                return answers.Living(header=self._header(entry), metadata=metadata)
            entry = self._changed_since(entry, form)
        return answers.Tombstone(header=self._header(entry))

    def _changed_since(self, entry: Entry, form: Form) -> Entry:
        """Look again at an entry whose form was gone: it has been withdrawn or changed after the index was read."""
        newer = self.entries.entry(entry.id)
        if newer is None or newer.position == entry.position:
            raise FormMissing(f"{form} of {entry.id} is listed in the public index and not in the public store")
        return newer

    def _header_only(self, entry: Entry) -> answers.Record:
        header = self._header(entry)
        withdrawn = entry.state is State.WITHDRAWN
        return answers.Tombstone(header=header) if withdrawn else answers.Living(header=header, metadata=None)

    def _header(self, entry: Entry) -> answers.Header:
        identifier = oai_identifier(entry.id, self.name)
        return answers.Header(identifier=identifier, datestamp=entry.changed_at, sets=entry.sets)


def _refused(error: OaiError) -> answers.Errors:
    return answers.Errors(errors=(error,))
