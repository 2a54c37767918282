"""Recreate the catalogue from storage alone: journal first, then what OCFL holds, compared with it (DESIGN §1.1, §5).

Each entry is taken from the first replica in which it is genuine and whole. Nothing that no durable receipt
acknowledges is listed. Damage is reported and does not stop the work. Deliveries that are not decided yet are in no
journal: they are carried over from the former catalogue where that can be read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cattrs.errors import BaseValidationError

from ingest.application.carried_deliveries import Undecided, carry_over
from ingest.application.collect_leftovers import unowned
from ingest.application.inspect_journal import (
    JOURNAL,
    DayLinks,
    ReadEntry,
    Signatures,
    name_unknown_keys,
    read_chain,
    signatures,
)
from ingest.application.inspect_storage import Inspector, Progress, Report
from ingest.application.restored_entries import Decided, decided_in, package_of
from ingest.application.restored_trials import restore_trials
from ingest.domain.access.decisions import AccessDecision
from ingest.domain.access.preapprovals import PreApproval
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.damages import Damage, DamageKind
from ingest.domain.format_policy import FormatPolicy
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.journal import EntryType, JournalRecord
from ingest.formats.ocfl import object_root
from ingest.formats.ocfl_layout import generation_of, package_at
from ingest.formats.wire import from_json
from ingest.pipeline.step import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """How much was put back, and the damage that was met; every damage names its store and key.

    `trials` counts the test deliveries that the test store still knows, which are no packages of the archive.
    `carried` counts the deliveries under way that go on; `unowned` are the ids of those of which only the staged bytes
    are left: they must be delivered again, and lie there until a person discards them.
    """

    agreements: int
    deliveries: int
    packages: int
    damages: tuple[Damage, ...]
    trials: int = 0
    carried: int = 0
    unowned: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    """What has been read so far: accepted generations by (package, generation), and those that have their row."""

    agreements: int = 0
    deliveries: int = 0
    accepted: dict[tuple[str, int], ArchivedPackage] = field(default_factory=dict)
    registered: set[tuple[str, int]] = field(default_factory=set)


def rebuild(
    ports: Ports, report: Report = lambda _objects, _bytes: None, undecided: Iterable[Undecided] = ()
) -> Rebuilt:
    """Fill the empty catalogue of `ports` from its replicas; `report` is told the objects and bytes read so far.

    `undecided` is what the former catalogue holds of deliveries under way; one that the journal knows is left out.
    Verifies with the public keys that the signer knows from the journal; no private key is used. Raises
    StoreUnavailable, CatalogueUnavailable.
    """
    progress = Progress(report=report)
    inspectors = tuple(Inspector(store, progress) for store in ports.replicas)
    days = tuple(DayLinks() for _ in inspectors)
    found, judged = _Found(), signatures(ports)
    for folder in sorted({folder for inspector in inspectors for folder in _folders(inspector)}):
        for inspector, read in _genuine(inspectors, days, folder, judged):
            _restore(inspector, read, ports, found)
    name_unknown_keys(inspectors[0], judged)
    _register_the_rest(inspectors[0], ports, found)
    trials = restore_trials(ports)
    carried = [one.delivery for one in undecided if carry_over(one, ports.catalogue, ports.staging)]
    under_way = frozenset((delivery.package or "", delivery.generation) for delivery in carried)
    for inspector in inspectors:
        _compare_storage(inspector, found, under_way)
    return Rebuilt(
        agreements=found.agreements,
        deliveries=found.deliveries,
        packages=len({package for package, _ in found.registered}),
        damages=tuple(damage for inspector in inspectors for damage in inspector.damages),
        trials=trials,
        carried=len(carried),
        unowned=tuple(found.id for found in unowned(ports)),
    )


def _folders(inspector: Inspector) -> Iterator[str]:
    last = ""
    for key in inspector.keys(JOURNAL):
        folder = key.rpartition("/")[0] + "/"
        if folder != last:
            yield folder
        last = folder


def _genuine(
    inspectors: tuple[Inspector, ...], days: tuple[DayLinks, ...], folder: str, judged: Signatures
) -> Iterator[tuple[Inspector, ReadEntry]]:
    """Give a chain's entries in order, each from the first replica that has it whole."""
    best: dict[str, tuple[Inspector, ReadEntry]] = {}
    for inspector, links in zip(inspectors, days, strict=True):
        for read in read_chain(inspector, folder, inspector.keys(folder), judged, links):
            if not read.signed:
                continue
            if read.key not in best or (read.sound and not best[read.key][1].sound):
                best[read.key] = inspector, read
    for key in sorted(best):
        yield best[key]


def _restore(inspector: Inspector, read: ReadEntry, ports: Ports, found: _Found) -> None:
    ports.catalogue.add_journal_record(JournalRecord(header=read.entry.header, digest=read.digest))
    if not read.sound:
        return
    try:
        _restore_body(read, ports, found)
    except (BaseValidationError, KeyError, TypeError, ValueError) as error:
        sv = f"{read.key} i {inspector.store} är äkta, men den här versionen av e-arkivet kan inte läsa den: {error}."
        en = f"{read.key} in {inspector.store} is genuine, but this version of the archive cannot read it: {error}."
        inspector.found(DamageKind.UNREADABLE, read.key, sv, en)


def _restore_body(read: ReadEntry, ports: Ports, found: _Found) -> None:
    catalogue, body = ports.catalogue, read.entry.body
    match read.entry.header.type:
        case EntryType.AGREEMENT_VERSION:
            catalogue.add_agreement(from_json(body, SubmissionAgreement))
            found.agreements += 1
        case EntryType.FORMAT_POLICY_VERSION:
            catalogue.add_format_policy(from_json(body, FormatPolicy))
        case EntryType.DELIVERY_DECIDED:
            decided = decided_in(body)
            catalogue.restore(decided.delivery, decided.events, decided.findings, decided.staged, decided.conversions)
            found.deliveries += 1
            _note(decided, found)
        case EntryType.PACKAGE_STORED:
            package = from_json(body, ArchivedPackage)
            # Deliveries come before packages in the journal's order, so their receipts are known.
            accepted = found.accepted.get((package.package, package.generation))
            if accepted is not None and accepted.delivery_id == package.delivery_id:
                catalogue.register_package(package)
                found.registered.add((package.package, package.generation))
        case EntryType.ACCESS_DECIDED:
            catalogue.settle_access(from_json(body, AccessDecision), read.entry.header.sequence)
        case EntryType.ACCESS_WITHDRAWN:
            catalogue.announce_access(from_json(body, AccessDecision))
        case EntryType.PRE_APPROVAL_PROPOSED | EntryType.PRE_APPROVAL_CONFIRMED | EntryType.PRE_APPROVAL_WITHDRAWN:
            catalogue.record_pre_approval(from_json(body, PreApproval))
        case (
            EntryType.ARCHIVE_CREATED
            | EntryType.KEY_ADDED
            | EntryType.KEY_COMPROMISED
            | EntryType.OBJECTS_SCANNED
            | EntryType.INFECTION_FOUND
            | EntryType.QUARANTINE_EMPTIED
            | EntryType.DESK_USED
            | EntryType.DESK_DAY_CLOSED
            | EntryType.REQUEST_DISPOSED
            | EntryType.RECORDS_PUBLISHED
        ):
            pass  # read from the journal itself when asked for


def _note(decided: Decided, found: _Found) -> None:
    package = package_of(decided)
    if package is not None:
        found.accepted[package.package, package.generation] = package


def _register_the_rest(inspector: Inspector, ports: Ports, found: _Found) -> None:
    """A receipt alone is enough to list a package whose own entry is lost."""
    for identity in sorted(found.accepted.keys() - found.registered):
        package = found.accepted[identity]
        ports.catalogue.register_package(package)
        found.registered.add(identity)
        sv = f"Posten om paket {package.package} saknas i journalen; paketet förtecknas efter sitt kvitto."
        en = f"The entry on package {package.package} is missing in the journal; it is listed by its receipt."
        inspector.found(DamageKind.MISSING, object_root(package.package), sv, en)


def _compare_storage(inspector: Inspector, found: _Found, under_way: frozenset[tuple[str, int]]) -> None:
    """Report packages that are stored and not acknowledged, and those that are acknowledged and not stored.

    What a delivery under way has stored is acknowledged when it is done.
    """
    stored: set[tuple[str, int]] = set()
    for key in inspector.keys("ocfl/"):
        root, generation = generation_of(key)
        package = package_at(root) if generation else None
        if package is not None:
            stored.add((package, generation))
    for package, generation in sorted(stored - found.registered - under_way):
        sv = f"Paket {package} (v{generation}) i {inspector.store} har inget kvitto och förtecknas inte."
        en = f"Package {package} (v{generation}) in {inspector.store} has no receipt and is not listed."
        act = ("Lämna leveransen på nytt.", "Deliver it again.")
        inspector.found(DamageKind.UNACKNOWLEDGED, object_root(package), f"{sv} {act[0]}", f"{en} {act[1]}")
    for package, generation in sorted(found.registered - stored):
        inspector.missing(f"{object_root(package)}v{generation}/inventory.json.sha256")
