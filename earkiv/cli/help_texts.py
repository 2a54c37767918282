"""The help in the language spoken: the commands are declared in Swedish, and put into English when that is wanted."""

from typing import Any

from earkiv.cli import texts
from earkiv.cli.language import Voice
from ingest.domain.findings import Text

_TYPERS_OWN = Text(sv="Visa den här hjälpen.", en="Show this message and exit.")


def in_language(command: Any, voice: Voice) -> Any:
    """Give the command with its help, and that of all below it, in the language spoken."""
    pairs = {text.sv: text for text in texts.everything()} | {_TYPERS_OWN.en: _TYPERS_OWN}
    _put(command, pairs, voice)
    return command


def _put(command: Any, pairs: dict[str, Text], voice: Voice) -> None:
    command.help = _said(command.help, pairs, voice)
    for parameter in command.params:
        parameter.help = _said(parameter.help, pairs, voice)
    for below in getattr(command, "commands", {}).values():
        _put(below, pairs, voice)


def _said(help_text: str | None, pairs: dict[str, Text], voice: Voice) -> str | None:
    return voice(pairs[help_text]) if help_text in pairs else help_text
