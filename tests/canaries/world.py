"""An archive and its reading room in which a tree is handed over, decided on, published, withdrawn and rebuilt."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random
from unittest.mock import patch

from ingest.adapters.directory import DirectoryStore
from ingest.adapters.public_index import open_public_index
from ingest.adapters.sql.catalogue import SqlCatalogue
from ingest.adapters.sql.leases import PATIENCE_SECONDS, Watch
from ingest.adapters.sql.processes import worker_here
from ingest.application.access_standing import stood
from ingest.application.arriving import Arrivals
from ingest.application.correct_metadata import Begun, Wanted, correct_metadata
from ingest.application.decide_access import AccessAnswer, WantedAccess, decide_access
from ingest.application.found_numbers import FoundNumbers
from ingest.application.holdings import package_of
from ingest.application.ingest_path import ingest_path
from ingest.application.publish_records import PublishAnswer, Publisher, publish
from ingest.application.reading_room import ReadingRoom, withdraw
from ingest.application.rebuild_catalogue import rebuild
from ingest.application.run_deliveries import finish
from ingest.bootstrap import writing
from ingest.bootstrap.reading_room import reading_room
from ingest.domain.access.decisions import Reference, View
from ingest.domain.access.levels import Level
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.deliveries import DeliveryState
from ingest.domain.keys import Caller, Role
from ingest.domain.packages import Examination, ExaminationRequest, FormatDesignation, NotScanned
from ingest.domain.paths import PackagePath
from ingest.domain.people import ALL_ROLES, Person, PersonRole
from ingest.domain.submissions import Reading, Unreadable
from ingest.domain.texts import ExtractedText, gathered
from ingest.formats import case_push
from ingest.formats.case_push_json import read_json
from ingest.formats.corrections import Correction, read_correction
from ingest.formats.texts import texts_of
from ingest.pipeline.public_records import known_ids
from ingest.pipeline.step import Ports
from ingest.ports import ObjectStore
from tests.canaries.trees import Json, Key, Tree
from tests.fakes.small_archive import settings_of
from tests.fakes.steady import SteadyClock
from tests.simulation.founded import Founded, founded, ports_of
from tests.simulation.processes import SeededIds

RELEASER = Person(name="Rut Ek", subject="rut", roles=ALL_ROLES)
REVIEWER = Person(name="Bo Alm", subject="bo", roles=frozenset({PersonRole.REVIEWER}))
_ARCHIVIST = Caller(role=Role.ARCHIVIST, name="Anna")
_KINDS = {
    "txt": FormatDesignation(puid="x-fmt/111", name="Plain Text File", mime_type="text/plain"),
    "docx": FormatDesignation(
        puid="fmt/412",
        name="Microsoft Word for Windows",
        version="2007 onwards",
        mime_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "pdf": FormatDesignation(puid="fmt/18", name="Acrobat PDF 1.4", version="1.4", mime_type="application/pdf"),
    "json": FormatDesignation(puid="fmt/817", name="JSON Data Interchange Format", mime_type="application/json"),
}


class ByName:
    """`Examiner` that believes file names, for trees in which these are true."""

    tool = "by name 1.0"

    def examine(self, staging: ObjectStore, requests: Sequence[ExaminationRequest]) -> tuple[Examination, ...]:
        """Say of each what its name ends in."""
        _ = staging
        scan = NotScanned(reason="no scanner")
        endings = [(request, request.name.rpartition(".")[2]) for request in requests]
        return tuple(Examination(ordinal=r.ordinal, format=_KINDS[ending], scan=scan) for r, ending in endings)

    def prove_scanner(self) -> None:
        """Scan nothing."""


class TextsHere:
    """`TextExtractor` that reads documents in this process, with the readers that the real one has in another."""

    def texts(self, store: ObjectStore, key: str) -> ExtractedText:
        """Give the texts of an object."""
        with store.open(key) as source:
            return gathered(texts_of(source), 1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A decision that somebody wants: on which units, and with what words; `is_stale` = another view than there is."""

    keys: tuple[Key, ...]
    level: Level
    by: Person
    why: str
    stub: str
    reference: Reference
    is_stale: bool


class World:
    """One archive with one package, and the reading room that it publishes into."""

    def __init__(self, folder: Path, ports: Ports, owner: str, room: ReadingRoom) -> None:
        self.ports = ports
        self.folder = folder
        self.room = room
        self._owner = owner
        self._handed = 0
        self._finder = FoundNumbers(ports)

    def ids(self) -> tuple[str, ...]:
        """Give the public id of everything that was ever decided on."""
        return tuple(known_ids(self.package, self.ports).values())

    @property
    def package(self) -> str:
        """The id of the package."""
        (package,) = self.ports.catalogue.packages()
        return package.package

    def deliver(self, tree: Tree, status: str, delivery: str = "PUSH-1") -> str:
        """Hand a tree over, and give the outcome of its receipt."""
        self._handed += 1
        folder = tree.packed(self.folder / f"delivery-{self._handed}", delivery, status)
        agreement = self.ports.catalogue.agreement(DEFAULT_AGREEMENT.id)
        assert agreement is not None
        receipt = ingest_path(folder, agreement, self._owner, self.ports)
        assert receipt["outcome"] == "accepted", receipt["findings"]
        return str(receipt["outcome"])

    def correct(self, told: Json, reason: str) -> None:
        """Correct the package's metadata."""
        correction = read_correction(json.dumps(told).encode())
        assert isinstance(correction, Correction), correction
        generation = package_of(self.package, self.ports).generation
        wanted = Wanted(package=self.package, seen=(generation,), reason=reason, correction=correction)
        answer = correct_metadata(wanted, _ARCHIVIST, Arrivals(self._owner, self.ports), self.ports)
        assert isinstance(answer, Begun), answer
        assert finish(answer.id, self._owner, self.ports).state is DeliveryState.ARCHIVED

    def decide(self, wish: Wish) -> AccessAnswer:
        """Decide as somebody wishes."""
        standing = stood(package_of(self.package, self.ports), self._finder, self.ports).standing
        stale = View(content="0" * 64, hits="0" * 64)
        seen = map(standing.in_view, wish.keys)
        units = tuple(replace(unit, view=stale) if wish.is_stale else unit for unit in seen)
        wanted = WantedAccess(
            package=self.package,
            units=units,
            level=wish.level,
            reason=wish.why,
            ground=wish.why,
            personal_data=wish.why,
            reference=wish.reference,
            stub_text=wish.stub,
        )
        return decide_access(wanted, wish.by, self._finder, self._owner, self.ports)

    def publish(self) -> PublishAnswer:
        """Carry over what is decided."""
        return publish(self.package, Publisher(person=RELEASER, owner=self._owner), self._finder, self.room, self.ports)

    def rebuild(self) -> None:
        """Lose the catalogue, and go on with one made of storage alone."""
        catalogue = SqlCatalogue(founded().another(), Watch(lambda: 0.0, PATIENCE_SECONDS))
        self.ports = replace(self.ports, catalogue=catalogue)
        self._finder = FoundNumbers(self.ports)
        assert rebuild(self.ports).damages == ()
        catalogue.enrol(worker_here(self._owner))


@contextmanager
def _read_once() -> Iterator[None]:
    """Read the same bytes once: what is decided and published is read from the archive each time anew."""
    readings: dict[tuple[bytes, PackagePath, frozenset[tuple[PackagePath, int]]], Reading | Unreadable] = {}
    read = case_push.read_content

    def reading(content: bytes, source: PackagePath, names: Mapping[PackagePath, int]) -> Reading | Unreadable:
        same = (content, source, frozenset(names.items()))
        if same not in readings:
            readings[same] = read(content, source, names)
        return readings[same]

    known = lru_cache(maxsize=64)(read_json)
    with patch.object(case_push, "read_content", reading), patch("ingest.formats.dialects.read_json", known):
        yield


@contextmanager
def world_in(folder: Path, random: Random) -> Iterator[World]:
    """Open an archive in memory whose reading room lies in a folder, as it does embedded."""
    archive: Founded = founded()
    archive.restore()
    catalogue = SqlCatalogue(archive.database, Watch(lambda: 0.0, PATIENCE_SECONDS))
    store, clock = archive.store("archive"), SteadyClock()
    public = folder / "public"
    (public / "store").mkdir(parents=True)
    with _read_once(), open_public_index(public / "index.sqlite") as index:
        room = ReadingRoom(store=DirectoryStore(public / "store", "public"), index=index)
        ports = replace(
            ports_of(catalogue, (store,), archive.signer, clock, SeededIds(random)),
            examiner=ByName(),
            text_extractor=TextsHere(),
            take_out=lambda ids: _taken_out(room, ids, clock),
        )
        owner = f"worker-{random.getrandbits(64)}"
        catalogue.enrol(worker_here(owner))
        yield World(folder, ports, owner, room)


@contextmanager
def embedded_in(folder: Path) -> Iterator[World]:
    """Open an embedded archive as the program does, with its own examiner and text extractor in processes of theirs."""
    settings = settings_of(folder)
    with writing(settings) as archive, reading_room(settings) as room:
        yield World(folder, archive.ports, archive.owner, room)


def _taken_out(room: ReadingRoom, ids: Collection[str], clock: SteadyClock) -> None:
    withdraw(room, ids, clock.now)
