"""What is sent while it is written: one thread writes into a pipe, the answer reads from it."""

import os
from collections.abc import Callable, Generator
from threading import Thread
from typing import BinaryIO, Final

_CHUNK: Final = 1 << 20


def sent_while_written(write: Callable[[BinaryIO], None]) -> Generator[bytes, None, None]:
    """Give what `write` writes, as it comes; in the end raise what it raised, so that the answer is broken off.

    Nothing is begun before the first piece is asked for. Whoever stops asking closes the pipe, and `write` fails.
    """
    reading, writing = os.pipe()
    faults: list[BaseException] = []

    def work() -> None:
        try:
            with os.fdopen(writing, "wb", _CHUNK) as sink:
                write(sink)
        except BaseException as fault:  # noqa: BLE001 - raised by whoever reads, or nobody reads any more
            faults.append(fault)

    writer = Thread(target=work, name="desk-export")
    with os.fdopen(reading, "rb", 0) as source:
        writer.start()
        while piece := source.read(_CHUNK):
            yield piece
    writer.join()
    if faults:
        raise faults[0]
