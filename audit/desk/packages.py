"""Packages: found by words, and each one whole."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, assert_never

from starlette.responses import Response

from audit.desk import package_texts as texts
from audit.desk.lists import newest, older, place_in
from audit.desk.pages import page
from audit.desk.previews import Ways, ways_to
from audit.desk.rooms import Room
from audit.desk.visits import Visit
from audit.verification import verify_packages
from ingest.application.desk_history import HistoryEntry, ShownDecision, ShownPublication, SourceDate
from ingest.application.desk_packages import ShownPackage, list_found, package_for, show_package
from ingest.application.desk_timeline import ShownEvent
from ingest.domain.documents import Document
from ingest.domain.findings import Text
from ingest.domain.lookups import PackageWish, WordKind
from ingest.domain.paths import PackagePath
from ingest.domain.people import Deed
from ingest.domain.windows import Window
from ingest.formats.packing import Container

_RECORDS: Final = Window(first=0, most=200)
_MOST_FILES: Final = 200
_FIELDS: Final = (
    ("q", texts.WORDS),
    ("case", texts.CASE_NUMBER),
    ("title", texts.TITLE),
    ("party", texts.PARTY),
    ("date", texts.DATE),
    ("status", texts.CASE_STATUS),
    ("rule", texts.RULE),
    ("puid", texts.PUID),
    ("producer", texts.PRODUCER),
    ("id", texts.REFERENCE),
)
_KINDS: Final = (
    ("case", WordKind.CASE),
    ("title", WordKind.TITLE),
    ("party", WordKind.PARTY),
    ("date", WordKind.DATE),
    ("status", WordKind.STATUS),
    ("rule", WordKind.RULE),
    ("puid", WordKind.PUID),
)
_ANCHORS: Final = (
    ("content", texts.CONTENT),
    ("files", texts.FILES),
    ("findings", texts.FINDINGS),
    ("generations", texts.GENERATIONS),
    ("timeline", texts.TIMELINE),
    ("descriptions", texts.DESCRIPTIONS),
    ("receipt", texts.RECEIPT),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of the search."""

    name: str
    label: Text
    value: str


def listed(visit: Visit) -> Response:
    """List packages, all or those that answer to what is sought."""
    said = {name: visit.asked(name) for name, _ in _FIELDS}
    wish = PackageWish(
        producer=said["producer"],
        reference=said["id"],
        anywhere=(said["q"],) if said["q"] else (),
        words=tuple((kind, said[name]) for name, kind in _KINDS if said[name]),
        after=place_in(visit),
    )
    found = list_found(wish, visit.person, visit.desk.ports)
    return page(
        visit,
        "packages.html",
        texts,
        found=found,
        fields=[Field(name=name, label=label, value=said[name]) for name, label in _FIELDS],
        older=older(visit, found.more),
        newest=newest(visit),
    )


def one(visit: Visit) -> Response:
    """Show a package."""
    shown, person = show_package(visit.at("package"), visit.person, visit.desk.ports), visit.person
    return page(
        visit,
        "package.html",
        texts,
        shown=shown,
        anchors=_ANCHORS,
        kind_of=kind_of,
        link=_links(shown),
        ways=lambda delivered: _ways(shown, delivered),
        ways_to=lambda path: ways_to(shown.package.package, path),
        records=_RECORDS,
        most_files=_MOST_FILES,
        reads_deliveries=person.may(Deed.READ_DELIVERIES),
        exports=tuple(texts.FORMS) if person.may(Deed.EXPORT_PACKAGES) else (),
        containers=tuple(Container),
        verifies=person.may(Deed.VERIFY_PACKAGES),
        reviews=person.may(Deed.REVIEW_ACCESS),
    )


def kind_of(entry: HistoryEntry) -> str:
    """Say what an entry of the timeline is, for its template."""
    match entry:
        case ShownEvent():
            return "event"
        case SourceDate():
            return "source"
        case ShownDecision():
            return "decision"
        case ShownPublication():
            return "publication"
        case _ as never:
            assert_never(never)


def _links(shown: ShownPackage) -> Callable[[Document], Ways | None]:
    """Give the ways to each document; None for one that no file answers to."""

    def link(document: Document) -> Ways | None:
        return None if document.path is None else _ways(shown, document.path)

    return link


def _ways(shown: ShownPackage, delivered: str) -> Ways | None:
    path = shown.places.get(PackagePath(delivered))
    return None if path is None else ways_to(shown.package.package, path)


def verify(visit: Visit) -> Response:
    """Read the package again, every byte of every copy."""
    visit.person.require(Deed.VERIFY_PACKAGES)
    package = package_for(visit.at("package"), visit.person, visit.desk.ports).package.package
    result = verify_packages(visit.desk.ports, [package], _silent)
    return page(visit, "verified.html", texts, result=result, package=package)


def _silent(objects: int, read: int) -> None:
    _ = objects, read


ROOMS: Final = (
    Room(method="GET", path="/packages", answer=listed),
    Room(method="GET", path="/packages/{package}", answer=one),
    Room(method="POST", path="/packages/{package}/verification", answer=verify),
)
