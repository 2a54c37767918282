"""Keep the reading room to what decisions allow, whatever was broken off on its way there (DESIGN §1.5, §8).

Nothing here opens anything, and no document is read: what may be shown at most is told by the decisions alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from ingest.application.access_chains import chains_of
from ingest.application.forgotten_packages import require_none_forgotten
from ingest.application.journal_access import finish, settle_known
from ingest.application.known_decisions import waiting_decisions
from ingest.application.pre_approval_chains import no_longer_in_force
from ingest.application.pre_approvals import finish_withdrawal, is_unfinished
from ingest.application.reading_room import ReadingRoom, clear, lying_ids, withdraw, withdraw_beyond
from ingest.domain.access.openings import most_open
from ingest.domain.access.preapprovals import PreApproval
from ingest.domain.access.units import UnitKey
from ingest.domain.publication import public_ids
from ingest.errors import EarkivError
from ingest.pipeline.step import Ports
from ingest.public_ports import Listing
from schemas.public_store import record_key

_AT_A_TIME: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Tended:
    """What was done: public ids that were `withdrawn`, and those of which unlisted objects were `removed`.

    `strays` are ids of which objects lie there unlisted: somebody may just be carrying them over. `faults` are what the
    rest was done in spite of, by the package they concern ("" = the room as a whole).
    """

    withdrawn: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    strays: frozenset[str] = frozenset()
    faults: tuple[tuple[str, EarkivError], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """Which decisions and withdrawals that waited got their places, and what kept others from it, by their ids."""

    decisions: tuple[str, ...]
    faults: tuple[tuple[str, EarkivError], ...]


def finish_waiting(owner: str, ports: Ports) -> Finished:
    """Do what is left of every decision and withdrawal that waits: take out what it closes, and journal it.

    What one meets keeps no other waiting. Raises EarkivError when the catalogue does not answer.
    """
    done: list[str] = []
    faults: list[tuple[str, EarkivError]] = []
    for decision in ports.catalogue.announced_access():
        try:
            done += [decision.id] if finish(decision, owner, ports) else []
        except EarkivError as fault:
            faults.append((decision.id, fault))
    for approval in ports.catalogue.pre_approvals():
        try:
            done += [approval.id] if _is_finished_now(approval, ports) else []
        except EarkivError as fault:
            faults.append((approval.id, fault))
    return Finished(decisions=tuple(done), faults=tuple(faults))


def _is_finished_now(approval: PreApproval, ports: Ports) -> bool:
    """Finish the withdrawal of a pre-approval, where anything is left of it."""
    if not is_unfinished(approval, ports):
        return False
    finish_withdrawal(approval, ports)
    return True


def tend(room: ReadingRoom, ports: Ports, strays: frozenset[str] = frozenset()) -> Tended:
    """Take out whatever no decision allows, and remove what lies there unlisted now and did so before (`strays`).

    Whoever publishes writes objects first and lists then: give what an earlier call found, longer ago than that takes.
    Raises EarkivError when the catalogue or the room does not answer.
    """
    withdrawn, known, faults = set[str](), 0, list[tuple[str, EarkivError]]()
    for package in ports.catalogue.decided_packages():
        try:
            kept = _kept_to_decisions(package, room, ports)
        except EarkivError as fault:
            faults.append((package, fault))
            continue
        withdrawn |= kept.withdrawn
        known += kept.left
    if not faults and sum(1 for _ in _listed(room)) > known:
        try:
            # A new or wrong database knows no decision at all: that closes nothing.
            require_none_forgotten(ports)
            withdrawn |= _without_owner(room, ports)
        except EarkivError as fault:
            faults.append(("", fault))
    unlisted = frozenset(_strays(room))
    removed = unlisted & strays
    clear(room, removed)
    return Tended(withdrawn=frozenset(withdrawn), removed=removed, strays=unlisted - removed, faults=tuple(faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What was withdrawn of a package, and how many of its records are listed still."""

    withdrawn: frozenset[str]
    left: int


def _kept_to_decisions(package: str, room: ReadingRoom, ports: Ports) -> _Kept:
    settle_known(package, ports)
    ids = _ids(package, ports)
    listed = room.index.listings(ids.values())
    if not listed:
        return _Kept(withdrawn=frozenset(), left=0)
    waiting = waiting_decisions(package, ports)  # first: see `known_decisions`
    chains = chains_of(package, ports)
    in_force = [decision for place, decision in sorted(chains.decisions.items()) if place > chains.gap]
    gone = no_longer_in_force(in_force, ports)
    most = {ids[key]: level for key, level in most_open(in_force, waiting, gone).items() if key in ids}
    current = {one for one, how in listed.items() if _is_of_newest(package, how, ports)}
    allowed = {one: level for one, level in most.items() if one in current}
    withdrawn = withdraw_beyond(room, allowed, listed.keys(), ports.clock.now)
    return _Kept(withdrawn=withdrawn, left=len(listed.keys() - withdrawn))


def _ids(package: str, ports: Ports) -> Mapping[UnitKey, str]:
    return public_ids(one.decision for one in ports.catalogue.access_decisions(package))


def _is_of_newest(package: str, listing: Listing, ports: Ports) -> bool:
    """Whether it was listed after the newest generation was stored; all that was listed before should have gone then.

    Listings tell whole seconds. Where clocks differ, one is taken out that could have stayed, and published anew.
    """
    newest = ports.catalogue.package(package)
    return newest is not None and listing.since >= newest.stored_at.replace(microsecond=0)


def _without_owner(room: ReadingRoom, ports: Ports) -> frozenset[str]:
    """Take out what is listed by no id of any package: the entry that gave it its id is lost.

    What is listed is read first: an id is known before anything is listed by it.
    """
    listed = set(_listed(room))
    for package in ports.catalogue.decided_packages():
        listed -= frozenset(_ids(package, ports).values())
    return withdraw(room, listed, ports.clock.now)


def _listed(room: ReadingRoom) -> Iterator[str]:
    position = 0
    while page := room.index.listed_after(position, _AT_A_TIME):
        yield from page.values()
        position = max(page)


def _strays(room: ReadingRoom) -> Iterator[str]:
    """Give the ids of which something lies there that no index listed, or this one has withdrawn.

    A record is written as it is listed. Where it lies there and the index has never heard of it, a former index listed
    it: that was removed, or put back from a copy, and publishing lists it again.
    """
    unlisted = _unlisted(room)
    while some := frozenset(islice(unlisted, _AT_A_TIME)):
        unknown = some - room.index.known(some)
        yield from some - {one for one in unknown if room.store.stat(record_key(one)) is not None}


def _unlisted(room: ReadingRoom) -> Iterator[str]:
    """Give the ids of which something lies in the store that are not listed."""
    ids = lying_ids(room)
    while some := frozenset(islice(ids, _AT_A_TIME)):
        yield from some - room.index.shown(some)
