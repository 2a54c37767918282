"""The help in the language spoken: commands are declared in Swedish, and put into English when that is wanted.

What typer itself says in a help page is English; in Swedish its few words are replaced.
"""

from collections.abc import Callable
from typing import Any

from earkiv.cli import command_texts
from earkiv.cli.language import Voice
from ingest.config import Language
from ingest.domain.findings import Text

_TYPERS_WORDS = {
    "Usage: ": "Användning: ",
    "\nOptions:": "\nVal:",
    "\nArguments:": "\nArgument:",
    "\nCommands:": "\nKommandon:",
    "[OPTIONS]": "[VAL]",
    " COMMAND [ARGS]...": " KOMMANDO ...",
    "[default: ": "[annars: ",
    "[required]": "[krävs]",
    "Show this message and exit.": "Visa den här hjälpen.",
}


def in_language(command: Any, voice: Voice) -> Any:  # noqa: ANN401 - typer's own command classes are private
    """Give the command with its help, and that of all below it, in the language spoken."""
    _put(command, {text.sv: text for text in command_texts.everything()}, voice)
    return command


def _put(command: Any, pairs: dict[str, Text], voice: Voice) -> None:  # noqa: ANN401 - as above
    command.help = _said(command.help, pairs, voice)
    command.get_help = _page(command.get_help, voice)
    for parameter in command.params:
        parameter.help = _said(parameter.help, pairs, voice)
    for below in getattr(command, "commands", {}).values():
        _put(below, pairs, voice)


def _said(help_text: str | None, pairs: dict[str, Text], voice: Voice) -> str | None:
    return voice(pairs[help_text]) if help_text in pairs else help_text


def _page(written: Callable[[Any], str], voice: Voice) -> Callable[[Any], str]:
    def page(context: Any) -> str:  # noqa: ANN401 - as above
        text = written(context)
        if voice.language is Language.SWEDISH:
            for word, swedish in _TYPERS_WORDS.items():
                text = text.replace(word, swedish)
        return text

    return page
