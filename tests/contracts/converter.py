"""What a converter promises, whatever converts: an answer for every request, in order, and nothing left of failures."""

import pytest

from ingest.domain.allowances import Effort
from ingest.domain.conversions import ConversionRequest, Converted, NotConverted
from ingest.domain.format_policy import Target
from ingest.domain.packages import FormatDesignation
from ingest.domain.paths import PackagePath
from ingest.errors import ObjectMissing
from ingest.tool_ports import Converter
from tests.fakes.memory_store import MemoryStore

TEXT = Target(name="tiff", title="Text", extension="txt", puids=("x-fmt/111",))
CONVERTIBLE, UNCONVERTIBLE = "fmt/1", "fmt/412"
EFFORT = Effort(wanted=5)


def requested(ordinal: int, puid: str = CONVERTIBLE, target: Target = TEXT) -> ConversionRequest:
    return ConversionRequest(
        ordinal=ordinal,
        key=f"objects/{ordinal}",
        name=f"handling {ordinal}.bin",
        format=FormatDesignation(puid=puid),
        tool="script",
        target=target,
        policy=7,
        aip_path=PackagePath(f"representations/preservation/data/{ordinal}.txt"),
        output_key=f"copies/1/{ordinal}",
    )


def staging(count: int) -> MemoryStore:
    store = MemoryStore("staging")
    for ordinal in range(count):
        store.put(f"objects/{ordinal}", [b"handling %d" % ordinal])
    return store


class ConverterContract:
    @pytest.fixture
    def converter(self) -> Converter:
        raise NotImplementedError

    def test_nothing_asked_is_nothing_answered(self, converter: Converter) -> None:
        assert converter.convert(staging(0), (), EFFORT) == ()

    def test_answers_come_in_the_order_asked_and_name_what_was_asked(self, converter: Converter) -> None:
        store = staging(5)
        requests = [requested(n) for n in (3, 0, 4, 1)]
        answers = converter.convert(store, requests, EFFORT)
        assert [answer.ordinal for answer in answers] == [3, 0, 4, 1]
        for request, answer in zip(requests, answers, strict=True):
            assert (answer.aip_path, answer.target, answer.policy) == (request.aip_path, TEXT.name, 7)
            assert answer.tool

    def test_a_copy_lies_where_it_was_asked_for_and_is_what_it_is_said_to_be(self, converter: Converter) -> None:
        store = staging(1)
        (answer,) = converter.convert(store, [requested(0)], EFFORT)
        assert isinstance(answer.outcome, Converted)
        assert answer.outcome.key == "copies/1/0"
        stat = store.stat("copies/1/0")
        assert stat is not None
        assert stat.size == answer.outcome.size > 0
        assert answer.outcome.format.puid in TEXT.puids

    def test_a_failure_is_an_answer_and_leaves_nothing(self, converter: Converter) -> None:
        store = staging(2)
        bad, good = converter.convert(store, [requested(0, UNCONVERTIBLE), requested(1)], EFFORT)
        assert isinstance(bad.outcome, NotConverted)
        assert isinstance(good.outcome, Converted)
        assert list(store.keys("copies/")) == ["copies/1/1"]

    def test_a_source_that_is_gone_is_a_fault(self, converter: Converter) -> None:
        with pytest.raises(ObjectMissing):
            converter.convert(staging(0), [requested(0)], EFFORT)
