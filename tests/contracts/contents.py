"""What a content checker promises. A subclass gives `checker`."""

import pytest

from ingest.domain.content_schemas import ContentRequest
from ingest.domain.paths import PackagePath
from ingest.errors import ConfigurationError, ObjectMissing
from ingest.tool_ports import ContentChecker
from tests.fakes.memory_store import MemoryStore
from tests.unit.content_schemas import ASSERTION, of_one, plain, post, report, schema

CHECKED = schema(assertion=ASSERTION)


def asked(key: str) -> ContentRequest:
    return ContentRequest(key=key, path=PackagePath(f"Content/{key}.xml"), schema=CHECKED)


class ContentCheckerContract:
    @pytest.fixture
    def checker(self) -> ContentChecker:
        raise NotImplementedError

    def test_a_sound_schema_has_no_fault(self, checker: ContentChecker) -> None:
        assert checker.fault_of(CHECKED) is None

    def test_an_unusable_schema_is_told_with_document_line_and_reason(self, checker: ContentChecker) -> None:
        fault = checker.fault_of(of_one(plain('\n<xs:element name="rapport" type="Okänd"/>')))
        assert fault is not None
        assert (fault.document, fault.line) == ("rapport.xsd", 3)
        assert "Okänd" in fault.sv
        assert "Okänd" in fault.en

    def test_answers_come_in_the_order_asked(self, checker: ContentChecker) -> None:
        staging = MemoryStore("staging")
        for number in range(12):
            staging.put(str(number), [report(post(number, 6)).encode()])
        order = [str(number) for number in range(11, -1, -1)]
        answers = checker.check(staging, [asked(key) for key in order])
        assert [answer.path for answer in answers] == [f"Content/{key}.xml" for key in order]
        assert [len(answer.faults) for answer in answers] == [int(int(key) > 6) for key in order]

    def test_no_files_give_no_answers(self, checker: ContentChecker) -> None:
        assert checker.check(MemoryStore("staging"), ()) == ()

    def test_a_fault_has_its_place_and_reason(self, checker: ContentChecker) -> None:
        staging = MemoryStore("staging")
        staging.put("a", [report(post(), post(5, 4)).encode()])
        (answer,) = checker.check(staging, [asked("a")])
        (fault,) = answer.faults
        assert (fault.line, fault.xpath) == (4, "/rapport/post[2]")
        assert "assertion" in fault.reason

    def test_bytes_that_are_no_xml_are_a_fault_of_the_file(self, checker: ContentChecker) -> None:
        staging = MemoryStore("staging")
        staging.put("a", [b"\x00\xff<"])
        (answer,) = checker.check(staging, [asked("a")])
        assert len(answer.faults) == 1

    def test_an_object_that_is_gone_is_a_fault_of_the_machine(self, checker: ContentChecker) -> None:
        with pytest.raises(ObjectMissing):
            checker.check(MemoryStore("staging"), [asked("gone")])

    def test_a_schema_that_cannot_be_used_is_no_fault_of_the_file(self, checker: ContentChecker) -> None:
        staging = MemoryStore("staging")
        staging.put("a", [b"<rapport/>"])
        request = ContentRequest(key="a", path=PackagePath("a.xml"), schema=of_one("<x/>"))
        with pytest.raises(ConfigurationError):
            checker.check(staging, [request])
