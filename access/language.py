"""The two languages of the reading room: Swedish at the root, English below /en."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """A language that every page exists in; the value is its BCP 47 tag."""

    SWEDISH = "sv"
    ENGLISH = "en"

    @property
    def root(self) -> str:
        """Where its pages lie: put this before any path that begins with a slash."""
        return "" if self is Language.SWEDISH else "/en"

    @property
    def other(self) -> "Language":
        """The language that the reader can change to."""
        return Language.ENGLISH if self is Language.SWEDISH else Language.SWEDISH


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages, Swedish first."""

    sv: str
    en: str

    def said(self, language: Language) -> str:
        """Give the text in one language."""
        return self.sv if language is Language.SWEDISH else self.en


@dataclass(frozen=True, slots=True)
class Counted:
    """A text that tells a number (`{number}`), in both forms of it."""

    one: Text
    many: Text

    def said(self, number: int, language: Language) -> str:
        """Give the text for this number."""
        text = self.one if number == 1 else self.many
        return text.said(language).format(number=grouped(number, language))


def grouped(number: int, language: Language) -> str:
    """Write a number with its thousands apart: 10 000 in Swedish (spaces that do not break), 10,000 in English."""
    separator = "\u00a0" if language is Language.SWEDISH else ","
    return f"{number:,}".replace(",", separator)


def asked_language(path: str) -> Language:
    """Tell the language of a path."""
    return Language.ENGLISH if path == "/en" or path.startswith("/en/") else Language.SWEDISH
