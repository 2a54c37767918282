"""Carry over anew the packages of which something was carried over before: what the reading room lost comes back.

It decides nothing, opens nothing of what was approved beforehand, and lets nothing of a package cross that no releaser
has published yet. Broken off, it can be done again from the start: what is listed already stays as it is.
"""

from collections.abc import Iterator

from ingest.access_ports import HitFinder
from ingest.application.publications import publications_of
from ingest.application.publish_records import PublishAnswer, Publisher, publish
from ingest.application.reading_room import ReadingRoom
from ingest.domain.people import Deed, Person
from ingest.errors import EarkivError
from ingest.pipeline.step import Ports


def publish_anew(
    person: Person, owner: str, finder: HitFinder, room: ReadingRoom, ports: Ports
) -> Iterator[tuple[str, PublishAnswer | EarkivError]]:
    """Publish every package that was published before, and give each with what came of it, one by one.

    What one meets keeps no other from it. Raises NotPermitted, and EarkivError when the catalogue does not answer.
    """
    person.require(Deed.PUBLISH_ANEW)
    by = Publisher(person=person, owner=owner, deed=Deed.PUBLISH_ANEW)
    for package in ports.catalogue.decided_packages():
        try:
            if publications_of(package, ports):
                yield package, publish(package, by, finder, room, ports)
        except EarkivError as fault:
            yield package, fault
