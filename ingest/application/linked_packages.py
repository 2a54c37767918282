"""Packages that belong together, as their producers say: the one before (`previousPackage`), and those that follow."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ingest.application.archived_readings import submission_of
from ingest.application.holdings import holding_of
from ingest.domain.deliveries import DeliveryState
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.lookups import PackageWish, WordKind
from ingest.domain.people import Person
from ingest.domain.search_words import folded
from ingest.domain.submissions import Submission
from ingest.errors import DamageFound, ObjectMissing
from ingest.pipeline.step import Ports

MOST_FOLLOWING: Final = 20
"""So many packages that may follow are looked into."""
PACKAGE_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""What the archive's own id of a package looks like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedPackages:
    """What a package follows, by the name that its producer gives it and as the archive has it, and what follows it."""

    previous_name: str | None
    previous: ArchivedPackage | None
    following: tuple[ArchivedPackage, ...]


def linked_packages(package: ArchivedPackage, submission: Submission, person: Person, ports: Ports) -> LinkedPackages:
    """Find them among the packages of the same producer that the person may see."""
    name = submission.previous_package
    previous = None if not name else _named(name, package.producer, ports)
    is_another = previous is not None and previous.package != package.package
    return LinkedPackages(
        previous_name=name,
        previous=previous if previous and is_another and person.sees_packages_of(previous.producer) else None,
        following=tuple(_following(package, person, ports)),
    )


def _named(name: str, producer: str, ports: Ports) -> ArchivedPackage | None:
    """Give the producer's package of that name: the producer's own id of a delivery, or the archive's of a package."""
    archived = [one for one in ports.catalogue.attempts(producer, name) if one.state is DeliveryState.ARCHIVED]
    found = {one.package for one in archived if one.package is not None}
    if PACKAGE_ID.fullmatch(name):
        found.add(name)
    packages = [package for one in sorted(found) if (package := ports.catalogue.package(one)) is not None]
    return next((package for package in packages if package.producer == producer), None)


def _following(package: ArchivedPackage, person: Person, ports: Ports) -> Iterator[ArchivedPackage]:
    """Give those that name the package, the last stored first: words find some, and each is asked what it says."""
    if not person.sees_packages_of(package.producer):
        return
    found: dict[str, ArchivedPackage] = {}
    for name in (package.delivery, package.package):
        words = tuple((WordKind.PREVIOUS, word) for word in folded(name))
        if words:
            wish = PackageWish(producer=package.producer, words=words)
            found |= {one.package: one for one in ports.catalogue.packages_wished(wish, MOST_FOLLOWING)}
    for one in sorted(found.values(), key=lambda each: each.stored_at, reverse=True)[:MOST_FOLLOWING]:
        if one.package != package.package and _follows(one, package, ports):
            yield one


def _follows(one: ArchivedPackage, package: ArchivedPackage, ports: Ports) -> bool:
    try:
        said = submission_of(holding_of(one.package, ports), ports).previous_package
    except (DamageFound, ObjectMissing):
        return False  # `verify` tells of the damage; this page is another package's
    return said in {package.delivery, package.package}
