"""METS, PREMIS and ERMS of a package, each told in words and laid out as it lies; what is long comes in pieces."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

from starlette.responses import Response

from audit.desk import description_texts as texts
from audit.desk.desk import MOUNTED_AT
from audit.desk.pages import page
from audit.desk.previews import Ways, ways_to
from audit.desk.rooms import Room
from audit.desk.visits import Visit
from ingest.application.description_documents import MAIN, DescriptionKind
from ingest.application.desk_descriptions import (
    ShownErms,
    ShownMets,
    ToldErms,
    Untold,
    show_erms,
    show_mets,
    show_premis,
    show_source,
)
from ingest.domain.cases import Case
from ingest.domain.documents import Document
from ingest.domain.paths import PackagePath
from ingest.domain.windows import Window
from ingest.formats.told_mets import OutlineLine, ToldMets, group_path
from ingest.formats.told_premis import PremisWindows
from schemas.numbers import number_in

_DOCUMENT: Final = "document"
_ROWS: Final = 100
_CASES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A line of an outline with those that lie below it."""

    line: OutlineLine
    below: "tuple[Branch, ...]"


def mets(visit: Visit) -> Response:
    """Tell a METS document."""
    files, outline = _window(visit, "files"), _window(visit, "structure")
    shown = show_mets(visit.at("package"), visit.asked(_DOCUMENT), files, outline, visit.person, visit.desk.ports)
    told = shown.told
    return page(
        visit,
        "mets.html",
        texts,
        kind=DescriptionKind.METS,
        shown=shown,
        told=None if isinstance(told, Untold) else told,
        branches=() if isinstance(told, Untold) else branches(told.outline.rows),
        group_path=group_path,
        way_to=lambda href: _way_to(shown, href),
        target=lambda line: _target(shown, line),
        **_around(visit),
    )


def premis(visit: Visit) -> Response:
    """Tell a PREMIS document."""
    windows = PremisWindows(
        objects=_window(visit, "objects"),
        events=_window(visit, "events"),
        agents=_window(visit, "agents"),
        rights=_window(visit, "rights"),
    )
    shown = show_premis(visit.at("package"), visit.asked(_DOCUMENT), windows, visit.person, visit.desk.ports)
    told = None if isinstance(shown.told, Untold) else shown.told
    return page(visit, "premis.html", texts, kind=DescriptionKind.PREMIS, shown=shown, told=told, **_around(visit))


def erms(visit: Visit) -> Response:
    """Tell a description of cases and records, in ERMS or in the dialect of the delivery."""
    cases, records = _window(visit, "cases", _CASES), _window(visit, "records")
    shown = show_erms(visit.at("package"), visit.asked(_DOCUMENT), cases, records, visit.person, visit.desk.ports)
    told = None if isinstance(shown.told, Untold) else shown.told
    return page(
        visit,
        "erms.html",
        texts,
        kind=DescriptionKind.ERMS,
        shown=shown,
        told=told,
        window=records,
        longest=0 if told is None else _longest(told),
        link=_links(shown),
        **_around(visit),
    )


def source(visit: Visit) -> Response:
    """Show a description as it lies, laid out."""
    kind = DescriptionKind(visit.request.url.path.split("/")[-2])
    shown = show_source(visit.at("package"), kind, visit.asked(_DOCUMENT), visit.person, visit.desk.ports)
    return page(visit, "source.html", texts, kind=kind, shown=shown, **_around(visit))


def branches(lines: Sequence[OutlineLine]) -> tuple[Branch, ...]:
    """Put lines that come one after the other below each other, as their depths say."""
    found: list[Branch] = []
    place = 0
    while place < len(lines):
        end = place + 1
        while end < len(lines) and lines[end].depth > lines[place].depth:
            end += 1
        found.append(Branch(line=lines[place], below=branches(lines[place + 1 : end])))
        place = end
    return tuple(found)


def _window(visit: Visit, name: str, most: int = _ROWS) -> Window:
    return Window(first=number_in(visit.asked(name), 0), most=most)


def _around(visit: Visit) -> dict[str, Any]:
    package = visit.at("package")
    here = f"{MOUNTED_AT}/packages/{package}"
    return {
        "here": here,
        "address": lambda room, path: f"{here}/{room}?{urlencode({_DOCUMENT: path})}",
        "file_address": lambda path: f"{here}/files/{quote(path)}",
        "at": lambda name, first: _at(visit, name, first),
    }


def _at(visit: Visit, name: str, first: int) -> str:
    """Give the address of this page with another piece of one of its lists."""
    asked = visit.request.query_params.multi_items()
    kept = [(key, said) for key, said in asked if key not in {name, "lang"}]
    return f"?{urlencode([*kept, (name, str(first))])}#{name}"


def _way_to(shown: ShownMets, href: str) -> str:
    """Give the address that shows what a link leads to, a description in words; "" for what leads to no file."""
    path = shown.file_at(href) if href else None
    here = f"{MOUNTED_AT}/packages/{shown.package}"
    if path is None:
        return ""
    if path in {one.path for one in shown.documents}:
        return f"{here}/mets?{urlencode({_DOCUMENT: path})}"
    kind = next((kind for kind, main in MAIN.items() if main == path), None)
    return ways_to(shown.package, path).view if kind is None else f"{here}/{kind.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a line of the outline points at, in a word, and the address that shows it ("" = none)."""

    name: str
    address: str = ""


def _target(shown: ShownMets, line: OutlineLine) -> Target:
    if isinstance(shown.told, ToldMets) and line.target in shown.told.groups_by_id:
        return Target(name=" / ".join(group_path(shown.told.groups_by_id[line.target])), address="#files")
    if isinstance(shown.told, ToldMets) and line.target in shown.told.files_by_id:
        href = next(iter(shown.told.files_by_id[line.target].hrefs), "")
        return Target(name=href or line.target, address=_way_to(shown, href))
    return Target(name=line.target, address=_way_to(shown, line.target))


def _links(shown: ShownErms) -> Callable[[Document], Ways | None]:
    def link(document: Document) -> Ways | None:
        path = shown.places.get(document.path or PackagePath(""))
        return None if path is None else ways_to(shown.package, path)

    return link


def _longest(told: ToldErms) -> int:
    """Give how many records the case with most of them has: so far the pieces of all go on."""
    return max((_records(case) for case in told.cases.rows), default=0)


def _records(case: Case) -> int:
    return max((len(case.records), *(_records(part) for part in case.parts)))


ROOMS: Final = (
    Room(method="GET", path="/packages/{package}/mets", answer=mets),
    Room(method="GET", path="/packages/{package}/premis", answer=premis),
    Room(method="GET", path="/packages/{package}/erms", answer=erms),
    Room(method="GET", path="/packages/{package}/mets/source", answer=source),
    Room(method="GET", path="/packages/{package}/premis/source", answer=source),
    Room(method="GET", path="/packages/{package}/erms/source", answer=source),
)
