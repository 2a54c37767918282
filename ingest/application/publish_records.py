"""Carry over to the reading room what decisions in force let the public see or ask for, and take out all the rest.

Publishing decides nothing but what two people have approved beforehand: done again, after a fault or another publisher,
it comes to the same (DESIGN §1.5, §8).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from ingest.access_ports import HitFinder
from ingest.application.access_chains import package_chain
from ingest.application.access_standing import Stood, stood
from ingest.application.archived_aip import archived_aip
from ingest.application.holdings import Holding, holding_of, package_of
from ingest.application.journal_access import learn_later
from ingest.application.known_decisions import waiting_decisions
from ingest.application.open_pre_approved import open_pre_approved
from ingest.application.pre_approval_chains import no_longer_in_force
from ingest.application.publications import changed_units, note_publication
from ingest.application.reading_room import ReadingRoom, Rendered, show, shown_before, withdraw, withdraw_beyond
from ingest.application.scan_standings import infected_bytes
from ingest.domain.access.decisions import AccessDecision
from ingest.domain.access.levels import Level
from ingest.domain.deliveries import Delivery
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.journal import ChainHead
from ingest.domain.people import Deed, Person
from ingest.domain.publication import PublicUnit, public_ids, public_units
from ingest.formats.public_forms import rendered, search_text
from ingest.pipeline.step import Ports
from schemas.public_store import Form

_TRIES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes, and by which deed: who does it anew opens nothing of what was approved beforehand.

    `owner` takes leases.
    """

    person: Person
    owner: str
    deed: Literal[Deed.PUBLISH_RECORDS, Deed.PUBLISH_ANEW] = Deed.PUBLISH_RECORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What is in the reading room of a package now, and what was taken out: public ids."""

    package: str
    generation: int
    shown: tuple[PublicUnit, ...]
    withdrawn: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """Something is on its way into the package, or decisions change: nothing new is shown before that is settled.

    What is no longer allowed was taken out.
    """


PublishAnswer = Published | UnderWay


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """All that publishing depends on and others change, as cheap to read as it is often read: before each record shown.

    Decisions wait until they have their place in the package's chain: none comes or goes without a change here.
    `withdrawn` are pre-approvals that were in force.
    """

    waiting: tuple[AccessDecision, ...]
    attempts: tuple[Delivery, ...]
    head: ChainHead
    withdrawn: frozenset[str]


def publish(reference: str, by: Publisher, finder: HitFinder, room: ReadingRoom, ports: Ports) -> PublishAnswer:
    """Bring the reading room up to date with a package. Raises NotPermitted, UnknownSubject, DamageFound."""
    by.person.require(by.deed)
    for _ in range(_TRIES):
        package = package_of(reference, ports)
        learn_later(package.package, ports)
        if by.deed is Deed.PUBLISH_RECORDS:
            open_pre_approved(package, by.person, finder, by.owner, ports)
        decisions = tuple(one.decision for one in ports.catalogue.access_decisions(package.package))
        state = _state(package, decisions, ports)
        found = stood(package, finder, ports)
        answer = _carried(found, state, by, room, ports) if found.decisions == decisions else UnderWay()
        if isinstance(answer, Published):
            return answer
    return UnderWay()


def _carried(found: Stood, state: _State, by: Publisher, room: ReadingRoom, ports: Ports) -> PublishAnswer:
    package = found.package.package
    holding = holding_of(package, ports)
    ids = public_ids(found.decisions)
    units = public_units(archived_aip(holding, ports), found.standing, ids, infected_bytes(found.package, ports))
    if _is_under_way(state):
        most = {unit.id: Level(unit.record["level"]) for unit in units}
        withdraw_beyond(room, most, ids.values(), ports.clock.now)
        return UnderWay()
    withdrawn = withdraw(room, frozenset(ids.values()) - {unit.id for unit in units}, ports.clock.now)
    note_publication(found, changed_units(units, room), withdrawn, by.person, by.deed, ports)

    def is_decided() -> bool:
        return _state(found.package, found.decisions, ports) == state

    for unit in units:
        complete = _rendered(unit, holding, room, ports)
        if not show(room, unit, complete, holding, ports.clock.now, is_decided):
            withdraw(room, (unit.id,), ports.clock.now)
            return UnderWay()
    return Published(package=package, generation=found.package.generation, shown=units, withdrawn=withdrawn)


def _rendered(unit: PublicUnit, holding: Holding, room: ReadingRoom, ports: Ports) -> Rendered:
    before = shown_before(room, unit.id) or {}
    record: Mapping[str, Any] = {**unit.record, "released": before.get("released", f"{ports.clock.now():%Y-%m-%d}")}
    texts = (ports.text_extractor.texts(holding.store, holding.key_of(file.aip_path)) for file in unit.files)
    forms = {form: rendered(record, form, ports.archive.name) for form in Form}
    return Rendered(record=record, forms=forms, text=search_text(texts))


def _state(package: ArchivedPackage, decisions: Iterable[AccessDecision], ports: Ports) -> _State:
    return _State(
        waiting=waiting_decisions(package.package, ports),
        attempts=ports.catalogue.attempts(package.producer, package.delivery),
        head=ports.catalogue.chain_head(package_chain(package.package)),
        withdrawn=no_longer_in_force(decisions, ports),
    )


def _is_under_way(state: _State) -> bool:
    return any(not attempt.is_final for attempt in state.attempts)
