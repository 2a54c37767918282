"""The bounds of the XML reader, each with a document inside and one outside, and its flat memory."""

import io
import tracemalloc
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from lxml import etree

from ingest.formats.xml import Moment, XmlFault, XmlRefused, parse, stream

Write = Callable[[bytes], Path]
Read = Callable[[Path], object]

BOMB = b'<!DOCTYPE a [<!ENTITY x "' + b"y" * 1000 + b'"><!ENTITY y "' + b"&x;" * 1000 + b'">]><a>' + b"&y;" * 99


def read_whole(path: Path) -> object:
    return parse(path, limit=30_000_000)


def read_as_stream(path: Path) -> object:
    return [moment for moment, _ in stream(path, schema=None, tags={"f"})]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to_file(content: bytes) -> Path:
        path = tmp_path / "document.xml"
        path.write_bytes(content)
        return path

    return to_file


def nested(levels: int) -> bytes:
    return b"<a>" * levels + b"</a>" * levels


def with_attributes(count: int) -> bytes:
    return b"<a " + b" ".join(b'a%d="x"' % n for n in range(count)) + b"/>"


def with_namespaces(count: int) -> bytes:
    return b"<a>" + b"".join(b'<n:b xmlns:n="urn:%d"/>' % n for n in range(count)) + b"</a>"


@pytest.mark.parametrize("read", [read_whole, read_as_stream])
@pytest.mark.parametrize(
    "document",
    [
        b"<a/>",
        b"\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?>\r\n<a>\xc3\xa5</a>",
        "<?xml version='1.0' encoding='UTF-16'?><a>å</a>".encode("utf-16"),
        "<?xml version='1.0' encoding='ISO-8859-1'?><a>å</a>".encode("latin-1"),
        b"<!-- <!DOCTYPE a> --><a/>",
        nested(256),
        with_attributes(512),
        with_namespaces(64),
        b"<!---->" * 5000 + b"<a>" + b"<?p x?>" * 5000 + b"</a>",
        b"<a>" + b'<b xmlns="urn:b"/>' * 1000 + b"</a>",
        b"<a>" + b"x" * 9_000_000 + b"</a>",
    ],
)
def test_documents_within_the_bounds_are_read(write: Write, read: Read, document: bytes) -> None:
    assert read(write(document)) is not None


@pytest.mark.parametrize("read", [read_whole, read_as_stream])
@pytest.mark.parametrize(
    ("document", "code", "line"),
    [
        (b"<!DOCTYPE a><a/>", XmlFault.DOCTYPE, 1),
        (b'\n<!DOCTYPE a SYSTEM "file:///etc/hostname">\n<a/>', XmlFault.DOCTYPE, 3),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', XmlFault.DOCTYPE, 1),
        (BOMB, XmlFault.DOCTYPE, 1),
        (b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]><a/>', XmlFault.DOCTYPE, 1),
        ("<!DOCTYPE a [ fel ]><a/>".encode("utf-16"), XmlFault.DOCTYPE, 1),
        (b'<a xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="/etc/hostname"/></a>', XmlFault.INCLUSION, 0),
        (b'<include xmlns="http://www.w3.org/2001/XInclude" href="x"/>', XmlFault.INCLUSION, 0),
        (nested(257), XmlFault.DEPTH, 1),
        (nested(5000), XmlFault.DEPTH, 1),
        (b"\n" + with_attributes(513), XmlFault.ATTRIBUTES, 2),
        (b"<a>\n" + b"<b/>" * 30_000 + with_attributes(513) + b"<b/>" * 30_000 + b"</a>", XmlFault.ATTRIBUTES, 2),
        (b"<a><f>\n" + with_attributes(513) + b"<b/>" * 30_000 + b"</f></a>", XmlFault.ATTRIBUTES, 2),
        (b"<a>\n" + b"<b/>" * 30_000 + b"\n" + nested(256) + b"</a>", XmlFault.DEPTH, 3),
        (with_namespaces(65), XmlFault.NAMESPACES, 0),
        (b"<a>" + b"x" * 11_000_000 + b"</a>", XmlFault.TOO_LARGE, 1),
        (b'<a b="' + b"x" * 11_000_000 + b'"/>', XmlFault.TOO_LARGE, 1),
        (b"<a>\n\xff</a>", XmlFault.ENCODING, 2),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', XmlFault.ENCODING, 1),
        (b"", XmlFault.NOT_WELL_FORMED, 0),
        (b"PK\x03\x04" + b"\0" * 100, XmlFault.NOT_WELL_FORMED, 1),
        (b"<a>\n<b>", XmlFault.NOT_WELL_FORMED, 2),
        (b"<a>\n\nRatten & plikten</a>", XmlFault.NOT_WELL_FORMED, 3),
        (b"<a>&nbsp;</a>", XmlFault.NOT_WELL_FORMED, 1),
        (b"<a:b/>", XmlFault.NOT_WELL_FORMED, 1),
        (b"<a/>mer", XmlFault.NOT_WELL_FORMED, 1),
    ],
)
def test_documents_outside_the_bounds_are_refused(
    write: Write, read: Read, document: bytes, code: XmlFault, line: int
) -> None:
    with pytest.raises(XmlRefused) as raised:
        read(write(document))
    assert (raised.value.code, raised.value.line) == (code, line)
    assert raised.value.detail


def test_a_fault_late_in_a_long_document_has_its_line_and_column(write: Write) -> None:
    with pytest.raises(XmlRefused) as raised:
        read_as_stream(write(b"<a>\n" + b"<b>x</b>\n" * 100_000 + b"  <c d=e/></a>"))
    assert (raised.value.line, raised.value.column) == (100_002, 8)


def test_a_document_beyond_the_callers_limit_is_refused(write: Write) -> None:
    path = write(b"<a>" + b" " * 993 + b"</a>")
    assert parse(path, limit=1000).getroot().tag == "a"
    with pytest.raises(XmlRefused) as raised:
        parse(path, limit=999)
    assert raised.value.code is XmlFault.TOO_LARGE


def test_a_file_that_cannot_be_read_is_no_fault_of_the_document(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        parse(tmp_path / "none.xml", limit=1)
    with pytest.raises(IsADirectoryError):
        list(stream(tmp_path, schema=None, tags=()))


def test_a_refusal_is_a_value_error(write: Write) -> None:
    with pytest.raises(ValueError, match="not-well-formed: line 1"):
        read_whole(write(b"<a>"))


def test_whole_elements_are_shown_once_they_are_whole(write: Write) -> None:
    path = write(b'<a><g n="1"><f>x<h/></f><f>y</f></g><i>z</i><g n="2"/></a>')
    shown = [
        (moment, element.tag, element.get("n"), element.text, len(element))
        for moment, element in stream(path, schema=None, tags={"f", "i"}, openings={"g"})
    ]
    assert [row[:3] for row in shown if row[0] is Moment.START] == [
        (Moment.START, "g", "1"),
        (Moment.START, "g", "2"),
    ]
    assert [row for row in shown if row[0] is Moment.END] == [
        (Moment.END, "f", None, "x", 1),
        (Moment.END, "f", None, "y", 0),
        (Moment.END, "i", None, "z", 0),
    ]


def test_an_element_within_a_wanted_one_is_kept_for_it(write: Write) -> None:
    path = write(b"<a><f><x/><f><y/></f><z/></f></a>")
    shown = [[child.tag for child in element.iter("*")] for _, element in stream(path, schema=None, tags={"f"})]
    assert shown == [["f", "y"], ["f", "x", "f", "y", "z"]]


def test_quiet_elements_are_kept_until_the_next_pause(write: Write) -> None:
    path = write(b"<a>" + b"<q><x/></q>" * 20_000 + b"<f/></a>")
    seen = 0
    for moment, element in stream(path, schema=None, tags={"f"}, quiet={"q"}):
        if moment is Moment.PAUSE:
            finished = len(element) - 1
            assert all(len(child) == 1 for child in islice(element, finished))
            seen += finished
    assert seen == 20_000


def test_the_ancestors_of_what_is_shown_are_there(write: Write) -> None:
    path = write(b'<a><g n="1"><f/></g><g n="2"><f/></g></a>')
    shown = stream(path, schema=None, tags={"f"})
    assert [element.xpath("string(ancestor::g/@n)") for _, element in shown] == ["1", "2"]


def test_a_stream_can_be_read_again(write: Write) -> None:
    twice = stream(write(b"<a><f/></a>"), schema=None, tags={"f"})
    assert len(list(twice)) == len(list(twice)) == 1


@pytest.mark.parametrize("wanted", [set(), {"f"}])
def test_memory_does_not_grow_with_the_document(tmp_path: Path, wanted: set[str]) -> None:
    def peak(count: int) -> int:
        path = tmp_path / "long.xml"
        path.write_bytes(b"<a>" + b'<f n="1"><g>text</g></f>\n' * count + b"</a>")
        tracemalloc.start()
        for _ in stream(path, schema=None, tags=wanted):
            pass
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(10)
    assert peak(40_000) < 2 * peak(10_000)


def test_passed_elements_are_forgotten(write: Write) -> None:
    path = write(b"<a>" + b"<f><g>text</g></f>" * 20_000 + b"</a>")
    root: etree._Element | None = None
    for _, element in stream(path, schema=None, tags={"f"}):
        root = element.getparent()
    assert root is not None
    assert len(root) <= 1


def test_the_reader_leaves_the_tree_of_a_small_document_whole(write: Write) -> None:
    content = b"<a><b>x</b>tail<c/></a>"
    buffer = io.BytesIO()
    parse(write(content), limit=100).write(buffer)
    assert buffer.getvalue() == content
