"""What XML a file holds is told by its document element, whatever else is wrong with it."""

from io import BytesIO

import pytest

from ingest.formats.content_roots import RootName, root_name
from ingest.formats.xml_bounds import FARTHEST_ROOT_BYTES

REPORT = RootName(namespace="urn:x", name="rapport")


@pytest.mark.parametrize(
    "content",
    [
        b'<rapport xmlns="urn:x"/>',
        b'<r:rapport xmlns:r="urn:x">',
        b'\xef\xbb\xbf<?xml version="1.0"?><rapport xmlns="urn:x"/>',
        b'\n\n<rapport xmlns="urn:x"></x>',
        b'<!DOCTYPE rapport><rapport xmlns="urn:x"/>',
        b'<!DOCTYPE rapport [<!ENTITY a "b">]><rapport xmlns="urn:x">&a;</rapport>',
        '<?xml version="1.0" encoding="UTF-16"?><rapport xmlns="urn:x"/>'.encode("utf-16"),
        b"<!--" + b"x" * 5000 + b'--><rapport xmlns="urn:x"/>',
        b'<rapport xmlns="urn:x"><a>' + b"\xff" * 2000,
    ],
)
def test_the_document_element_is_found(content: bytes) -> None:
    assert root_name(BytesIO(content)) == REPORT


def test_an_element_in_no_namespace_has_none() -> None:
    assert root_name(BytesIO(b"<rapport/>")) == RootName(namespace="", name="rapport")


@pytest.mark.parametrize(
    "content", [b"", b"<", b"%PDF-1.7", b'{"case": {}}', b"\x00" * 4096, b"<rapport", b"<!DOCTYPE rapport", b"text"]
)
def test_a_file_without_one_has_none(content: bytes) -> None:
    assert root_name(BytesIO(content)) is None


def test_no_more_is_read_than_is_needed() -> None:
    source = BytesIO(b'<rapport xmlns="urn:x">' + b"<a/>" * 100_000)
    assert root_name(source) == REPORT
    assert source.tell() < 2000


def test_one_that_comes_later_than_the_first_mebibyte_is_not_waited_for() -> None:
    source = BytesIO(b"<!--" + b"x" * (2 << 20) + b"--><rapport/>")
    assert root_name(source) is None
    assert source.tell() <= FARTHEST_ROOT_BYTES
