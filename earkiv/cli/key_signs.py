"""What `earkiv doctor` says of the signing keys: which lie here, whether the one that signs does, which waits."""

import os
from collections.abc import Iterator

from earkiv.cli import key_texts as texts
from earkiv.cli.language import Voice
from earkiv.cli.signs import Sign, State, said_of
from ingest.adapters.home import Home
from ingest.application.journal_keys import signing_keys
from ingest.bootstrap import reading
from ingest.config import Settings
from ingest.errors import EarkivError


def key_signs(home: Home, settings: Settings, voice: Voice) -> Iterator[Sign]:
    """Look at the folder of private keys, and hold it against the journal."""
    held = sorted(home.keys.glob("*.pem")) if os.access(home.keys, os.R_OK) else []
    if not held:
        yield Sign(state=State.WARN, text=voice(texts.NO_KEY).format(folder=home.keys))
    for path in held:
        if path.resolve().is_relative_to(home.root.resolve()):
            yield Sign(state=State.WARN, text=voice(texts.KEY_AT_HOME).format(key=path.stem, path=path))
        else:
            yield Sign(state=State.OK, text=voice(texts.KEY_ELSEWHERE).format(key=path.stem))
    yield from _against_journal({path.stem for path in held}, home, settings, voice)


def _against_journal(held: set[str], home: Home, settings: Settings, voice: Voice) -> Iterator[Sign]:
    try:
        with reading(settings) as archive:
            known = [key.id for key in signing_keys(archive.ports)]
    except EarkivError as error:
        yield Sign(state=State.FAIL, text=voice(texts.KEYS_UNPROVEN).format(reason=said_of(error, voice)))
        return
    if known and known[-1] not in held:
        # The embedded archive makes a new one by itself; a machine of a server signs nothing.
        state = State.WARN if settings.database is None else State.FAIL
        yield Sign(state=state, text=voice(texts.KEY_NOT_HELD).format(key=known[-1], folder=home.keys))
    elif known:
        yield Sign(state=State.OK, text=voice(texts.KEY_SIGNS).format(key=known[-1]))
    for waiting in sorted(held - set(known)):
        yield Sign(state=State.OK, text=voice(texts.KEY_WAITS).format(key=waiting))
