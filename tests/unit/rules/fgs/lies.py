"""Ways to make a sound FGS package lie, one at a time, and the rules that each of them breaks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
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
CASES: Final = "Metadata/Arendehantering.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lie:
    """A change of one file: every match of `find` becomes `put`, `times` at most (0 = all).

    `also` are the rules that the lie breaks beside its own: consequences, each with a reason in the table.
    """

    rule: str
    find: str
    put: str
    times: int = 1
    also: frozenset[str] = frozenset()
    version: Version = Version.V1_2


def pkt(number: int, find: str, put: str, *also: str, times: int = 1, version: Version = Version.V1_2) -> Lie:
    return Lie(rule=f"FGS-PKT-{number}", find=find, put=put, also=frozenset(also), times=times, version=version)


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
