"""Lines of the log: one record each, of fields that are named here, and no value of what was delivered among them.

Titles, file names, people and whatever else a delivery says of somebody never stand in a log. So an event's text is
constant, everything that varies is a named field, and of an exception only its kind and where it was raised are told:
its text may quote anything. The same goes for records of other people's libraries.
"""

import json
import logging
import sys
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from types import TracebackType
from typing import Any, Final, TextIO

from ingest.errors import logged_of

FIELDS: Final = (
    "delivery",
    "package",
    "step",
    "owner",
    "outcome",
    "attempts",
    "method",
    "route",
    "status",
    "seconds",
    "count",
    "store",
    "origin",
    "host",
    "port",
    "fault",
    "detail",
    "remedy",
)
"""All that a record may say beside its text: ids, names of our own, numbers."""
_OURS: Final = ("earkiv", "ingest", "workers", "audit", "access")
_OF_THE_MACHINE: Final = ("celery.apps", "celery.worker", "celery.beat", "uvicorn")
"""Libraries whose templates say what happens to a process; what they would be filled with is not shown."""
_WITHHELD: Final = "a library said something that is not shown"
_MOST_FRAMES: Final = 20
_MOST_EXCEPTIONS: Final = 8


class LogForm(StrEnum):
    """How lines are written."""

    JSON = "json"
    TEXT = "text"


def set_up_logging(form: LogForm, stream: TextIO) -> None:
    """Let everything that this process logs, or dies of, go to a stream as such lines."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines() if form is LogForm.JSON else TextLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in (*_OURS, *_OF_THE_MACHINE[:2]):
        logging.getLogger(name).setLevel(logging.INFO)
    # A record that cannot be written would otherwise be printed with all that it was to be filled with.
    logging.raiseExceptions = False
    logging.captureWarnings(capture=True)
    sys.excepthook = _die
    threading.excepthook = _end


def _die(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger(__name__).critical("the process ends by an exception", exc_info=(kind, error, trace))


def _end(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        told = (args.exc_type, args.exc_value, args.exc_traceback)
        logging.getLogger(__name__).critical("a thread ends by an exception", exc_info=told)


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Give a record as a JSON object."""
        return json.dumps(document_of(record), ensure_ascii=False)


class TextLines(logging.Formatter):
    """The same for a person."""

    def format(self, record: logging.LogRecord) -> str:
        """Give a record as a line: when, how grave, what, then field=value."""
        document = document_of(record)
        first = " ".join(str(document.pop(name)) for name in ("at", "level", "logger", "event"))
        return " ".join((first, *(f"{name}={_plain(value)}" for name, value in document.items())))


def _plain(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


def document_of(record: logging.LogRecord) -> dict[str, Any]:
    """Give what may be shown of a record."""
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    document: dict[str, Any] = {
        "at": at,
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": _event(record),
    }
    if _is_of(record.name, _OURS):
        document |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
    else:
        document["where"] = f"{record.module}:{record.lineno}"
    if record.exc_info and record.exc_info[1] is not None:
        document |= {**logged_of(record.exc_info[1]), **document, **_traced(record.exc_info[1])}
    return document


def _event(record: logging.LogRecord) -> str:
    if _is_of(record.name, _OURS) or _is_of(record.name, _OF_THE_MACHINE):
        return " ".join(record.msg.split()) if isinstance(record.msg, str) else _WITHHELD
    return _WITHHELD


def _is_of(name: str, families: tuple[str, ...]) -> bool:
    return any(name == family or name.startswith(f"{family}.") for family in families)


def _traced(error: BaseException) -> Mapping[str, list[str]]:
    """Tell the kinds of an exception and of those behind it, and where the first was raised."""
    chain = list(_behind(error))
    return {"exceptions": [type(one).__name__ for one in chain], "trace": list(_frames(chain[-1].__traceback__))}


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(_MOST_EXCEPTIONS):
        if error is None:
            return
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _frames(trace: TracebackType | None) -> Iterator[str]:
    frames = []
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    yield from frames[-_MOST_FRAMES:]
