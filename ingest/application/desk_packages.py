"""Archived packages as a person at the desk looks them up: found by words, and each one whole."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, Final

from ingest.application.archived_readings import places_of, reading_of
from ingest.application.consult_archive import receipt_of
from ingest.application.desk_history import History, history_of
from ingest.application.export_package import Form, export_into
from ingest.application.holdings import Holding, holding_of
from ingest.application.linked_packages import PACKAGE_ID, LinkedPackages, linked_packages
from ingest.application.told_packages import package_document
from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.lookups import PackageWish, Place
from ingest.domain.paths import PackagePath
from ingest.domain.people import Deed, Person
from ingest.domain.search_words import folded
from ingest.domain.submissions import Submission
from ingest.errors import UnknownSubject
from ingest.formats.packing import Container
from ingest.pipeline.step import Ports

ROWS: Final = 50
"""So many rows a page of the list has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagePage:
    """Some packages, where the list goes on (None where it has ended), and whether some are found by no words yet."""

    rows: tuple[ArchivedPackage, ...]
    more: Place | None
    is_catching_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPackage:
    """A package's newest generation with all that is known of it, and what its producer says that it is about.

    `generations` are the deliveries that brought them, the newest first; `places` says where in the package each
    delivered file lies.
    """

    package: ArchivedPackage
    delivery: Delivery
    document: Mapping[str, Any]
    history: History
    linked: LinkedPackages
    receipt: Mapping[str, Any]
    submission: Submission
    generations: tuple[Delivery, ...]
    places: Mapping[PackagePath, str]


def list_found(wish: PackageWish, person: Person, ports: Ports) -> PackagePage:
    """List archived packages that a person may see, the last stored first; words may be written in any way.

    Raises NotPermitted.
    """
    person.require(Deed.READ_PACKAGES)
    words = tuple((kind, word) for kind, said in wish.words for word in folded(said))
    anywhere = tuple(word for said in wish.anywhere for word in folded(said))
    sought = replace(wish, words=words, anywhere=anywhere)
    if person.is_bound_to_agency:
        if not person.agency or wish.producer not in {"", person.agency}:
            return PackagePage(rows=(), more=None, is_catching_up=False)
        sought = replace(sought, producer=person.agency)
    rows = ports.catalogue.packages_wished(sought, ROWS + 1)
    last = rows[ROWS - 1] if len(rows) > ROWS else None
    return PackagePage(
        rows=rows[:ROWS],
        more=Place(at=last.stored_at, id=last.package) if last else None,
        is_catching_up=bool((words or anywhere) and ports.catalogue.unindexed_packages(1)),
    )


def show_package(package_id: str, person: Person, ports: Ports) -> ShownPackage:
    """Give a package by its own id. Raises NotPermitted, UnknownSubject, DamageFound, ObjectMissing."""
    holding = package_for(package_id, person, ports)
    delivery = ports.catalogue.delivery(holding.package.delivery_id)
    reading = reading_of(holding, ports)
    return ShownPackage(
        package=holding.package,
        delivery=delivery,
        document=package_document(package_id, ports),
        history=history_of(package_id, reading.submission, ports),
        linked=linked_packages(holding.package, reading.submission, person, ports),
        receipt=receipt_of(delivery.id, ports),
        submission=reading.submission,
        generations=tuple(_generations(delivery, ports)),
        places=places_of(delivery, reading, ports),
    )


def package_for(package_id: str, person: Person, ports: Ports) -> Holding:
    """Give a package that a person may read as it lies in the first store; another's is as if it were not there.

    Raises NotPermitted, UnknownSubject, DamageFound, ObjectMissing.
    """
    person.require(Deed.READ_PACKAGES)
    found = ports.catalogue.package(package_id) if PACKAGE_ID.fullmatch(package_id) else None
    if found is None or not person.sees_packages_of(found.producer):
        raise UnknownSubject(f"{package_id} är inget arkiverat paket.", f"{package_id} is no archived package.")
    return holding_of(package_id, ports)


def _generations(delivery: Delivery, ports: Ports) -> Iterator[Delivery]:
    if delivery.identity is None:
        yield delivery
        return
    attempts = ports.catalogue.attempts(delivery.identity.producer, delivery.identity.delivery)
    archived = [one for one in attempts if one.package == delivery.package and one.state is DeliveryState.ARCHIVED]
    yield from sorted(archived, key=lambda one: one.generation, reverse=True)


def open_file(package_id: str, path: str, person: Person, ports: Ports) -> tuple[BinaryIO, int]:
    """Open a file of a package by its path there, and say its size; reading it to the end proves it.

    Raises NotPermitted, UnknownSubject, DamageFound, ObjectMissing.
    """
    holding = package_for(package_id, person, ports)
    if path not in holding.inventory.files:
        raise UnknownSubject(f"{path} finns inte i paketet.", f"{path} is not in the package.")
    return holding.open(path), holding.size_of(path)


def export_package(
    package_id: str, form: Form, container: Container, person: Person, ports: Ports
) -> Callable[[BinaryIO], None]:
    """Give what writes a package into a stream, and raises what `export_into` raises.

    Raises NotPermitted, UnknownSubject, DamageFound, ObjectMissing before anything is written.
    """
    person.require(Deed.EXPORT_PACKAGES)
    holding = package_for(package_id, person, ports)
    return lambda sink: export_into(holding, form, container, sink, ports)
