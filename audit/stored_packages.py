"""Every package in a store, and that the store, the receipts and the catalogue name the same ones."""

from collections.abc import Iterator
from itertools import groupby

from audit.described_files import verify_descriptions
from audit.stored_journal import Claims
from audit.stored_objects import generations_in, verify_nothing_else, verify_object
from audit.stored_receipts import claim_at, verify_claim
from audit.subjects import Scope, underway
from ingest.application.inspect_storage import Inspector
from ingest.domain.damages import DamageKind
from ingest.domain.journal import SubjectKind
from ingest.formats.ocfl import object_root, storage_root_files
from ingest.formats.ocfl_layout import package_at
from ingest.pipeline.step import Ports

OCFL = "ocfl/"
_OBJECT_DEPTH = 5  # ocfl, three tuples, the object's own folder


def verify_storage(inspector: Inspector, scope: Scope, claims: Claims, ports: Ports) -> None:
    """Verify every package in scope that is in the store or should be."""
    seen: set[str] = set()
    for root, keys in _objects(inspector, scope):
        package = package_at(root)
        if package is None:
            for key in keys:
                inspector.unlisted(key)
            continue
        seen.add(package)
        _verify_package(inspector, package, keys, scope, claims, ports)
    if scope.subjects is None:
        _verify_root(inspector)
    for package in sorted((scope.packages.keys() | claims.keys()) - seen):
        # A listing that broke off is damage enough: what lies behind the break is verified all the same.
        held = frozenset(inspector.keys(object_root(package)))
        if held:
            _verify_package(inspector, package, held, scope, claims, ports)
        else:
            _absent(inspector, package)


def _objects(inspector: Inspector, scope: Scope) -> Iterator[tuple[str, frozenset[str]]]:
    if scope.subjects is None:
        stored = {key for key, _ in storage_root_files()}
        found = (key for key in inspector.keys(OCFL) if key not in stored)
        for root, keys in groupby(found, _root_of):
            yield root, frozenset(keys)
        return
    for subject in sorted(s.id for s in scope.subjects if s.kind is SubjectKind.PACKAGE):
        held = frozenset(inspector.keys(object_root(subject)))
        if held:
            yield object_root(subject), held


def _root_of(key: str) -> str:
    return "/".join(key.split("/")[:_OBJECT_DEPTH]) + "/"


def _verify_root(inspector: Inspector) -> None:
    for key, content in storage_root_files():
        stored = inspector.content(key)
        if stored is not None and stored != content:
            inspector.altered(key)


def _verify_package(
    inspector: Inspector, package: str, keys: frozenset[str], scope: Scope, claims: Claims, ports: Ports
) -> None:
    root, promised = object_root(package), claims.get(package, [])
    committed = generations_in(root, keys)
    listed = scope.packages.get(package, 0)
    acknowledged = max((generation for generation, _, _ in promised), default=0)
    expected = max(listed, acknowledged)
    head = max(committed, expected)
    begun = any(key.startswith(f"{root}v{head + 1}/") for key in keys)
    unfinished = (begun or committed != expected) and underway(ports, package)
    if not unfinished:
        _judge_registration(inspector, package, head, listed, acknowledged)
    if head == 0:
        return
    stored = verify_object(inspector, package, root, head, {g: digest for g, digest, _ in promised})
    if stored is not None:
        verify_nothing_else(inspector, stored, keys, frozenset({head + 1} if unfinished else ()))
        verify_descriptions(inspector, stored)
        for _, _, key in promised:
            claim = claim_at(inspector, key)
            if claim is not None:
                verify_claim(inspector, claim, stored)


def _judge_registration(inspector: Inspector, package: str, head: int, listed: int, acknowledged: int) -> None:
    key = object_root(package)
    if head == 0 or head > max(listed, acknowledged):
        sv = f"Paket {package} i {inspector.store} har inget kvitto och är inte övertaget. Lämna leveransen på nytt."
        en = f"Package {package} in {inspector.store} has no receipt; custody has not passed. Deliver it again."
        inspector.found(DamageKind.UNACKNOWLEDGED, key, sv, en)
    elif acknowledged > listed:
        sv = f"Katalogen känner inte till paket {package} i {inspector.store}. Kör `earkiv rebuild`."
        en = f"The catalogue does not know package {package} in {inspector.store}. Run `earkiv rebuild`."
        inspector.found(DamageKind.UNREGISTERED, key, sv, en)


def _absent(inspector: Inspector, package: str) -> None:
    sv = f"Paket {package} saknas i {inspector.store}. Återställ det från en annan kopia."
    en = f"Package {package} is missing in {inspector.store}. Restore it from another copy."
    inspector.found(DamageKind.MISSING, object_root(package), sv, en)
