"""Files over which the virus scanner breaks off, told from a scanner that is away (docs/adr/0016).

A scanner that is away is a fault: the work waits. One that breaks off over the same file again and again, and is well
before and after, will not do otherwise tomorrow: that file is not scanned. Each time is counted in the operations log,
with nothing else of the delivery before the scanner, so that no file pays for its neighbour.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from ingest.domain.conversions import ConversionRequest
from ingest.domain.packages import ExaminationRequest, ScanResult
from ingest.errors import ScannerBrokeOff, ToolFailed
from ingest.pipeline.kills import times
from ingest.pipeline.step import Work
from ingest.tool_ports import VirusScanner

SCANS_OF_FILES = "scanner broke off over a file"
SCANS_OF_COPIES = "scanner broke off over a copy"
"""What stands in the operations log; the detail begins with the file's number."""

MOST_BREAKS = 3
UNANSWERED = f"the scanner broke off {MOST_BREAKS} times over this file, and was well before and after"

_HARMLESS = b"earkiv"

RequestT = TypeVar("RequestT", ExaminationRequest, ConversionRequest)
AnswerT = TypeVar("AnswerT")


def is_given_up(breaks: int) -> bool:
    """Say whether a file over which the scanner broke off so many times, alone before it, is asked about no more."""
    return breaks >= MOST_BREAKS


def proven(scanner: VirusScanner) -> ScanResult:
    """Let the scanner look at something harmless and give its answer, which names it. Raises ToolFailed."""
    try:
        return scanner.scan(len(_HARMLESS), (_HARMLESS,))
    except ScannerBrokeOff as fault:
        raise ToolFailed(fault.sv, fault.en) from fault


def scanned_patiently(
    work: Work, counted_as: str, requests: Sequence[RequestT], ask: Callable[[Sequence[RequestT]], Sequence[AnswerT]]
) -> Iterator[Sequence[AnswerT]]:
    """Ask about a batch, and one by one where the scanner breaks off; the answers come as they are to be recorded.

    Raises ToolFailed while the scanner is away, HandedBack before it begins, and whatever `ask` raises.
    """
    work.pause()
    suspects = _suspects(work, counted_as)
    together: list[RequestT] = [request for request in requests if request.ordinal not in suspects]
    if together:
        try:
            answers = ask(together)
        except ScannerBrokeOff as fault:
            reach = f"{together[0].ordinal}-{together[-1].ordinal}"
            _log(work, _together(counted_as), f"{reach}: {fault.en}")
            suspects = suspects.union(request.ordinal for request in together)
        else:
            yield answers
    breaks = times(work, counted_as)
    for request in sorted(requests, key=lambda request: breaks[request.ordinal]):
        if request.ordinal in suspects:
            yield _answer(work, counted_as, request, ask)


def _answer(
    work: Work, counted_as: str, request: RequestT, ask: Callable[[Sequence[RequestT]], Sequence[AnswerT]]
) -> Sequence[AnswerT]:
    breaks = times(work, counted_as)[request.ordinal]
    while not is_given_up(breaks):
        work.ports.examiner.prove_scanner()
        try:
            return ask((request,))
        except ScannerBrokeOff as fault:
            _log(work, counted_as, f"{request.ordinal}: {fault.en}")
            breaks += 1
    work.ports.examiner.prove_scanner()
    return ask((replace(request, unscanned=UNANSWERED),))


def _together(counted_as: str) -> str:
    return f"{counted_as} of several"


def _log(work: Work, outcome: str, detail: str) -> None:
    work.ports.catalogue.log_attempt(work.lease, work.delivery.step, outcome, detail)


def _suspects(work: Work, counted_as: str) -> frozenset[int]:
    """Give the files that were before the scanner when it broke off, with others or alone: they are asked about alone.

    What comes of a run of files is remembered too, for where the scanner must be raised before anything is asked again.
    """
    logged = work.ports.catalogue.logged(work.delivery.id, _together(counted_as))
    reaches = (detail.partition(":")[0].partition("-") for detail in logged)
    return frozenset(number for first, _, last in reaches for number in range(int(first), int(last) + 1)).union(
        times(work, counted_as)
    )
