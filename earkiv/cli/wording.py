"""Figures, times and delivered names as people read them."""

from datetime import datetime

from ingest.config import Language

_STEP = 1000
_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")
_SHORT = 12


def size_text(size: float, language: Language) -> str:
    """Write a number of bytes with three digits at most: `1,2 MB` in Swedish, `1.2 MB` in English."""
    unit = 0
    while size >= _STEP - 0.5 and unit < len(_UNITS) - 1:
        size /= _STEP
        unit += 1
    text = f"{size:.1f}" if unit and size < 10 else f"{size:.0f}"  # noqa: PLR2004 - one digit before the decimal
    return f"{text.replace('.', ',') if language is Language.SWEDISH else text} {_UNITS[unit]}"


def count_text(number: int, language: Language) -> str:
    """Write a whole number with its thousands apart."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}" if language is Language.SWEDISH else ",")


def time_text(moment: str | None) -> str:
    """Write an ISO 8601 time as `2026-11-23 20:49:32 UTC`; "" for none."""
    if not moment:
        return ""
    at = datetime.fromisoformat(moment)
    zone = at.tzname() or ""
    return f"{at:%Y-%m-%d %H:%M:%S} {zone}".strip()


def digest_text(digest: str) -> str:
    """Write a digest by its first twelve digits."""
    return f"{digest[:_SHORT]}…" if len(digest) > _SHORT else digest


def visible(delivered: str) -> str:
    """Write a delivered text so that it cannot steer the terminal: control characters are spelled out."""
    return "".join(letter if letter.isprintable() else _spelled(letter) for letter in delivered)


def _spelled(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii") if letter != "\N{NO-BREAK SPACE}" else letter
