"""A real archive, small: one package in three generations and one refused delivery, taken in by the whole pipeline."""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.application.ingest_path import ingest_path
from ingest.bootstrap import Fitting, as_is, reading, writing
from ingest.config import Settings, read_settings
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.pipeline.step import Ports

NO_TOOLS = os.devnull
"""Where no tool is found, whatever this machine has: what no test needs is not converted."""
UGLY = "Ansökan å ä ö (100% klar)?.txt"
TWINS = ("bilaga.txt", "Bilaga.txt")


def settings_of(home: Path) -> Settings:
    return read_settings({"EARKIV_HOME": str(home), "EARKIV_WORKERS": "1", "EARKIV_TOOLS": NO_TOOLS}, 1)


def pushed_case(folder: Path, status: str, words: str, delivery: str = "PUSH-1") -> Path:
    """A closed case in a folder: an ugly name, two names that differ in case alone, one of which never changes."""
    contents = {UGLY: words.encode(), TWINS[0]: b"alltid samma", TWINS[1]: f"Bilaga: {words}".encode()}
    folder.mkdir(parents=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    documents = [
        {"name": name, "path": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in contents.items()
    ]
    record = {"id": "EXN 2026/1:1", "number": "1", "title": "Ansökan", "date": "2026-02-01", "documents": documents}
    case = {
        "id": "EXN 2026/1",
        "title": "Ansökan om bygglov",
        "status": "closed",
        "closed": "2026-06-01",
        "records": [record],
    }
    organisation = {"name": "Exempelnämnden", "identifier": "ORG:2120009994"}
    document = {"delivery": delivery, "recordStatus": status, "archivalCreator": organisation, "case": case}
    (folder / "case.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return folder


def hand_over(home: Path, folders: tuple[Path, ...], fit: Fitting = as_is) -> tuple[dict[str, Any], ...]:
    """Take folders in, one after the other, and give their receipts."""
    with writing(settings_of(home), fit) as archive:
        agreement = archive.ports.catalogue.agreement(DEFAULT_AGREEMENT.id) or DEFAULT_AGREEMENT
        return tuple(ingest_path(folder, agreement, archive.owner, archive.ports) for folder in folders)


def small_archive(home: Path, sources: Path) -> tuple[dict[str, Any], ...]:
    """Make the archive; the receipts are those of three accepted generations and one refusal."""
    refused = sources / "refused"
    refused.mkdir(parents=True)
    (refused / "note.txt").write_text("no package at all")
    generations = (
        pushed_case(sources / "first", "NEW", "ett"),
        pushed_case(sources / "second", "REPLACEMENT", "två"),
        pushed_case(sources / "third", "REPLACEMENT", "tre"),
    )
    return hand_over(home, (*generations, refused))


@contextmanager
def opened(home: Path, **replaced: Any) -> Iterator[Ports]:
    """Open the archive for reading, with some of its ports replaced."""
    with reading(settings_of(home)) as archive:
        yield replace(archive.ports, **replaced)


@contextmanager
def opened_to_write(home: Path) -> Iterator[Ports]:
    """Open the archive as its writer, made first if need be."""
    with writing(settings_of(home)) as archive:
        yield archive.ports


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The files of an archive's store, which a test may damage."""

    root: Path

    def files(self, prefix: str = "") -> tuple[str, ...]:
        found = (p.relative_to(self.root).as_posix() for p in self.root.rglob("*") if p.is_file())
        return tuple(sorted(key for key in found if key.startswith(prefix)))

    def only(self, ending: str) -> str:
        (key,) = (key for key in self.files() if key.endswith(ending))
        return key

    def read(self, key: str) -> bytes:
        return (self.root / key).read_bytes()

    def write(self, key: str, content: bytes) -> None:
        path = self.root / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(content)

    def remove(self, key: str) -> None:
        (self.root / key).unlink()

    @contextmanager
    def damaged(self, key: str, content: bytes | None) -> Iterator[None]:
        """Other bytes, or none, in place of a file until the block ends."""
        aside = self.root.parent / f"aside-{os.getpid()}"
        (self.root / key).rename(aside)
        try:
            if content is not None:
                (self.root / key).write_bytes(content)
            yield
        finally:
            (self.root / key).unlink(missing_ok=True)
            aside.rename(self.root / key)
