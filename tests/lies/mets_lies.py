"""A lie in a METS document: what is said instead, the rule it breaks, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tests.lies.dialects import Dialect

NONE: Final[frozenset[str]] = frozenset()
_DIGIPROV: Final = (
    r'<mets:digiprovMD ID="[^"]*" CREATED="([^"]*)" STATUS="CURRENT">\s*<mets:mdRef [^>]*xlink:href="([^"]*)"'
    r'[^>]* SIZE="([^"]*)" CREATED="[^"]*" CHECKSUM="([^"]*)"[^>]*/>\s*</mets:digiprovMD>'
)
_RIGHTS: Final = (
    r'<mets:rightsMD ID="r1" STATUS="SUPERSEDED"><mets:mdRef LOCTYPE="URL" xlink:type="simple" xlink:href="\2"'
    r' MDTYPE="PREMIS:RIGHTS" MIMETYPE="application/xml" SIZE="\3" CREATED="\1" CHECKSUM="\4" CHECKSUMTYPE="SHA-256"/>'
    r"</mets:rightsMD>\g<0>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lie:
    """The first places that match `pattern` (`times`, 0 = all) say `said` instead.

    `also` are the ids that follow besides the rule's own, `also_in` those that follow in dialects of a trait alone:
    a version asks for more, or a kind of package. `of` are the traits that the lie is told of, all when empty.
    """

    rule: str
    pattern: str
    said: str
    also: frozenset[str] = NONE
    also_in: Mapping[str, frozenset[str]] = field(default_factory=dict)
    of: frozenset[str] = NONE
    times: int = 1

    def is_told_of(self, dialect: Dialect) -> bool:
        return not self.of or not self.of.isdisjoint(dialect.traits)

    def expected(self, dialect: Dialect) -> frozenset[str]:
        """Give every id that the lie brings, with what a correct package has for information."""
        of_traits = (ids for trait, ids in self.also_in.items() if trait in dialect.traits)
        return frozenset({self.rule}).union(self.also, *of_traits, dialect.told)


def lie(rule: str, pattern: str, said: str, *also: str, of: str = "", **also_in: str) -> Lie:
    """Make a lie; `also_in` has traits as names, such as `AIP` or `v2_0_4`, and ids divided by spaces."""
    named = {key.removeprefix("v").replace("_", "."): frozenset(ids.split()) for key, ids in also_in.items()}
    return Lie(rule=rule, pattern=pattern, said=said, also=frozenset(also), also_in=named, of=frozenset(of.split()))


def rights(rule: str, find: str, put: str, *also: str, **also_in: str) -> Lie:
    """Make a lie about rights: a section of them that says of the provenance document what is right but for this."""
    assert find in _RIGHTS, find
    return lie(rule, _DIGIPROV, _RIGHTS.replace(find, put), *also, **also_in)


SOUND_RIGHTS: Final = lie("", _DIGIPROV, _RIGHTS)
