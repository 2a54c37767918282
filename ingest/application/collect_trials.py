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
    folders = [chain_folder(Subject(kind=SubjectKind.DELIVERY, id=delivery.id))]
    if delivery.package is not None:
        package = Subject(kind=SubjectKind.PACKAGE, id=delivery.package)
        folders = [object_root(delivery.package), chain_folder(package), *folders]
    return tuple(key for folder in folders for key in ports.trials.keys(folder))


def collect_ownerless_trials(ports: Ports) -> tuple[Expired, ...]:
    """Remove packages from the test store that no delivery is known of: what a rebuild did not find a receipt for.

    Lists the whole test store. Raises EarkivError.
    """
    return tuple(_ownerless(ports))


def _ownerless(ports: Ports) -> Iterator[Expired]:
    # Listed first: a package has its row in the catalogue before its first key, so what has none now never gets one.
    listed = [
        (package, tuple(keys)) for package, keys in groupby(ports.trials.keys("ocfl/"), package_of_key) if package
    ]
    for package, keys in listed:
        if not _is_known(package, ports):
            ports.trials.delete(keys)
            yield Expired(delivery=None, package=package, keys=keys)


def _is_known(package: str, ports: Ports) -> bool:
    try:
        ports.catalogue.find(package)
    except UnknownSubject:
        return False
    return True
