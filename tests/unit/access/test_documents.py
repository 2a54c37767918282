"""Documents are given as they are, under safe names, and shown only where nothing can happen."""

import hashlib
import io
import zipfile
from collections.abc import Iterator

import pytest

from access.app import reading_room
from access.database import SqliteQuery
from access.index import Listed
from access.pages.packages import Stopped, checked, checked_document, members
from access.room import Room
from access.sql_index import SqlIndex
from access.sqlite_words import SqliteWords
from access.store import CHUNK, DirectoryStore
from access.zip_stream import zipped
from tests.fakes.public_room import APPLICATION, CASE, DECISION, ON_REQUEST, SmallRoom
from tests.fakes.public_writer import File
from tests.fakes.visitor import Visitor


def sheet(small: SmallRoom, name: str) -> str:
    """The path of a document by the beginning of its name."""
    found = [
        f"/records/{public_id}/documents/{each['sha256']}"
        for public_id in (APPLICATION, DECISION)
        for each in small.records[public_id]["documents"]
        if each["name"].startswith(name)
    ]
    return found[0]


def test_a_document_is_given_whole_and_to_be_kept(small: SmallRoom, visitor: Visitor) -> None:
    path = sheet(small, "Ansökan.pdf")
    answer = visitor.get(f"{path}/file")
    assert hashlib.sha256(answer.content).hexdigest() == path.rpartition("/")[2]
    assert answer.headers["content-length"] == str(len(answer.content))
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith('attachment; filename="Ansokan.pdf"')


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("Ansökan.pdf", "application/pdf"), ("Ritning", "image/png"), ("Beslut", "text/plain; charset=utf-8")],
)
def test_what_is_safe_is_shown_as_what_it_is(small: SmallRoom, visitor: Visitor, name: str, media_type: str) -> None:
    path = sheet(small, name)
    answer = visitor.get(f"{path}/preview")
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert answer.headers["content-disposition"].startswith("inline;")
    assert f"{path}/preview" in visitor.get(path).text


def test_a_web_page_is_never_shown(small: SmallRoom, visitor: Visitor) -> None:
    path = sheet(small, "Situationsplan.html")
    assert visitor.get(f"{path}/preview").content == visitor.get("/nothing/here").content
    page = visitor.get(path).text
    assert "kan inte visas här" in page
    assert "alert(1)" not in page
    assert visitor.get(f"{path}/file").headers["content-disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Räksmörgås".encode(), "Räksmörgås"),
        ("Räksmörgås".encode("cp1252"), "Räksmörgås"),
        (b"\xef\xbb\xbfMed m\xc3\xa4rke", "Med märke"),
        (b"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("å".encode() * 30_000, "å" * 20_000 + "</pre>"),
        (b"x" + "å".encode() * 30_000, "x" + "å" * 19_999 + "</pre>"),
    ],
    ids=["UTF-8", "Windows", "with a mark", "with tags", "long", "cut within a letter"],
)
def test_text_is_shown_as_text(own: SmallRoom, content: bytes, told: str) -> None:
    record = {key: value for key, value in own.records[DECISION].items() if key != "documents"}
    written = own.writer.publish(record, [File(name="x.txt", media_type="text/plain", content=content)])
    visitor = Visitor(app=reading_room(own.settings()))
    page = visitor.get(f"/records/{DECISION}/documents/{written['documents'][0]['sha256']}").text
    assert told in page
    assert ("början av texten" in page) is (len(content) > 20_000)


def test_a_package_holds_all_that_is_public_of_a_case(visitor: Visitor) -> None:
    answer = visitor.get(f"/cases/{CASE}/package.zip")
    assert answer.headers["content-disposition"].startswith('attachment; filename="Ansokan om bygglov for garage')
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            f"{CASE}.json",
            f"{CASE}.mets.xml",
            f"Ansökan med ritningar/{APPLICATION}.json",
            f"Ansökan med ritningar/{APPLICATION}.mets.xml",
            "Ansökan med ritningar/Ansökan.pdf",
            "Ansökan med ritningar/Ritning fasad.png",
            "Ansökan med ritningar/Situationsplan.html",
            f"Beslut om bygglov/{DECISION}.json",
            f"Beslut om bygglov/{DECISION}.mets.xml",
            "Beslut om bygglov/Beslut _slutligt_.txt",
        ]


def test_names_that_are_alike_are_told_apart(own: SmallRoom) -> None:
    record = {key: value for key, value in own.records[DECISION].items() if key != "documents"}
    files = [
        File(name=name, media_type="text/plain", content=bytes([65 + number]))
        for number, name in enumerate(("Bild.txt", "bild.TXT", "Bild.txt", "Bild"))
    ]
    own.writer.publish(record, files)
    answer = Visitor(app=reading_room(own.settings())).get(f"/records/{DECISION}/package.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist()[2:] == ["Bild.txt", "bild (2).TXT", "Bild (3).txt", "Bild"]


def test_a_stream_stops_when_its_record_is_withdrawn(own: SmallRoom) -> None:
    query = SqliteQuery(own.writer.index)
    room = Room(settings=own.settings(), index=SqlIndex(query, SqliteWords()), store=DirectoryStore(own.writer.store))

    def pieces() -> Iterator[bytes]:
        yield b"first"
        own.writer.withdraw(own.records[DECISION])
        yield b"second"

    stream = checked(room, DECISION, pieces())
    assert next(stream) == b"first"
    with pytest.raises(Stopped):
        next(stream)
    query.close()


def test_a_package_stops_when_a_part_of_it_is_withdrawn_in_the_middle_of_it(own: SmallRoom) -> None:
    """The case stays listed; what was begun of its record is not sent to its end."""
    marked = b"HEMLIGT" + bytes(3 * CHUNK)
    record = {key: value for key, value in own.records[DECISION].items() if key != "documents"}
    shown = own.writer.publish(record, [File(name="stor.bin", media_type="application/zip", content=marked)])
    query = SqliteQuery(own.writer.index)
    room = Room(settings=own.settings(), index=SqlIndex(query, SqliteWords()), store=DirectoryStore(own.writer.store))
    case = room.index.entry(CASE)
    assert isinstance(case, Listed)
    pieces = zipped(members(room, case.record))
    assert any(b"HEMLIGT" in piece for piece in pieces)
    own.writer.withdraw(shown)
    with pytest.raises(Stopped):
        next(pieces)
    query.close()


def test_a_stream_stops_when_its_record_is_listed_anew_without_it(own: SmallRoom) -> None:
    query = SqliteQuery(own.writer.index)
    room = Room(settings=own.settings(), index=SqlIndex(query, SqliteWords()), store=DirectoryStore(own.writer.store))
    record = {key: value for key, value in own.records[DECISION].items() if key != "documents"}
    large = File(name="stor.bin", media_type="application/zip", content=bytes(3 * CHUNK))
    shown = own.writer.publish(record, [large])
    stream = checked_document(room, DECISION, shown["documents"][0]["sha256"])
    assert next(stream)
    own.writer.publish(record, [File(name="annan.bin", media_type="application/zip", content=b"x")])
    assert room.index.is_listed(DECISION)
    with pytest.raises(Stopped):
        next(stream)
    query.close()


def test_what_is_on_request_has_nothing_to_fetch(visitor: Visitor) -> None:
    page = visitor.get(f"/records/{ON_REQUEST}").text
    assert f"/requests?about={ON_REQUEST}" in page
    assert "/file" not in page
    assert "package.zip" not in page
