"""How sizes, dates and file types are written for people."""

from access.language import Language, Text
from schemas.public_index import FileType

_MONTHS = (
    Text("januari", "January"),
    Text("februari", "February"),
    Text("mars", "March"),
    Text("april", "April"),
    Text("maj", "May"),
    Text("juni", "June"),
    Text("juli", "July"),
    Text("augusti", "August"),
    Text("september", "September"),
    Text("oktober", "October"),
    Text("november", "November"),
    Text("december", "December"),
)
_LICENCES = {
    "creativecommons.org/publicdomain/zero/1.0": "CC0 1.0",
    "creativecommons.org/publicdomain/mark/1.0": "Public Domain Mark 1.0",
    "creativecommons.org/licenses/by/4.0": "CC BY 4.0",
}
_UNITS = ("kB", "MB", "GB", "TB")
_THOUSAND = 1000
_TENS = 10

FILE_TYPES = {
    FileType.PDF: Text("PDF", "PDF"),
    FileType.IMAGE: Text("Bild", "Image"),
    FileType.TEXT: Text("Text", "Text"),
    FileType.OFFICE: Text("Kontorsdokument", "Office document"),
    FileType.SOUND: Text("Ljud", "Sound"),
    FileType.VIDEO: Text("Film", "Video"),
    FileType.WEB: Text("Webbsida", "Web page"),
    FileType.OTHER: Text("Annan filtyp", "Other file type"),
}


def shown_size(size: int, language: Language) -> str:
    """Write bytes in decimal units, one decimal below ten."""
    if size < _THOUSAND:
        return f"{size}\u00a0byte" if language is Language.SWEDISH or size == 1 else f"{size}\u00a0bytes"
    amount, unit = float(size), ""
    for unit in _UNITS:  # noqa: B007 - the unit that the loop ends at is the one wanted
        amount /= _THOUSAND
        if amount < _THOUSAND:
            break
    written = f"{amount:.1f}" if amount < _TENS else f"{amount:.0f}"
    return f"{_decimal(written, language)}\u00a0{unit}"


def shown_date(date: str, language: Language) -> str:
    """Write a year, month or day as people do."""
    year, _, rest = date.partition("-")
    month, _, day = rest.partition("-")
    if not month or not 1 <= int(month) <= len(_MONTHS):
        return date
    named = f"{_MONTHS[int(month) - 1].said(language)} {year}"
    return f"{int(day)} {named}" if day else named


def shown_span(date: str | None, date_to: str | None, language: Language) -> str:
    """Write when a case began and was closed."""
    told = [shown_date(each, language) for each in (date, date_to) if each is not None]
    return " – ".join(dict.fromkeys(told))


def shown_licence(address: str) -> str:
    """Give terms by the name that people know them by, else by their address."""
    return _LICENCES.get(address.partition("//")[2].rstrip("/"), address)


def _decimal(number: str, language: Language) -> str:
    return number.replace(".", ",") if language is Language.SWEDISH else number
