"""Clear away test deliveries that have been kept for their time, by exact keys, and say what it was (DESIGN §4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from ingest.application.inspect_journal import chain_folder
from ingest.domain.deliveries import Delivery
from ingest.domain.journal import Subject, SubjectKind
from ingest.errors import UnknownSubject
from ingest.formats.ocfl import object_root
from ingest.formats.ocfl_layout import package_of_key
from ingest.pipeline.step import Ports
from ingest.pipeline.trials import TrialRegister


@dataclass(frozen=True, slots=True, kw_only=True)
class Expired:
    """What lay in the test store: a test delivery's, or (None) a package's that no delivery is known of any more."""

    delivery: Delivery | None
    package: str | None
    keys: tuple[str, ...]


def collect_trials(ports: Ports, now: datetime) -> tuple[Expired, ...]:
    """Remove every test delivery that was decided more than `trial_age` before `now`, and give what was removed.

    One that lies in quarantine stays until a person has discarded it there. Raises EarkivError; what was removed until
    then stays removed, and its delivery is forgotten at the next call.
    """
    return tuple(_expired(ports, now))


def _expired(ports: Ports, now: datetime) -> Iterator[Expired]:
    limit = now - ports.trial_age
    for delivery in ports.catalogue.trials_received(limit):
        if _decided_at(delivery, ports) > limit or any(ports.quarantine.keys(f"{delivery.id}/")):
            continue
        keys = _keys_of(delivery, ports)
        # The receipt goes last: as long as anything of the package is left, it says what that is.
        ports.trials.delete(keys)
        ports.catalogue.forget_trial(delivery.id)
        yield Expired(delivery=delivery, package=delivery.package, keys=keys)


def _decided_at(delivery: Delivery, ports: Ports) -> datetime:
    events = ports.catalogue.events(delivery.id)
    return events[-1].at if events else delivery.received_at


def _keys_of(delivery: Delivery, ports: Ports) -> tuple[str, ...]:
    if delivery.package is None:
        return tuple(ports.trials.keys(chain_folder(Subject(kind=SubjectKind.DELIVERY, id=delivery.id))))
    content = ports.trials.keys(object_root(delivery.package))
    return (*content, *_entries_of(delivery.package, delivery.id, ports))


def collect_ownerless_trials(ports: Ports, now: datetime) -> tuple[Expired, ...]:
    """Remove packages from the test store that no delivery is known of, once their time is up too.

    A catalogue that was put back from a backup has forgotten deliveries whose receipts still count for their time; what
    has no entry in the journal was never acknowledged. Lists the whole test store. Raises EarkivError.
    """
    return tuple(_ownerless(ports, now))


def _ownerless(ports: Ports, now: datetime) -> Iterator[Expired]:
    # Listed first: a package has its row in the catalogue before its first key, so what has none now never gets one.
    grouped = groupby(ports.trials.keys("ocfl/"), package_of_key)
    listed = [(package, tuple(keys)) for package, keys in grouped if package]
    for package, content in listed:
        if _is_known(package, ports):
            continue
        told = TrialRegister(ports.trials).package(package)
        if told is None or now - told.stored_at > ports.trial_age:
            keys = (*content, *_entries_of(package, told.delivery_id if told else None, ports))
            ports.trials.delete(keys)
            yield Expired(delivery=None, package=package, keys=keys)


def _entries_of(package: str, delivery_id: str | None, ports: Ports) -> tuple[str, ...]:
    subjects = [Subject(kind=SubjectKind.PACKAGE, id=package)]
    if delivery_id is not None:
        subjects.append(Subject(kind=SubjectKind.DELIVERY, id=delivery_id))
    return tuple(key for subject in subjects for key in ports.trials.keys(chain_folder(subject)))


def _is_known(package: str, ports: Ports) -> bool:
    try:
        ports.catalogue.find(package)
    except UnknownSubject:
        return False
    return True
