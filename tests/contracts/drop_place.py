"""What every place where drops are left keeps: whole drops, each filed once with its receipt, whatever is cut off."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import ClassVar, Protocol

import pytest

from ingest.drop_ports import Claim, DropPlace, Filed, RemoteDrop


class Producer(Protocol):
    """A system that writes into a place and looks for its receipts."""

    def write(self, name: str, content: bytes = b"x") -> None:
        """Write a file `in/NAME`, with whatever folders it lies in; one that is there is replaced."""

    def found(self) -> dict[str, bytes]:
        """Give all files but the archive's own claims, and empty markers, by their paths."""

    def names(self) -> list[str]:
        """Give the paths of what `found` gives."""

    def again(self) -> DropPlace:
        """Open the place as another watcher does."""


class Cut(BaseException):
    """A power cut: nothing catches it, and nothing is done after it."""


def content_of(claim: Claim) -> dict[str, bytes]:
    """Read a claimed package: its files by their paths below it, "" for a container's own."""
    match claim.source:
        case Path() as path if path.is_dir():
            return {str(file.relative_to(path)): file.read_bytes() for file in path.rglob("*") if file.is_file()}
        case Path() as path:
            return {"": path.read_bytes()}
        case drop:
            return {file.name if drop.is_folder else "": read(drop, file.name) for file in drop.files}


def note_beside(claim: Claim) -> bytes:
    """Read the note beside a claimed container."""
    if isinstance(claim.source, Path):
        return claim.source.with_suffix(".json").read_bytes()
    assert claim.source.note
    return b"".join(claim.source.chunks(claim.source.note))


def read(drop: RemoteDrop, name: str) -> bytes:
    """Read one file of a drop that lies elsewhere."""
    (file,) = (file for file in drop.files if file.name == name)
    return b"".join(drop.chunks(file))


class DropPlaceContract:
    """A subclass gives `place`, `producer`, and `cuts`; it is cut off before each of its effects, or before some."""

    every: ClassVar[int] = 1

    @pytest.fixture
    def place(self) -> DropPlace:
        raise NotImplementedError

    @pytest.fixture
    def producer(self) -> Producer:
        raise NotImplementedError

    def cuts(self, monkeypatch: pytest.MonkeyPatch, at: int) -> list[int]:
        """Cut before the effect of that number; the list holds how many there were."""
        raise NotImplementedError

    def test_a_drop_is_complete_when_its_marker_is_there(self, place: DropPlace, producer: Producer) -> None:
        for name in ("b.zip", "a.zip", "a.zip.ready", "absent.zip.ready", ".hidden", ".hidden.ready", ".ready"):
            producer.write(name)
        producer.write("mapp/under/a.txt", b"a")
        assert place.marked() == ("a.zip",)
        producer.write("mapp.ready", b"")
        assert place.marked() == ("a.zip", "mapp")

    def test_what_has_no_marker_looks_the_same_until_it_changes(self, place: DropPlace, producer: Producer) -> None:
        for name in ("a.zip", "b.zip", "b.zip.ready", "c.zip.part", "d.tmp", "a.json", ".hidden", "mapp/a.txt"):
            producer.write(name)
        first = place.unmarked()
        assert sorted(first) == ["a.zip", "mapp"]
        assert place.unmarked() == first
        producer.write("mapp/b.txt")
        second = place.unmarked()
        assert (second["a.zip"], second["mapp"] == first["mapp"]) == (first["a.zip"], False)
        producer.write("a.zip", b"longer")
        assert place.unmarked()["a.zip"] != first["a.zip"]

    def test_a_claimed_container_is_read_as_it_is(self, place: DropPlace, producer: Producer) -> None:
        for name, content in (
            ("å 1.zip", b"package"),
            ("å 1.zip.ready", b""),
            ("å 1.json", b"{}"),
            ("å 10.zip", b"no"),
        ):
            producer.write(name, content)
        place.claim("å 1.zip", "one")
        (claim,) = place.claims()
        assert (claim.name, claim.place, content_of(claim)) == ("å 1.zip", "one", {"": b"package"})
        assert (place.marked(), place.holds(claim)) == ((), True)
        assert sorted(place.unmarked()) == ["å 10.zip"]

    def test_a_claimed_folder_is_read_file_by_file(self, place: DropPlace, producer: Producer) -> None:
        files = {"a.txt": b"a", "under/b.txt": b"b", "under/tom": b""}
        for name, content in files.items():
            producer.write(f"mapp/{name}", content)
        producer.write("mapp2/x")
        place.claim("mapp", "one")
        (claim,) = place.claims()
        assert content_of(claim) == files
        assert sorted(place.unmarked()) == ["mapp2"]

    @pytest.mark.parametrize("into", list(Filed))
    def test_a_filed_drop_lies_with_its_receipt_and_nowhere_else(
        self, place: DropPlace, producer: Producer, into: Filed
    ) -> None:
        for name, content in (
            ("a.zip", b"a"),
            ("a.json", b"note"),
            ("a.zip.ready", b""),
            ("m/a", b"m"),
            ("m.ready", b""),
        ):
            producer.write(name, content)
        for name in place.marked():
            place.claim(name, f"of-{name}")
        for claim in place.claims():
            place.file(claim, b"receipt", into)
            assert not place.holds(claim)
        assert list(place.claims()) == []
        filed = {"of-a.zip/a.zip": b"a", "of-a.zip/a.json": b"note", "of-m/m/a": b"m"}
        receipts = {f"of-{name}/receipt.json": b"receipt" for name in ("a.zip", "m")}
        assert producer.found() == {f"{into}/{name}": content for name, content in (filed | receipts).items()}

    @pytest.mark.parametrize("claimed", ["together", "one after the other"])
    def test_drops_that_share_a_note_each_have_it(self, place: DropPlace, producer: Producer, claimed: str) -> None:
        names = ("a.tar", "a.zip")
        for name in (*names, "a.json"):
            producer.write(name, name.encode())
        producer.write("a.txt.part")
        for some in [names] if claimed == "together" else [(name,) for name in names]:
            for name in some:
                place.claim(name, f"of-{name}")
            claims = list(place.claims())
            assert [(claim.name, note_beside(claim)) for claim in claims] == [(name, b"a.json") for name in some]
            for claim in claims:
                place.file(claim, b"{}", Filed.DONE)
        filed = {f"done/of-{name}/{file}": file.encode() for name in names for file in (name, "a.json")}
        receipts = {f"done/of-{name}/receipt.json": b"{}" for name in names}
        assert producer.found() == filed | receipts | {"in/a.txt.part": b"x"}

    @pytest.mark.parametrize("name", ["receipt.zip", "Receipt.tar.gz", "receipt"])
    def test_a_drop_that_is_called_as_its_receipt_is_kept(
        self, place: DropPlace, producer: Producer, name: str
    ) -> None:
        producer.write(name, b"package")
        place.claim(name, "one")
        (claim,) = place.claims()
        place.file(claim, b"receipt", Filed.DONE)
        assert producer.found() == {f"done/one/{name}": b"package", "done/one/earkiv-receipt.json": b"receipt"}

    def test_of_two_watchers_one_files_and_the_other_does_no_harm(self, place: DropPlace, producer: Producer) -> None:
        producer.write("a.zip", b"a")
        producer.write("a.zip.ready", b"")
        other = producer.again()
        assert place.marked() == other.marked()
        place.claim("a.zip", "one")
        (ours,), (theirs,) = place.claims(), other.claims()
        place.file(ours, b"ours", Filed.DONE)
        assert not other.holds(theirs)
        other.file(theirs, b"theirs", Filed.REFUSED)
        assert producer.found() == {"done/one/a.zip": b"a", "done/one/receipt.json": b"ours"}

    def test_a_drop_of_the_same_name_is_a_drop_of_its_own(self, place: DropPlace, producer: Producer) -> None:
        for n in ("one", "two"):
            producer.write("a.zip", n.encode())
            producer.write("a.zip.ready", b"")
            place.resume()
            place.claim("a.zip", n)
            (claim,) = place.claims()
            assert content_of(claim) == {"": n.encode()}
            place.file(claim, b"{}", Filed.DONE)
        assert producer.found() == {f"done/{n}/{f}": c for n in ("one", "two") for f, c in _filed(n)}

    def test_cut_off_at_any_effect_every_drop_ends_in_one_place(
        self, place: DropPlace, producer: Producer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for at in count(1, self.every):
            files = {f"{at}.zip": b"z", f"{at}.tar": b"t", f"{at}.json": b"n", f"m{at}/a": b"a", f"m{at}/b": b"b"}
            markers = dict.fromkeys((f"{at}.tar.ready", f"{at}.zip.ready", f"m{at}.ready"), b"")
            for name, content in {**files, **markers}.items():
                producer.write(name, content)
            seen: list[str] = []
            with monkeypatch.context() as patch:
                effects = self.cuts(patch, at)
                try:
                    _pass(place, f"first-{at}", seen)
                except Cut:
                    pass
                else:
                    assert at > effects[0] > 10
                    return
            _pass(producer.again(), f"second-{at}", seen)
            whole = {f"{at}.zip={{'': b'z'}}", f"{at}.tar={{'': b't'}}", f"m{at}={{'a': b'a', 'b': b'b'}}"}
            assert set(seen) == whole, at
            held = sorted(_of(at, producer))
            assert held == sorted([*files, f"{at}.json", "receipt.json", "receipt.json", "receipt.json"]), at


def _filed(content: str) -> Iterator[tuple[str, bytes]]:
    yield "a.zip", content.encode()
    yield "receipt.json", b"{}"


def _of(at: int, producer: Producer) -> Iterator[str]:
    """Give what lies in the folders of one round, all of it filed; nothing of it may lie anywhere else."""
    for path in producer.names():
        top, place, name = path.split("/", 2)
        assert top == "done", path
        if place.split("-")[1] == str(at):
            yield name


def _pass(place: DropPlace, prefix: str, seen: list[str]) -> None:
    """Take what is there; what the archive is told twice it answers alike."""
    place.resume()
    for name in place.marked():
        place.claim(name, f"{prefix}-{name}")
    for claim in place.claims():
        seen.append(f"{claim.name}={dict(sorted(content_of(claim).items()))}")
        place.file(claim, b"{}", Filed.DONE)
