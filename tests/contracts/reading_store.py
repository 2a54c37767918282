"""What the reading room may rely on of its store, whichever it is: written by the archive, read with less rights."""

from collections.abc import Iterator
from hashlib import sha256

import pytest

from access.store import CHUNK, ObjectMissing, PublicStore
from ingest.ports import ObjectStore
from schemas.public_store import Form, file_key, form_key, record_key

ID = "b7k2m9x4c1v8n3q5"
LARGE = bytes(range(256)) * 4096 * 9
"""More than the archive's adapter sends in one request."""


class ReadingStoreContract:
    """The contract; the adapter's test class gives `writer`, the archive's way in, and `store`, the reading room's."""

    def test_an_object_is_given_whole_and_as_it_is_now(self, writer: ObjectStore, store: PublicStore) -> None:
        for content in ("<r>å</r>".encode(), b"", b"<r/>"):
            writer.replace(form_key(ID, Form.METS), content)
            assert store.read(form_key(ID, Form.METS)) == content
            assert b"".join(store.chunks(form_key(ID, Form.METS))) == content

    def test_a_large_object_is_given_in_pieces(self, writer: ObjectStore, store: PublicStore) -> None:
        key = file_key(ID, sha256(LARGE).hexdigest())
        writer.put(key, iter((LARGE,)))
        pieces = list(store.chunks(key))
        assert max(map(len, pieces)) <= CHUNK
        assert b"".join(pieces) == LARGE
        assert store.read(key) == LARGE

    def test_what_is_not_there_is_missing_when_it_is_asked_for(self, writer: ObjectStore, store: PublicStore) -> None:
        writer.put(record_key(ID), (b"{}",))
        for key in (record_key(f"{ID}x"), form_key(ID, Form.METS), "records", "records/"):
            with pytest.raises(ObjectMissing):
                store.chunks(key)
            with pytest.raises(ObjectMissing):
                store.read(key)

    def test_what_is_deleted_is_missing_at_once(self, writer: ObjectStore, store: PublicStore) -> None:
        writer.put(record_key(ID), (b"{}",))
        assert store.read(record_key(ID)) == b"{}"
        writer.delete((record_key(ID),))
        with pytest.raises(ObjectMissing):
            store.chunks(record_key(ID))

    def test_a_reader_that_leaves_early_keeps_no_other_waiting(self, writer: ObjectStore, store: PublicStore) -> None:
        key = file_key(ID, sha256(LARGE).hexdigest())
        writer.put(key, iter((LARGE,)))
        left: list[Iterator[bytes]] = [store.chunks(key) for _ in range(70)]
        for each in left:
            next(each)
            each.close()  # type: ignore[attr-defined] # a generator, as every adapter gives
        assert sum(map(len, store.chunks(key))) == len(LARGE)
