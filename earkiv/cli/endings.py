"""How a command ends: every fault becomes a text on stderr, with what to do about it, and exit code 2.

Nobody is shown a traceback. A fault in the program itself leaves it in a file, to be sent in.
"""

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from typer.exceptions import Abort, TyperException

from earkiv.cli import texts
from earkiv.cli.language import Voice
from earkiv.cli.usage import translated
from ingest.config import DEFAULT_HOME
from ingest.domain.findings import Text
from ingest.errors import EarkivError, PermanentError
from schemas import SchemaFault

FINE = 0
REFUSED = 1
FAULT = 2
_INTERRUPTED = 130
_UNREAD = 141


class WrongUse(PermanentError):
    """The command was given something it cannot work with."""

    remedy_sv = "`earkiv --help` visar kommandona, `earkiv KOMMANDO --help` vad ett kommando tar emot."
    remedy_en = "`earkiv --help` shows the commands, `earkiv COMMAND --help` what a command takes."


def ended(command: Callable[[], int], voice: Voice) -> int:
    """Run a command to its end and give the exit code."""
    try:
        code = command()
        sys.stdout.flush()
        return code
    except TyperException as error:
        return _told(translated(error.format_message(), voice), voice(texts.HELP_SHOWN), voice)
    except (EarkivError, SchemaFault) as error:
        return told(error, voice)
    except (KeyboardInterrupt, Abort):
        sys.stderr.write(voice(texts.INTERRUPTED) + "\n")
        return _INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # Whoever read our output has gone (`earkiv list | head`); typer and rich say so by SystemExit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _UNREAD
    except OSError as error:
        return _told(str(error), voice(texts.MACHINE_REMEDY), voice)
    except Exception:  # noqa: BLE001 - the outermost place: nothing above could tell it to a person
        return _broken(voice)


def told(error: EarkivError | SchemaFault, voice: Voice) -> int:
    """Write what is wrong with the machine, and the remedy, on stderr; gives the exit code."""
    wrong, remedy = fault_texts(error)
    return _told(voice(wrong), voice(remedy), voice)


def fault_texts(error: EarkivError | SchemaFault) -> tuple[Text, Text]:
    """Give what a fault says is wrong, and what to do ("" where the first text says that too)."""
    wrong = Text(sv=error.sv, en=error.en)
    if isinstance(error, EarkivError):
        return wrong, Text(sv=error.remedy_sv, en=error.remedy_en)
    return wrong, Text(sv="", en="")


def _told(wrong: str, remedy: str, voice: Voice) -> int:
    lines = [f"{voice(texts.FAULT)}: {wrong}"]
    if remedy:
        lines.append(f"{voice(texts.TO_DO)}: {remedy}")
    sys.stderr.write("\n".join(lines) + "\n")
    return FAULT


def _broken(voice: Voice) -> int:
    name = _kept(traceback.format_exc())
    return _told(voice(texts.PROGRAM_FAULT), voice(texts.PROGRAM_FAULT_REMEDY).format(file=name), voice)


def _kept(trace: str) -> str:
    """Write a trace, which may name what was delivered, for its owner alone (mode 0600), and give the file's name.

    It lies with the archive where there is one: others may look into the system's folder for temporary files.
    """
    home = Path(os.environ.get("EARKIV_HOME") or DEFAULT_HOME).absolute()
    if (home / "archive").is_dir():
        with suppress(OSError):
            return _written(trace, home)
    return _written(trace, None)


def _written(trace: str, folder: Path | None) -> str:
    descriptor, name = tempfile.mkstemp(prefix="earkiv-", suffix=".txt", dir=folder)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(trace)
    return name
