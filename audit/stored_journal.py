"""The journal as stored, against itself and against what the catalogue remembers of it."""

from collections.abc import Iterator

from audit.doubts import doubt, doubted_keys
from audit.stored_receipts import Claim, claim_in
from audit.subjects import Scope
from ingest.application.inspect_journal import (
    DayLinks,
    ReadEntry,
    chain_folder,
    chains,
    name_unknown_keys,
    read_chain,
    signatures,
)
from ingest.application.inspect_storage import Inspector
from ingest.domain.damages import DamageKind
from ingest.pipeline.step import Ports

Claims = dict[str, list[tuple[int, str, str]]]
"""By package: generation, SHA-256 of its inventory, and the key of the entry whose receipt says so."""


def verify_journal(inspector: Inspector, scope: Scope, ports: Ports) -> Claims:
    """Read every chain in scope, and give what the accepted receipts in them claim."""
    claims: Claims = {}
    unseen, judged, doubted = dict(scope.records), signatures(ports), doubted_keys(ports)
    days = DayLinks()
    for folder, keys in _chains(inspector, scope, days):
        last_recorded = _last_recorded(folder, scope)
        for read in read_chain(inspector, folder, keys, judged, days):
            _compare(inspector, read, scope)
            if read.entry.header.sequence > last_recorded + 1:
                _unrecorded(inspector, read.key)
            doubt(inspector, read, doubted)
            claim = claim_in(inspector, read, judged)
            if claim is not None:
                _add(claims, claim)
        for key in keys:
            unseen.pop(key, None)
    name_unknown_keys(inspector, judged)
    named = {found.key for found in inspector.damages}
    for key in sorted(unseen.keys() - named):
        inspector.missing(key)
    return claims


def _chains(inspector: Inspector, scope: Scope, days: DayLinks) -> Iterator[tuple[str, tuple[str, ...]]]:
    if scope.subjects is not None:
        for folder in sorted(map(chain_folder, scope.subjects)):
            yield folder, tuple(inspector.keys(folder))
        return
    listed = set()
    for folder, keys in chains(inspector):
        listed.add(folder)
        yield folder, keys
    # A listing that broke off is damage enough: the chains behind the break are read all the same, whatever of the
    # last day before it was not listed.
    days.last = None
    for folder in sorted({key.rpartition("/")[0] + "/" for key in scope.records} - listed):
        yield folder, tuple(inspector.keys(folder))


def _last_recorded(folder: str, scope: Scope) -> int:
    last = 0
    while f"{folder}{last + 1:08d}.json" in scope.records:
        last += 1
    return last


def _compare(inspector: Inspector, read: ReadEntry, scope: Scope) -> None:
    recorded = scope.records.get(read.key)
    if recorded is not None and recorded != read.digest:
        sv = f"{read.key} i {inspector.store} är en annan post än den som katalogen minns. Jämför med en annan kopia."
        en = f"{read.key} in {inspector.store} is another entry than the catalogue remembers. Compare another copy."
        inspector.found(DamageKind.ALTERED, read.key, sv, en)


def _unrecorded(inspector: Inspector, key: str) -> None:
    sv = f"Katalogen känner inte till {key} i {inspector.store}: den är äldre än journalen. Kör `earkiv rebuild`."
    en = f"The catalogue does not know {key} in {inspector.store}: it is older than the journal. Run `earkiv rebuild`."
    inspector.found(DamageKind.UNREGISTERED, key, sv, en)


def _add(claims: Claims, claim: Claim) -> None:
    claims.setdefault(claim.package, []).append((claim.generation, claim.inventory_sha256, claim.key))
