"""Which texts to try where a schema wants a simple value: its terms and bounds, and probes of every built-in type."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from xmlschema.validators import XsdSimpleType

NUMBERS: Final = (
    *("0", "1", "+1", "01", "-1", "7", "1.0", "1e3"),
    *("2147483647", "2147483648", "-2147483648", "-2147483649"),
    *("9223372036854775807", "9223372036854775808"),
)
TIMES: Final = (
    *("2021", "2021-04", "2021-04-01", "2021-04-01T10:00", "2021-04-01T10:00:00", "2021-04-01T10:00:00.25"),
    *("2021-04-01Z", "2021-04-01T10:00:00Z", "2021-04-01T10:00:00+02:00"),
    *("2021-04-01 10:00:00", "2021-04-01T24:00:00", "2021-04-01T10:00:60"),
    *("2021-02-29", "2020-02-29", "2021-13-45", "2021-13-45T25:61:61", "2021-4-1", "21", "-2021"),
    *("2021104", "2021104000", "2021104000000", "0000-01-01", "20210401", "٢٠٢١-٠٤-٠١"),
)
WORDS: Final = (
    *("", " ", "x", "hej då", "id1", "1a", "a b", "a  b", "a:b", "nowhere"),
    *("true", "TRUE", "aGVq", "aGV", "YQ = =", "urn:a urn:b", "%%", "http://[x"),
    "x" * 300,
)
PROBES: Final = (*NUMBERS, *TIMES, *WORDS)
"""Numbers, times, words, codes and addresses at the edges of the built-in types: what one takes, another refuses."""

BUILT_IN: Final = "{http://www.w3.org/2001/XMLSchema}"

BRIEF: Final = (
    *("", "x", "id1", "1", "-1", "0", "2147483648", "9223372036854775808", "1.0", "true", "2021", "2021-04-01"),
    *("2021-04-01T10:00:00", "aGVq", "a b", "1a", "http://[x"),
)
"""Enough of the probes to tell any two built-in types apart that all of them tell apart."""

_SAMPLES: Final = ("text", "1", "2021-04-01T10:00:00", "2021-04-01", "2021", "true", "aGVq", "id1")


def sample(kind: XsdSimpleType) -> str:
    """A value that a type accepts, the first of its terms where it has such."""
    return next(value for value in (*terms(kind), *_SAMPLES) if kind.is_valid(value))


def terms(kind: XsdSimpleType) -> tuple[str, ...]:
    """The values that a type enumerates, those of the members of a union included."""
    own = tuple(str(term) for term in kind.enumeration or ())
    members: tuple[XsdSimpleType, ...] = tuple(getattr(kind, "member_types", ()))
    return own or tuple(term for member in members for term in terms(member))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """Remembers which built-in types have had every probe: elsewhere those get the few that tell them apart."""

    types: set[str] = field(default_factory=set)

    def candidates(self, kind: XsdSimpleType) -> tuple[str, ...]:
        """Every text to try for a type, all different: terms, near misses, neighbours of bounds, and probes."""
        name = str(kind.name)  # all types without a name have the same one, and none of them is built in
        known = name.startswith(BUILT_IN) and name in self.types
        self.types.add(name)
        probes = BRIEF if known else PROBES
        return tuple(dict.fromkeys((*_with_near_misses(terms(kind)), *_bounds(kind), *_padded(kind), *probes)))


def _with_near_misses(values: tuple[str, ...]) -> Iterator[str]:
    for term in values:
        yield term
        yield from (term.upper(), term.lower(), term.title(), f" {term}", f"{term} ", f"{term}\n", term[:-1])
        yield from (f"{term}x", term.replace(" ", "  "), term.replace(" ", "_"), term.replace("_", " "))


def _bounds(kind: XsdSimpleType) -> Iterator[str]:
    for bound in (kind.min_value, kind.max_value):
        if isinstance(bound, int):
            yield from (str(bound - 1), str(bound), str(bound + 1))
    for length in (kind.min_length, kind.max_length):
        if length is not None:
            yield from ("x" * (length - 1), "x" * length, "x" * (length + 1))


def _padded(kind: XsdSimpleType) -> Iterator[str]:
    value = sample(kind)
    yield from (f" {value}", f"{value} ", f"\n {value}\t", f"{value}{value}", f"{value} {value}")
