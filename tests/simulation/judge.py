"""What must hold when the faults have ended: all that was acknowledged has exactly one end, and nothing is left."""

from collections import defaultdict
from collections.abc import Iterator

from audit.verification import verify_packages
from ingest.application.arrivals import Conflict, Repeat, Taken
from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.domain.journal import Subject, SubjectKind, entry_key
from ingest.errors import UnknownSubject
from ingest.formats.ocfl_layout import generation_of, object_root
from ingest.pipeline.step import Ports
from tests.simulation.contents import Content
from tests.simulation.producers import NoAnswer, Told

DECIDED = frozenset({DeliveryState.ARCHIVED, DeliveryState.REJECTED})


def faults_of(ports: Ports, deliveries: tuple[Delivery, ...], history: list[Told]) -> Iterator[str]:
    """Give everything that must not be: in the answers that producers got, in the stores, in the catalogue."""
    yield from _acknowledged(ports, history)
    yield from _answers(ports, history)
    yield from _stored(ports, deliveries)
    yield from _left_over(ports)
    for damage in verify_packages(ports, None, lambda _objects, _bytes: None).damages:
        yield f"damage: {damage.text.en}"


def _acknowledged(ports: Ports, history: list[Told]) -> Iterator[str]:
    for told in history:
        match told.answer:
            case Taken(id=delivery_id) | Repeat(id=delivery_id):
                delivery = _standing_for(ports, delivery_id)
                if delivery is None:
                    yield f"{told} was acknowledged and is not there"
                elif delivery.state not in DECIDED:
                    yield f"{told} was acknowledged and is {delivery.state}"
                elif len(_receipts(ports, delivery)) != 1:
                    yield f"{told} has {len(_receipts(ports, delivery))} receipts"
            case _:
                pass


def _standing_for(ports: Ports, delivery_id: str) -> Delivery | None:
    """Give the delivery whose receipt a producer gets, of a repeat the first one's; None when there is none."""
    try:
        delivery = ports.catalogue.delivery(delivery_id)
        return ports.catalogue.delivery(delivery.repeat_of) if delivery.repeat_of else delivery
    except UnknownSubject:
        return None


def _receipts(ports: Ports, delivery: Delivery) -> tuple[str, ...]:
    """List the entries that decide a delivery."""
    prefix = entry_key(Subject(kind=SubjectKind.DELIVERY, id=delivery.id), 1).rpartition("/")[0]
    return tuple(ports.replicas[0].keys(f"{prefix}/"))


def _answers(ports: Ports, history: list[Told]) -> Iterator[str]:
    """The same bytes under the same name always stand for the same delivery; who conflicts, conflicts with others."""
    standing: dict[Content, set[str]] = defaultdict(set)
    sent: dict[str, set[str]] = defaultdict(set)
    for told in history:
        sent[told.content.name].add(told.content.words)
        match told.answer:
            case Taken(id=delivery_id) | Repeat(id=delivery_id):
                delivery = _standing_for(ports, delivery_id)
                standing[told.content].add(delivery.id if delivery else delivery_id)
            case _:
                pass
    for content, ids in standing.items():
        if len(ids) > 1:
            yield f"{content} stands for {len(ids)} deliveries"
    for told in history:
        if isinstance(told.answer, Conflict) and len(sent[told.content.name]) < 2:
            yield f"{told} conflicts with nothing that was sent"
        elif not isinstance(told.answer, Taken | Repeat | Conflict | NoAnswer):
            yield f"{told} was refused at once"


def _stored(ports: Ports, deliveries: tuple[Delivery, ...]) -> Iterator[str]:
    """There is a generation in every store for each archived delivery, and none besides."""
    archived = [delivery for delivery in deliveries if delivery.state is DeliveryState.ARCHIVED]
    if len({delivery.identity for delivery in archived}) != len(archived):
        yield f"one delivery is archived twice: {[(d.id, d.identity) for d in archived]}"
    expected = sorted((object_root(delivery.package or ""), delivery.generation) for delivery in archived)
    for store in ports.replicas:
        found = sorted(at for at in map(generation_of, store.keys("ocfl/")) if at[1])
        if found != expected:
            yield f"{store.name} holds {found}, not {expected}"


def _left_over(ports: Ports) -> Iterator[str]:
    if left := tuple(ports.staging.keys("")):
        yield f"left in staging: {left}"
    if left := tuple(ports.quarantine.keys("")):
        yield f"left in quarantine: {left}"
    if unfinished := ports.catalogue.unfinished():
        yield f"unfinished: {[(d.id, d.state, d.step) for d in unfinished]}"
    if pending := ports.catalogue.pending(limit=10):
        yield f"still to be sent: {pending}"
