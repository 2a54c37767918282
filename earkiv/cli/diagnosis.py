"""`earkiv doctor`: what is configured, what is found, what is lacking; nothing is changed."""

import platform
import shutil
from collections.abc import Iterator
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.table import Table
from rich.text import Text as Line

import schemas
from earkiv.cli import texts
from earkiv.cli.drop_signs import drop_signs
from earkiv.cli.endings import FAULT, FINE
from earkiv.cli.key_signs import key_signs
from earkiv.cli.language import Voice
from earkiv.cli.session import opened
from earkiv.cli.signs import Sign, State, said_of
from earkiv.cli.store_signs import store_signs
from earkiv.cli.tool_signs import tool_signs
from earkiv.cli.webhook_signs import webhook_signs
from earkiv.cli.wording import size_text
from earkiv.cli.work_signs import catalogue_signs
from ingest.adapters.clamd import ClamdScanner
from ingest.adapters.home import Home, writer_lock
from ingest.adapters.pronom import PronomIdentifier
from ingest.adapters.system import SystemClock
from ingest.bootstrap import scanner_of
from ingest.config import Language, Settings
from ingest.domain.findings import Text
from ingest.errors import EarkivError

LOW_BYTES = 5 * 1000**3
"""Less free space than this, in bytes, is a warning."""


_STYLES = {State.OK: "green", State.WARN: "yellow", State.FAIL: "bold red"}


def print_diagnosis(lang: Language | None) -> int:
    """Print every sign; 2 when one is a failure. Raises ConfigurationError for wrong settings."""
    session = opened(lang, as_json=False)
    page, voice = session.page(), session.voice
    signs = tuple(diagnosed(session.settings, voice))
    rows = Table.grid(padding=(0, 2))
    rows.add_column(no_wrap=True)
    rows.add_column(overflow="fold")
    for sign in signs:
        rows.add_row(Line(voice(sign.state.value), style=_STYLES[sign.state]), sign.text)
    page.print(rows)
    return FAULT if any(sign.state is State.FAIL for sign in signs) else FINE


def diagnosed(settings: Settings, voice: Voice) -> Iterator[Sign]:
    """Look at everything, one sign after another."""
    yield _sign(State.OK, voice(texts.SOFTWARE).format(version=version("earkiv")))
    yield _sign(State.OK, voice(texts.PYTHON).format(version=platform.python_version()))
    yield from _settings(settings, voice)
    yield _schemas(voice)
    yield _pronom(voice)
    yield _scanner(settings, voice)
    yield from tool_signs(settings, voice)
    yield from store_signs(settings.stores, voice)
    yield from drop_signs(settings, voice)
    yield from _home(Home(root=settings.home), settings, voice)
    yield from webhook_signs(settings, voice)


def _sign(state: State, text: str) -> Sign:
    return Sign(state=state, text=text)


def _settings(settings: Settings, voice: Voice) -> Iterator[Sign]:
    for field in fields(settings):
        if field.name not in {"stores", "unknown"}:
            yield _sign(State.OK, f"{field.name} = {getattr(settings, field.name)}")
    for name in settings.unknown:
        yield _sign(State.WARN, f"{name}: {voice(texts.UNKNOWN_SETTING)}")


def _schemas(voice: Voice) -> Sign:
    absent = schemas.missing()
    if absent:
        return _sign(State.WARN, voice(texts.SCHEMAS_ABSENT).format(count=len(absent)))
    return _sign(State.OK, voice(texts.SCHEMAS_FOUND).format(folder=schemas.installation_folder()))


def _pronom(voice: Voice) -> Sign:
    with TemporaryDirectory(prefix="earkiv-doctor-") as workspace:
        try:
            tool = PronomIdentifier(Path(workspace)).tool
        except EarkivError as error:
            return _sign(State.FAIL, voice(texts.PRONOM_ABSENT).format(reason=said_of(error, voice)))
    return _sign(State.OK, voice(texts.PRONOM_FOUND).format(tool=tool))


def _scanner(settings: Settings, voice: Voice) -> Sign:
    scanner = scanner_of(settings)
    if not isinstance(scanner, ClamdScanner):
        return _sign(State.WARN, voice(texts.NO_SCANNER))
    try:
        version = scanner.version()
    except EarkivError as error:
        return _sign(State.FAIL, voice(texts.SCANNER_ABSENT).format(reason=said_of(error, voice)))
    if scanner.is_outdated(version):
        return _sign(State.WARN, voice(texts.SCANNER_OLD).format(tool=version.text))
    return _sign(State.OK, voice(texts.SCANNER_FOUND).format(tool=version.text, address=scanner.address))


def _home(home: Home, settings: Settings, voice: Voice) -> Iterator[Sign]:
    if settings.database is not None:
        yield from catalogue_signs(settings, voice)
        yield _space(_nearest(home.root), voice)
        yield from key_signs(home, settings, voice)
        return
    if not home.archive.is_dir():
        yield _sign(State.OK, voice(texts.HOME_ABSENT).format(home=home.root))
        yield _space(_nearest(home.root), voice)
        return
    yield _sign(State.OK, voice(texts.HOME_FOUND).format(home=home.root))
    yield _lock(home, voice)
    yield from catalogue_signs(settings, voice)
    yield _space(home.root, voice)
    yield from key_signs(home, settings, voice)


def _lock(home: Home, voice: Voice) -> Sign:
    try:
        with writer_lock(home, SystemClock().now(), 0):
            return _sign(State.OK, voice(texts.HOME_FREE))
    except EarkivError as error:
        return _sign(State.WARN, voice(texts.HOME_LOCKED).format(holder=said_of(error, voice)))


def _nearest(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.is_dir())


def _space(folder: Path, voice: Voice) -> Sign:
    usage = shutil.disk_usage(folder)
    low = usage.free < LOW_BYTES
    said: Text = texts.SPACE_LOW if low else texts.SPACE
    free, total = (size_text(size, voice.language) for size in (usage.free, usage.total))
    return _sign(State.WARN if low else State.OK, voice(said).format(free=free, total=total))
