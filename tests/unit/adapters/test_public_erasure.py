"""Of what is withdrawn from a public index in a file, no byte is left: not in its words, nor in its journal."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ingest.adapters import public_erasure
from ingest.adapters.public_index import open_public_index
from tests.contracts.public_index import AT, CASE, at, yes

WORD = "kvastfeniksspår"
OTHERS = 45


def record(number: int, title: str) -> dict[str, Any]:
    """Give one of many records."""
    return CASE | {"id": f"{number:016}", "title": title, "places": [f"Ort {title}"]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An index of many records, one of them with a word that no other has, written in several openings."""
    path = tmp_path / "index.sqlite"
    for first in range(0, OTHERS, 15):
        with open_public_index(path) as index:
            for number in range(first, first + 15):
                index.show(record(number, f"Ärende {number}"), f"ord{number} gemensamt", at(AT), yes)
            if first == 0:
                index.show(record(OTHERS, WORD), f"om {WORD} och {WORD}et", at(AT), yes)
    assert WORD.encode() in path.read_bytes()
    return path


def whole(path: Path) -> bytes:
    """Give every byte that lies in the index's folder."""
    return b"".join(each.read_bytes() for each in path.parent.iterdir())


def test_a_withdrawn_word_is_in_no_byte_of_the_index(path: Path) -> None:
    with open_public_index(path) as index:
        index.withdraw([record(OTHERS, WORD)["id"]], at(AT))
        assert WORD.encode() not in whole(path)
        assert WORD.encode("ascii", "ignore") not in whole(path)
        assert b"kvastfeni" not in whole(path)
    _is_sound(path)


def test_a_word_of_what_was_replaced_is_in_no_byte_of_the_index(path: Path) -> None:
    with open_public_index(path) as index:
        index.show(record(OTHERS, "Annat"), "maskerat", at(AT), yes)
    assert b"kvastfeni" not in whole(path)
    _is_sound(path)


def test_what_a_crash_left_is_erased_by_the_next_opening(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_erasure, "_AT_ONCE", (99,))
    with pytest.raises(RuntimeError, match="killed"):
        _replace_and_be_killed(path)
    assert b"kvastfeni" in whole(path)
    with open_public_index(path):
        pass
    assert b"kvastfeni" not in whole(path)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT name FROM layout WHERE name = 'unmerged'").fetchall() == []


def _replace_and_be_killed(path: Path) -> None:
    with open_public_index(path) as index:
        index.show(record(OTHERS, "Annat"), "maskerat", at(AT), yes)
        raise RuntimeError("killed")


def _is_sound(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        found = database.execute("SELECT count(*) FROM words WHERE words MATCH 'gemensamt'").fetchall()
    assert found == [(OTHERS,)]
