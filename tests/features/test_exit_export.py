"""The whole archive, written out for another to take over: complete, proven, honest about what is lost."""

import fcntl
import hashlib
import json
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from ingest.adapters.directory import DirectoryStore
from ingest.application.exit_export import MANIFEST, Exit, export_all
from ingest.application.export_package import Form, export
from ingest.application.validate_package import validate
from ingest.domain.findings import Severity
from ingest.errors import ConfigurationError, DamageFound, SourceUnreadable
from ingest.pipeline.step import Ports
from tests.fakes.small_archive import Stored, opened, small_archive
from tests.features.front_door import Door


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with a package in three generations and a refusal; nobody changes it."""
    home = tmp_path_factory.mktemp("whole") / "home"
    small_archive(home, home.parent / "sources")
    return home


@pytest.fixture
def home(whole: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may damage."""
    return shutil.copytree(whole, tmp_path / "home")


def exported(ports: Ports, root: Path, form: Form = Form.CSIP) -> Exit:
    return export_all(ports, form, root, lambda _containers, _bytes: None)


def listed(root: Path) -> dict[str, str]:
    """Give the manifest, every line of which must hold, and nothing else may lie there."""
    lines = (root / MANIFEST).read_text(encoding="utf-8").splitlines()
    names = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    files = {p.relative_to(root).as_posix(): p for p in root.rglob("*") if p.is_file()}
    assert set(files) == {*names, MANIFEST, ".lock"}
    for name, digest in names.items():
        assert hashlib.sha256(files[name].read_bytes()).hexdigest() == digest, name
    return names


def packages_in(root: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (root / "packages.jsonl").read_text(encoding="utf-8").splitlines()]


@contextmanager
def unpacked(root: Path, line: dict[str, Any], to: Path) -> Iterator[Path]:
    with tarfile.open(root / line["path"]) as container:
        container.extractall(to, filter="data")
    yield to / line["package"]


def test_everything_is_there_and_every_digest_holds(whole: Path, tmp_path: Path) -> None:
    with opened(whole) as ports:
        done = exported(ports, tmp_path / "exit")
    names = listed(tmp_path / "exit")
    journal = set(Stored(root=whole / "archive").files("journal/"))
    assert {name for name in names if name.startswith("journal/")} == journal
    for key in journal:
        assert (tmp_path / "exit" / key).read_bytes() == (whole / "archive" / key).read_bytes()
    assert {"README.txt", "earkiv-keys.json", "packages.jsonl"} <= set(names)
    assert (done.containers, done.entries, done.left_out) == (3, len(journal), ())
    assert done.manifest_sha256 == hashlib.sha256((tmp_path / "exit" / MANIFEST).read_bytes()).hexdigest()


def test_every_generation_is_a_valid_package_with_what_was_delivered_then(whole: Path, tmp_path: Path) -> None:
    with opened(whole) as ports:
        exported(ports, tmp_path / "exit")
    lines = packages_in(tmp_path / "exit")
    assert [line["generation"] for line in lines] == [1, 2, 3]
    assert {line["delivery"] for line in lines} == {"PUSH-1"}
    for line, words in zip(lines, ("ett", "två", "tre"), strict=True):
        with unpacked(tmp_path / "exit", line, tmp_path / f"v{line['generation']}") as package:
            assert [f.rule for f in validate(package).findings if f.severity is Severity.ERROR] == []
            delivered = {path.read_bytes() for path in (package / "representations").rglob("*") if path.is_file()}
            assert words.encode() in delivered


def test_as_bags_every_manifest_holds(whole: Path, tmp_path: Path) -> None:
    """By RFC 8493, section 2.1.3; bagit-python does not decode a percent sign in a name, and here is one."""
    with opened(whole) as ports:
        exported(ports, tmp_path / "exit", Form.BAGIT)
    listed(tmp_path / "exit")
    for line in packages_in(tmp_path / "exit"):
        with unpacked(tmp_path / "exit", line, tmp_path / f"v{line['generation']}") as package:
            assert (package / "bagit.txt").read_text(encoding="utf-8").startswith("BagIt-Version: 1.0")
            manifest = (package / "manifest-sha256.txt").read_text(encoding="utf-8").splitlines()
            named = {unquote(name): digest for digest, name in (entry.split(maxsplit=1) for entry in manifest)}
            held = {p.relative_to(package).as_posix(): p for p in (package / "data").rglob("*") if p.is_file()}
            assert named == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in held.items()}


def test_a_second_run_writes_nothing_again_and_takes_in_what_is_new(home: Path, tmp_path: Path) -> None:
    root = tmp_path / "exit"
    with opened(home) as ports:
        first = exported(ports, root)
        before = {path: path.stat().st_mtime_ns for path in root.rglob("*.tar")}
        assert exported(ports, root) == first
        assert {path: path.stat().st_mtime_ns for path in root.rglob("*.tar")} == before


def test_a_second_run_that_is_cut_off_leaves_no_manifest_that_calls_it_finished(whole: Path, tmp_path: Path) -> None:
    class CutError(Exception):
        pass

    def cut(_containers: int, _bytes: int) -> None:
        raise CutError

    root = tmp_path / "exit"
    with opened(whole) as ports:
        first = exported(ports, root)
        with pytest.raises(CutError):
            export_all(ports, Form.CSIP, root, cut)
        assert not (root / MANIFEST).exists()
        assert exported(ports, root) == first
    listed(root)


@pytest.mark.parametrize("cut", [1, 40])
def test_a_line_that_was_cut_off_and_a_container_that_is_too_short_are_done_anew(
    whole: Path, tmp_path: Path, cut: int
) -> None:
    root = tmp_path / "exit"
    with opened(whole) as ports:
        first = exported(ports, root)
        ledger = (root / "packages.jsonl").read_bytes()
        (root / "packages.jsonl").write_bytes(ledger[:-cut])
        container = next(iter(sorted(root.rglob("*.tar"))))
        container.write_bytes(container.read_bytes()[:-1])
        assert exported(ports, root) == first
    listed(root)


def test_what_is_damaged_is_left_out_and_told_and_added_when_it_is_mended(home: Path, tmp_path: Path) -> None:
    store = Stored(root=home / "archive")
    # `Bilaga.txt` of the second generation is in no other one.
    second = next(k for k in store.files("ocfl/") if "/v2/content/" in k and k.endswith("Bilaga.txt"))
    entry = store.files("journal/package/")[0]
    written = {key: store.read(key) for key in (second, entry)}
    with opened(home) as ports:
        for key, content in written.items():
            store.write(key, content[:-1])
        torn = exported(ports, tmp_path / "exit")
        assert {one.what.rpartition("/")[2] for one in torn.left_out} == {"v2.tar", "00000001.json"}
        assert torn.containers == 2
        listed(tmp_path / "exit")
        for key, content in written.items():
            store.write(key, content)
        mended = exported(ports, tmp_path / "exit")
    assert (mended.containers, mended.left_out) == (3, ())
    listed(tmp_path / "exit")


def test_what_is_damaged_in_one_replica_comes_from_another(home: Path, tmp_path: Path) -> None:
    second = DirectoryStore(shutil.copytree(home / "archive", tmp_path / "second"), "second")
    store = Stored(root=home / "archive")
    for key in (*store.files("journal/delivery/"), *(k for k in store.files("ocfl/") if k.endswith("METS.xml"))):
        store.write(key, b"x")
    with opened(home) as ports:
        done = exported(replace(ports, replicas=(*ports.replicas, second)), tmp_path / "exit")
    assert (done.containers, done.left_out) == (3, ())


def test_a_folder_with_other_things_or_another_form_or_another_run_is_left_alone(whole: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "semesterbilder.zip").touch()
    with opened(whole) as ports:
        with pytest.raises(SourceUnreadable, match="semesterbilder"):
            exported(ports, taken)
        exported(ports, tmp_path / "exit")
        with pytest.raises(SourceUnreadable, match="another form"):
            exported(ports, tmp_path / "exit", Form.BAGIT)
        assert (tmp_path / "exit" / MANIFEST).exists()
        with (tmp_path / "exit" / ".lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            with pytest.raises(SourceUnreadable, match="right now"):
                exported(ports, tmp_path / "exit")
        with pytest.raises(ConfigurationError, match="csip or bagit"):
            exported(ports, tmp_path / "fgs", Form.FGS_1_2)
        (tmp_path / "exit" / "packages.jsonl").write_text("nej\n", encoding="utf-8")
        with pytest.raises(SourceUnreadable, match="no ledger"):
            exported(ports, tmp_path / "exit")


@pytest.mark.parametrize("name", ["ut", "ut.zip", "ut.tar"])
def test_a_damaged_file_goes_out_in_no_container(home: Path, tmp_path: Path, name: str) -> None:
    store = Stored(root=home / "archive")
    damaged = next(k for k in store.files("ocfl/") if "/v3/content/" in k and k.endswith("Bilaga.txt"))
    with store.damaged(damaged, b"Bilaga: trx"), opened(home) as ports:
        (package,) = ports.catalogue.packages()
        with pytest.raises(DamageFound):
            export(ports, package.package, Form.CSIP, tmp_path / name)
    assert not (tmp_path / name).exists()


def test_the_command_says_what_it_did_and_takes_an_id_or_everything(whole: Path, tmp_path: Path) -> None:
    door = Door(home=whole)
    done = door.run("export", "--all", "--as", "csip", "--to", tmp_path / "exit", "--lang", "en")
    digest = hashlib.sha256((tmp_path / "exit" / MANIFEST).read_bytes()).hexdigest()
    assert (done.code, digest in done.out, "3 generations" in done.out) == (0, True, True), done
    for wrong in (("export",), ("export", "x", "--all")):
        answer = door.run(*wrong, "--as", "csip", "--to", tmp_path / "other", "--lang", "en")
        assert (answer.code, "Give an ID, or --all" in answer.err) == (2, True)
