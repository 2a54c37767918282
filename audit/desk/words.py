"""How values are written on a page: numbers, sizes, times, and what a delivery says."""

from datetime import UTC, datetime
from typing import Final

from markupsafe import Markup, escape

_GROUPS: Final = {"sv": "\N{NO-BREAK SPACE}", "en": ","}
_STEP: Final = 1000
_DIGITS: Final = 18
_UNITS: Final = ("B", "kB", "MB", "GB", "TB", "PB")
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def visible(value: object) -> object:
    """Spell out what cannot be seen in a text, so that no delivered text steers the reader's eye; markup is ours."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return "".join(one if one.isprintable() or one in "\n\N{NO-BREAK SPACE}" else _spelled(one) for one in value)


def _spelled(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def count_text(number: int, language: str) -> str:
    """Write a whole number with its thousands apart."""
    return f"{number:,}".replace(",", _GROUPS[language])


def size_text(size: float, language: str) -> str:
    """Write a number of bytes with three digits at most: `1,2 MB` in Swedish, `1.2 MB` in English."""
    unit = 0
    while size >= _STEP - 0.5 and unit < len(_UNITS) - 1:
        size /= _STEP
        unit += 1
    text = f"{size:.1f}" if unit and size < 10 else f"{size:.0f}"  # noqa: PLR2004 - one digit before the decimal
    return f"{text.replace('.', ',') if language == 'sv' else text}\N{NO-BREAK SPACE}{_UNITS[unit]}"


def stated_size(said: str, language: str) -> str:
    """Write a size as `size_text` does where a document states one; what is no number of bytes stays as it is."""
    return size_text(int(said), language) if said.isascii() and said.isdigit() and len(said) <= _DIGITS else said


def duration_text(seconds: float) -> str:
    """Write a duration in its largest unit, and the next where it tells something: `2 h 5 min`."""
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{seconds:.1f} s" if seconds < 10 and seconds != whole else f"{whole} s"  # noqa: PLR2004 - as above
    if whole < _HOUR:
        return _two(whole, _MINUTE, "min", 1, "s")
    return _two(whole, _HOUR, "h", _MINUTE, "min") if whole < _DAY else _two(whole, _DAY, "d", _HOUR, "h")


def _two(whole: int, large: int, large_unit: str, small: int, small_unit: str) -> str:
    rest = whole % large // small
    return f"{whole // large} {large_unit}" + (f" {rest} {small_unit}" if rest else "")


def time_text(moment: datetime | str | None) -> Markup:
    """Write a time as an element that programs read too; "" for none."""
    if not moment:
        return Markup("")
    at = (datetime.fromisoformat(moment) if isinstance(moment, str) else moment).astimezone(UTC)
    machine, person = f"{at:%Y-%m-%dT%H:%M:%SZ}", f"{at:%Y-%m-%d %H:%M} UTC"
    return Markup('<time datetime="{}">{}</time>').format(machine, person)


def stated_time(said: str) -> Markup | str:
    """Write a time as `time_text` does where a document states one with its zone; anything else stays as it is."""
    try:
        moment = datetime.fromisoformat(said)
        return time_text(moment) if moment.tzinfo else said
    except (ValueError, OverflowError):
        return said


def digest_text(digest: str) -> Markup:
    """Write a digest by its first twelve digits, the whole of it beside them for whoever needs it."""
    return Markup('<code title="{}">{}…</code>').format(digest, escape(digest[:12])) if digest else Markup("")
