"""The index of the public store: what it says of a record, and that its tables take it."""

import json
import sqlite3
from typing import Any

import pytest

from schemas.public_index import Facet, FileType, file_type, indexed, mark, sets_of, vector, withdrawn
from schemas.public_store import SQLITE, Form, KeyRefused, file_key, form_key, record_key, text_key
from schemas.swedish_stems import stems

RECORD: dict[str, Any] = {
    "id": "k3v9q2m7x1c5b8n4",
    "kind": "case",
    "level": "public",
    "title": "Ansökan om bygglov",
    "date": "2020-11-02",
    "dateTo": "2021-06",
    "archivalCreator": {"name": "Exempelnämnden", "identifier": "ORG:2120009994"},
    "classificationScheme": "KLASSA 2.0",
    "classification": [{"code": "3", "title": "Samhällsbyggnad"}, {"code": "3.1.2", "title": "Bygglov"}],
    "places": ["Södermalm"],
    "documents": [{"name": "Ritning.pdf", "mediaType": "application/pdf", "size": 12, "sha256": "0" * 64}],
}


def test_a_record_is_found_by_what_it_tells_and_by_its_text() -> None:
    row = indexed(RECORD, "Nybyggnad av garage")
    assert {"bygglov", "exempelnämnd", "ritning", "södermalm", "garag"} <= {*row.title, *row.words}
    assert row.title == stems(RECORD["title"])
    assert row.text == "Nybyggnad av garage"
    assert "sodermalm" in row.plain_words
    assert json.loads(row.record) == RECORD


def test_a_record_has_its_facets() -> None:
    assert indexed(RECORD, "").facets == (
        (Facet.WHEN, "2020"),
        (Facet.WHEN, "2021"),
        (Facet.WHERE, "Södermalm"),
        (Facet.WHO, "Exempelnämnden"),
        (Facet.CLASS, "3 Samhällsbyggnad"),
        (Facet.CLASS, "3.1.2 Bygglov"),
        (Facet.FILE_TYPE, "pdf"),
    )


def test_sets_are_opaque_and_keep_apart_what_differs() -> None:
    """Two boards of one city, or one code in two schemes, are two sets; the setSpec keeps to OAI-PMH's letters."""
    other = RECORD | {"classificationScheme": "KLASSA 3.0"}
    specs = [each.spec for each in sets_of(RECORD)]
    assert len(set(specs)) == 3
    assert all(spec.replace(":", "").isalnum() for spec in specs)
    assert specs[0] == next(sets_of(other)).spec
    assert not set(specs[1:]) & {each.spec for each in list(sets_of(other))[1:]}


def test_the_set_of_a_class_lies_in_that_of_the_class_above_it() -> None:
    creator, above, below = sets_of(RECORD)
    assert (creator.spec.partition(":")[0], above.spec.partition(":")[0]) == ("creator", "class")
    assert below.spec.rpartition(":")[0] == above.spec
    assert (above.name, below.name) == ("3 Samhällsbyggnad", "3 Samhällsbyggnad / 3.1.2 Bygglov")


def test_one_class_name_below_two_classes_is_two_sets() -> None:
    elsewhere = RECORD | {"classification": [{"code": "4", "title": "Miljö"}, RECORD["classification"][1]]}
    here, there = (list(sets_of(record))[-1].spec for record in (RECORD, elsewhere))
    assert here.rpartition(":")[2] != there.rpartition(":")[2]


def test_of_what_is_withdrawn_only_the_id_remains() -> None:
    row = withdrawn("k3v9q2m7x1c5b8n4")
    assert json.loads(str(row["record"])) == {"id": "k3v9q2m7x1c5b8n4"}
    assert (row["text"], row["part_of"], row["sets"]) == ("", None, "[]")


@pytest.mark.parametrize(
    ("media_type", "told"),
    [
        ("application/pdf", FileType.PDF),
        ("image/tiff", FileType.IMAGE),
        ("text/plain", FileType.TEXT),
        ("application/vnd.oasis.opendocument.text", FileType.OFFICE),
        ("application/msword", FileType.OFFICE),
        ("audio/flac", FileType.SOUND),
        ("text/html", FileType.WEB),
        ("application/xml", FileType.OTHER),
    ],
)
def test_file_types_are_called_as_people_call_them(media_type: str, told: FileType) -> None:
    assert file_type(media_type) is told


def test_keys_are_made_of_public_ids_alone() -> None:
    known = "k3v9q2m7x1c5b8n4"
    assert record_key(known) == f"records/{known}.json"
    assert form_key(known, Form.OAI_DC) == f"forms/{known}/oai_dc.xml"
    assert text_key(known) == f"text/{known}.txt"
    assert file_key(known, "0" * 64) == f"files/{known}/{'0' * 64}"


@pytest.mark.parametrize("wrong", ["", "../../etc/passwd", "EXN 2021/17", "k3v9q2m7x1c5b8n4\n", "k3v9q2m7x1c5b8n4/.."])
def test_nothing_else_is_a_key(wrong: str) -> None:
    with pytest.raises(KeyRefused):
        record_key(wrong)
    with pytest.raises(KeyRefused):
        file_key("k3v9q2m7x1c5b8n4", wrong)


def test_the_tables_of_sqlite_take_an_entry_and_put_another_in_its_place() -> None:
    """Words and facets of the earlier entry are gone, and the position has grown."""
    database = sqlite3.connect(":memory:")
    for statement in SQLITE.create:
        database.execute(statement)
    _put(database, RECORD)
    _put(database, RECORD | {"title": "Rivningslov", "places": ["Vasastan"]})
    assert _found(database, '{title stems}: "ansök"') == []
    assert _found(database, f'title: "rivningslov" AND marks: "{mark(Facet.WHERE, "Vasastan")}"') == [2]
    assert _found(database, f'marks: "{mark(Facet.WHERE, "Södermalm")}"') == []
    assert database.execute("SELECT id, position FROM entries").fetchall() == [("k3v9q2m7x1c5b8n4", 2)]
    places = database.execute("SELECT value, records FROM facet_values WHERE facet = 'where'").fetchall()
    assert places == [("Vasastan", 1)]


def test_a_vector_names_each_word_once_with_its_places() -> None:
    assert vector(("lov", "bygg", "lov")) == "'lov':1,3 'bygg':2"
    assert vector(()) == ""
    assert vector(("lov", "bygg"), title=("lov", "hus")) == "'lov':1A,4 'hus':2A 'bygg':5"


def _put(database: sqlite3.Connection, record: dict[str, Any]) -> None:
    row = indexed(record, "")
    (position,) = database.execute(SQLITE.next_position).fetchone()
    for statement in SQLITE.remove:
        database.execute(statement, {"id": row.id})
    told = {"id": row.id, "part_of": row.part_of, "record": row.record, "sets": row.sets, "text": row.text}
    when = {"position": position, "changed_at": "2026-01-01T00:00:00Z", "state": "listed"}
    database.execute(SQLITE.add_entry, told | when)
    words = {"title": row.title, "stems": row.words, "plain": row.plain_words, "marks": row.marks}
    database.execute(SQLITE.add_words, {column: " ".join(each) for column, each in words.items()} | {"entry": position})
    facets = [{"entry": position, "facet": facet, "value": value} for facet, value in row.facets]
    database.executemany(SQLITE.add_value, facets)
    database.executemany(SQLITE.add_facet, facets)


def _found(database: sqlite3.Connection, asked: str) -> list[int]:
    return [number for (number,) in database.execute("SELECT rowid FROM words WHERE words MATCH ?", (asked,))]
