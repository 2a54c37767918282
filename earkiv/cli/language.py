"""The language spoken: `--lang`, else `EARKIV_LANG`, else Swedish."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ingest.config import Language
from ingest.domain.findings import Text

_OPTION = "--lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Says texts in one language."""

    language: Language

    def __call__(self, text: Text) -> str:
        """Give the text in this language."""
        return text.sv if self.language is Language.SWEDISH else text.en

    def of(self, document: Mapping[str, str]) -> str:
        """Give the text of a JSON document `{"sv": …, "en": …}` in this language."""
        return document[self.language.value]


def spoken(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Voice:
    """Tell the language before anything else is known, for help and faults; a wrong one counts as not said."""
    said = os.environ if environment is None else environment
    for wish in (_option(arguments), said.get("EARKIV_LANG", "").strip()):
        if wish in tuple(Language):
            return Voice(language=Language(wish))
    return Voice(language=Language.SWEDISH)


def _option(arguments: Sequence[str]) -> str:
    """Give the value of the last `--lang`, "" when there is none."""
    wish = ""
    for here, after in zip_longest(arguments, arguments[1:], fillvalue=""):
        if here == "--":
            break
        if here == _OPTION:
            wish = after
        elif here.startswith(f"{_OPTION}="):
            wish = here.partition("=")[2]
    return wish
