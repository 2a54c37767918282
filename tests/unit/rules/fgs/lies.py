"""Ways to make a sound FGS package lie, one at a time, and the rules that each of them breaks."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ingest.application.validate_package import validate
from ingest.domain.findings import Finding
from samples.cases import bygglov
from samples.simulator.arendehantering import Namespace
from samples.simulator.breaking import rewrite
from samples.simulator.eard import build_eard
from samples.simulator.fgs12 import Version, build_fgs12

SIP: Final = "sip.xml"
EARLIER: Final = (Version.V1_0, Version.V1_1)
LATER: Final = (Version.V1_1, Version.V1_2)
LATEST: Final = (Version.V1_2,)
CASES: Final = "Metadata/Arendehantering.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lie:
    """A change of one file: every match of `find` becomes `put`, `times` at most (0 = all).

    `also` are the rules that the lie breaks beside its own: consequences, each with a reason in the table; `also_in`
    those of one version alone. `versions` are those in which it is a lie.
    """

    rule: str
    find: str
    put: str
    times: int = 1
    also: frozenset[str] = frozenset()
    versions: tuple[Version, ...] = tuple(Version)
    also_in: Mapping[Version, frozenset[str]] = field(default_factory=dict)

    @property
    def version(self) -> Version:
        """The newest version in which it is a lie."""
        return self.versions[-1]

    def expected(self, version: Version) -> frozenset[str]:
        """Give every rule that the lie breaks in that version."""
        return frozenset({self.rule}) | self.also | self.also_in.get(version, frozenset())


def pkt(
    number: int,
    find: str,
    put: str,
    *also: str,
    times: int = 1,
    versions: tuple[Version, ...] = tuple(Version),
    earlier: str = "",
) -> Lie:
    """Make a lie about a package; `earlier` is a rule that it breaks besides in the versions before 1.2."""
    also_in = dict.fromkeys(EARLIER, frozenset({earlier})) if earlier else {}
    return Lie(
        rule=f"FGS-PKT-{number}",
        find=find,
        put=put,
        also=frozenset(also),
        times=times,
        versions=versions,
        also_in=also_in,
    )


def arh(number: int, find: str, put: str, *also: str, times: int = 1) -> Lie:
    return Lie(rule=f"FGS-ARH-{number}", find=find, put=put, also=frozenset(also), times=times)


def eard(number: int, find: str, put: str, *also: str, times: int = 1) -> Lie:
    return Lie(rule=f"FGS-EARD-{number}", find=find, put=put, also=frozenset(also), times=times)


def built(folder: Path, version: Version = Version.V1_2) -> Path:
    build_fgs12(bygglov.delivery(), folder, version=version, namespace=Namespace.PUBLISHED)
    return folder


def built_draft(folder: Path) -> Path:
    build_eard(bygglov.delivery(), folder)
    return folder


def told(lie: Lie) -> Callable[[bytes], bytes]:
    """Tell the lie in a document's text."""

    def change(text: bytes) -> bytes:
        pattern = re.compile(lie.find, re.DOTALL)
        changed, times = pattern.subn(lie.put, text.decode("utf-8"), count=lie.times)
        assert times, lie.find
        return changed.encode("utf-8")

    return change


def tell(folder: Path, path: str, lie: Lie) -> None:
    """Tell the lie in a file of the package; digests of it that others state are kept right."""
    rewrite(folder, path, told(lie))


def findings(package: Path) -> dict[str, Finding]:
    return {finding.rule: finding for finding in validate(package).findings}
