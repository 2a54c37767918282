"""An archive with its reading room in one process, where anything may break in between."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from ingest.application.access_standing import stood
from ingest.application.decide_access import WantedAccess, decide_access
from ingest.application.found_numbers import FoundNumbers
from ingest.application.holdings import package_of
from ingest.application.publish_records import Published, Publisher, publish
from ingest.application.reading_room import ReadingRoom
from ingest.bootstrap import Archive
from ingest.domain.access.decisions import Reference
from ingest.domain.access.levels import Level
from ingest.domain.people import ALL_ROLES, Person
from ingest.errors import StoreUnavailable

RUT = Person(name="Rut Ek", subject="rut", roles=ALL_ROLES)


class Killed(BaseException):
    """The process ends here: nothing after this is done, and nobody is told."""


class Wrapped:
    """Something of which one method does something else."""

    def __init__(self, whole: Any, name: str, instead: Callable[..., Any]) -> None:
        self._whole, self._name, self._instead = whole, name, instead

    def __getattr__(self, name: str) -> Any:
        return self._instead if name == self._name else getattr(self._whole, name)


def killed(*_: object, **__: object) -> Any:
    raise Killed


def away(_: Collection[str]) -> None:
    raise StoreUnavailable("nere", "down")


@dataclass(kw_only=True)
class House:
    """An archive and its reading room; `ids` are the public ids that were given out."""

    archive: Archive
    room: ReadingRoom
    ids: dict[str, tuple[str, ...]]
    finder: FoundNumbers

    def decide(
        self, level: Level, *keys: tuple[str, ...], reference: Reference = Reference.WITHHELD, **broken: Any
    ) -> object:
        ports = self.archive.ports
        now = stood(package_of("PUSH-1", ports), self.finder, ports)
        asked = WantedAccess(
            package="PUSH-1",
            units=tuple(map(now.standing.in_view, keys)),
            level=level,
            reason="Begäran.",
            ground="ingen",
            personal_data="Inga personuppgifter.",
            reference=reference,
            stub_text="Något",
        )
        return decide_access(asked, RUT, self.finder, self.archive.owner, replace(ports, **broken))

    def publish(self, **broken: Any) -> object:
        room = replace(self.room, **{name: broken.pop(name) for name in ("index", "store") if name in broken})
        ports = replace(self.archive.ports, **broken)
        answer = publish("PUSH-1", Publisher(person=RUT, owner=self.archive.owner), self.finder, room, ports)
        if isinstance(answer, Published):
            self.ids |= {unit.id: unit.key for unit in answer.shown}
        return answer

    @property
    def shown(self) -> set[tuple[str, ...]]:
        """The units that the room lists."""
        return {self.ids[public_id] for public_id in self.room.index.shown(self.ids)}

    @property
    def lying(self) -> set[str]:
        """The ids of which anything lies in the public store."""
        keys = (key for folder in ("records", "forms", "files", "text") for key in self.room.store.keys(f"{folder}/"))
        return {key.split("/")[1].partition(".")[0] for key in keys}
