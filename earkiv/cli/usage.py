"""What typer says of a wrong command line, in Swedish."""

import re

from earkiv.cli.language import Voice
from ingest.config import Language

_SWEDISH = (
    (r"No such option: (\S+)(?: \(Possible options: (.+)\))?\.?", r"Det finns inget val {0}.", "Menade du {1}?"),
    (r"No such command ('.+?')(?:\.|\. Did you mean (.+)\?)", r"Det finns inget kommando {0}.", "Menade du {1}?"),
    (r"Missing command\.", "Kommando saknas.", ""),
    (r"Missing argument ('.+?')\.(?:.*)", "Argumentet {0} saknas.", ""),
    (r"Missing option ('.+?')\.(?:\s*Choose from:\s*(.+))?", "Valet {0} saknas.", "Välj bland: {1}"),
    (r"Option ('.+?') requires an argument\.", "Valet {0} ska följas av ett värde.", ""),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.+)\)", "För många argument: {0}.", ""),
    (
        r"Invalid value for ('.+?'): (?:Value error, )?('.*') is not one of (.+?)\.?",
        "{1} duger inte för {0}.",
        "Välj bland: {2}",
    ),
    (r"Invalid value for ('.+?'): (?:Value error, )?(.+)", "Fel värde för {0}.", "{1}"),
)


def translated(message: str, voice: Voice) -> str:
    """Give a usage error in the language spoken; one that is not known stays in English."""
    if voice.language is Language.ENGLISH:
        return message
    for pattern, said, added in _SWEDISH:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            words = [" ".join((word or "").split()) for word in found.groups()]
            tail = added if len(words) > 1 and words[1] else ""
            return f"{said} {tail}".strip().format(*words)
    return message
