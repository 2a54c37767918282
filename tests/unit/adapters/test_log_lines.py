"""Lines of the log: what may be shown is shown, what may quote a delivery is not."""

import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from ingest.adapters.log_lines import JsonLines, LogForm, TextLines, set_up_logging
from ingest.errors import CatalogueUnavailable, ObjectMissing

PERSON = "Åsa Öhman 19121212-1212"


def record(name: str = "ingest.pipeline.runner", message: str = "a step is done", **more: Any) -> logging.LogRecord:
    args = more.pop("args", ())
    made = logging.LogRecord(name, logging.WARNING, "runner.py", 7, message, args, more.pop("exc_info", None))
    made.__dict__.update(more)
    return made


def told(made: logging.LogRecord) -> dict[str, Any]:
    line = JsonLines().format(made)
    assert "\n" not in line
    assert PERSON not in line
    document: dict[str, Any] = json.loads(line)
    return document


def raised(error: BaseException, cause: BaseException | None = None) -> Any:
    try:
        raise error from cause
    except type(error):
        return sys.exc_info()


def test_named_fields_are_told_and_no_others() -> None:
    line = told(record(delivery="d", step="store_aip", seconds=1.5, title=PERSON))
    assert line | {"event": "a step is done", "level": "warning", "delivery": "d", "seconds": 1.5} == line
    assert "title" not in line


def test_of_an_exception_kind_and_place_are_told_and_not_its_text() -> None:
    line = told(record(exc_info=raised(KeyError(PERSON), ValueError(PERSON))))
    assert line["exceptions"] == ["KeyError", "ValueError"]
    assert line["fault"] == "KeyError"


def test_where_it_was_raised_is_told() -> None:
    line = told(record(exc_info=raised(KeyError(PERSON))))
    assert line["trace"][0].startswith(f"{__name__}:")


def test_a_fault_of_the_machine_alone_is_told_in_its_own_words() -> None:
    line = told(record(exc_info=raised(CatalogueUnavailable("Databasen svarar inte.", "The database is silent."))))
    assert line["detail"] == "The database is silent."
    assert line["remedy"]


def test_a_fault_that_may_name_a_file_is_told_by_its_kind() -> None:
    line = told(record(exc_info=raised(ObjectMissing(f"{PERSON}.pdf saknas", f"{PERSON}.pdf is missing"))))
    assert line["fault"] == "ObjectMissing"
    assert line["remedy"]
    assert "detail" not in line


def test_what_libraries_say_is_withheld_but_for_where_they_said_it() -> None:
    line = told(record("PIL.Image", f"broken file {PERSON}"))
    assert line["event"] == "a library said something that is not shown"
    assert line["where"] == "runner:7"
    assert told(record("celery.apps.worker", "%s ready.", args=(PERSON,)))["event"] == "%s ready."


def test_for_a_person_the_same_is_one_plain_line() -> None:
    line = TextLines().format(record(delivery="d", exc_info=raised(KeyError(PERSON))))
    assert "a step is done delivery=d" in line
    assert "fault=KeyError" in line
    assert PERSON not in line
    assert "\n" not in line


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root, raising = logging.getLogger(), logging.raiseExceptions
    before = (root.handlers[:], root.level, sys.excepthook, threading.excepthook)
    written = io.StringIO()
    set_up_logging(LogForm.JSON, written)
    yield written
    root.handlers[:], level, sys.excepthook, threading.excepthook = before
    root.setLevel(level)
    logging.raiseExceptions = raising
    logging.captureWarnings(capture=False)
    for name in ("earkiv", "ingest", "workers", "audit", "access", "celery.apps", "celery.worker"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def test_a_process_and_a_thread_that_die_leave_such_a_line_too(stream: io.StringIO) -> None:
    sys.excepthook(*raised(ValueError(PERSON)))
    dying = threading.Thread(target=lambda: int(PERSON))
    dying.start()
    dying.join()
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line["exceptions"] for line in lines] == [["ValueError"], ["ValueError"]]
    assert PERSON not in stream.getvalue()


def test_our_own_news_and_others_warnings_are_written(stream: io.StringIO) -> None:
    logging.getLogger("ingest.x").info("so it is")
    logging.getLogger("somebody.else").info("a chat")
    logging.getLogger("somebody.else").warning("a warning")
    assert [json.loads(line)["level"] for line in stream.getvalue().splitlines()] == ["info", "warning"]
