"""Export the whole archive, so that another can take it over: every package and the journal, all of it proven.

Nothing in it needs earkiv to be read. Killed at any moment, the next run goes on with the first package that is not
proven yet. A damaged package is left out and told; mended, the next run adds it.
"""

import hashlib
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from ingest.application.exit_ledger import Exported, add_to_ledger, begin_ledger, end_ledger, exported_so_far
from ingest.application.export_package import Form, write_holding
from ingest.application.genuine_entries import entries_backwards, entry_bytes
from ingest.application.holdings import Holding, Kept, holding_in
from ingest.application.published_keys import key_set_document
from ingest.domain.findings import Text
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.journal import EntryType, Subject, SubjectKind, entry_key
from ingest.errors import DamageFound, ObjectMissing, SourceUnreadable
from ingest.formats.exit_texts import FORMS, README
from ingest.formats.packing import WatchedOutlet, alone_in, durable, members_of, outlet_to
from ingest.formats.wire import from_json
from ingest.pipeline.step import Ports

MANIFEST: Final = "manifest-sha256.txt"
_CHUNK: Final = 1 << 20
Report = Callable[[int, int], None]
"""Is told how many containers and bytes have been written so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A generation of a package, or an entry of the journal, that no replica has whole."""

    what: str
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """A finished export: what is in it, the SHA-256 of its manifest, and what had to be left out."""

    containers: int
    entries: int
    bytes: int
    manifest_sha256: str
    left_out: tuple[LeftOut, ...]


def export_all(ports: Ports, form: Form, root: Path, report: Report) -> Exit:
    """Write the whole archive below `root`, a new or empty folder or one of an export that was cut off.

    Raises SourceUnreadable when the folder holds other things, is written by another run, or cannot be written;
    StoreUnavailable, CatalogueUnavailable.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        with alone_in(root):
            return _export_all(ports, form, root, report)
    except BlockingIOError as error:
        raise SourceUnreadable(
            f"En annan körning skriver just nu till {root}.", f"Another run is writing to {root} right now."
        ) from error
    except OSError as error:
        raise SourceUnreadable(
            f"{root} kan inte skrivas: {error.strerror}.", f"{root} cannot be written: {error.strerror}."
        ) from error


def _export_all(ports: Ports, form: Form, root: Path, report: Report) -> Exit:
    known = exported_so_far(root)
    _require_room_for(form, root, known)
    (root / MANIFEST).unlink(missing_ok=True)  # an export that has one is finished
    begin_ledger(root, known)
    durable(root / "packages.jsonl")
    written, left_out = 0, list[LeftOut]()
    for count, kept in enumerate(_generations(ports), 1):
        path = _place_of(kept.package)
        try:
            one = known.get(path) or _exported(kept, form, root)
        except (DamageFound, ObjectMissing) as fault:
            left_out.append(LeftOut(what=path, why=Text(sv=fault.sv, en=fault.en)))
            continue
        written += one.size
        report(count, written)
    lines = list[tuple[str, str]]()
    for key, content in _journal(ports, left_out):
        lines.append((key, _put(root, key, content)))
    sv, en = FORMS[form.value]
    lines.append(("README.txt", _put(root, "README.txt", README.format(form_sv=sv, form_en=en).encode())))
    keys = json.dumps(key_set_document(ports), ensure_ascii=False, indent=1).encode()
    lines.append(("earkiv-keys.json", _put(root, "earkiv-keys.json", keys)))
    return _sealed(root, lines, left_out)


def _require_room_for(form: Form, root: Path, known: dict[str, Exported]) -> None:
    if any(one.form != form.value for one in known.values()):
        raise SourceUnreadable(
            f"{root} har redan en export i en annan form; välj samma form eller en annan mapp.",
            f"{root} has an export in another form already; choose the same form, or another folder.",
        )
    ours = {"packages", "journal", "packages.jsonl", "README.txt", "earkiv-keys.json", MANIFEST}
    strange = sorted(path.name for path in root.iterdir() if path.name not in ours and not path.name.startswith("."))
    if strange:
        raise SourceUnreadable(
            f"{root} innehåller annat än en export ({strange[0]}); välj en tom mapp.",
            f"{root} holds other things than an export ({strange[0]}); choose an empty folder.",
        )


def _generations(ports: Ports) -> Iterator[Kept]:
    for newest in ports.catalogue.packages():
        earlier = _earlier(newest, ports)
        for generation in range(1, newest.generation):
            unknown = replace(newest, generation=generation, delivery="", delivery_id="", title="")
            yield Kept(package=earlier.get(generation, unknown), ports=ports)
        yield Kept(package=newest, ports=ports)


def _earlier(newest: ArchivedPackage, ports: Ports) -> dict[int, ArchivedPackage]:
    """Give what the journal says of a package's earlier generations; nothing where it is damaged, which is told."""
    if newest.generation == 1:
        return {}
    with suppress(DamageFound):
        entries = tuple(entries_backwards(Subject(kind=SubjectKind.PACKAGE, id=newest.package), ports))
        stored = (from_json(e.body, ArchivedPackage) for e in entries if e.header.type is EntryType.PACKAGE_STORED)
        return {package.generation: package for package in stored}
    return {}


def _place_of(package: ArchivedPackage) -> str:
    return f"packages/{package.package[:2]}/{package.package}/v{package.generation}.tar"


# ---------------------------------------------------------------------------------------------- a package


def _exported(kept: Kept, form: Form, root: Path) -> Exported:
    """Write a generation from the first replica that has it whole, and read back what was written.

    Raises DamageFound, ObjectMissing where none has.
    """
    fault: DamageFound | ObjectMissing | None = None
    for store in kept.ports.replicas:
        try:
            return _from_replica(Kept(package=kept.package, ports=replace(kept.ports, replicas=(store,))), form, root)
        except (DamageFound, ObjectMissing) as error:
            fault = fault or error
    raise fault or _no_replica(kept)


def _from_replica(kept: Kept, form: Form, root: Path) -> Exported:
    holding, path = holding_in(kept), _place_of(kept.package)
    target, at = root / path, _created(holding)
    target.parent.mkdir(parents=True, exist_ok=True)
    # Written by a run that was killed before it had proven it.
    target.unlink(missing_ok=True)
    with outlet_to(target, at) as outlet:
        watched = WatchedOutlet(outlet, f"{kept.package.package}/")
        write_holding(holding, form, watched)
    durable(target)
    _require_same(target, watched.written)
    package = kept.package
    one = Exported(
        package=package.package,
        generation=package.generation,
        form=form.value,
        path=path,
        size=target.stat().st_size,
        sha256=_digest(target),
        delivery=package.delivery,
        producer=package.producer,
        title=package.title,
        stored=at.isoformat(),
    )
    add_to_ledger(root, one)
    return one


def _created(holding: Holding) -> datetime:
    """Give when this generation was stored, by its own inventory: later ones do not change it."""
    versions: dict[str, Any] = json.loads(holding.inventory.content)["versions"]
    return datetime.fromisoformat(versions[f"v{holding.package.generation}"]["created"])


def _require_same(target: Path, written: dict[str, str]) -> None:
    with suppress(tarfile.TarError):
        if members_of(target) == written:
            return
    raise SourceUnreadable(
        f"{target} är inte det som skrevs. Pröva disken, och kör om.",
        f"{target} is not what was written. Check the disk, and run again.",
    )


def _digest(target: Path) -> str:
    with target.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _no_replica(kept: Kept) -> ObjectMissing:
    return ObjectMissing(f"{kept.package.package} finns i inget lager.", f"{kept.package.package} is in no store.")


# ---------------------------------------------------------------------------------------------- the rest


def _journal(ports: Ports, left_out: list[LeftOut]) -> Iterator[tuple[str, bytes]]:
    for record in ports.catalogue.journal_records():
        try:
            yield entry_bytes(record, ports)
        except DamageFound as fault:
            key = entry_key(record.header.subject, record.header.sequence)
            left_out.append(LeftOut(what=key, why=Text(sv=fault.sv, en=fault.en)))


def _put(root: Path, name: str, content: bytes) -> str:
    """Write a small file whole, unless it lies there already, and give its SHA-256."""
    target = root / name
    if not (target.is_file() and target.read_bytes() == content):
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.partial")
        beside.write_bytes(content)
        beside.replace(target)
    return hashlib.sha256(content).hexdigest()


def _sealed(root: Path, lines: list[tuple[str, str]], left_out: list[LeftOut]) -> Exit:
    """Write the manifest last: an export that has one is finished."""
    ledger = end_ledger(root)
    containers = exported_so_far(root)
    entries = sum(name.startswith("journal/") for name, _ in lines)
    lines.append(("packages.jsonl", hashlib.sha256(ledger).hexdigest()))
    lines += [(path, one.sha256) for path, one in containers.items()]
    os.sync()
    manifest = "".join(f"{digest}  {name}\n" for name, digest in sorted(lines)).encode("utf-8", "surrogateescape")
    _put(root, MANIFEST, manifest)
    durable(root / MANIFEST)
    return Exit(
        containers=len(containers),
        entries=entries,
        bytes=sum(one.size for one in containers.values()),
        manifest_sha256=hashlib.sha256(manifest).hexdigest(),
        left_out=tuple(left_out),
    )
