"""What an extractor of texts promises. A subclass gives `extractor` and `hasty`, too hasty for `SLOW`."""

import io
import zipfile

import pytest

from ingest.domain.texts import ExtractedText, UnreadReason
from ingest.errors import ObjectMissing
from ingest.tool_ports import TextExtractor
from tests.fakes.memory_store import MemoryStore

SLOW = b"<html><body>" + b"<p>a</p>" * 1_000_000


def texts(extractor: TextExtractor, content: bytes) -> ExtractedText:
    store = MemoryStore("archive")
    store.put("a", [content])
    return extractor.texts(store, "a")


def reasons(found: ExtractedText) -> set[UnreadReason]:
    return {one.reason for one in found.unread}


def bomb(bytes_inside: int, copies: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(copies):
            archive.writestr(f"{number}.txt", b"a" * bytes_inside)
    return made.getvalue()


class TextExtractorContract:
    @pytest.fixture
    def extractor(self) -> TextExtractor:
        raise NotImplementedError

    @pytest.fixture
    def hasty(self) -> TextExtractor:
        raise NotImplementedError

    def test_a_text_is_given_with_its_place(self, extractor: TextExtractor) -> None:
        found = texts(extractor, "Åke".encode("cp1252"))
        assert [(one.part, one.text) for one in found.parts] == [("", "Åke")]
        assert found.unread == ()

    def test_what_has_no_reader_is_told(self, extractor: TextExtractor) -> None:
        assert reasons(texts(extractor, bytes(range(256)))) == {UnreadReason.NO_READER}

    def test_what_unpacks_to_too_much_is_told(self, extractor: TextExtractor) -> None:
        assert UnreadReason.TOO_LARGE in reasons(texts(extractor, bomb(80 << 20, 2)))

    def test_what_takes_too_much_memory_is_told_and_harms_no_other(self, extractor: TextExtractor) -> None:
        found = texts(extractor, b"<a>" + b"<b/>" * 12_000_000)
        assert reasons(found) & {UnreadReason.TOO_MUCH_MEMORY, UnreadReason.ENDED, UnreadReason.DAMAGED}
        assert texts(extractor, b"a").unread == ()

    def test_what_takes_too_long_is_told_and_harms_no_other(self, hasty: TextExtractor) -> None:
        assert reasons(texts(hasty, SLOW)) & {UnreadReason.TOO_LONG, UnreadReason.ENDED}
        assert texts(hasty, b"a").unread == ()

    def test_an_object_that_is_gone_is_a_fault_of_the_machine(self, extractor: TextExtractor) -> None:
        with pytest.raises(ObjectMissing):
            extractor.texts(MemoryStore("archive"), "gone")
