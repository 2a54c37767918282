"""Sound personal numbers of every date, and the forms that they are written in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from ingest.domain.personal_numbers.pieces import INTERIM_LETTERS

MONTHS = range(13)
DAYS = (*range(1, 32), *range(60, 92))
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d+_./"
SPACES = " \t\u00a0\u2002\u2009\u202f\u3000"
BREAKS = ("\n", "-\n", "\r\n", "\u00ad\n    ", "\u2028")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number's parts as it is written: century, year, month, day, birth number with check digit."""

    century: str
    year: str
    month: str
    day: str
    serial: str

    @property
    def date(self) -> str:
        return self.year + self.month + self.day

    @property
    def short(self) -> str:
        return self.date + self.serial


def number(*, century: str, year: int, month: int, day: int, serial: str) -> Number:
    """Make a number by its birth number without check digit, which is worked out in another way than the detector's."""
    date = f"{year:02}{month:02}{day:02}"
    doubled = [int(symbol) * weight for symbol, weight in zip(_as_digits(date + serial), (2, 1) * 5, strict=False)]
    check = -sum(sum(divmod(each, 10)) for each in doubled) % 10
    return Number(century=century, year=date[:2], month=date[2:4], day=date[4:], serial=f"{serial}{check}")


def _as_digits(symbols: str) -> str:
    return "".join("1" if symbol in INTERIM_LETTERS else symbol for symbol in symbols)


Form = Callable[[Number], str]


def grouped_forms() -> Iterator[Form]:
    """Ten and twelve digits with and without what may stand between, glued to other words or not."""
    middles = ("", *HYPHENS, *SPACES, " - ", "\u00a0\u2013\u00a0", *BREAKS)
    for middle in middles:
        yield lambda n, m=middle: n.date + m + n.serial  # type: ignore[misc]
        yield lambda n, m=middle: n.century + n.date + m + n.serial  # type: ignore[misc]
    for between, middle in product((" ", "-", ".", "/", "\u2011"), ("-", " ", " - ", "+", "\u2013", "\n")):
        yield lambda n, b=between, m=middle: b.join((n.year, n.month, n.day)) + m + n.serial  # type: ignore[misc]
        yield lambda n, b=between, m=middle: b.join((n.century + n.year, n.month, n.day)) + m + n.serial  # type: ignore[misc]
    yield lambda n: f"{n.century} {n.date}-{n.serial}"
    yield lambda n: f"{n.century} {n.year} {n.month} {n.day}-{n.serial}"
    yield lambda n: f"{n.year} {n.month} {n.day}-{n.serial[:2]} {n.serial[2:]}"
    yield lambda n: f"{n.date}-{n.serial[:3]} {n.serial[3:]}"
    yield lambda n: f"pnr{n.date}-{n.serial}avslag"
    yield lambda n: f"bilaga_{n.century}{n.date}{n.serial}_1.pdf"
    yield lambda n: f"2021 12 {n.date}-{n.serial} 2021-06-01"


def apart_forms() -> Iterator[Form]:
    """Digit by digit, as in the boxes of a form, and broken over a line at every place."""
    for between in (" ", "\u00a0", "\u200b", "  "):
        yield lambda n, b=between: b.join(n.short)  # type: ignore[misc]
        yield lambda n, b=between: b.join(n.century + n.short)  # type: ignore[misc]
        yield lambda n, b=between: f"{b.join(n.date)} - {b.join(n.serial)}"  # type: ignore[misc]
    for ending in BREAKS:
        for place in range(1, 10):
            yield lambda n, p=place, e=ending: n.short[:p] + e + n.short[p:]  # type: ignore[misc]
        for place in range(1, 12):
            yield lambda n, p=place, e=ending: _split(n.century + n.short, p, e)  # type: ignore[misc]
        for place in range(1, 11):
            yield lambda n, p=place, e=ending: _split(f"{n.date}-{n.serial}", p, e)  # type: ignore[misc]


def _split(text: str, place: int, ending: str) -> str:
    return text[:place] + ending + text[place:]
