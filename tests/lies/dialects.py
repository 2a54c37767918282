"""Every dialect and version that the simulator builds a correct package of, with what is told of it all the same."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from samples.cases import bygglov, skolskjuts
from samples.simulator.arendehantering import Namespace
from samples.simulator.bare_erms import build_bare_erms
from samples.simulator.case_push import build_case_push
from samples.simulator.csip import Kind, build_csip, root_name
from samples.simulator.csip import Version as CsipVersion
from samples.simulator.description import Delivery
from samples.simulator.eard import build_eard
from samples.simulator.fgs12 import Version as FgsVersion
from samples.simulator.fgs12 import build_fgs12
from samples.simulator.fgs20 import build_fgs20
from tests.lies.packages import Package, package_of

Build = Callable[[Delivery, Path], None]
OLDER_ERMS: Final = frozenset({"EARKIV-ERMS-1"})
"""For information: CITS ERMS before 3.0 is judged by rules alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """`traits` (kind, version, version of ERMS) are what a table may say a lie's outcome by.

    `told` is what a correct package has for information.

    `descriptor` is where a reader begins, `description` what tells of the cases.
    """

    name: str
    build: Build
    delivery: Callable[[], Delivery]
    descriptor: str
    description: str
    traits: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.name


def _csip(kind: Kind, version: CsipVersion) -> Dialect:
    return Dialect(
        name=f"E-ARK {kind} {version}",
        build=partial(build_csip, kind=kind, version=version),
        delivery=skolskjuts.delivery,
        descriptor="METS.xml",
        description="metadata/descriptive/erms.xml",
        traits=frozenset({kind.value, version.value, "3.0" if version is CsipVersion.V2_2_0 else "2.1"}),
        told=frozenset() if version is CsipVersion.V2_2_0 else OLDER_ERMS,
    )


def _fgs(version: FgsVersion) -> Dialect:
    name = version.removeprefix("version")
    return Dialect(
        name=f"FGS {name[0]}.{name[1]}",
        build=partial(build_fgs12, version=version, namespace=Namespace.PUBLISHED),
        delivery=bygglov.delivery,
        descriptor="sip.xml",
        description="Metadata/Arendehantering.xml",
        traits=frozenset({version.value}),
    )


EARK: Final = tuple(_csip(kind, version) for kind in Kind for version in CsipVersion)
FGS_2_0: Final = Dialect(
    name="FGS 2.0",
    build=build_fgs20,
    delivery=skolskjuts.delivery,
    descriptor="METS.xml",
    description="metadata/descriptive/erms.xml",
    traits=frozenset({"SIP", "2.1.0", "2.1", "FGS 2.0"}),
    told=OLDER_ERMS,
)
FGS_1: Final = tuple(map(_fgs, FgsVersion))
EARD: Final = Dialect(
    name="eARD",
    build=build_eard,
    delivery=bygglov.delivery,
    descriptor="sip.xml",
    description="Metadata/Arendehantering.xml",
)
BARE_ERMS: Final = Dialect(
    name="bare ERMS",
    build=build_bare_erms,
    delivery=skolskjuts.delivery,
    descriptor="content/90482/erms.xml",
    description="content/90482/erms.xml",
    traits=frozenset({"3.0"}),
)
CASE_PUSH: Final = Dialect(
    name="case push",
    build=build_case_push,
    delivery=skolskjuts.delivery,
    descriptor="case.json",
    description="case.json",
)
WITH_CSIP: Final = (*EARK, FGS_2_0)
WITH_METS: Final = (*WITH_CSIP, *FGS_1, EARD)
DIALECTS: Final = (*WITH_METS, BARE_ERMS, CASE_PUSH)


def built(dialect: Dialect, delivery: Delivery) -> Package:
    """Build a delivery in a dialect."""
    with TemporaryDirectory() as place:
        folder = Path(place) / root_name(delivery)
        dialect.build(delivery, folder)
        return package_of(folder)


@cache
def sound(dialect: Dialect) -> Package:
    """Give the correct package of a dialect, built once."""
    return built(dialect, dialect.delivery())
