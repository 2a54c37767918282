"""Names under which files are given out: safe in a header, in a folder and in a ZIP, and still readable."""

import re
import unicodedata
from urllib.parse import quote

_UNSAFE = re.compile(r'[<>:"/\\|?*%]')
_RESERVED = re.compile(r"(?i:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=$|\.)")
_LONGEST = 120


def safe_name(name: str, otherwise: str = "dokument") -> str:
    """Give a name that every system takes as a plain file name, at most 120 characters, ending kept."""
    shown = "".join(letter for letter in unicodedata.normalize("NFC", name) if _is_shown(letter))
    plain = _UNSAFE.sub("_", " ".join(shown.split())).strip(". ")
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    return _shortened(plain) or otherwise


def attachment(name: str) -> str:
    """Give a Content-Disposition that has the file kept, never shown (RFC 6266, with RFC 8187 for its letters)."""
    return _disposition("attachment", name)


def inline(name: str) -> str:
    """Give a Content-Disposition that has the file shown."""
    return _disposition("inline", name)


def _disposition(manner: str, name: str) -> str:
    safe = safe_name(name)
    decomposed = unicodedata.normalize("NFKD", safe)
    simple = re.sub(r"[^A-Za-z0-9 ._()\-]", "", decomposed).strip(". ") or "dokument"
    return f"{manner}; filename=\"{simple}\"; filename*=UTF-8''{quote(safe, safe='')}"


def _is_shown(letter: str) -> bool:
    """Whether a letter is one that people see: no control, no direction mark, no lone surrogate."""
    return letter.isspace() or unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _shortened(name: str) -> str:
    if len(name) <= _LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    is_ending = bool(dot) and len(ending) <= 10  # noqa: PLR2004 - longer than any file name extension in use
    return f"{stem[: _LONGEST - len(ending) - 1].rstrip('. ')}.{ending}" if is_ending else name[:_LONGEST].rstrip(". ")
