"""Work for the pool's tests: it is done in its children, and some of it kills them."""

import os
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Never

from ingest.adapters import nested_work, text_work
from ingest.adapters.content_work import DocumentWork, check_document
from ingest.adapters.looks import Seen
from ingest.adapters.nested_work import NestedWork, open_nested
from ingest.adapters.shares import LookWork, look_again
from ingest.adapters.text_work import TextWork, read_texts
from ingest.domain.content_schemas import ContentCheck
from ingest.domain.nested import NestedListing
from ingest.domain.packages import Clean
from ingest.domain.texts import ExtractedText, TextPart


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadly:
    """Ends its process at a file that says "poison", the first `deaths` times; `tally` remembers how often.

    `by` is the signal: SIGKILL is what somebody else sends.
    """

    tally: Path
    deaths: int
    by: int = signal.SIGTERM

    def scan(self, size: int, chunks: Iterable[bytes]) -> Clean:
        _ = size
        if b"poison" in b"".join(chunks):
            with self.tally.open("ab") as tally:
                tally.write(b".")
            if self.tally.stat().st_size <= self.deaths:
                os.kill(os.getpid(), self.by)
        return Clean(tool=f"test {os.getpid()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """Says nothing for a long time at a file that says "poison"."""

    def scan(self, size: int, chunks: Iterable[bytes]) -> Clean:
        _ = size
        if b"poison" in b"".join(chunks):
            time.sleep(600)
        return Clean(tool="test")


def die_of(work: DocumentWork) -> ContentCheck:
    """Check a document, and die of one that says "poison"."""
    if b"poison" in work.path.read_bytes():
        os.kill(os.getpid(), signal.SIGTERM)
    return check_document(work)


def be_killed_over(work: DocumentWork) -> ContentCheck:
    """Check no document: be killed from outside each time."""
    os.kill(os.getpid(), signal.SIGKILL)
    return check_document(work)


def not_ready(_: None) -> bool:
    """Die before anything is asked."""
    os.kill(os.getpid(), signal.SIGTERM)
    return False


def tell_time(work: DocumentWork) -> ContentCheck:
    """Check nothing, and tell the most time that a document is granted."""
    return ContentCheck(path=work.request.path, unfinished=str(work.bounds.most_seconds))


def die_of_container(work: NestedWork) -> NestedListing | None:
    """Open a container, and die of one that says "poison"."""
    if b"poison" in work.path.read_bytes():
        os.kill(os.getpid(), signal.SIGTERM)
    return open_nested(work)


def die_of_any(work: NestedWork) -> NestedListing | None:
    """Die of any container."""
    os.kill(os.getpid(), signal.SIGTERM)
    return open_nested(work)


def be_killed_once(work: NestedWork) -> NestedListing | None:
    """Be killed from outside, as when a system is short of memory, but only the first time."""
    marker = work.path.with_name("killed")
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return open_nested(work)


def be_killed_of_any_but_the_harmless(work: NestedWork) -> NestedListing | None:
    """Be killed from outside over every container but the one that proves that all is well."""
    if work.path.name != "harmless.zip":
        os.kill(os.getpid(), signal.SIGKILL)
    return open_nested(work)


def open_with_little_room(work: NestedWork) -> NestedListing | None:
    """Open a container, and take no file in it of more than three bytes to disk."""
    vars(nested_work)["_LARGEST"] = 3
    return open_nested(work)


def open_without_memory(work: NestedWork) -> NestedListing | None:
    """Open a container, and have no memory for what lies in it."""
    vars(nested_work)["read_ranges"] = _none_left
    return open_nested(work)


def die_of_document(work: TextWork) -> ExtractedText:
    """Read a document, and die of one that says "poison"."""
    if b"poison" in work.path.read_bytes():
        os.kill(os.getpid(), signal.SIGSEGV)
    return read_texts(work)


def die_of_any_document(work: TextWork) -> ExtractedText:
    """Die of any document."""
    os.kill(os.getpid(), signal.SIGSEGV)
    return read_texts(work)


def be_killed_reading_once(work: TextWork) -> ExtractedText:
    """Be killed from outside, but only the first time a document is read."""
    marker = work.path.with_name("killed")
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return read_texts(work)


def be_killed_over_any_but_the_harmless(work: TextWork) -> ExtractedText:
    """Be killed from outside over every document but the one that proves that all is well."""
    if work.path.name != "harmless.txt":
        os.kill(os.getpid(), signal.SIGKILL)
    return read_texts(work)


def read_without_memory(work: TextWork) -> ExtractedText:
    """Read a document, and have no memory for it."""
    vars(text_work)["_read_into"] = _none_left
    return read_texts(work)


def be_full_from_the_second_on(work: TextWork) -> ExtractedText:
    """Read a document, and have no memory left for any after it in the same process."""
    found = read_texts(work)
    vars(text_work)["_read_into"] = _none_left
    return found


def tell_seconds(work: TextWork) -> ExtractedText:
    """Read nothing, and tell the most time that a document is granted."""
    return ExtractedText(parts=(TextPart(part="", text=str(work.bounds.most_seconds)),))


def _none_left(*_: object) -> Never:
    raise MemoryError


def be_killed_looking_once(work: LookWork) -> Seen:
    """Be killed from outside, but only the first time a file is looked into thoroughly."""
    marker = work.lent.path.with_name("killed")
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return look_again(work)


def die_looking(work: LookWork) -> Seen:
    """Die of a thorough look, as native code that reads a foreign file may."""
    os.kill(os.getpid(), signal.SIGSEGV)
    return look_again(work)
