"""What every object store promises, whatever it is made of. A subclass gives `store` and `source`."""

import hashlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from ingest.domain.fixity import Fixity
from ingest.errors import DamageFound, InvalidKey, ObjectExists, ObjectMissing, OutOfSpace
from ingest.ports import ObjectStore, Stored
from tests.fakes.memory_store import MemoryStore

THREADS = 16
DEEP_KEY = "/".join(["å" * 127] * 64) + "/handling.txt"
BAD_KEYS = (
    "",
    "/etc/passwd",
    "a/../b",
    "..",
    "a//b",
    "a/",
    "./a",
    "a\nb",
    "a\x00b",
    "a\\b",
    "å" * 128,
    "a\udcffb",
)


def fixity(content: bytes) -> Fixity:
    return Fixity(size=len(content), sha256=hashlib.sha256(content).hexdigest())


def read(store: ObjectStore, key: str) -> bytes:
    with store.open(key) as stream:
        return stream.read()


class ObjectStoreContract:
    """One class per port: every adapter and every fake passes it."""

    @pytest.fixture
    def store(self) -> ObjectStore:
        raise NotImplementedError

    @pytest.fixture
    def source(self) -> ObjectStore:
        raise NotImplementedError

    def test_what_is_put_can_be_read_and_measured(self, store: ObjectStore) -> None:
        assert store.put("ä/b.txt", iter([b"hand", b"", b"ling"])) == fixity(b"handling")
        assert read(store, "ä/b.txt") == b"handling"
        assert store.stat("ä/b.txt") == Stored(key="ä/b.txt", size=8)

    def test_an_empty_object_is_an_object(self, store: ObjectStore) -> None:
        assert store.put("empty", ()) == fixity(b"")
        assert store.stat("empty") == Stored(key="empty", size=0)
        assert read(store, "empty") == b""

    def test_the_same_bytes_again_are_success(self, store: ObjectStore) -> None:
        assert store.put("a", [b"same"]) == store.put("a", [b"sa", b"me"])

    @pytest.mark.parametrize("other", [b"other", b"s4me"])
    def test_other_bytes_are_refused_and_change_nothing(self, store: ObjectStore, other: bytes) -> None:
        store.put("a", [b"same"])
        with pytest.raises(ObjectExists):
            store.put("a", [other])
        assert read(store, "a") == b"same"

    def test_of_many_writers_of_one_key_one_wins(self, store: ObjectStore) -> None:
        start = threading.Barrier(THREADS)

        def write(number: int) -> int | None:
            start.wait()
            try:
                store.put("folder/race", [b"%d" % number] * 1000)
            except ObjectExists:
                return None
            return number

        with ThreadPoolExecutor(THREADS) as threads:
            (winner,) = [n for n in threads.map(write, range(THREADS)) if n is not None]
        assert read(store, "folder/race") == b"%d" % winner * 1000

    def test_many_writers_of_the_same_bytes_all_succeed(self, store: ObjectStore) -> None:
        with ThreadPoolExecutor(THREADS) as threads:
            answers = list(threads.map(lambda _: store.put("folder/race", [b"x" * 9999]), range(THREADS)))
        assert set(answers) == {fixity(b"x" * 9999)}
        assert list(store.keys("")) == ["folder/race"]

    def test_a_source_that_fails_leaves_nothing_and_is_not_renamed(self, store: ObjectStore) -> None:
        def chunks() -> Iterator[bytes]:
            yield b"half"
            raise OSError(5, "the delivery's own disk")

        with pytest.raises(OSError, match="the delivery's own disk"):
            store.put("a/b", chunks())
        assert store.stat("a/b") is None
        assert list(store.keys("")) == []

    def test_a_batch_is_put_and_measured_in_order(self, store: ObjectStore) -> None:
        contents = {f"a/{n // 200}/{n}": b"%d" % n for n in range(300)}
        assert store.put_all((key, [content]) for key, content in contents.items()) == tuple(
            fixity(content) for content in contents.values()
        )
        assert list(store.keys("")) == sorted(contents)
        assert all(read(store, key) == contents[key] for key in ("a/0/0", "a/0/127", "a/0/128", "a/1/299"))
        assert store.put_all(()) == ()

    def test_each_object_of_a_batch_is_read_before_the_next_is_asked_for(self, store: ObjectStore) -> None:
        stream = iter([b"1", b"2", b"3", b"4", b"5", b"6"])

        def two() -> Iterator[bytes]:
            yield next(stream)
            yield next(stream)

        store.put_all((key, two()) for key in "abc")
        assert [read(store, key) for key in "abc"] == [b"12", b"34", b"56"]

    def test_a_large_object_among_small_ones(self, store: ObjectStore) -> None:
        large = bytes(9 << 20)
        stored = store.put_all([("a", [b"1"]), ("b", [large[: 1 << 20]] * 9), ("c", [b"3"])])
        assert stored == (fixity(b"1"), fixity(large), fixity(b"3"))
        assert [read(store, key) for key in "abc"] == [b"1", large, b"3"]

    def test_the_same_batch_again_is_success_and_adds_what_was_missing(self, store: ObjectStore) -> None:
        store.put_all([("x/1", [b"one"]), ("x/3", [b"three"])])
        batch = [("x/1", [b"one"]), ("x/2", [b"two"]), ("x/3", [b"thr", b"ee"]), ("x/2", [b"two"])]
        assert store.put_all(batch) == tuple(map(fixity, (b"one", b"two", b"three", b"two")))
        assert list(store.keys("")) == ["x/1", "x/2", "x/3"]

    @pytest.mark.parametrize("other", [b"other", b"s4me"])
    def test_a_batch_with_other_bytes_is_refused_and_changes_nothing(self, store: ObjectStore, other: bytes) -> None:
        store.put("x/2", [b"same"])
        with pytest.raises(ObjectExists):
            store.put_all([("x/1", [b"one"]), ("x/2", [other]), ("x/3", [b"three"])])
        assert read(store, "x/2") == b"same"
        with pytest.raises(ObjectExists):
            store.put_all([("y", [b"same"]), ("y", [other])])
        assert read(store, "y") in {b"same", other}

    def test_a_source_that_fails_in_a_batch_leaves_whole_objects_alone(self, store: ObjectStore) -> None:
        def chunks() -> Iterator[bytes]:
            yield b"half"
            raise OSError(5, "the delivery's own disk")

        with pytest.raises(OSError, match="the delivery's own disk"):
            store.put_all([("x/1", [b"one"]), ("x/2", chunks()), ("x/3", [b"three"])])
        found = list(store.keys(""))
        assert found in ([], ["x/1"])
        assert all(read(store, key) == b"one" for key in found)

    def test_batches_beside_each_other_and_beside_deleters_lose_nothing(self, store: ObjectStore) -> None:
        def churn(number: int) -> None:
            for turn in range(5):
                keys = [f"shared/folder/{number}-{turn}-{n}" for n in range(3)]
                store.put_all((key, [b"x"]) for key in keys)
                store.delete(keys)
            store.put_all([(f"shared/folder/{number}", [b"kept"]), ("shared/all", [b"same"])])

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(churn, range(4)))
        assert list(store.keys("")) == ["shared/all", *(f"shared/folder/{number}" for number in range(4))]

    def test_an_object_is_adopted_and_outlives_its_source(self, store: ObjectStore, source: ObjectStore) -> None:
        expected = source.put("staged/1", [b"content"])
        for _ in range(2):
            store.adopt("archive/x/1.txt", source, "staged/1", expected)
        source.delete(["staged/1"])
        assert read(store, "archive/x/1.txt") == b"content"
        # Carried out once more after staging was emptied: the object is here already.
        store.adopt("archive/x/1.txt", source, "staged/1", expected)

    def test_adopting_leaves_the_staged_object(self, store: ObjectStore, source: ObjectStore) -> None:
        store.adopt("x", source, "s", source.put("s", [b"content"]))
        store.delete(["x"])
        assert read(source, "s") == b"content"

    def test_adopting_over_other_bytes_is_refused(self, store: ObjectStore, source: ObjectStore) -> None:
        expected = source.put("s", [b"content"])
        store.put("x", [b"c0ntent"])
        with pytest.raises(ObjectExists):
            store.adopt("x", source, "s", expected)
        assert read(store, "x") == b"c0ntent"

    def test_adopting_what_is_not_as_expected_stores_nothing(self, store: ObjectStore, source: ObjectStore) -> None:
        source.put("s", [b"content"])
        with pytest.raises(DamageFound):
            store.adopt("x", source, "s", fixity(b"longer content"))
        assert store.stat("x") is None

    def test_adopting_what_is_gone_says_so(self, store: ObjectStore, source: ObjectStore) -> None:
        with pytest.raises(ObjectMissing):
            store.adopt("x", source, "s", fixity(b"content"))

    def test_a_store_of_another_kind_is_copied_by_digest(self, store: ObjectStore) -> None:
        foreign = MemoryStore("foreign")
        expected = foreign.put("s", [b"content"])
        store.adopt("x", foreign, "s", expected)
        assert read(store, "x") == b"content"
        with pytest.raises(DamageFound):
            store.adopt("y", foreign, "s", fixity(b"c0ntent"))
        assert store.stat("y") is None

    def test_replacing_puts_and_replaces(self, store: ObjectStore) -> None:
        store.replace("root/inventory.json", b"first")
        store.replace("root/inventory.json", b"2nd")
        assert read(store, "root/inventory.json") == b"2nd"
        assert list(store.keys("")) == ["root/inventory.json"]

    def test_what_is_not_there_is_missing(self, store: ObjectStore) -> None:
        store.put("folder/a", [b"x"])
        for key in ("b", "folder", "folder/a/below", "other/a"):
            assert store.stat(key) is None
            with pytest.raises(ObjectMissing):
                store.open(key)
            with pytest.raises(ObjectMissing), store.local(key):
                pytest.fail("lent a path to nothing")

    def test_a_local_path_holds_the_bytes(self, store: ObjectStore) -> None:
        store.put("folder/a", [b"bytes"])
        with store.local("folder/a") as path:
            assert path.read_bytes() == b"bytes"

    def test_keys_are_listed_in_the_order_of_their_text(self, store: ObjectStore) -> None:
        keys = ["a-b", "a.b/c", "a/b", "a/b-c", "a/b0", "a/b.d/e", "a0", "å/ä", "Z"]
        for key in keys:
            store.put(key, [b"x"])
        assert list(store.keys("")) == sorted(keys)
        assert list(store.keys("a/")) == ["a/b", "a/b-c", "a/b.d/e", "a/b0"]
        assert list(store.keys("nowhere/")) == []

    @pytest.mark.parametrize("prefix", ["a", "/", "a//", "../", "./"])
    def test_a_prefix_is_a_folder(self, store: ObjectStore, prefix: str) -> None:
        with pytest.raises(InvalidKey):
            list(store.keys(prefix))

    def test_there_is_room_for_a_little(self, store: ObjectStore) -> None:
        store.prove_room(1)

    def test_a_store_that_tells_its_room_has_no_more_than_that(self, store: ObjectStore) -> None:
        room = store.room()
        if room is None:
            store.prove_room(1 << 62)
        else:
            assert room > 0
            with pytest.raises(OutOfSpace):
                store.prove_room(2 * room)

    def test_a_store_that_tells_how_large_it_is_has_no_more_room_than_that(self, store: ObjectStore) -> None:
        whole, room = store.capacity(), store.room()
        assert (whole is None) is (room is None)
        assert whole is None or room is None or room <= whole

    def test_exactly_the_named_keys_are_deleted(self, store: ObjectStore) -> None:
        for key in ("a/1", "a/2", "a/b/3", "c"):
            store.put(key, [b"x"])
        store.delete(["a/1", "a/b", "a", "absent/1", "c", "c"])
        assert list(store.keys("")) == ["a/2", "a/b/3"]

    def test_a_deleted_key_can_be_written_again(self, store: ObjectStore) -> None:
        store.put("a/b/c", [b"old"])
        store.delete(["a/b/c"])
        store.put("a/b/c", [b"new"])
        assert read(store, "a/b/c") == b"new"

    @pytest.mark.parametrize("key", BAD_KEYS)
    def test_a_key_that_is_none_is_refused_everywhere(self, store: ObjectStore, source: ObjectStore, key: str) -> None:
        expected = source.put("s", [b"x"])
        with pytest.raises(InvalidKey):
            store.put(key, [b"x"])
        with pytest.raises(InvalidKey):
            store.put_all([(key, [b"x"])])
        with pytest.raises(InvalidKey):
            store.adopt(key, source, "s", expected)
        with pytest.raises(InvalidKey):
            store.replace(key, b"x")
        with pytest.raises(InvalidKey):
            store.open(key)
        with pytest.raises(InvalidKey):
            store.stat(key)
        with pytest.raises(InvalidKey):
            store.delete([key])
        with pytest.raises(InvalidKey), store.local(key):
            pytest.fail("lent a path to an invalid key")
        assert list(store.keys("")) == []

    def test_a_key_64_folders_deep_works_everywhere(self, store: ObjectStore, source: ObjectStore) -> None:
        expected = source.put(DEEP_KEY, [b"deep"])
        store.adopt(DEEP_KEY, source, DEEP_KEY, expected)
        assert store.put(DEEP_KEY, [b"deep"]) == expected
        assert store.stat(DEEP_KEY) == Stored(key=DEEP_KEY, size=4)
        assert list(store.keys("")) == [DEEP_KEY]
        with store.local(DEEP_KEY) as path:
            assert path.read_bytes() == b"deep"
        store.delete([DEEP_KEY])
        assert store.stat(DEEP_KEY) is None

    def test_writers_and_deleters_beside_each_other_lose_nothing(self, store: ObjectStore) -> None:
        def churn(number: int) -> None:
            for turn in range(20):
                store.put(f"shared/folder/{number}-{turn}", [b"x"])
                store.delete([f"shared/folder/{number}-{turn}"])
            store.put(f"shared/folder/{number}", [b"kept"])

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(churn, range(4)))
        assert list(store.keys("")) == [f"shared/folder/{number}" for number in range(4)]
