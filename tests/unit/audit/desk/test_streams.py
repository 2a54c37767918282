"""What is written is sent meanwhile, and whoever reads learns how it ended."""

from typing import BinaryIO

import pytest

from audit.desk.streams import sent_while_written


def test_all_that_is_written_is_sent() -> None:
    def write(sink: BinaryIO) -> None:
        sink.writelines(b"x" * 10_000 for _ in range(300))

    assert sum(map(len, sent_while_written(write))) == 3_000_000


def test_a_fault_is_raised_after_what_came_before_it() -> None:
    def write(sink: BinaryIO) -> None:
        sink.write(b"so far")
        raise LookupError

    sent = sent_while_written(write)
    assert next(sent) == b"so far"
    with pytest.raises(LookupError):
        next(sent)


def test_whoever_stops_reading_stops_the_writing() -> None:
    def write(sink: BinaryIO) -> None:
        while True:
            sink.write(b"x" * 10_000)

    sent = sent_while_written(write)
    next(sent)
    sent.close()
