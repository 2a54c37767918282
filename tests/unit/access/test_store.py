"""The store is read by its keys, and nothing outside it is."""

from pathlib import Path

import pytest

from access.store import CHUNK, DirectoryStore, ObjectMissing


def test_an_object_is_given_in_pieces(tmp_path: Path) -> None:
    content = b"x" * (2 * CHUNK + 1)
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a").write_bytes(content)
    store = DirectoryStore(tmp_path)
    assert [len(each) for each in store.chunks("files/a")] == [CHUNK, CHUNK, 1]
    assert store.read("files/a") == content


@pytest.mark.parametrize("key", ["files/b", "../outside", "files/../../outside", "files", "link", "folder/outside"])
def test_what_is_not_in_the_store_is_missing(tmp_path: Path, key: str) -> None:
    """Also what a link or a path leads to outside, and what is a folder."""
    store = tmp_path / "store"
    (store / "files").mkdir(parents=True)
    (tmp_path / "outside").write_bytes(b"secret")
    (store / "link").symlink_to(tmp_path / "outside")
    (store / "folder").symlink_to(tmp_path)
    with pytest.raises(ObjectMissing):
        DirectoryStore(store).chunks(key)
