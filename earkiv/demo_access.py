"""The last act of the demonstration: somebody decides who may see what, and what is public is carried over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from access.addresses import record_path
from earkiv import demo_texts as texts
from earkiv.cli.desk_door import address_of
from earkiv.cli.public_door import DEFAULT_PORT
from earkiv.cli.session import Session
from ingest.application.access_standing import Stood, stood
from ingest.application.decide_access import AccessAnswer, InForce, WantedAccess, decide_access
from ingest.application.found_numbers import FoundNumbers
from ingest.application.holdings import package_of
from ingest.application.publish_records import Published, Publisher, publish
from ingest.application.reading_room import ReadingRoom
from ingest.bootstrap import Archive, joining
from ingest.bootstrap.reading_room import reading_room
from ingest.domain.access.decisions import Reference, UnitInView
from ingest.domain.access.levels import Level
from ingest.domain.access.units import UnitKey
from ingest.domain.findings import Text
from ingest.domain.people import Person, PersonRole

PERSON: Final = Person(name="Petra Påhittsdotter (demo)", subject="demo", roles=frozenset({PersonRole.RELEASER}))
"""Who decides in the demonstration; a releaser may open, close and publish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCase:
    """A case of a sample, what is decided on it and why; what is public is so with all that is in it."""

    sample: str
    case: str
    level: Level
    ground: str
    reason: str
    personal_data: str = ""
    stub_text: str = ""

    def named(self, found: Stood) -> tuple[UnitInView, ...]:
        """Give the units to decide on: a case that closes closes what is in it, one that opens opens itself alone."""
        inside = tuple(key for key in found.read.told.units if key[0] == self.case)
        keys = inside if self.level is Level.PUBLIC else (self.key,)
        return tuple(found.standing.in_view(key) for key in keys)

    @property
    def key(self) -> UnitKey:
        """The case's key in its package."""
        return (self.case,)


CASES: Final = (
    DemoCase(
        sample="flera-arenden-erms.zip",
        case="KFN 2025/0011",
        level=Level.PUBLIC,
        ground="Inget lagrum hindrar / no legal ground against it",
        reason="Föreningsbidrag; vem som helst får se det / a grant to an association, for everybody to see",
        personal_data="Bara en tjänstemans namn, i tjänsten / only an official's name, in office",
    ),
    DemoCase(
        sample="bygglov-fgs12",
        case="BN 2026-000117",
        level=Level.ON_REQUEST,
        ground="Inget lagrum hindrar; prövas vid begäran / no legal ground against it; judged when asked for",
        reason="Personnummer i handlingarna / personal numbers in the records",
        stub_text="Avslutat ärende om bygglov / A closed case about a building permit",
    ),
    DemoCase(
        sample="skolarende-csip.zip",
        case="UN 2025/0482",
        level=Level.HIDDEN,
        ground="OSL 23 kap. 2 §",
        reason="Ett barns skolgång och hälsa / a child's schooling and health",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCase:
    """A case of the demonstration as it stands now; `address` is where the reading room shows it, None = nowhere."""

    case: str
    title: str
    level: Level
    address: str | None


def decided_and_published(receipts: Mapping[str, Mapping[str, object]], session: Session) -> tuple[ShownCase, ...]:
    """Decide where nobody has yet, publish, and tell how the cases stand; empty when something was under way.

    Raises EarkivError.
    """
    with joining(session.settings) as archive, reading_room(session.settings) as room:
        packages = {one.sample: str(receipts[one.sample]["package"]) for one in CASES}
        shown = [_shown(one, packages[one.sample], room, archive) for one in CASES]
    return tuple(one for one in shown if one is not None) if None not in shown else ()


def _shown(wanted: DemoCase, package: str, room: ReadingRoom, archive: Archive) -> ShownCase | None:
    finder = FoundNumbers(archive.ports)
    before = stood(package_of(package, archive.ports), finder, archive.ports)
    if not before.decisions and not isinstance(_decided(wanted, before, archive), InForce):
        return None
    published = publish(package, Publisher(person=PERSON, owner=archive.owner), finder, room, archive.ports)
    if not isinstance(published, Published):
        return None
    now = stood(before.package, finder, archive.ports)
    (title,) = (one.title or "" for one in now.read.submission.cases if one.id == wanted.case)
    address = next(_addresses(published, wanted.key), None)
    return ShownCase(case=wanted.case, title=title, level=now.standing.level_of(wanted.key), address=address)


def _decided(wanted: DemoCase, found: Stood, archive: Archive) -> AccessAnswer:
    asked = WantedAccess(
        package=found.package.package,
        units=wanted.named(found),
        level=wanted.level,
        reason=wanted.reason,
        ground=wanted.ground,
        personal_data=wanted.personal_data,
        reference=Reference.SHOWN if wanted.level is Level.PUBLIC else Reference.WITHHELD,
        stub_text=wanted.stub_text,
    )
    return decide_access(asked, PERSON, FoundNumbers(archive.ports), archive.owner, archive.ports)


def _addresses(published: Published, key: UnitKey) -> Iterator[str]:
    """Give where the reading room shows the unit, if it does."""
    room = address_of("127.0.0.1", DEFAULT_PORT)
    return (f"{room}{record_path('case', unit.id)}" for unit in published.shown if unit.key == key)


def print_shown(shown: tuple[ShownCase, ...], session: Session) -> None:
    """Say of each case who may see it, and where it is looked at."""
    page, voice = session.page(), session.voice
    for one in shown:
        page.print(f"{voice(texts.LEVELS[one.level])}  {one.title} ({one.case})", soft_wrap=True)
        page.print(f"  {voice(_how(one)).format(address=one.address)}", soft_wrap=True)


def _how(shown: ShownCase) -> Text:
    return texts.HOW_SHOWN[shown.level] if shown.address is not None else texts.HOW_SHOWN[Level.HIDDEN]
