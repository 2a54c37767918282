"""Tools that look at nothing: every file is plain text, none is a container, and no content schema is asked for."""

from collections.abc import Sequence
from typing import NoReturn

from ingest.domain.nested import NestedRequest
from ingest.domain.packages import Examination, ExaminationRequest, FormatDesignation, NotScanned
from ingest.ports import ObjectStore

PLAIN_TEXT = FormatDesignation(puid="x-fmt/111", name="Plain Text File")


class PlainExaminer:
    """`Examiner` that answers at once."""

    tool = "plain 1.0"

    def examine(self, staging: ObjectStore, requests: Sequence[ExaminationRequest]) -> tuple[Examination, ...]:
        """Say of each that it is plain text and was not scanned."""
        _ = staging
        scan = NotScanned(reason="no scanner")
        return tuple(Examination(ordinal=r.ordinal, format=PLAIN_TEXT, scan=scan) for r in requests)

    def prove_scanner(self) -> None:
        """Scan nothing."""


class NothingNested:
    """`NestedOpener` for which no file is a container."""

    def listing(self, staging: ObjectStore, request: NestedRequest) -> None:
        """Find no container."""
        _ = staging, request


class NoContentChecker:
    """`ContentChecker` of an archive whose agreements have no content schemas."""

    def fault_of(self, *_: object) -> NoReturn:
        """Be asked only by mistake."""
        raise AssertionError

    def check(self, *_: object) -> NoReturn:
        """Be asked only by mistake."""
        raise AssertionError


class NoTextExtractor:
    """`TextExtractor` of an archive in which nobody looks for personal numbers."""

    def texts(self, *_: object) -> NoReturn:
        """Be asked only by mistake."""
        raise AssertionError
